"""Everything that can be known of a file with mistakes is told at once, each with its remedy."""

from __future__ import annotations

from pathlib import Path

import pytest

from budgetperf import ProblemsError, rules
from budgetperf.exact import Problem
from tests.factories import says
from tests.rules.files import CURVE, HEAD, problems

LAYOUT = """
[[layouts]]
weights = [{ level1 = "产出", weight = "50" }, { level1 = "效益", weight = "30" }]
"""


def by_place(tmp_path: Path, text: str) -> dict[str, Problem]:
    many = problems(tmp_path, text)
    by_where = {problem.where: problem for problem in many}
    assert len(by_where) == len(many)
    return by_where


# Layouts beside an execution part that could not be read.


def test_a_layout_counts_a_weight_that_was_refused_for_its_form(tmp_path: Path) -> None:
    wrong = by_place(tmp_path, f"{HEAD}[execution]\nweight = 10.0\ncurve = {CURVE}\n{LAYOUT}")
    assert set(wrong) == {"$.execution.weight", "$.layouts[0]"}
    message = wrong["$.layouts[0]"].message
    assert "10 + 50 + 30 add up to 90, not 100: add 10 (with budget execution)" in message.en
    assert "请补上 10（含预算执行）" in message.zh


def test_a_layout_counts_a_weight_beside_a_curve_that_cannot_be_read(tmp_path: Path) -> None:
    text = f'{HEAD}[execution]\nweight = "10"\ncurve = {{ knots = [] }}\n{LAYOUT}'
    wrong = by_place(tmp_path, text)
    assert set(wrong) == {"$.execution.curve.knots", "$.layouts[0]"}
    assert "add 10 (with" in wrong["$.layouts[0]"].message.en


def test_a_layout_counts_a_weight_beside_a_share_that_is_none(tmp_path: Path) -> None:
    lowest = '{ knots = [{ x = "1", y = "7" }] }'
    text = f'{HEAD}[execution]\nweight = "20"\ncurve = {CURVE}\ndiscretion = {lowest}\n{LAYOUT}'
    assert set(by_place(tmp_path, text)) == {"$.execution.discretion.knots[0].y"}


@pytest.mark.parametrize(
    "part",
    [
        f'execution = "10"\n{LAYOUT}',
        f'total = "all"\n[execution]\nweight = "10"\ncurve = {CURVE}\n{LAYOUT}',
        f'[execution]\nweight = "ten"\ncurve = {CURVE}\n{LAYOUT}',
        f'[execution]\nweight = "-1"\ncurve = {CURVE}\n{LAYOUT}',
        f"[execution]\ncurve = {CURVE}\n{LAYOUT}",
        f'[execution]\nweight = "10"\ncurve = {CURVE}\n{LAYOUT.replace(chr(34) + "30", chr(34))}',
    ],
)
def test_nothing_is_said_of_a_sum_that_cannot_be_known(tmp_path: Path, part: str) -> None:
    wrong = by_place(tmp_path, HEAD + part)
    assert len(wrong) == 1
    assert "$.layouts[0]" not in wrong


# Parts that are told together with what is wrong about them otherwise.


@pytest.mark.parametrize(
    ("second", "third", "wrong"),
    [
        ("0.5", '"0.5"', "0.5 cannot follow 0.5"),
        ("0.5", '"0.2"', "0.2 cannot follow 0.5"),
        ('"0.5"', "0.2", "0.2 cannot follow 0.5"),
        ('"0"', "0.2", "0 cannot follow 0"),
    ],
)
def test_knots_with_a_float_and_in_no_order(
    tmp_path: Path, second: str, third: str, wrong: str
) -> None:
    curve = (
        f'{{ knots = [{{ x = "0", y = "0" }}, {{ x = {second}, y = "0.5" }},'
        f' {{ x = {third}, y = "1" }}] }}'
    )
    caught = by_place(tmp_path, f'{HEAD}[execution]\nweight = "10"\ncurve = {curve}\n')
    float_at = 1 if second == "0.5" else 2
    knots = "$.execution.curve.knots"
    assert set(caught) == {f"{knots}[{float_at}].x", knots}
    says(caught[knots].message, "left", wrong)


def test_every_step_back_is_named(tmp_path: Path) -> None:
    knots = ", ".join(f'{{ x = "{x}", y = "0" }}' for x in (1, 1, 3, 2))
    curve = f"{{ knots = [{knots}] }}"
    wrong = problems(tmp_path, f'{HEAD}[execution]\nweight = "10"\ncurve = {curve}\n')
    words = [problem.message.en for problem in wrong]
    assert len(words) == 2
    assert "1 cannot follow 1" in words[0]
    assert "2 cannot follow 3" in words[1]


