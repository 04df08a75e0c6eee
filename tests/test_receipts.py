"""Receipts: what a second person needs to get the same result, and what tells that they did not."""

from __future__ import annotations

import hashlib
import inspect
import json
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeAlias

import attrs
import pytest
from hypothesis import given

import budgetperf as bp
from budgetperf.documents.readers.files import read_document
from budgetperf.documents.understanding.layout import layout_sha256, layouts
from budgetperf.documents.verifying import verify_among
from budgetperf.receipts import Aspect, Library, Made, Pinned
from budgetperf.relations.catalogue import relations_sha256
from budgetperf.testing import Case, reports
from tests.cli.cases import CHINESE, CLEAN, EXAMPLE, run
from tests.documents import writing
from tests.strategies import fewer, pickled

REPORT = bp.read(EXAMPLE)
RULES = "national-2020"
Result: TypeAlias = bp.Audit | bp.Scorecard | bp.Fit

MADE: dict[str, Callable[[bp.SelfEvaluation], Result]] = {
    "audit": bp.audit,
    "audit by rules": lambda report: bp.audit(report, rules=RULES, weights={"form": 3}),
    "scorecard": lambda report: bp.scorecard(report, rules=RULES),
    "fit": lambda report: bp.rules_that_fit(report, among=[RULES, "hubei-2020"]),
}
every = pytest.mark.parametrize("make", MADE.values(), ids=MADE)


def of(result: Result) -> bp.Receipt:
    receipt = result.receipt
    assert receipt is not None
    return receipt


