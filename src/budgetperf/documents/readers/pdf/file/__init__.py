"""From the bytes of a PDF to what is drawn on its pages."""
