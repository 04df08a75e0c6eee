"""Displays as plain data for JSON."""
