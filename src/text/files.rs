//! Words of files in and out.
