"""What stands beside the own figures of a form: scores of others, tables with rows of years."""
