"""From a file to text."""
