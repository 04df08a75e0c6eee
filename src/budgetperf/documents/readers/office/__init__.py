"""Office files: zip archives of XML, read with the standard library alone."""
