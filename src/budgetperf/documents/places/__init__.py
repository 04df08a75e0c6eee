"""Where things stand in a document."""
