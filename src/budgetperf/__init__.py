"""budgetperf"""
