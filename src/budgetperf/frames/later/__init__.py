"""Tables that are worked out later, by the functions for tables that are there."""
