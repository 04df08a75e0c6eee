"""The faces of an audit: text in both languages, plain data."""

from __future__ import annotations

import json
from pathlib import Path

import budgetperf as bp

EXAMPLE = Path(__file__).parents[2] / "examples" / "department-2023.md"


def test_an_audit_is_text_in_both_languages() -> None:
    audit = bp.audit(bp.read(EXAMPLE))
    assert str(audit) == audit.to_text() == audit.to_text(lang="zh")
    short, full, english = (
        "".join(text.split())  # lines may break anywhere
        for text in (audit.to_text(), audit.to_text(everything=True), audit.to_text(lang="en"))
    )
    assert "17.17%=355.55万元/595.07万元" in short
    assert "17.17%=355.55wanyuan/595.07wanyuan" in english
    assert "inconsistent(6)" in english
    assert "不符" not in english
    assert "58.89万元=156.76万元-97.87万元" not in short
    assert "58.89万元=156.76万元-97.87万元" in full


def test_an_audit_is_plain_data() -> None:
    audit = bp.audit(bp.read(EXAMPLE))
    data = audit.to_data()
    assert data["schema"] == "budgetperf/audit/1"
    assert json.loads(json.dumps(data)) == data
    assert len(json.dumps(data["findings"])) > len(audit.findings)
