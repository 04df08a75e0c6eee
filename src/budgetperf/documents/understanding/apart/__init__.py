"""Tables that are read by themselves, whatever else a document holds."""
