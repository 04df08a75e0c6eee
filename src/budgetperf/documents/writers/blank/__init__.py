"""An empty form to fill in, as a workbook."""
