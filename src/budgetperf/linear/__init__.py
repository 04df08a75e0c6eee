"""Systems of sums and quotients over printed numbers: solved, bounded, diagnosed exactly.

Knows nothing of budgets.
"""
