"""From pictures of pages to a document, by recognition: experimental."""
