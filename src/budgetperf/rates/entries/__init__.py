"""The catalogue of rates: formulas, arguments, units, sources."""
