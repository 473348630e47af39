//! Markdown, as it was filed.

use super::Format;

pub const MD: Format =
    Format { ending: "md", write: |document| Ok(document.markdown.clone().into_bytes()) };
