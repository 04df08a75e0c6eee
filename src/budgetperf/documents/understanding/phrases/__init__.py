"""Figures in sentences, whatever the template: by the phrases of the field."""
