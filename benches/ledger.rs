//! Speed of the seams a user feels.
fn main() {
    divan::main();
}
