"""Layouts of forms with a name: their data, and which form is of which."""
