"""What a number is, by its kind: the role of an amount, whose a score is, what has no place."""
