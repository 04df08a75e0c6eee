"""Named cases of hostile input: each once hung, broke down or was taken without a word."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from functools import partial
from pathlib import Path
from typing import Any

import attrs

import budgetperf as bp
from budgetperf import Missing, RuleSet
from budgetperf.auditing.conventions import fitting as conventions
from budgetperf.exact import PrintedNumber, cell, decimal_text, parse_number, round_to
from budgetperf.exact.rounding import unit_in_last_place
from budgetperf.model import CategoryAmount, FundingSource, describe
from budgetperf.rules import Curve, Knot, Status, load, load_examples
from budgetperf.rules.policies import Counting, Steps
from tests.hostile.files import FILES
from tests.hostile.pdfs import PDFS

NINES = "9" * 5000
FEW = "9" * 101
"""One digit more than a number has."""
Case = tuple[Callable[[], object], str]
"""What is called, and the code with which it is refused; ``""`` if it is taken."""


def wrong(value: object) -> Any:
    """A value of the wrong type on purpose, past the type checker."""
    return value


figure, amount, target = bp.Figure, bp.Amount, bp.Target

NUMBERS: dict[str, Case] = {
    **{
        f"{function.__name__}, {name}": (partial(function, text), "too-many-digits")
        for name, text in {
            "5,000 digits": NINES,
            "101 digits": FEW,
            "5,000 decimals": f"0.{NINES}",
            "101 decimals": f"0.{FEW}",
        }.items()
        for function in (bp.Amount, bp.Rate, bp.Points, parse_number, bp.Amount.parse)
    },
    "Count, 5,000 digits": (lambda: bp.Count(NINES), "too-many-digits"),
    "Rate, 5,000 digits and %": (lambda: bp.Rate(f"{NINES}%"), "too-many-digits"),
    "Rate, a ratio of 5,000 digits": (lambda: bp.Rate(f"1/{NINES}"), "too-many-digits"),
    "Figure, 5,000 digits": (lambda: figure(value=NINES), "too-many-digits"),
    "Figure, an int of 5,000 digits": (lambda: figure(value=10**5000), "too-many-digits"),
    "Figure.parse, 5,000 digits": (lambda: figure.parse(NINES), "too-many-digits"),
    "Interval, 5,000 digits": (lambda: bp.Interval(lower=NINES), "too-many-digits"),
    "Knot, 5,000 digits": (lambda: Knot(x=NINES, y=0), "too-many-digits"),
    "parse_figure, 5,000 digits": (lambda: _missing(bp.parse_figure(NINES)), ""),
    "parse_figure, 4 MB": (lambda: _missing(bp.parse_figure("9" * 4_000_000)), ""),
    "Target.parse, 5,000 digits": (lambda: _missing(target.parse(f"≥{NINES}").value), ""),
    "Amount, Decimal with an exponent": (lambda: amount(Decimal("1e99999999")), "too-many-digits"),
    "Amount, Decimal with a small one": (lambda: amount(Decimal("1e-9999999")), "too-many-digits"),
    "Amount, Decimal 0 with an exponent": (lambda: amount(Decimal("0e9999999")), "too-many-digits"),
    "Amount, Decimal NaN": (lambda: amount(Decimal("NaN")), "not-a-number"),
    "Amount, Decimal infinity": (lambda: amount(Decimal("Infinity")), "not-a-number"),
    "Amount, Decimal signalling": (lambda: amount(Decimal("sNaN")), "not-a-number"),
    "Figure, Decimal with an exponent": (
        lambda: figure(value=Decimal("1e999999")),
        "too-many-digits",
    ),
    "Amount, text with an exponent": (lambda: amount("1e5"), "not-a-number"),
    "Amount, a long word": (lambda: amount("x" * 10**6), "not-a-number"),
    "Amount, a result of 10,000 digits": (lambda: len(str(amount(10**10_000))), ""),
    "Amount, a ratio of 10,000 digits": (lambda: len(str(amount(Fraction(1, 3**20_000)))), ""),
    "Amount, a power of 2 below 1": (lambda: len(str(amount(Fraction(1, 2**30_000)))), ""),
    "Amount, a million digits": (lambda: amount(10**1_000_000), "too-many-digits"),
    "Rate, a million digits": (lambda: bp.Rate(Fraction(1, 10**1_000_000)), "too-many-digits"),
    "Count, 10,000 digits": (lambda: repr(bp.Count(10**10_000)), ""),
    "decimal_text, 10,000 digits": (lambda: decimal_text(Fraction(10**10_000, 7)), ""),
    "Interval, 10,000 digits": (lambda: str(bp.Interval(lower=10**10_000)), ""),
    "Figure, 10,000,000 places": (lambda: figure(value=1, places=10_000_000), "too-many-places"),
    "Figure, -1,000,000,000 places": (lambda: figure(value=1, places=-(10**9)), "too-many-places"),
    "Figure, 10**5000 places": (lambda: figure(value=1, places=10**5000), "too-many-places"),
    "cell, 10,000,000 places": (lambda: cell(1, 10_000_000), "too-many-places"),
    "round_to, 10,000,000 places": (lambda: round_to(1, 10_000_000), "too-many-places"),
    "unit in the last of 10**9": (lambda: unit_in_last_place(10**9), "too-many-places"),
    "percent, 10,000,000 places": (lambda: bp.Rate(1).percent(10_000_000), "too-many-places"),
    "rounded, 10,000,000 places": (lambda: amount(1).rounded(10_000_000), "too-many-places"),
    "Figure.rounded, 10**9 places": (lambda: figure.rounded(1, places=10**9), "too-many-places"),
    "places that are a float": (lambda: amount(1).rounded(wrong(0.5)), "wrong-type"),
    "places that are a bool": (lambda: amount(1).rounded(True), "wrong-type"),
    "Unit, 200,000 × 亿": (lambda: bp.Unit.of("亿" * 200_000), "too-long"),
    "Amount, 200,000 × 亿": (lambda: amount(1, f"{'亿' * 200_000}元"), "too-long"),
    "Unit, a scale of 0": (lambda: bp.Unit(symbol="x", dimension="x", scale=0), "not-positive"),
    "Unit, no text": (lambda: bp.Unit.of(wrong(None)), "wrong-type"),
    "parse_number, 1 MB of words": (lambda: parse_number("长" * 400_000), "too-long"),
    "parse_number, Chinese numerals": (lambda: parse_number("九" * 101), "too-many-digits"),
    "parse_number, groups": (lambda: parse_number("1" + ",111" * 50), "too-many-digits"),
    "a float": (lambda: amount(wrong(0.5)), "float-refused"),
    "a list": (lambda: amount(wrong([[1]] * 10**6)), "wrong-type"),
    "a deep list": (lambda: amount(wrong(_deep_list(100_000))), "wrong-type"),
}


def _missing(stated: object) -> None:
    assert isinstance(stated, Missing)
    assert len(stated.text) <= 5_000_000


def _deep_list(depth: int) -> list[Any]:
    inner: list[Any] = []
    for _ in range(depth):
        inner = [inner]
    return inner


TYPED: list[tuple[str, str, str]] = [
    ("5,000 digits", f"{NINES} = 1", "too-many-digits"),
    ("101 digits", f"1 = {FEW}", "too-many-digits"),
    ("100 digits", f"{FEW[1:]} = {FEW[1:]}", ""),
    ("5,000 decimals", f"0.{NINES} = 1", "too-many-digits"),
    ("330 parentheses", f"{'(' * 330}1{')' * 330} = 1", "too-deep"),
    ("100,000 parentheses", "(" * 100_000, "too-deep"),
    ("19,000 parentheses", "(" * 19_000, "too-deep"),
    ("60 parentheses", f"{'(' * 60}1{')' * 60} = 1", ""),
    ("500 factors", f"{'*'.join(['2'] * 500)} = 1", "too-deep"),
    ("500 divisors", f"1 = {'/'.join(['2'] * 500)}", "too-deep"),
    ("59 factors", f"{'*'.join(['2'] * 59)} = 1", ""),
    ("50 factors of 100 digits", f"{'*'.join([FEW[1:]] * 50)} = 1", ""),
    ("factors inside of parentheses", f"{'(2*' * 59}2{')' * 59} = 1", ""),
    ("minus signs", f"{'-' * 10_000}1 = 1", "not-an-equation"),
    ("25,000 terms", f"{'+'.join(['1.5'] * 24999)} = 37498.5", ""),
    ("25,001 terms", f"{'+'.join(['1'] * 25000)} = 25000", "too-many-terms"),
    ("600 quotients", f"{'+'.join(f'1/{n}' for n in range(1, 600))} = 1", ""),
    ("25,000 names", f"{'+'.join(['a'] * 24999)} = 1", "not-an-equation"),
    ("400,001 characters", " " * 400_001, "too-long"),
    ("blanks", " " * 400_000, "not-an-equation"),
    ("dollars", "$" * 400_000, "not-an-equation"),
    ("LaTeX spaces", r"\," * 10_000, "not-an-equation"),
    ("braces", "${" + "{," * 9_000 + "}", "not-an-equation"),
    ("an escape", "1 = \x1b[2J1", "not-an-equation"),
    ("half of a pair", "1 = \ud800", "not-an-equation"),
    ("a long word", f"1 = 1{'长' * 10_000}", "too-long"),
    ("a long name", f"{'a' * 10_000} = 1", "not-an-equation"),
    ("LaTeX", r"$68.48\% = 241.86 \div 353.21$", ""),
    ("a numeral", "三百五十三万元 = 353万元", ""),
    ("a fraction in LaTeX", r"$\frac{1}{2} = 0.5$", "not-an-equation"),
    ("a product of wide intervals", f"{'*'.join(['(1-1)'] * 50)} = 1", ""),
]
"""Equations, and the codes with which they are refused."""
EQUATIONS: dict[str, Case] = {
    **{name: (partial(bp.check, text), code) for name, text, code in TYPED},
    "no text": (lambda: bp.check(wrong(None)), "wrong-type"),
}


def changed(**parts: object) -> str:
    """A small report as JSON, in which the total of the form is another."""
    total = {"value": "98", "unit": "", "places": 0, "text": "98", **parts}
    report = {"form": {"total_score": total}}
    return json.dumps({"schema": "budgetperf/report/1", "report": report})


def _loads(text: str) -> object:
    """Read, and everything that can be done with what was read."""
    report = bp.loads(text)
    assert bp.loads(bp.dumps(report)) == report
    audit = bp.audit(report)
    return str(audit), audit.to_data(), audit._repr_html_(), report._repr_html_()


PLAIN = '{"schema": "budgetperf/report/1", "report": {%s}}'
REPORTS: dict[str, Case] = {
    name: (partial(_loads, text), code)
    for name, text, code in [
        ("5,000 digits in text", changed(value=NINES), "too-many-digits"),
        ("5,000 digits", changed(value="?").replace('"?"', NINES), "too-many-digits"),
        ("5,000 decimals", changed(value="?").replace('"?"', f"0.{NINES}"), "number-with-fraction"),
        ("an exponent", changed(value="?").replace('"?"', "1e999999999"), "number-with-fraction"),
        ("an endless exponent", changed(value="?").replace('"?"', f"1e{NINES}"), "too-many-digits"),
        ("an exponent in text", changed(value="1e99999999"), "not-a-number"),
        ("infinity", changed(value="?").replace('"?"', "Infinity"), "number-with-fraction"),
        ("not a number", changed(value="?").replace('"?"', "NaN"), "number-with-fraction"),
        ("10,000,000 places", changed(places=10_000_000), "too-many-places"),
        ("-1,000,000,000 places", changed(places=-1_000_000_000), "too-many-places"),
        ("places of 50 digits", changed(places=10**50), "too-many-places"),
        ("true places", changed(places=True), "wrong-type"),
        ("a unit of 200,000 × 亿", changed(unit="亿" * 200_000), "too-long"),
        ("a unit of an escape", changed(unit="\x1b"), "bad-unit"),
        ("a line of 50 digits", changed(place={"line": 10**50}), ""),
        ("a deep list", "[" * 100_000, "too-deep"),
        ("a deep list in place of a number", PLAIN % f'"kind": {"[" * 900}{"]" * 900}', "too-deep"),
        ("deep objects", '{"a":' * 100_000, "too-deep"),
        ("brackets in text", PLAIN % f'"department": {{"name": "{"[" * 900}"}}', ""),
        ("quotes without end", '"\\"' * 100_000, "bad-json"),
        ("a key twice", PLAIN % '"kind": "project", "kind": "department"', "key-twice"),
        ("half of a pair", PLAIN % r'"department": {"name": "\ud800"}', ""),
        ("an escape", PLAIN % r'"department": {"name": "\u001b[8m\u202e"}', ""),
        ("20,000 unknown keys", json.dumps({f"k{n}": n for n in range(20_000)}), "more-problems"),
        ("a long key", PLAIN % f'"{"k" * 10**6}": 1', "unknown-key"),
        (
            "100,000 wrong elements",
            PLAIN % f'"repeated": [{",".join(["5"] * 100_000)}]',
            "more-problems",
        ),
        (
            "10,000 indicators with a wrong score",
            PLAIN % f'"form": {{"indicators": [{",".join([changed(value=1)] * 10_000)}]}}',
            "more-problems",
        ),
        ("empty", "", "bad-json"),
        ("a NUL", "\x00", "bad-json"),
        ("no text", wrong(None), "wrong-type"),
    ]
}

KINDS: dict[str, Case] = {
    "the kind as text": (lambda: bp.SelfEvaluation(kind=wrong("projects")), "wrong-type"),
    "a direction as a sign": (lambda: target(direction=wrong("≥≥")), "wrong-type"),
    "a source by its name": (lambda: FundingSource(kind=wrong("资金")), "wrong-type"),
    "a category by its code": (lambda: CategoryAmount(category=wrong("")), "wrong-type"),
    "a date as text": (lambda: bp.Department(filing_date=wrong("2024-02-30")), "wrong-type"),
    "a time as a date": (
        lambda: bp.Department(filing_date=dt.datetime(2024, 4, 22, tzinfo=dt.UTC)),
        "wrong-type",
    ),
    "a reason as text": (lambda: Missing(reason=wrong("blank")), "wrong-type"),
    "one indicator alone": (lambda: bp.Statement(indicators=wrong(5)), "wrong-type"),
    "text that is none": (lambda: bp.Text(zh=wrong(5), en=""), "wrong-type"),
    "a printed number of text": (
        lambda: PrintedNumber(text="5", operator=None, value=wrong("5"), unit=bp.Unit.of("")),
        "wrong-type",
    ),
    "a path of 5,000 digits": (
        lambda: describe(bp.SelfEvaluation(), f"form.indicators[{NINES}]"),
        "no-such-path",
    ),
    "a weight where nothing is": (lambda: _weighed("form.x.y[9]"), "bad-weight"),
    "a weight of a row that is not there": (lambda: _weighed("form.indicators[9]"), "bad-weight"),
    "a weight of a part": (lambda: _weighed("form.funding"), ""),
    "a weight of 5,000 digits": (lambda: _weighed("form", 10**5000), "bad-weight"),
}


def _weighed(path: str, weight: int = 3) -> object:
    return bp.audit(bp.SelfEvaluation(), weights={path: weight})


def named(text: str) -> RuleSet:
    """A rule-set with the text wherever it has words."""
    both = bp.Text(zh=text, en=text)
    return RuleSet(id="own", title=both, place=both, note=both, status=Status.TEXT, replaces=text)


def _many_knots(number: int) -> Curve:
    return Curve(knots=[Knot(x=n, y=Fraction(n, number)) for n in range(number)])


def _steps(loss: str, counting: Counting = Counting.WHOLE) -> Curve:
    return Steps(start=1, width="0.0000001", loss=loss, counting=counting).curve(100)


RULES: dict[str, Case] = {
    "half of a pair": (lambda: (named("\ud800").sha256, named("\ud800")._repr_html_()), ""),
    "an escape": (lambda: (named("\x1b").sha256, named("\x1b\u202e")._repr_html_()), ""),
    "1,001 knots": (lambda: _many_knots(1001), "too-many-knots"),
    "1,000 knots": (lambda: _many_knots(1000).to_text(), ""),
    "knots that are none": (lambda: Curve(knots=wrong(5)), "wrong-type"),
    "steps that cost next to nothing": (lambda: _steps("0.0000001"), "too-many-steps"),
    "narrow steps": (lambda: _steps("1").to_svg(), ""),
    "in proportion": (lambda: _steps("0.0000001", Counting.PROPORTIONAL).to_svg(), ""),
    "a device without end": (lambda: load("/dev/zero"), "too-large"),
    "examples in a device without end": (lambda: load_examples("/dev/zero"), "too-large"),
    "a name with a NUL": (lambda: load("a\0b"), "cannot-open"),
    "a name with half of a pair": (lambda: load_examples("\ud800"), "cannot-open"),
    "a place of 1 MB": (lambda: len(bp.rules.shipped(place="省" * 10**6)), "too-long"),
    "a long place": (lambda: len(bp.rules.shipped(place="省" * 200)), ""),
    "a long place without an end": (lambda: len(bp.rules.shipped(place="长" * 200)), ""),
    "a date of 5,000 digits": (lambda: bp.rules.at(NINES), "bad-date"),
    "an id of 1 MB": (lambda: bp.rules.get("x" * 10**6), "unknown-ruleset"),
}


def _parsed(text: str) -> str:
    return str(bp.audit(bp.parse(text)))


TABLE = "项目支出绩效自评表\n项目名称 甲\n"
LEVELS = "一级指标\n二级指标\n三级指标\n"
YEARS = "经费 2021年预算数 2022年决算数\n经费 12.0\n"
PAGE = "<!DOCTYPE html><p>自评表<table><tr><td>一级指标<td>三级指标<td>指标值<td>完成值"
ROW_OF_PAGE = "<tr><td>产出指标<td>面积{0}<td>≥1.{0}亩<td>{0}.5亩"

DOCUMENTS: dict[str, Case] = {
    name: (partial(_parsed, text), code)
    for name, text, code in [
        ("4 MB of digits", "9" * 4_000_000, "no-figures"),
        ("4 MB of words", "长" * 1_300_000, "no-figures"),
        ("a score of 5,000 digits", f"综合得分为{NINES}分，总支出为5万元。", "no-figures"),
        ("words of money again and again", f"全年预算数5万元，省{'奖补' * 29}好6万元。", ""),
        ("halves of a header of two rows", TABLE + f"{LEVELS}指标值\n" * 2_500, "no-figures"),
        ("headers of several years", TABLE + YEARS * 5_000, "no-figures"),
        ("stars without end", TABLE + "*" * 100_000 + "甲", "no-figures"),
        ("a page on one line", PAGE + "".join(map(ROW_OF_PAGE.format, range(1, 400))), ""),
        ("no text", wrong(None), "wrong-type"),
    ]
}

GROUPS: dict[str, dict[str, Case]] = {
    "numbers": NUMBERS,
    "equations": EQUATIONS,
    "reports": REPORTS,
    "kinds": KINDS,
    "rules": RULES,
    "documents": DOCUMENTS,
    "files": FILES,
    "pdfs": PDFS,
}

HEAD = 'id = "own"\ntitle = {zh = "自定", en = "own"}\nstatus = "text"\n'
ROW = '[[indicators]]\nnames = ["甲"]\n'
EXAMPLE = '[[example]]\nname = {zh = "甲", en = "a"}\nsource = {zh = "乙", en = "b"}\n'
TOML: dict[str, tuple[str, str]] = {
    "an effective exponent": (HEAD + "effective = 1e99999999999999999999\n", "effective"),
    "an effective infinity": (HEAD + "effective = inf\n", "effective"),
    "a deep id": ("id = " + "[" * 50_000, "too deep"),
    "a deep table": ("id = " + "{a = " * 50_000, "too deep"),
    "a deep key": (".".join(["a"] * 50_000) + " = 1", "too deep"),
    "a deep head": ("[" + ".".join(["a"] * 50_000) + "]", "too deep"),
    "a deep key in quotes": (".".join(['"a"'] * 50_000) + " = 1", "too deep"),
    "a list of 900 levels": (f"id = {'[' * 900}{']' * 900}\n", "too deep"),
    "a list of 59 levels": (f"id = {'[' * 59}{']' * 59}\n", "id"),
    "hexadecimal of 4,000 digits": (f"{HEAD}total = 0x{'f' * 4000}\n", "digits"),
    "hexadecimal of 90 digits": (f"{HEAD}until = 0x{'f' * 90}\n", "until"),
    "a weight of 5,000 digits": (f"{HEAD}[execution]\nweight = {NINES}\n", "digits"),
    "a weight in text of 5,000": (f'{HEAD}[execution]\nweight = "{NINES}"\n', "digits"),
    "a weight of 5,000 decimals": (f"{HEAD}[execution]\nweight = 0.{NINES}\n", "fraction"),
    "places": (f"{HEAD}score_rounding = {{places = 1000000000}}\n", "places"),
    "steps that never end": (
        f'{HEAD}{ROW}steps = {{width = "0.0000001", start = "1", loss = "0.0000001"}}\n',
        "steps",
    ),
    "steps of a weight": (
        f'{HEAD}{ROW}weight = "100"\nsteps = {{width = "1", start = "1", loss = "0.00001"}}\n',
        "steps",
    ),
    "1,001 knots": (
        f"{HEAD}[execution]\nweight = 1\ncurve = {{knots = ["
        + ",".join(f'{{x = "{n}", y = "1"}}' for n in range(1001))
        + "]}\n",
        "knots",
    ),
    "501 ratings": (
        HEAD + "".join(f'[[ratings]]\nrating = "{n}"\nleast = {n}\n' for n in range(501)),
        "ratings",
    ),
    "20,000 parts left out": (
        f'{HEAD}base = "national-2020"\nwithout = ["x"{", 1" * 20_000}]\n',
        "without",
    ),
    "an escape in a key": (f'{HEAD}"\\u001b[2J" = 1\n', r"\x1b[2J"),
    "an escape": (f"{HEAD}note = \x1b\n", "TOML"),
    "an open quote": ('id = "' + "x" * 10**6, "TOML"),
    "2 MB": (HEAD + "# remark\n" * 250_000, "limit"),
    "no UTF-8": (HEAD + "# \udc80\n", "UTF-8"),
    "5,000 unknown keys": (HEAD + "".join(f"k{n} = 1\n" for n in range(5_000)), "k0"),
    "nothing": ("", "id"),
}
"""Files of rules that cannot be used, and what is told of each. They are no examples, either."""

EXAMPLES: dict[str, tuple[str, str]] = {
    "a deep name": ("example = " + "[" * 50_000, "too deep"),
    "a weight of 5,000 digits": (f"{EXAMPLE}[[example.rows]]\nweight = {NINES}\n", "digits"),
    "a weight with an exponent": (f"{EXAMPLE}[[example.rows]]\nweight = 1e999999999\n", "fraction"),
    "a budget of 5,000 digits": (f'{EXAMPLE}budget = "{NINES}"\n', "budget"),
    "20,000 empty examples": ("[[example]]\n" * 20_000, "missing"),
}


def report_named(text: str) -> bp.SelfEvaluation:
    """A report with the text wherever it has words, and with a sum that is not right."""
    score = bp.Figure(value="98", unit="", rounding=None)
    weight = bp.Figure(value="20", rounding=None)
    row = bp.Indicator(
        level1=text,
        level2=text,
        name=text,
        target=attrs.evolve(target.parse("≥90%"), text=text),
        actual=bp.Figure(value="80", unit="%", text=text),
        weight=weight,
        score=weight,
        midyear=Missing(reason=bp.MissingReason.UNREADABLE, text=text),
    )
    statement = bp.Statement(indicators=(row, row), total_score=score, rating=text)
    return bp.SelfEvaluation(
        department=bp.Department(name=text, year=bp.Figure(value="2023", text=text)),
        narrative=statement,
        form=statement,
    )


def displays(report: bp.SelfEvaluation) -> dict[str, str]:
    """Everything that shows a report, by its name."""
    audit = bp.audit(report, rules="national-2020")
    card = bp.scorecard(report, rules="national-2020")
    fit = conventions.rules_that_fit(report, among=["national-2020"])
    shown = {f"{name}": repr(value) for name, value in (("audit", audit), ("report", report))}
    for lang in ("zh", "en"):
        shown |= {
            f"audit in {lang}": audit.to_text(lang=lang, everything=True),
            f"fit in {lang}": fit.to_text(lang=lang),
            f"findings in {lang}": "\n".join(f.message.pick(lang) for f in audit.findings),
            f"causes in {lang}": "\n".join(c.message.pick(lang) for c in audit.causes),
        }
    shown |= {
        "figures": "\n".join(str(figure) for _, figure in bp.figures(report)),
        "findings": "\n".join(f"{f.title} {f.why}" for f in audit.findings),
        "audit as HTML": audit._repr_html_(),
        "report as HTML": report._repr_html_(),
        "scorecard as HTML": card._repr_html_(),
        "report as JSON": bp.dumps(report, indent=1),
    }
    try:
        audit.raise_if_inconsistent()
    except bp.BudgetperfError as error:
        shown["error"] = str(error)
    return shown


EXAMPLE_REPORT = str(Path(__file__).resolve().parents[2] / "examples" / "department-2023.md")
Command = tuple[list[str], set[int], str]
"""The arguments, the statuses of which one is right, and what the errors have to tell."""


def commands(folder: Path) -> dict[str, Command]:
    """Every way into the command, each with what is hostile there, by its name."""
    made: dict[str, Command] = {}
    for number, (name, (text, due)) in enumerate((TOML | EXAMPLES).items()):
        file = folder / f"own {number}.toml"
        file.write_bytes(text.encode("utf-8", "surrogateescape"))
        ways = {"examples of": ["rules", "national-2020", "--examples", str(file)]}
        if name in TOML:
            ways["rules"] = ["rules", str(file)]
        if name in TOML and number % 7 == 0:
            ways |= {
                "audit with": ["audit", EXAMPLE_REPORT, "--rules", str(file)],
                "score with": ["score", EXAMPLE_REPORT, "--rules", str(file)],
                "fit of": ["rules", str(file), "--fit", EXAMPLE_REPORT],
            }
        for way, arguments in ways.items():
            # Of a file that is no rules nothing has to be told but that it holds no examples.
            expected = due if (name in EXAMPLES) is (way == "examples of") else ""
            made[f"{way} {name}"] = (arguments, {2}, expected)
    for name, text, code in TYPED[::4]:  # as bp.check: the command adds little
        made[f"check {name}"] = (["check", "--", text], {2} if code else {0, 1}, "")
    for name, trust in TRUSTS.items():
        made[f"trust {name}"] = (["audit", EXAMPLE_REPORT, "--trust", trust], {2}, "form")
    for name, text in PAPERS.items():
        file = folder / f"{name}.md"
        file.write_bytes(text.encode("utf-8", "surrogatepass"))
        made[f"audit {name}"] = (["audit", str(file)], {2}, name)
    for name in ("\x1b[2J", "\u202e", "\ud800", "\n", "a\0b", "x" * 5000, "/dev/zero"):
        for command in (["audit"], ["score", "--rules", "national-2020"], ["rules", "--fit"]):
            made[f"{command[0]} of a file {name!r:.20}"] = ([*command, name], {2}, "budgetperf")
        made[f"rules {name!r:.20}"] = (["rules", name], {2}, "budgetperf")
        made[f"rules {name!r:.20}.toml"] = (["rules", f"{name}.toml"], {2}, "budgetperf")
        made[f"examples {name!r:.20}"] = (["rules", "shanghai-2022", "--examples", name], {2}, "")
        made[f"date {name!r:.20}"] = (["rules", "--date", name], {2}, "budgetperf")
        made[f"option {name!r:.20}"] = (["audit", "x", f"--{name}"], {2}, "")
        made[f"format {name!r:.20}"] = (["check", "1=1", "--format", name], {2}, "format")
    made["a date of 5,000 digits"] = (["rules", "--date", NINES], {2}, "date")
    made["a place of 1 MB"] = (["rules", "--place", "省" * 10**6], {2}, "place")
    made["a place that hides"] = (["rules", "--place", "\u202e\x1b[8m乙"], {0}, "")
    return made


TRUSTS = {
    "of 5,000 digits": f"form={NINES}",
    "of nothing there": "form.x.y[9]=3",
    "of a row not there": "form.indicators[999]=3",
    "of a row of 5,000 digits": f"form.indicators[{NINES}]=3",
    "of nothing": "form=",
    "of 0": "form=0",
    "below 0": "form=-1",
    "of a fraction": "form=1.5",
    "of an Arabic digit": "form=\u0663",
    "above all": "form=1000001",
    "of no path": "=3",
    "of another part": "reading=3",
    "of an escape": "\x1b[2J=3",
}
PAPERS = {
    "4 MB of digits": "9" * 4_000_000,
    "more than 4 MB": "9" * 5_000_000,
    "binary": "\x00\x1b" * 1000,
    "half of a pair": "\ud800 5万元",
    "a deep list": "[" * 100_000,
}
