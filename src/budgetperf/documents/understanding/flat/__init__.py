"""Forms that arrive as text, their tables flattened: put back into rows and columns where the words
and the figures leave no doubt, and left as text and told where they do."""
