"""A curve of a rule-set for columns: straight lines over whole numbers."""
