//! Why something was refused, and the way out.
