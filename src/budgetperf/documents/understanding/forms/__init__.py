"""Self-evaluation forms of any kind, understood by the words in their headers and labels."""
