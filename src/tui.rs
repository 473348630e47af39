//! The screen: terminal, app, actions, keymap, screens, forms, widgets, theme.