def sha256(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


# What stands in it.


def test_what_is_in_the_receipt_of_an_audit() -> None:
    receipt = bp.audit(REPORT, rules=RULES, weights={"form": 3}).receipt
    assert receipt.made is Made.AUDIT
    assert receipt.version == bp.__version__
    assert receipt.document == Pinned(
        id="department-2023.md", sha256=sha256(Path(EXAMPLE).read_bytes())
    )
    assert receipt.rules == (Pinned(id=RULES, sha256=bp.rulesets[RULES].sha256),)
    assert receipt.layout is not None
    assert receipt.layout.id == "xinjiang-department-2023"
    assert receipt.relations == relations_sha256()
    assert receipt.trust == {"form": 3}
    assert receipt.outcome["inconsistent"] == "6"  # defects.md §4, as the README shows


@pytest.mark.law
def test_scores_rest_on_no_relations_and_a_fit_on_every_rule_set_that_was_tried() -> None:
    assert of(bp.scorecard(REPORT, rules=RULES)).relations is None
    fit = bp.rules_that_fit(REPORT)
    assert [rules.id for rules in of(fit).rules] == list(bp.rules.ids())
    assert of(fit).relations == relations_sha256()


def test_what_is_built_in_code_has_no_document() -> None:
    report = bp.SelfEvaluation(
        form=bp.Statement(indicators=[bp.Indicator(name="甲", target="≥1", actual="1", weight=10)])
    )
    receipt = bp.audit(report).receipt
    assert receipt.document is receipt.layout is None
    canonical = json.dumps(
        json.loads(bp.dumps(report))["report"],
        ensure_ascii=False,
        sort_keys=True,
        separators=(",", ":"),
    )
    assert receipt.report == sha256(canonical.encode())
    rows = of(bp.scorecard(report.form.indicators, rules=RULES))
    assert rows.report == receipt.report


def test_what_was_put_together_by_hand_has_none() -> None:
    card = bp.scorecard(REPORT, rules=RULES)
    assert attrs.evolve(card, report=None).receipt is None
    assert attrs.evolve(card, report=None).to_data()["receipt"] is None
    assert "凭据" not in str(attrs.evolve(card, report=None))
    assert "凭据" not in attrs.evolve(card, report=None).to_html()
    fit = MADE["fit"](REPORT)
    assert isinstance(fit, bp.Fit)
    by_hand = attrs.evolve(fit, report=None)
    assert by_hand.receipt is None
    assert by_hand.to_data()["receipt"] is None
    assert "凭据" not in str(by_hand)


GRID = [[("甲", 1, 1), ("乙", 1, 1)], [("1", 1, 1), ("2", 1, 1)]]
KINDS: dict[str, Callable[[], bytes]] = {
    "docx": lambda: writing.docx(writing.table_in_word(GRID)),
    "xlsx": lambda: writing.table_in_excel(GRID),
    "odt": lambda: writing.odf("text", writing.table_in_odf(GRID)),
    "ods": lambda: writing.odf("spreadsheet", writing.table_in_odf(GRID)),
    "html": lambda: f"<!DOCTYPE html>{writing.table_in_html(GRID)}".encode("gb18030"),
    "md": lambda: writing.table_in_pipes(GRID).encode("utf-8-sig"),
    "csv": lambda: "甲,乙\r\n1,2\r\n".encode("gb18030"),
    "tsv": lambda: writing.table_in_tabs(GRID).encode(),
}


def test_budget_execution_given_beside_the_rows_is_in_the_report() -> None:
    rows = [bp.Indicator(name="甲", target="≥1次", actual="1次", weight=90)]
    given = bp.FundingTotal(revised="100万元", executed="86.18万元")
    for execution in (given, "86.18%"):
        card = bp.scorecard(rows, rules=RULES, execution=execution)
        assert card.report is not None
        assert bp.verify(of(card), card.report).differing == ()
        bare = bp.verify(of(card), bp.SelfEvaluation(form=bp.Statement(indicators=rows)))
        assert set(bare.differing) == {Aspect.REPORT, Aspect.RESULT}
    silent = attrs.evolve(REPORT, form=bp.Statement(indicators=rows))
    assert of(bp.scorecard(silent, rules=RULES)).document is not None
    assert of(bp.scorecard(silent, rules=RULES, execution=given)).document is None
    exact = bp.scorecard(rows, rules=RULES, execution=bp.Rate("1/3"))
    assert exact.receipt is None


def test_a_row_of_budget_execution_is_part_of_the_report() -> None:
    rows = [
        bp.Indicator(name="预算执行率", target="100%", actual="80%", weight=10),
        bp.Indicator(name="甲", target="≥1次", actual="1次", weight=90),
    ]
    report = bp.SelfEvaluation(form=bp.Statement(indicators=rows))
    card = bp.scorecard(report, rules=RULES)
    assert card.report == report
    assert of(card).report == bp.audit(report).receipt.report
    assert bp.verify(of(card), report).differing == ()


def test_directions_that_were_stated_are_repeated() -> None:
    """Without them 90 of 100 has no score, since nothing says which side is good."""
    rows = [bp.Indicator(level1="成本指标", name="甲", target="100人", actual="90人", weight=90)]
    report = bp.SelfEvaluation(form=bp.Statement(indicators=rows))
    stated = {"成本指标": "≤"}
    for result in (
        bp.audit(report, rules=RULES, directions=stated),
        bp.scorecard(report, rules=RULES, directions=stated),
    ):
        receipt = of(result)
        assert receipt.directions == stated
        assert bp.Receipt.parse(json.dumps(receipt.to_data(), ensure_ascii=False)) == receipt
        assert bp.verify(receipt, report).differing == ()
        silent = bp.verify(attrs.evolve(receipt, directions={}), report)
        assert silent.differing == (Aspect.RESULT,)
        assert "成本指标 ≤" in str(result)


@pytest.mark.parametrize("kind", KINDS)
def test_every_reader_gives_the_hash_of_the_bytes(kind: str, tmp_path: Path) -> None:
    path = tmp_path / f"x.{kind}"
    path.write_bytes(KINDS[kind]())
    assert read_document(path).sha256 == sha256(path.read_bytes())


def test_text_at_hand_has_the_hash_of_its_utf_8() -> None:
    text = Path(EXAMPLE).read_text(encoding="utf-8")
    parsed = bp.parse(text).reading
    assert parsed is not None
    assert REPORT.reading is not None
    assert parsed.sha256 == sha256(text.encode()) == REPORT.reading.sha256
    assert parsed.layout_sha256 == REPORT.reading.layout_sha256


def test_layouts_that_say_something_else_have_other_hashes() -> None:
    hashes = [layout_sha256(layout) for layout in layouts()]
    assert len(set(hashes)) == len(hashes)
    assert all(len(bytes.fromhex(sha256)) == 32 for sha256 in hashes)


@pytest.mark.parametrize(
    ("make", "known"),
    [
        (bp.audit, {"rules", "weights", "directions", "previous"}),
        (bp.scorecard, {"rules", "execution", "directions"}),
        (bp.rules_that_fit, {"among"}),
    ],
)
def test_whatever_can_be_asked_for_is_in_the_receipt(
    make: Callable[..., Result], known: set[str]
) -> None:
    """A parameter that changes the result has to be repeated: it goes into receipt and verify.

    Decisions change no finding: they are told beside them.
    """
    assert set(inspect.signature(make).parameters) - {"report", "decisions"} <= known


# Equality.


@every
def test_a_result_is_equal_whatever_made_it(make: Callable[[bp.SelfEvaluation], Result]) -> None:
    """The version is no part of what was found."""
    result = make(REPORT)
    older = attrs.evolve(result, by=Library(version="0.0.1", relations="0" * 64))
    assert older == result
    assert of(older) != of(result)
    assert of(older).version == "0.0.1"


@every
def test_a_receipt_survives_a_journey(make: Callable[[bp.SelfEvaluation], Result]) -> None:
    result = make(REPORT)
    assert pickled(result).receipt == result.receipt
    assert pickled(of(result)) == result.receipt


@every
def test_a_receipt_comes_back_as_it_was(make: Callable[[bp.SelfEvaluation], Result]) -> None:
    receipt = of(make(REPORT))
    assert bp.Receipt.parse(json.dumps(receipt.to_data())) == receipt
    assert bp.Receipt.parse(json.dumps(make(REPORT).to_data())) == receipt


# Repeating.


@every
def test_the_same_again_is_the_same(make: Callable[[bp.SelfEvaluation], Result]) -> None:
    done = bp.verify(of(make(REPORT)), EXAMPLE)
    assert done.holds
    assert done.differing == ()
    assert done.receipt == done.repeated


@pytest.mark.law
@fewer
@given(reports())
def test_whatever_is_audited_and_scored_can_be_repeated(case: Case) -> None:
    """From the report itself, and from its JSON."""
    for make in (MADE["audit by rules"], MADE["scorecard"]):
        receipt = of(make(case.report))
        assert bp.verify(receipt, bp.loads(bp.dumps(case.report))).differing == ()


@every
def test_another_report_differs(make: Callable[[bp.SelfEvaluation], Result]) -> None:
    done = bp.verify(of(make(REPORT)), CLEAN)
    assert not done.holds
    assert set(done.differing) == {Aspect.DOCUMENT, Aspect.REPORT, Aspect.RESULT}


def test_a_figure_that_was_changed_after_reading_is_told() -> None:
    """The document is the same, and says something else."""
    form = attrs.evolve(REPORT.form, total_score=bp.Figure.parse("90"))
    receipt = bp.audit(attrs.evolve(REPORT, form=form)).receipt
    done = bp.verify(receipt, EXAMPLE)
    assert not done.holds
    assert set(done.differing) == {Aspect.REPORT, Aspect.RESULT}
    assert Aspect.DOCUMENT in done.same


def test_a_file_may_have_another_name(tmp_path: Path) -> None:
    path = tmp_path / "renamed.md"
    path.write_bytes(Path(EXAMPLE).read_bytes())
    assert bp.verify(bp.audit(REPORT).receipt, path).differing == ()


def test_a_report_as_json_is_read_again(tmp_path: Path) -> None:
    path = tmp_path / "report.json"
    path.write_text(bp.dumps(REPORT), encoding="utf-8")
    assert bp.verify(bp.audit(REPORT).receipt, path).differing == ()


@pytest.mark.parametrize(
    ("change", "aspect"),
    [
        ({"version": "0.0.1"}, Aspect.VERSION),
        ({"relations": "0" * 64}, Aspect.RELATIONS),
        ({"layout": Pinned(id="other", sha256="0" * 64)}, Aspect.LAYOUT),
    ],
)
def test_other_means_to_the_same_result(change: dict[str, Any], aspect: Aspect) -> None:
    receipt = attrs.evolve(bp.audit(REPORT).receipt, **change)
    done = bp.verify(receipt, REPORT)
    assert done.holds
    assert done.differing == (aspect,)
    assert "没有影响结果" in str(done)
    assert "has not changed the result" in done.to_text(lang="en")


@pytest.mark.parametrize(
    ("change", "aspect"),
    [
        ({"result": "0" * 64}, Aspect.RESULT),
        ({"report": "0" * 64}, Aspect.REPORT),
        ({"document": None}, Aspect.DOCUMENT),
        ({"rules": (Pinned(id=RULES, sha256="0" * 64),)}, Aspect.RULES),
    ],
)
def test_what_must_be_the_same(change: dict[str, Any], aspect: Aspect) -> None:
    receipt = attrs.evolve(bp.audit(REPORT, rules=RULES).receipt, **change)
    done = bp.verify(receipt, REPORT)
    assert not done.holds
    assert done.differing == (aspect,)
    assert aspect.label.zh in str(done)


def test_of_several_rule_sets_the_one_that_changed_is_named() -> None:
    receipt = of(bp.rules_that_fit(REPORT))
    first, *others = receipt.rules
    changed = attrs.evolve(receipt, rules=(attrs.evolve(first, sha256="f" * 64), *others))
    (line,) = [line for line in str(bp.verify(changed, REPORT)).splitlines() if "不同" in line]
    assert f"凭据为 {first.id} ffffffff，现为 {first.id} {first.sha256[:8]}" in line


def test_a_rule_set_of_ones_own_has_to_be_given() -> None:
    own = bp.rules.derive(RULES, id="own", title=bp.Text(zh="自定", en="own"))
    receipt = of(bp.scorecard(REPORT, rules=own))
    with pytest.raises(bp.NotFoundError, match="own") as caught:
        bp.verify(receipt, REPORT)
    assert caught.value.code == "unknown-ruleset"
    assert bp.verify(receipt, REPORT, rules=[own]).differing == ()
    other = attrs.evolve(own, total=120, layouts=())
    done = bp.verify(receipt, REPORT, rules=[other])
    assert Aspect.RULES in done.differing


def test_a_document_is_read_again_by_the_layout_of_the_receipt(tmp_path: Path) -> None:
    """Not by what understands most, where that is another one."""
    by_phrases = bp.audit(bp.read(EXAMPLE, layout="phrases")).receipt
    assert bp.verify(by_phrases, EXAMPLE).differing == ()
    assert not bp.verify(by_phrases, REPORT).holds
    assert not bp.verify(by_phrases, EXAMPLE, layout="xinjiang-department-2023").holds
    # Another document: what differs is told, also where the layout can read none of it.
    other = tmp_path / "report.md"
    other.write_text("年初预算 10 万元。", "utf-8")
    of_a_form = attrs.evolve(by_phrases, layout=Pinned(id="forms", sha256="0" * 64))
    assert Aspect.DOCUMENT in bp.verify(of_a_form, other).differing
    empty = tmp_path / "empty.md"
    empty.write_text("没有数字。", "utf-8")
    with pytest.raises(bp.UnusableDocumentError):
        bp.verify(of_a_form, empty)


def test_a_layout_of_ones_own_has_to_be_given(tmp_path: Path) -> None:
    own, document = tmp_path / "own.toml", tmp_path / "form.md"
    own.write_text('id = "own"\n[indicators.columns]\nweight = ["比重"]\n', "utf-8")
    head = "| 一级指标 | 二级指标 | 三级指标 | 指标值 | 实际完成值 | 比重 | 得分 |"
    row = "| 产出指标 | 数量指标 | 场次 | ≥5次 | 6次 | 10 | 10 |"
    document.write_text("\n".join((head, "|---" * 7 + "|", row)), "utf-8")
    receipt = bp.audit(bp.read(document, layout=own)).receipt
    assert bp.verify(receipt, document, layout=own).differing == ()
    with pytest.raises(bp.NotFoundError, match="own") as caught:
        bp.verify(receipt, document)
    assert caught.value.code == "unknown-layout"
    kept = tmp_path / "audit.json"
    kept.write_text(
        run("audit", str(document), "--layout", str(own), "--format", "json")[1], "utf-8"
    )
    assert run("verify", str(kept), str(document), "--layout", str(own))[0] == 0
    status, _, err = run("verify", str(kept), str(document))
    assert status == 2
    assert "--layout" in err


def test_a_part_that_is_trusted_has_to_be_there() -> None:
    receipt = bp.audit(REPORT, weights={"form.indicators[3].score": 2}).receipt
    with pytest.raises(bp.BudgetperfError) as caught:
        bp.verify(receipt, bp.SelfEvaluation())
    assert caught.value.code == "bad-weight"


# What is no receipt.


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("{", "bad-json"),
        ("[]", "no-receipt"),
        ('{"schema": "budgetperf/receipt/2"}', "no-receipt"),
        ('{"schema": "budgetperf/audit/1"}', "no-receipt"),
        ('{"receipt": null}', "no-receipt"),
        ('{"schema": "budgetperf/receipt/1", "new": 1}', "bad-receipt"),
    ],
)
def test_what_is_no_receipt(text: str, code: str) -> None:
    with pytest.raises(bp.BudgetperfError) as caught:
        bp.Receipt.parse(text)
    assert caught.value.code == code


