//! Each report is a plain value computed from a book: aging, worklist, figures, list, snapshot.
