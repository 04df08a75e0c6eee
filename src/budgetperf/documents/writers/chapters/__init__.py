"""The chapters of a report: templates, and filling them in."""
