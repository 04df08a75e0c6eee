"""A rule-set that was not in force when a report was made is said aloud."""

from __future__ import annotations

import datetime as dt
from typing import Any

import attrs
import pytest

from budgetperf import Department, audit, rules, scorecard
from budgetperf.display.data.scores import scorecard_data
from budgetperf.display.html.audit import audit_html
from budgetperf.display.html.scorecard import scorecard_html
from budgetperf.display.text.scorecard import scorecard_text
from budgetperf.scoring.ages import out_of_time
from tests.factories import RULES, form, unscored
from tests.markup import display


def remark(effective: str, until: str, year: Any, filed: dt.date | None = None) -> str:
    dated = attrs.evolve(RULES, effective=effective, until=until)
    department = Department(year=year)
    if filed is not None:
        department = attrs.evolve(department, filing_date=filed)
    text = out_of_time(dated, department)
    return "" if text is None else text.zh


@pytest.mark.parametrize(
    ("effective", "until", "year", "filed"),
    [
        ("2020", "", 2020, None),
        ("2020-12-31", "", 2020, None),
        ("2016", "", 2024, None),
        ("2021", "", 2020, None),  # the report for 2020 was made in 2021
        ("2021-12-31", "", 2020, None),
        ("2016", "2019", 2019, None),  # whichever year the document means
        ("2016", "2019", 2018, None),
        ("2016", "2019", 2019, dt.date(2020, 4, 1)),
        ("2024-05-09", "", 2023, dt.date(2024, 5, 9)),
        ("2024", "", 2023, dt.date(2024, 4, 22)),
        ("2023", "", 2020, dt.date(2023, 3, 1)),  # late, and in force by then
        ("2023", "", 2023, dt.date(2022, 3, 1)),  # its own year: the day is odd, not the rule-set
        ("", "", 2020, None),
        ("", "", 2020, dt.date(2020, 1, 1)),
        ("2030", "", None, dt.date(2020, 1, 1)),
        ("2030", "2031", 0, None),
        ("2030", "2031", "2020.5", None),
    ],
)
def test_nothing_is_said_where_it_may_have_been_in_force(
    effective: str, until: str, year: Any, filed: dt.date | None
) -> None:
    assert remark(effective, until, year, filed) == ""


@pytest.mark.parametrize(
    ("effective", "until", "year", "filed", "words"),
    [
        ("2016", "2019", 2020, None, "施行至 2019，早于报告的 2020 年度"),
        ("2016", "2019-12-31", 2021, dt.date(2022, 3, 1), "施行至 2019-12-31"),
        ("", "2019", 2020, None, "施行至 2019"),
        ("2022", "", 2020, None, "自 2022 起施行，而 2020 年度的自评一般在 2021 年进行"),
        ("2025-01-01", "2026", 2020, None, "自 2025-01-01 起施行"),
        ("2024-05-09", "", 2023, dt.date(2024, 5, 8), "而 2023 年度的报告填报于 2024-05-08"),
        ("2024", "", 2020, dt.date(2023, 12, 31), "而 2020 年度的报告填报于 2023-12-31"),
    ],
)
def test_what_is_certainly_older_or_younger_is_said(
    effective: str, until: str, year: Any, filed: dt.date | None, words: str
) -> None:
    assert words in remark(effective, until, year, filed)


def test_scorecards_and_audits_say_it_in_every_display() -> None:
    """hunan-dept-2016 was in force in 2016 only; no verdict depends on the report's year."""
    old = attrs.evolve(form(unscored("100%", 100, "90")), department=Department(year=2020))
    card, audited = scorecard(old, rules="hunan-dept-2016"), audit(old, rules="hunan-dept-2016")
    (text,) = audited.remarks
    assert text in card.remarks
    said_as_data = {"zh": text.zh, "en": text.en}
    assert audited.to_data()["remarks"] == [said_as_data]
    card_data: Any = scorecard_data(card)
    assert said_as_data in card_data["remarks"]
    for lang in ("zh", "en"):
        remark = text.pick(lang)
        wrapped = "".join(audited.to_text(lang=lang).split())
        assert "".join(remark.split()) in wrapped
        assert remark in scorecard_text(card, lang)
        assert remark in display(audit_html(audited, lang=lang)).text
        assert remark in display(scorecard_html(card, lang=lang)).text
    of_its_year = attrs.evolve(old, department=Department(year=2016))
    assert audit(of_its_year, rules="hunan-dept-2016").summary == audited.summary
    for report in (of_its_year, attrs.evolve(old, department=Department(year=None))):
        assert audit(report, rules="hunan-dept-2016").remarks == ()
        assert text not in scorecard(report, rules="hunan-dept-2016").remarks
    assert audit(old).remarks == ()


@pytest.mark.parametrize("id", rules.ids())
def test_no_rule_set_is_out_of_its_own_years(id: str) -> None:
    """Neither in the year from which it is in force, nor in the one before, evaluated in that."""
    ruleset = rules.get(id)
    if not ruleset.effective:
        assert out_of_time(ruleset, Department(year=1950)) is None
        return
    year = int(ruleset.effective[:4])
    assert out_of_time(ruleset, Department(year=year)) is None
    assert out_of_time(ruleset, Department(year=year - 1)) is None
    assert out_of_time(ruleset, Department(year=year - 2)) is not None


@pytest.mark.parametrize(
    ("year", "is_told"), [(0, False), (1, True), ("1.5", False), (9999, True), (10000, False)]
)
def test_what_can_be_a_year(year: Any, is_told: bool) -> None:
    """The first and the last year that a calendar has are far from any rule-set, and told."""
    assert (remark("2015", "2019", year) != "") == is_told
