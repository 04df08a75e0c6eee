"""What follows once a cause is mended: the rating, and what is asked."""

from __future__ import annotations

import re
from fractions import Fraction

import attrs
import pytest

import budgetperf as bp
from budgetperf.auditing.checks.totals import cap_in_force
from budgetperf.model import ThreePublicExpenses
from budgetperf.model.accounts import ThreePublicItem
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


def test_a_total_of_the_form_is_told_beside_one_of_the_text_that_is_right() -> None:
    """10 and 70 are 80, as the text says, and not 82."""
    row = attrs.evolve(indicator("宣讲", "产出指标", "90", "70"), target="≥10次", actual="10次")
    report = form(row, weight="10", score="10", total="82")
    report = attrs.evolve(report, narrative=form(total="80").form)
    audit = bp.audit(report, rules="yitihua-default")
    texts = [text.zh for cause in audit.causes for text in audit.consequences(cause)]
    assert "总分为80分时，评价等级仍为“良”" in texts


@pytest.mark.parametrize(("actual", "score", "total"), [("10次", "90", "70"), ("7次", "63", "90")])
def test_where_a_total_has_no_rating_none_changes(actual: str, score: str, total: str) -> None:
    """Nothing is said of less than 80: of 70, where 10 and 90 are 100, and of 10 and 63."""
    row = attrs.evolve(indicator("宣讲", "产出指标", "90", score), target="≥10次", actual=actual)
    report = form(row, weight="10", score="10", total=total)
    bands = tuple(band for band in LOCKED.ratings if band.least >= 80)
    for ratings, count in ((LOCKED.ratings, 1), (bands, 0)):
        audit = bp.audit(report, rules=attrs.evolve(LOCKED, ratings=ratings))
        texts = [text.zh for cause in audit.causes for text in audit.consequences(cause)]
        assert len([text for text in texts if "等级" in text]) == count


@pytest.mark.parametrize(
    ("text", "table", "count"), [("优", "良", 1), ("良", "优", 1), ("优", "优", 0)]
)
def test_a_rating_never_earned_hides_no_other(text: str, table: str, count: int) -> None:
    """Both totals are 82, and 80 are 良: one statement says it wrongly, and the other right."""
    row = attrs.evolve(indicator("宣讲", "产出指标", "90", "70"), target="≥10次", actual="10次")
    part = form(row, weight="10", score="10", total="82").form
    report = bp.SelfEvaluation(
        narrative=attrs.evolve(part, rating=text), form=attrs.evolve(part, rating=table)
    )
    audit = bp.audit(report, rules="yitihua-default")
    texts = [text.zh for text in audit.consequences(audit.causes[0])]
    assert texts.count("总分为80分时，评价等级仍为“良”") == count


def test_what_is_asked_of_the_mended_report_is_told() -> None:
    """20 is twice the target: the form with its 9 asks for another reason."""
    row = attrs.evolve(indicator("宣讲", "产出指标", "90", None), target="≥10次", actual="9次")
    text = attrs.evolve(row, actual="20次", completion_rate="200%", deviation="100%")
    report = attrs.evolve(form(row, weight="10"), narrative=bp.Statement(indicators=[text]))
    audit = bp.audit(report)
    texts = [text.zh for text in audit.consequences(audit.causes[0])]
    assert [text[:11] for text in texts] == ["更正后须复核：Q04 ", "更正后不再有疑问：Q0"]


def test_what_is_wrong_elsewhere_is_no_consequence() -> None:
    """Two rows, each with another result in the text: mending one leaves the other as it is, of
    which the relation of the two that are wrong (F02) says nothing new."""
    names = ("宣讲", "巡查")
    rows = [
        attrs.evolve(indicator(name, "产出指标", "45", None), target="≥10次", actual="9次")
        for name in names
    ]
    texts = [
        attrs.evolve(each, actual="20次", completion_rate="200%", deviation="100%") for each in rows
    ]
    report = attrs.evolve(form(*rows, weight="10"), narrative=bp.Statement(indicators=texts))
    audit = bp.audit(report)
    assert len(audit.causes[:2]) == len(names)
    for cause, name in zip(audit.causes, names, strict=False):
        said = [text.zh for text in audit.consequences(cause)]
        assert said
        assert all(name in text and "F02" not in text for text in said)


def test_a_limit_that_the_mended_figure_passes_is_told() -> None:
    """9 of 10 is really 11, by its parts and by its rate: it is above the budget then."""
    nothing = ThreePublicItem(budget="0万元", executed="0万元")
    spent = ThreePublicExpenses(
        total=ThreePublicItem(budget="10万元", executed="9万元"),
        overseas_travel=nothing,
        vehicle_purchase=nothing,
        vehicle_operation=ThreePublicItem(budget="6万元", executed="7万元"),
        official_reception=ThreePublicItem(budget="4万元", executed="4万元"),
        control_rate="110%",
    )
    audit = bp.audit(bp.SelfEvaluation(narrative=bp.Statement(three_public=spent)))
    (blamed,) = audit.causes[0].diagnoses[0]
    assert (blamed.operand.path, str(blamed.becomes)) == (
        "narrative.three_public.total.executed",
        "11万元",
    )
    (text,) = audit.consequences(audit.causes[0])
    assert text.zh.startswith("更正后须复核：F14 ")
    assert "合计·实际支出" in text.zh


