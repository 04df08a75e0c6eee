"""Scores that follow from other than a rule-set, and what every score is."""
