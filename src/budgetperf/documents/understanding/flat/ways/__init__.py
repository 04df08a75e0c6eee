"""The ways in which a row of indicators may be taken apart, and which of them tie."""
