//! From facts to an item: what a day makes of everything recorded about a milestone.
