"""Displays for notebooks and pages, without scripts."""