def test_of_too_many_findings_none_is_worked_out_again(monkeypatch: pytest.MonkeyPatch) -> None:
    """All findings of the relations that the mended figure takes part in count."""
    row = attrs.evolve(indicator("宣讲", "产出指标", "90", None), target="≥10次", actual="9次")
    text = attrs.evolve(row, actual="20次", completion_rate="200%", deviation="100%")
    report = attrs.evolve(form(row, weight="10"), narrative=bp.Statement(indicators=[text]))
    audit = bp.audit(report)
    (blamed,) = audit.causes[0].diagnoses[0]
    codes = {
        finding.code
        for finding in audit.findings
        if blamed.operand.path in [operand.path for operand in finding.operands]
    } - {"J01", "W09"}
    count = sum(finding.code in codes for finding in audit.findings)
    for most, told in ((count - 1, 0), (count, 2), (count + 1, 2)):
        monkeypatch.setattr("budgetperf.auditing.consequences._MOST", most)
        assert len(bp.audit(report).consequences(bp.audit(report).causes[0])) == told


# --- caps

CAPPED = "yitihua-manual-2022"


def capped(revised: str, total: str, *, text: str | None = None) -> bp.SelfEvaluation:
    """A form of which 80 were executed; the text may state another total, that the form denies."""
    row = attrs.evolve(indicator("宣讲", "产出指标", "90", "90"), target="≥10次", actual="10次")
    report = form(row, weight="10", score="10", total=total)
    funds = bp.FundingTotal(
        initial=text or "100.00万元", revised=revised, executed="78.00万元", weight="10", score="10"
    )
    part = attrs.evolve(report.form, funding=bp.Funding(total=funds))
    stated = bp.Statement(
        funding=bp.Funding(total=bp.FundingTotal(initial=text, revised=text)),
        adjustment=bp.Adjustment(amount="0.00万元"),
    )
    return attrs.evolve(report, form=part, narrative=stated if text else bp.Statement())


def of_caps(report: bp.SelfEvaluation, rules: bp.RuleSet | str = CAPPED) -> list[str]:
    """What is said of caps where the text is trusted."""
    audit = bp.audit(report, rules=rules, weights={"narrative": 9})
    said = [text for cause in audit.causes for text in audit.consequences(cause)]
    return [text.zh for text in said if re.search("上限|总分不超过", text.zh)]


@pytest.mark.parametrize(
    ("wrong", "right", "said"),
    [
        ("110.00万元", "100.00万元", ["预算执行率为78%，总分上限仍为89分"]),
        ("120.00万元", "100.00万元", ["更正后预算执行率为78%，总分上限由79分变为89分"]),
        ("80.00万元", "100.00万元", ["更正后预算执行率为78%，总分不超过89分"]),
        ("110.00万元", "90.00万元", ["更正后总分不再以89分为上限"]),
        ("80.00万元", "90.00万元", []),
        ("110.00万元", "97.50万元", []),
        ("97.50万元", "100.00万元", []),
    ],
    ids=["stays", "changes", "comes", "goes", "none", "not sure then", "not sure before"],
)
def test_the_cap_on_the_total_is_named(wrong: str, right: str, said: list[str]) -> None:
    assert of_caps(capped(wrong, "89", text=right)) == said


def test_of_another_figure_or_without_caps_nothing_is_said_of_them() -> None:
    report = capped("110.00万元", "89", text="100.00万元")
    assert of_caps(report, "yitihua-default") == []
    row = attrs.evolve(report.form.indicators[0], actual="9次")
    narrative = bp.Statement(indicators=[report.form.indicators[0]])
    other = attrs.evolve(capped("110.00万元", "89"), narrative=narrative)
    other = attrs.evolve(other, form=attrs.evolve(other.form, indicators=[row]))
    assert of_caps(other) == []


def test_which_rule_sets_have_caps_is_what_the_page_says() -> None:
    with_caps = {rules.id for rules in bp.rulesets if rules.total_caps}
    assert with_caps == {"guangxi-mode", "yitihua-manual-2022"}
    pages = EXAMPLES.parent / "docs"
    if not pages.is_dir():
        pytest.skip("the installed wheel: no pages beside the tests")
    for page in ("audit.md", "audit.en.md"):
        text = (pages / page).read_text(encoding="utf-8")
        assert all(f"`{id}`" in text for id in with_caps)


def test_of_several_caps_the_lowest_counts() -> None:
    """However they are listed."""
    rules = bp.rulesets.get(CAPPED)
    cap = rules.total_caps[0]
    always = attrs.evolve(cap, within=bp.Interval(lower=0), unless_explained=False)
    report = capped("100.00万元", "90")
    for most in ((60, 80), (80, 60)):
        caps = tuple(attrs.evolve(always, most=points) for points in most)
        in_force = cap_in_force(report, attrs.evolve(rules, total_caps=caps))
        assert in_force is not None
        assert (in_force[0].most, in_force[1]) == (Fraction(60), Fraction(78, 100))
    assert cap_in_force(report, attrs.evolve(rules, total_caps=())) is None