def test_a_misspelt_key_hides_no_contradiction(tmp_path: Path) -> None:
    text = f"""{HEAD}[at_least]
measure = "actual/target"
curve = {CURVE}
notes = "1"
over_completion = {{ policy = "zero" }}
zero_target = "ful"

[[indicators]]
colour = "red"
curve = {CURVE}
"""
    assert set(by_place(tmp_path, text)) == {
        "$.at_least.notes", "$.at_least.zero_target", "$.at_least.over_completion",
        "$.indicators[0].colour", "$.indicators[0].names",
    }  # fmt: skip


def test_a_part_that_cannot_be_read_is_not_missed(tmp_path: Path) -> None:
    """What could not be read counts neither as absent nor as its default."""
    text = f"""{HEAD}[at_least]
measure = "actual/target"
curve = {{ knots = [{{ x = "1.2", y = "1", right = "0.5" }}] }}
over_completion = {{ policy = "zero", threshold = "high" }}

[[indicators]]
names = "甲"
curve = {CURVE}

[[qualitative]]
grade = {{ zh = "好", en = "good" }}
shares = {{ lower = "low", upper = "1" }}
"""
    assert set(by_place(tmp_path, text)) == {
        "$.at_least.over_completion.threshold", "$.indicators[0].names",
        "$.qualitative[0].shares.lower",
    }  # fmt: skip


@pytest.mark.parametrize("base", ["yitihua-defualt", "nothing-like-it", "YITIHUA-DEFAULT"])
def test_a_base_that_is_none_hides_nothing_and_condemns_nothing(tmp_path: Path, base: str) -> None:
    text = f"""base = "{base}"
id = "own"
title = {{ zh = "自定", en = "own" }}
without = ["triggers"]
colour = "red"

[execution]
weight = 12.5

[at_least]
over_completion = {{ policy = "explain", threshold = "1.5" }}
"""
    caught = by_place(tmp_path, text)
    assert set(caught) == {"$.base", "$.colour", "$.execution.weight"}
    misspelt = by_place(tmp_path, text.replace('["triggers"]', '["trigers"]'))
    assert set(misspelt) == {*caught, "$.without"}
    assert "triggers" in misspelt["$.without"].message.en
    assert "$.without" in by_place(tmp_path, text.replace('["triggers"]', '"triggers"'))
    assert "$.id" in by_place(tmp_path, text.replace('id = "own"\n', ""))


# Examples.

EXAMPLE = """
[[example]]
name = { zh = "例", en = "case" }
source = { zh = "手算", en = "by hand" }
"""


def wrong_examples(tmp_path: Path, text: str) -> list[tuple[str, str]]:
    file = tmp_path / "own.examples.toml"
    file.write_text(text, encoding="utf-8")
    with pytest.raises(ProblemsError) as caught:
        rules.load_examples(file)
    assert caught.value.code == "bad-examples"
    return sorted((problem.where, problem.code) for problem in caught.value.problems)


@pytest.mark.parametrize(
    ("more", "problem"),
    [
        ("", None),
        ('weight = "5"', None),
        ("weight = 5.0", (".weight", "number-with-fraction")),
        ('weight = "five"', (".weight", "not-a-number")),
        ('weight = "5", colour = "red"', (".colour", "unknown-key")),
        ('weight = "5", asks = ["explian"]', (".asks[0]", "unknown-value")),
        ('weight = "5", name = " "', (".name", "no-name")),
    ],
)
def test_every_problem_of_a_row_is_told(
    tmp_path: Path, more: str, problem: tuple[str, str] | None
) -> None:
    """An unreadable figure, a score beside none, and whatever else is wrong with the row."""
    row = ", ".join(
        part
        for part in ('target = "≥x,3次"', 'actual = "1,3次"', 'score = "5"', 'none = "u"', more)
        if part
    )
    at = "$.example[0].rows[0]"
    due = {
        (f"{at}.target", "not-a-printed-number"),
        (f"{at}.actual", "not-a-printed-number"),
        (f"{at}.none", "one-of-both"),
    }
    if not more:
        due.add((f"{at}.weight", "missing-key"))
    if problem is not None:
        due.add((f"{at}{problem[0]}", problem[1]))
    assert wrong_examples(tmp_path, f"{EXAMPLE}rows = [{{ {row} }}]\n") == sorted(due)


@pytest.mark.parametrize(
    ("row", "place", "code"),
    [
        ('weight = "1/3", score = "0"', ".weight", None),
        ('weight = "5", most = "3"', ".most", "missing-key"),
        ('weight = "5", score = "4", most = "3"', ".most", "empty-interval"),
        ('weight = "5", score = "four", most = "3"', ".score", "not-a-number"),
    ],
)
def test_what_contradicts_itself_in_a_row(
    tmp_path: Path, row: str, place: str, code: str | None
) -> None:
    """A score that cannot be read is no missing one."""
    (problem,) = wrong_examples(tmp_path, f"{EXAMPLE}rows = [{{ {row} }}]\n")
    assert problem[0] == f"$.example[0].rows[0]{place}"
    assert code in (None, problem[1])


