"""Tables in files, and what of an engine reads and writes them."""
