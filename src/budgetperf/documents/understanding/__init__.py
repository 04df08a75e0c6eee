"""From the text of a document to a report, by layouts."""
