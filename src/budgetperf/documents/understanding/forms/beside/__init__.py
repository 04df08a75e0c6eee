"""What stands beside the figures of a form: scores of others, lists of projects, several years."""
