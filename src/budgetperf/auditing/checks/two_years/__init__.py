"""The checks of a report beside last year's."""
