"""Which rule-sets and conventions fit a report."""
