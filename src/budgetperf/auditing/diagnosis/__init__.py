"""All relations together: whether they hold, and which figures are to blame."""
