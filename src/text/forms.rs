//! Words of the forms.
