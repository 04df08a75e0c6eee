"""The command `budgetperf`."""
