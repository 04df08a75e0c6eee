"""Pictures: curves, bars of money and of scores."""