def test_a_receipt_that_was_typed_wrong_is_refused_at_its_place() -> None:
    data = of(bp.scorecard(REPORT, rules=RULES)).to_data()
    for wrong, places in (
        ({"made": "audits", "trust": {"form": "3"}, "new": 1}, {"$.made", "$.trust.form", "$.new"}),
        ({"report": "12"}, {"$.report"}),
        ({"rules": [{"id": RULES, "sha256": "A" * 64}]}, {"$.rules[0].sha256"}),
    ):
        with pytest.raises(bp.ProblemsError) as caught:
            bp.Receipt.parse(json.dumps(data | wrong))
        assert {problem.where for problem in caught.value.problems} == places
    with pytest.raises(bp.BudgetperfError, match="one rule-set"):
        bp.Receipt.parse(json.dumps(data | {"rules": []}))


def test_what_is_no_receipt_is_refused_in_code() -> None:
    with pytest.raises(bp.WrongTypeError):
        bp.verify(REPORT, REPORT)  # type: ignore[arg-type]
    with pytest.raises(bp.WrongTypeError):
        bp.verify(bp.audit(REPORT).receipt, REPORT, rules=[RULES])  # type: ignore[list-item]


# The command.


@pytest.fixture
def kept(tmp_path: Path) -> str:
    """The JSON of an audit, kept beside the document."""
    path = tmp_path / "audit.json"
    path.write_text(run("audit", EXAMPLE, "--rules", RULES, "--format", "json")[1], "utf-8")
    return str(path)


