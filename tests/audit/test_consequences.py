"""What follows once a cause is mended: the rating, and what is asked."""

from __future__ import annotations

import budgetperf as bp
from tests.documents.samples import EXAMPLES

TEXT = (EXAMPLES / "department-2023.md").read_text(encoding="utf-8")
RULES = "xinjiang-observed-2023"


def told(text: str, rules: str | None = RULES) -> list[str]:
    audit = bp.audit(bp.parse(text), rules=rules)
    return [said.zh for cause in audit.causes for said in audit.consequences(cause)]


def test_the_total_is_98_and_the_rating_stays() -> None:
    assert told(TEXT) == ["总分为98分时，评价等级仍为“优”"]
    for shown in (
        bp.audit(bp.parse(TEXT), rules=RULES).to_text(),
        bp.audit(bp.parse(TEXT), rules=RULES).to_html(),
        str(bp.audit(bp.parse(TEXT), rules=RULES).to_data()),
    ):
        assert "评价等级仍为“优”" in shown


def test_without_a_rule_set_nothing_is_said_of_ratings() -> None:
    assert told(TEXT, None) == []


def test_a_total_over_a_threshold_changes_the_rating() -> None:
    (line,) = (each for each in TEXT.split("\n") if each.endswith("\t30\t10次\t30"))
    low = TEXT.replace(line, line.removesuffix("30") + "20")
    assert "总分为88分时，评价等级由“优”变为“良”" in told(low, "yitihua-default")


def test_what_is_no_longer_asked_is_told() -> None:
    (line,) = (each for each in TEXT.split("\n") if each.endswith("\t30\t10次\t30"))
    low = TEXT.replace(line, line.removesuffix("30") + "20")
    assert any(said.startswith("更正后不再有疑问：W05") for said in told(low, "national-2020"))


def test_a_clean_report_has_no_consequences() -> None:
    clean = (EXAMPLES / "department-2023-clean.md").read_text(encoding="utf-8")
    assert told(clean) == []
