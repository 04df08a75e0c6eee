"""What rows state against what they give."""
