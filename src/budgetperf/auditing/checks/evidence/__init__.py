"""The checks of what a report rests its results on."""
