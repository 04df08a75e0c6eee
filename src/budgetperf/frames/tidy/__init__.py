"""Reports as tidy tables, and tidy tables as reports."""
