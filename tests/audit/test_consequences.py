"""What follows once a cause is mended: the rating, and what is asked."""

from __future__ import annotations

import attrs

import budgetperf as bp
from tests.documents.samples import EXAMPLES
from tests.factories import LOCKED, form, indicator

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


def test_of_a_rule_set_without_ratings_nothing_is_said_of_them() -> None:
    row = attrs.evolve(indicator("宣讲", "产出指标", "90", "90"), target="≥10次", actual="10次")
    report = form(row, weight="10", score="10", total="99")
    for ratings, count in ((LOCKED.ratings, 1), ((), 0)):
        audit = bp.audit(report, rules=attrs.evolve(LOCKED, ratings=ratings))
        texts = [text.zh for cause in audit.causes for text in audit.consequences(cause)]
        assert len([text for text in texts if "等级" in text]) == count


def test_a_rating_that_the_total_never_earned_is_no_consequence() -> None:
    """80 are 良: that 优 is wrong W09 says, and mending the total changes nothing in it."""
    row = attrs.evolve(indicator("宣讲", "产出指标", "90", "70"), target="≥10次", actual="10次")
    report = form(row, weight="10", score="10", total="82")
    for rating, count in (("良", 1), ("优", 0)):
        rated = attrs.evolve(report, form=attrs.evolve(report.form, rating=rating))
        audit = bp.audit(rated, rules="yitihua-default")
        texts = [text.zh for cause in audit.causes for text in audit.consequences(cause)]
        assert len([text for text in texts if text.startswith("总分为")]) == count


def test_what_is_asked_of_the_mended_report_is_told() -> None:
    """20 is twice the target: the form with its 9 asks for another reason."""
    row = attrs.evolve(indicator("宣讲", "产出指标", "90", None), target="≥10次", actual="9次")
    text = attrs.evolve(row, actual="20次", completion_rate="200%", deviation="100%")
    report = attrs.evolve(form(row, weight="10"), narrative=bp.Statement(indicators=[text]))
    audit = bp.audit(report)
    texts = [text.zh for text in audit.consequences(audit.causes[0])]
    assert [text[:11] for text in texts] == ["更正后须复核：Q04 ", "更正后不再有疑问：Q0"]