def test_a_row_hides_nothing_of_its_example(tmp_path: Path) -> None:
    text = EXAMPLE.replace("source", "sorce") + (
        'budget = "1,3万元"\nexecution = 5.5\nexecution_none = "undefined"\nprinted = "x"\n'
        'rows = [{ target = "≥10次", actual = "1,3次" }]\n'
    )
    at = "$.example[0]"
    assert wrong_examples(tmp_path, text) == sorted(
        [
            (f"{at}.source", "missing-key"),
            (f"{at}.sorce", "unknown-key"),
            (f"{at}.budget", "not-a-printed-number"),
            (f"{at}.execution", "number-with-fraction"),
            (f"{at}.execution_none", "one-of-both"),
            (f"{at}.printed", "not-a-printed-number"),
            (f"{at}.rows[0].weight", "missing-key"),
            (f"{at}.rows[0].actual", "not-a-printed-number"),
        ]
    )


# Files as editors leave them.


def test_a_mark_at_the_beginning_is_no_mistake(tmp_path: Path) -> None:
    file = tmp_path / "own.toml"
    file.write_text(HEAD, encoding="utf-8-sig")
    assert file.read_bytes().startswith(b"\xef\xbb\xbf")
    assert rules.load(file).id == "own"
    cases = tmp_path / "own.examples.toml"
    cases.write_text(EXAMPLE, encoding="utf-8-sig")
    assert len(rules.load_examples(cases)) == 1


@pytest.mark.parametrize(
    ("text", "where", "words", "original"),
    [
        ("id = own", "第 1 行第 6 列", "半角双引号", "Invalid value (at line 1, column 6)"),
        ("id = “own”", "第 1 行第 6 列", "半角双引号", "Invalid value"),
        ("a = 1\nid ＝ 1", "第 2 行第 4 列", "半角的 =", "Expected '=' after a key"),
        ('id = "own', "文件末尾", "右引号", "Unterminated string"),
        ("x = [1", "文件末尾", "]", "Unclosed array"),
        ("x = { a = 1", "文件末尾", "}", "Unclosed inline table"),
        ('id = "a"\nid = "b"', "文件末尾", "写了两次", "Cannot overwrite a value"),
        ("[a]\n[a]", "第 2 行", "写了两次", "Cannot declare ('a',) twice"),
        ("x = { a = 1, a = 2 }", "第 1 行", "写了两次", "Duplicate inline table key"),
        ("a = 1 b = 2", "第 1 行", "另起一行", "Expected newline or end of document"),
        ("编号 = 1", "第 1 行第 1 列", "键", "Invalid statement"),
        ("x = 1\n[a", "文件末尾", "TOML", "Expected ']' at the end of a table declaration"),
    ],
)
def test_what_is_no_toml_is_told_in_chinese(
    tmp_path: Path, text: str, where: str, words: str, original: str
) -> None:
    for name, load in (("own.toml", rules.load), ("cases.toml", rules.load_examples)):
        file = tmp_path / name
        file.write_text(text, encoding="utf-8")
        with pytest.raises(ProblemsError) as caught:
            load(file)
        (problem,) = caught.value.problems
        assert (problem.code, problem.where) == ("bad-toml", name)
        zh, _, quoted = problem.message.zh.partition("（原文")
        assert where in zh
        assert words in zh
        assert original in quoted
        assert original in problem.message.en


# Words.


def test_an_inexact_number_is_to_be_written_as_a_plain_one(tmp_path: Path) -> None:
    """``9e1`` in quotes would be refused once more."""
    for written, plain in (("9e1", "90"), ("1_000.50", "1000.50"), ("25e-2", "0.25")):
        (problem,) = by_place(tmp_path, f"{HEAD}total = {written}\n").values()
        assert f'write "{plain}"' in problem.message.en
    for endless in ("inf", "nan", "1e999999"):
        (problem,) = by_place(tmp_path, f"{HEAD}total = {endless}\n").values()
        assert problem.code == "number-with-fraction"
        assert '"353.21"' in problem.message.en


def test_lists_in_english_have_english_commas(tmp_path: Path) -> None:
    text = f"""{HEAD.replace('"form"', '"official"')}
at_mots = 1
[execution]
weigth = "10"
zzz = "1"
"""
    wrong = by_place(tmp_path, text)
    assert len(wrong) >= 4
    for problem in wrong.values():
        assert "、" not in problem.message.en
    says(wrong["$.status"].message, "、", "text, form")
