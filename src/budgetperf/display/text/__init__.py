"""Displays in plain text."""
