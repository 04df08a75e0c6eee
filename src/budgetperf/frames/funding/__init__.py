"""Tables of funding lines."""