def test_the_command_repeats_what_was_kept(kept: str) -> None:
    status, out, err = run("verify", kept, EXAMPLE)
    assert (status, err) == (0, "")
    assert out.splitlines()[0] == "与凭据一致"
    assert [line.split()[1] for line in out.splitlines()[1:]] == ["相同"] * 7
    english = run("verify", kept, EXAMPLE, "--lang", "en")[1]
    assert english.splitlines()[0] == "as in the receipt"
    assert not CHINESE.search(english)


def test_the_command_says_what_differs(kept: str) -> None:
    status, out, _ = run("verify", kept, CLEAN)
    assert status == 1
    assert out.splitlines()[0] == "与凭据不一致"
    (result,) = [line for line in out.splitlines() if line.split()[0] == "结果"]
    assert "凭据为 " in result
    assert "不符 6" in result
    data = json.loads(run("verify", kept, CLEAN, "--format", "json")[1])
    assert data["schema"] == "budgetperf/verification/1"
    assert data["holds"] is False
    assert data["differing"] == ["document", "report", "result"]
    assert data["same"] == ["version", "layout", "rules", "relations"]


def test_the_command_tells_what_cannot_be_used(kept: str, tmp_path: Path) -> None:
    assert run("verify", kept, str(tmp_path / "none.md"))[0] == 2
    assert run("verify", str(tmp_path / "none.json"), EXAMPLE)[0] == 2
    packed = tmp_path / "report.docx"
    packed.write_bytes(b"PK\x03\x04")
    for report in (EXAMPLE, str(packed)):
        status, out, err = run("verify", report, kept)
        assert (status, out) == (2, "")
        assert f"{report}：不是凭据：请先写凭据" in err
    wrong = tmp_path / "wrong.json"
    wrong.write_text('{"schema": "budgetperf/receipt/1", "made": "audit"}', encoding="utf-8")
    status, out, err = run("verify", str(wrong), EXAMPLE)
    assert (status, out) == (2, "")
    assert "$.version" in err


