"""The code of the README as a type checker sees it: checked, never run."""

from __future__ import annotations

import budgetperf as bp

print(bp.check("17.17% = 355.55 / 595.07").verdict.label.zh)
audit = bp.audit(bp.read("examples/department-2023.md"))
print(audit.causes[3].title.zh)
card = bp.scorecard(audit.report, rules="yitihua-default")
print(card.total, card.rating)
rate = bp.execution_rate(executed=bp.Amount("215457.6", "元"), revised=bp.Amount("25", "万元"))
print(f"{rate:.2%}")
