"""How values are written: in one line, and as other libraries ask for them."""
