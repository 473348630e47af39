//! Status, whose court and flags of an item on a day.
