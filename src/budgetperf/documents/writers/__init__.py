"""Writing forms: one grid of cells, in every format."""
