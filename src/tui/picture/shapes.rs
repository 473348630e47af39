//! Signs that are shapes: in a font, lines of one row would not meet those of the next.

use super::CELL;

/// Half the thickness of a line, in tenths of a pixel.
const HALF: u32 = 6;

/// Which sides of its cell a line reaches from the middle: left, right, up, down.
const fn sides(sign: char) -> Option<[bool; 4]> {
    Some(match sign {
        '─' => [true, true, false, false],
        '│' => [false, false, true, true],
        '┌' | '╭' => [false, true, false, true],
        '┐' | '╮' => [true, false, false, true],
        '└' | '╰' => [false, true, true, false],
        '┘' | '╯' => [true, false, true, false],
        '├' => [false, true, true, true],
        '┤' => [true, false, true, true],
        '┬' => [true, true, false, true],
        '┴' => [true, true, true, false],
        '┼' => [true, true, true, true],
        _ => return None,
    })
}

/// Eighths of its cell a block fills, from the bottom.
fn eighths(sign: char) -> Option<u32> {
    let code = u32::from(sign);
    (0x2581..=0x2588).contains(&code).then(|| code - 0x2580)
}

/// The path of a sign in the cell with this upper left corner, if it is a shape.
pub fn path(sign: char, (x, y): (u32, u32)) -> Option<String> {
    if let Some(eighths) = eighths(sign) {
        let high = CELL.1 * eighths / 8;
        let top = y + CELL.1 - high;
        return Some(format!("M{x} {top}h{}v{high}h-{}z", CELL.0, CELL.0));
    }
    let [left, right, up, down] = sides(sign)?;
    let (x, y) = (x * 10, y * 10);
    let (wide, high) = (CELL.0 * 10, CELL.1 * 10);
    let (middle, centre) = (x + wide / 2, y + high / 2);
    let from = if left { x } else { middle - HALF };
    let to = if right { x + wide } else { middle + HALF };
    let top = if up { y } else { centre - HALF };
    let bottom = if down { y + high } else { centre + HALF };
    let mut path = String::new();
    if left || right {
        path.push_str(&bar(from, centre - HALF, to - from, 2 * HALF));
    }
    if up || down {
        path.push_str(&bar(middle - HALF, top, 2 * HALF, bottom - top));
    }
    Some(path)
}

/// A filled rectangle; tenths of a pixel.
fn bar(x: u32, y: u32, wide: u32, high: u32) -> String {
    let [x, y, wide, high] = [x, y, wide, high].map(|n| format!("{}.{}", n / 10, n % 10));
    format!("M{x} {y}h{wide}v{high}h-{wide}z")
}
