"""Relations over named figures: declared as data, bound to a report, judged."""
