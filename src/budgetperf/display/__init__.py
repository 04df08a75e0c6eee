"""Everything that shows a value: in words, as text, as HTML, as plain data."""
