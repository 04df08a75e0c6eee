"""From a PDF with text to a document."""
