"""How a wrong figure may have come about."""
