//! Days as a person types them.