def test_of_many_receipts_those_for_the_file_are_taken(tmp_path: Path) -> None:
    both = tmp_path / "both.json"
    both.write_text(run("audit", EXAMPLE, CLEAN, "--format", "json")[1], "utf-8")
    assert len(bp.Receipt.parse_several(both.read_text("utf-8"))) == 2
    for path in (EXAMPLE, CLEAN):
        status, out, _ = run("verify", str(both), path)
        assert (status, out.count("与凭据")) == (0, 1)
    renamed = tmp_path / "renamed.md"
    renamed.write_bytes(Path(CLEAN).read_bytes())
    assert run("verify", str(both), str(renamed))[0] == 0
    changed = tmp_path / Path(CLEAN).name
    changed.write_text(Path(CLEAN).read_text("utf-8") + "\n\n其他：无。\n", "utf-8")
    status, out, _ = run("verify", str(both), str(changed))
    assert (status, out.splitlines()[0]) == (1, "与凭据不一致")
    other = tmp_path / "other.md"
    other.write_bytes(changed.read_bytes())
    status, out, err = run("verify", str(both), str(other))
    assert (status, out) == (2, "")
    assert "2 张凭据" in err


def test_of_several_reports_the_one_of_the_receipt_is_taken() -> None:
    clean = bp.read(CLEAN)
    for report in (REPORT, clean):
        receipt = bp.audit(report).receipt
        assert verify_among(receipt, [REPORT, clean]).differing == ()
    assert not verify_among(bp.audit(clean).receipt, [REPORT]).holds


def test_the_command_takes_rule_sets_of_ones_own(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(
        f'base = "{RULES}"\nid = "own-2025"\ntitle = {{ zh = "自定", en = "own" }}\n', "utf-8"
    )
    card = tmp_path / "card.json"
    card.write_text(run("score", EXAMPLE, "--rules", str(own), "--format", "json")[1], "utf-8")
    status, _, err = run("verify", str(card), EXAMPLE)
    assert status == 2
    assert "--rules" in err
    assert run("verify", str(card), EXAMPLE, "--rules", str(own))[0] == 0


@every
def test_each_display_has_it_in_one_line(make: Callable[[bp.SelfEvaluation], Result]) -> None:
    result = make(REPORT)
    receipt = of(result)
    assert receipt.document is not None
    for lang, start in (("zh", "凭据："), ("en", "receipt: ")):
        (line,) = [
            line for line in result.to_text(lang=lang).splitlines() if line.startswith(start)
        ]
        assert f"budgetperf {bp.__version__}" in line
        assert receipt.document.sha256[:8] in line
        assert line in result.to_html(lang=lang)
