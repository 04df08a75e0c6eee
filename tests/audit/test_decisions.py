"""What a reviewer decides: kept in a file, carried to the next draft, lapsing with the figures."""

from __future__ import annotations

import io
import sys
from pathlib import Path
from types import SimpleNamespace

import attrs
import pytest

import budgetperf as bp
from budgetperf.auditing import Lapse, Ruling, Since
from budgetperf.auditing.decisions import Lapsed, is_decidable, settled
from budgetperf.cli import reviewing
from budgetperf.cli.main import main
from budgetperf.model import Funding, FundingKind, FundingTotal
from tests.documents.samples import EXAMPLES
from tests.documents.test_forms import NATIONAL
from tests.factories import form, row

TEXT = (EXAMPLES / "department-2023.md").read_text(encoding="utf-8")
CLEAN = (EXAMPLES / "department-2023-clean.md").read_text(encoding="utf-8")


def audited(text: str, decisions: bp.Decisions | None = None) -> bp.Audit:
    return bp.audit(bp.parse(text), decisions=decisions)


def open_ones(text: str = TEXT) -> bp.Decisions:
    return bp.Decisions().with_open(audited(text).findings)


def dismissed(toml: str, code: str) -> str:
    """The file with the first finding of a code dismissed."""
    head, mark, behind = toml.partition(f'code = "{code}"')
    assert mark
    for key, word in (("decision", "dismissed"), ("reason", "口径不同"), ("by", "张三")):
        behind = behind.replace(f'{key} = ""', f'{key} = "{word}"', 1)
    return head + mark + behind


def test_every_finding_that_can_be_decided_on_is_listed_once() -> None:
    decidable = [f.code for f in audited(TEXT).findings if is_decidable(f)]
    listed = open_ones()
    assert [d.code for d in listed.decisions] == decidable
    again = listed.with_open(audited(TEXT).findings)
    assert again == listed
    assert not bp.Decisions().with_open(audited(CLEAN).findings).decisions


def test_a_dismissed_finding_is_told_and_no_longer_counts() -> None:
    decisions = bp.Decisions.parse(dismissed(open_ones().to_toml(), "F18"))
    audit = audited(TEXT, decisions)
    (finding,) = (f for f in audit.inconsistent if f.code == "F18")
    decision = audit.decision_on(finding)
    assert decision is not None
    assert decision.ruling is Ruling.DISMISSED
    assert audit.is_dismissed(finding)
    assert finding not in audit.unresolved
    assert len(audit.unresolved) == len(audit.inconsistent) - 1
    assert audit.findings == audited(TEXT).findings, "findings stay what they are"
    assert audit.receipt == audited(TEXT).receipt
    for shown in (audit.to_text(), audit.to_html()):
        assert "不采纳" in shown
        assert "口径不同" in shown
    (dismissed_one,) = (f for f in audit.to_data()["findings"] if "decision" in f)  # type: ignore[union-attr,operator]
    assert dismissed_one["decision"] == {"ruling": "dismissed", "reason": "口径不同", "by": "张三"}  # type: ignore[index,call-overload]


def test_a_confirmed_finding_still_counts() -> None:
    toml = open_ones().to_toml().replace('decision = ""', 'decision = "确认"')
    audit = audited(TEXT, bp.Decisions.parse(toml))
    assert audit.unresolved == audit.inconsistent
    with pytest.raises(bp.InconsistentReportError):
        audit.raise_if_inconsistent()


def test_all_dismissed_leaves_nothing_to_raise() -> None:
    toml = open_ones().to_toml().replace('decision = ""', 'decision = "不采纳"')
    toml = toml.replace('reason = ""', 'reason = "已核"')
    audit = audited(TEXT, bp.Decisions.parse(toml))
    assert audit.inconsistent
    assert not audit.unresolved
    audit.raise_if_inconsistent()
    assert not audit.lapsed


@pytest.mark.parametrize(
    ("printed", "lapse"), [("三个", Lapse.FIGURES_CHANGED), ("0个", Lapse.SETTLED)]
)
def test_a_decision_lapses_with_its_figures(printed: str, lapse: Lapse) -> None:
    (line,) = (each for each in TEXT.split("\n") if "预算调整率" in each and "两个" in each)
    changed = TEXT.replace(line, line.replace("两个", printed))
    decisions = bp.Decisions.parse(dismissed(open_ones().to_toml(), "F18"))
    audit = audited(changed, decisions)
    (lapsed,) = audit.lapsed
    assert lapsed.lapse is lapse
    assert lapsed.decision.code == "F18"
    assert audit.unresolved == audit.inconsistent
    assert "不再适用" in audit.to_text()
    assert "不再适用" in audit.to_html()
    assert audit.to_data()["lapsed"]


def test_a_row_that_is_put_in_before_changes_nothing() -> None:
    """Paths of later rows are others then; names and prints are what counts."""
    report = audited(TEXT).report
    decisions = bp.Decisions.parse(dismissed(open_ones().to_toml(), "W05"))
    rows = report.form.indicators
    form = bp.Statement(
        **{
            name: getattr(report.form, name)
            for name in ("funding", "goal", "total_score", "total_weight")
        },
        indicators=(bp.Indicator(level1="新增", name="新增的指标"), *rows),
    )
    before = bp.SelfEvaluation(department=report.department, form=report.form)
    after = bp.SelfEvaluation(department=report.department, form=form)
    for each in (before, after):
        audit = bp.audit(each, decisions=decisions)
        assert not audit.lapsed
        assert [f.code for f in audit.findings if audit.is_dismissed(f)] == ["W05"]


def test_what_is_wrong_with_a_file_is_told_with_its_place() -> None:
    toml = open_ones().to_toml()
    wrong = toml.replace('decision = ""', 'decision = "也许"', 1)
    with pytest.raises(bp.ProblemsError) as caught:
        bp.Decisions.parse(wrong)
    assert caught.value.problems[0].where == "$.decisions[0].decision"
    with pytest.raises(bp.ProblemsError, match="理由"):
        bp.Decisions.parse(toml.replace('decision = ""', 'decision = "不采纳"'))
    with pytest.raises(bp.ProblemsError, match="schema"):
        bp.Decisions.parse("")
    entry = toml.partition("\n[[decisions]]")[2].partition("\n[[decisions]]")[0]
    with pytest.raises(bp.ProblemsError, match="两条"):
        bp.Decisions.parse(f"{toml}\n[[decisions]]{entry}")
    with pytest.raises(bp.ProblemsError):
        bp.Decisions.parse('schema = "budgetperf/decisions/1"\n[[decisions]]\nwhat = 1')


# Drafts.


def test_the_same_draft_has_not_changed() -> None:
    drafts = bp.diff(audited(TEXT), audited(TEXT))
    assert not drafts.figures
    assert {each.since for each in drafts.findings} == {Since.STILL}
    assert not any(each.figures_changed for each in drafts.findings)


def test_figures_of_the_same_name_are_told_apart_by_their_order() -> None:
    first, second = ("≥10次", "10次"), ("≥5次", "4次")
    old = form(*(row("培训次数", *each, score="16") for each in (first, second)))
    new = form(*(row("培训次数", *each, score="16") for each in (("≥10次", "9次"), second)))
    (redrawn,) = bp.diff(old, new).figures
    assert (redrawn.path, redrawn.before, redrawn.after) == (
        "form.indicators[0].actual",
        "10次",
        "9次",
    )


def test_a_row_put_in_before_one_of_the_same_name_changes_no_other() -> None:
    first, second, third = ("≥10次", "9次"), ("≥5次", "4次"), ("≥8次", "3次")
    reports = {
        count: form(*(row("培训次数", *each, score="16") for each in rows))
        for count, rows in {2: (first, second), 3: (first, third, second)}.items()
    }
    for old, new in ((2, 3), (3, 2)):
        drafts = bp.diff(reports[old], reports[new])
        changes = [(change.before, change.after)[:: new - old] for change in drafts.figures]
        assert changes == [(None, each) for each in (third[0], "20", third[1], "16")]
        about = [each for each in drafts.findings if each.finding.code == "Q05"]
        (other,) = (each.finding for each in about if each.since is not Since.STILL)
        assert [operand.stated.text for operand in other.operands] == ["16", *third[::-1]]
        assert not any(each.figures_changed for each in about)


def test_a_row_that_is_put_in_takes_no_figure_of_one_of_its_name() -> None:
    """The weight of 25 points is split: 10 for a new row before the old one, 15 are left."""
    old = form(row("宣讲", "≥60场", "62场", weight="25", score="25"))
    first = row("宣讲", "≥12场", "12场", weight="10", score="10")
    new = form(first, row("宣讲", "≥60场", "62场", weight="15", score="15"))
    changes = [(change.before, change.after) for change in bp.diff(old, new).figures]
    added = [(None, "≥12场"), (None, "12场"), (None, "10"), (None, "10")]
    assert sorted(changes, key=str) == sorted([*added, ("25", "15"), ("25", "15")], key=str)
    back = [(change.after, change.before) for change in bp.diff(new, old).figures]
    assert sorted(back, key=str) == sorted(changes, key=str)


def test_what_changed_between_drafts() -> None:
    new = TEXT.replace("17.17%", "59.75%").replace("348.93", "348.92")
    drafts = bp.diff(audited(TEXT), audited(new))
    assert [(c.before, c.after) for c in drafts.figures] == [
        ("348.93万元", "348.92万元"),
        ("17.17%", "59.75%"),
    ]
    assert [each.finding.code for each in drafts.having(Since.SETTLED)] == ["F13", "F13"]
    assert not drafts.having(Since.NEW)
    changed = [each.finding.code for each in drafts.findings if each.figures_changed]
    assert changed == ["F02"]
    back = bp.diff(audited(new), audited(TEXT))
    assert [each.finding.code for each in back.having(Since.NEW)] == ["F13", "F13"]


def test_figures_that_are_no_longer_stated_settle_nothing() -> None:
    line = next(each for each in TEXT.split("\n") if "17.17%" in each)
    new = TEXT.replace(line, line.replace("占总支出的 17.17%", "占总支出的比重较高"))
    assert "17.17%" not in new
    drafts = bp.diff(audited(TEXT), audited(new))
    assert {each.finding.code for each in drafts.having(Since.GONE)} == {"F13"}
    assert not drafts.having(Since.SETTLED)


def test_decisions_of_the_old_draft_are_held_against_the_new_one() -> None:
    decisions = bp.Decisions.parse(dismissed(open_ones().to_toml(), "F13"))
    drafts = bp.diff(audited(TEXT, decisions), bp.parse(TEXT.replace("17.17%", "17.18%")))
    assert [each.lapse for each in drafts.lapsed] == [Lapse.FIGURES_CHANGED]
    for shown in (drafts.to_text(), drafts.to_html(), str(drafts.to_data())):
        assert "17.18%" in shown


def test_open_ones_make_way_for_what_is_decided() -> None:
    first, second = open_ones(), bp.Decisions.parse(dismissed(open_ones().to_toml(), "F18"))
    for joined in (first.joined_by(second), second.joined_by(first)):
        assert [d.code for d in joined.decisions if d.ruling is Ruling.DISMISSED] == ["F18"]


def missed(*names: str) -> bp.SelfEvaluation:
    """A form whose rows all miss their targets, and give no reason."""
    rows = [
        bp.Indicator(level1="产出指标", name=name, target="≥10次", actual="9次") for name in names
    ]
    return bp.SelfEvaluation(form=bp.Statement(indicators=rows))


@pytest.mark.parametrize(
    ("names", "lapse"),
    [
        (("宣讲",), None),
        (("新增", "宣讲"), None),  # it stands in another row now
        (("新增", "宣讲", "宣讲"), Lapse.AMBIGUOUS),
        (("新增",), Lapse.GONE),
    ],
)
def test_whether_it_is_known_which_row_was_decided_on(
    tmp_path: Path, names: tuple[str, ...], lapse: Lapse | None
) -> None:
    decided = bp.Decisions().with_open(bp.audit(missed("宣讲"), rules="national-2020").findings)
    file = tmp_path / "decisions.toml"
    file.write_text(decided.to_toml().replace('decision = ""', 'decision = "确认"'), "utf-8")
    audit = bp.audit(missed(*names), rules="national-2020", decisions=file)
    of_row = [one.lapse for one in audit.lapsed if one.decision.code == "Q05"]
    assert of_row == ([] if lapse is None else [lapse])


def test_rows_that_are_alike_have_a_decision_each() -> None:
    audit = bp.audit(missed("宣讲", "宣讲"), rules="national-2020")
    listed = bp.Decisions().with_open(audit.findings)
    on_rows = [d for d in listed.decisions if d.code == "Q05"]
    assert len(on_rows) == sum(f.code == "Q05" and f.is_for_review for f in audit.findings) == 2
    assert listed.joined_by(listed) == listed
    assert listed.with_open(audit.findings) == listed


def test_of_rows_that_are_alike_the_one_is_meant_that_stands_there() -> None:
    findings = bp.audit(missed("宣讲", "宣讲"), rules="national-2020").findings
    places = [n for n, f in enumerate(findings) if f.code == "Q05" and f.is_for_review]
    listed = bp.Decisions().with_open(findings).decisions
    on_rows = [attrs.evolve(d, ruling=Ruling.CONFIRMED) for d in listed if d.code == "Q05"]
    assert len(places) == len(on_rows) == 2
    for place, ruled in zip(places, on_rows, strict=True):
        fitted = settled(findings, bp.Decisions(decisions=(ruled,)), about="")
        assert (fitted.of, fitted.lapsed) == ({place: ruled}, ())


def test_one_dismissal_silences_no_other_finding_on_the_figure() -> None:
    findings = [f for f in audited(TEXT).findings if f.code == "F13" and is_decidable(f)]
    first, second = (bp.Decisions().with_open([finding]).decisions[0] for finding in findings)
    assert first.says != second.says
    decision = attrs.evolve(first, ruling=Ruling.DISMISSED, reason="已核", figures=())
    audit = audited(TEXT, bp.Decisions(decisions=(decision,)))
    assert not any(map(audit.is_dismissed, findings))  # it names no figure


def test_one_dismissal_silences_no_other_finding_that_names_no_figure() -> None:
    """A heading that the rule-set has and the form has not: first 满意度, then 效益."""

    def lacking(*headings: str) -> bp.Audit:
        rows = [bp.Indicator(name=name, level1=f"{name}指标", weight=45) for name in headings]
        return bp.audit(
            bp.SelfEvaluation(form=bp.Statement(indicators=rows)), rules="national-2020"
        )

    def bare(audit: bp.Audit) -> list[bp.Finding]:
        return [f for f in audit.findings if f.code == "W02" and f.is_for_review and not f.operands]

    first = lacking("产出", "效益")
    (entry,) = bp.Decisions().with_open(bare(first)).decisions
    ruled = attrs.evolve(entry, ruling=Ruling.DISMISSED, reason="已核")
    decisions = bp.Decisions(decisions=(ruled,))
    again, other = (
        attrs.evolve(audit, decisions=decisions) for audit in (first, lacking("产出", "满意度"))
    )
    assert list(map(again.is_dismissed, bare(again))) == [True]
    assert list(map(other.is_dismissed, bare(other))) == [False]
    assert [each.lapse for each in other.lapsed] == [Lapse.GONE]


def test_of_two_findings_on_one_figure_the_one_is_meant_that_says_the_same() -> None:
    (first,) = (f for f in audited(TEXT).findings if f.code == "F18" and is_decidable(f))
    both = [first, attrs.evolve(first, title=bp.Text(zh="别的", en="another"))]
    for place, decision in enumerate(bp.Decisions().with_open(both).decisions):
        ruled = attrs.evolve(decision, ruling=Ruling.CONFIRMED)
        assert settled(both, bp.Decisions(decisions=(ruled,)), about="").of == {place: ruled}


def test_an_open_decision_waits_for_one_of_two_findings_that_are_alike() -> None:
    audit = bp.audit(missed("宣讲", "宣讲"), rules="national-2020")
    listed = bp.Decisions().with_open(audit.findings)
    (first, _) = (d for d in listed.decisions if d.code == "Q05")
    rest = tuple(d for d in listed.decisions if d.code != "Q05")
    again = bp.Decisions(decisions=(first, *rest)).with_open(audit.findings)
    assert [d.code for d in again.decisions].count("Q05") == 2
    assert len(again.decisions) == len(listed.decisions)


def test_what_is_decided_on_one_of_two_that_are_alike_leaves_the_other_open() -> None:
    audit = bp.audit(missed("宣讲", "宣讲"), rules="national-2020")
    (first, other) = (
        d for d in bp.Decisions().with_open(audit.findings).decisions if d.code == "Q05"
    )
    ruled = attrs.evolve(first, ruling=Ruling.CONFIRMED)
    again = bp.Decisions(decisions=(ruled,)).with_open(audit.findings)
    assert [d for d in again.decisions if d.code == "Q05"] == [ruled, other]


def test_what_was_blank_is_told_with_a_dash() -> None:
    (first,) = (d for d in open_ones().decisions if d.code == "F18")
    figures = tuple(
        attrs.evolve(f, text=t) for f, t in zip(first.figures, ("2个", ""), strict=False)
    )
    ruled = attrs.evolve(first, ruling=Ruling.CONFIRMED, figures=figures)
    lapsed = Lapsed(decision=ruled, lapse=Lapse.FIGURES_CHANGED, now=("", "3个"))
    assert lapsed.message.zh.startswith(f"F18 {ruled.says}（原决定：确认）：")
    assert lapsed.message.zh.endswith("：原为 2个、—，现为 —、3个")
    assert lapsed.message.en.endswith(": 2个, — then, —, 3个 now")


def test_decisions_in_brief() -> None:
    listed = open_ones()
    one_less = bp.Decisions.parse(dismissed(listed.to_toml(), "F18"))
    count = len(listed.decisions)
    for decisions, still_open in ((listed, count), (one_less, count - 1)):
        assert f"{count} decisions, {still_open} of them open" in repr(decisions)


def test_what_is_no_longer_judged_is_not_settled() -> None:
    """The new draft is audited as the old one was; without its rule-set nothing would be said."""
    report = missed("宣讲")
    row = attrs.evolve(report.form.indicators[0], weight=20, score=20)
    report = attrs.evolve(report, form=attrs.evolve(report.form, indicators=(row,)))
    old = bp.audit(report, rules="yitihua-default")
    assert [f.code for f in old.findings if f.code == "W04" and is_decidable(f)] == ["W04"]
    for new in (report, bp.audit(report)):
        drafts = bp.diff(old, new)
        assert "W04" not in [each.finding.code for each in drafts.having(Since.SETTLED)]


@pytest.mark.parametrize(
    ("total", "since"),
    [
        ("60.00万元", Since.SETTLED),  # what the sources add up to now
        ("70.00万元", None),  # it is another question, and still one
        (None, Since.GONE),
    ],
)
def test_a_sum_that_holds_is_settled_though_a_part_of_it_is_gone(
    total: str | None, since: Since | None
) -> None:
    def budget(total: str | None, *sources: str) -> bp.SelfEvaluation:
        parts = tuple(bp.FundingSource(kind=kind, initial=text) for kind, text in zip(
            (FundingKind.LOCAL, FundingKind.OTHER), sources, strict=False
        ))  # fmt: skip
        funds = Funding(total=FundingTotal(initial=total), sources=parts)
        return bp.SelfEvaluation(form=bp.Statement(funding=funds))

    drafts = bp.diff(budget("100.00万元", "60.00万元", "30.00万元"), budget(total, "60.00万元"))
    told = [each.since for each in drafts.findings if each.finding.code == "F01"]
    assert told == [since or Since.STILL]
    # What cannot be judged any more is not settled: 30.00 of what?
    unlike = bp.diff(
        budget("100.00万元", "60.00万元", "30.00万元"), budget("90.00万元", "60.00万元", "30.00")
    )
    assert [each.since for each in unlike.findings if each.finding.code == "F01"] == [Since.GONE]


def test_a_question_that_does_not_arise_any_more_is_settled() -> None:
    """9 of 10 needed a reason, 10 of 10 need none."""
    old = missed("宣讲")
    row = attrs.evolve(old.form.indicators[0], actual="10次")
    new = attrs.evolve(old, form=attrs.evolve(old.form, indicators=(row,)))
    drafts = bp.diff(old, new)
    assert [d.since for d in drafts.findings if d.finding.code == "Q05"] == [Since.SETTLED]


def test_decisions_that_are_none_are_refused_at_once() -> None:
    with pytest.raises(bp.WrongTypeError, match="decisions"):
        bp.audit(missed("宣讲"), decisions=["F13"])  # type: ignore[arg-type]


def test_another_unit_is_another_figure() -> None:
    old, new = (
        bp.SelfEvaluation(form=bp.Statement(indicators=[bp.Indicator(name="宣讲", actual=actual)]))
        for actual in ("9次", "9人")
    )
    assert [(c.before, c.after) for c in bp.diff(old, new).figures] == [("9次", "9人")]
    assert not bp.diff(old, old).figures


# The command.


def test_the_commands(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    old, new, file = tmp_path / "a.md", tmp_path / "b.md", tmp_path / "d.toml"
    old.write_text(TEXT, encoding="utf-8")
    new.write_text(TEXT.replace("17.17%", "59.75%"), encoding="utf-8")
    assert main(["decide", str(old), "-o", str(file)]) == 0
    toml = file.read_text(encoding="utf-8")
    toml = toml.replace('decision = ""', 'decision = "不采纳"').replace(
        'reason = ""', 'reason = "已核"'
    )
    file.write_text(toml, encoding="utf-8")
    assert main(["audit", str(old)]) == 1
    assert main(["audit", str(old), "--decisions", str(file)]) == 0
    capsys.readouterr()
    assert main(["decide", str(old), "-o", str(file)]) == 0
    assert "新增待决定 0 条" in capsys.readouterr().out
    assert file.read_text(encoding="utf-8") == toml, "what is decided stays"
    assert main(["diff", str(old), str(new), "--decisions", str(file)]) == 0
    out = capsys.readouterr().out
    assert "已解决 2" in out
    assert "不再适用的决定 2 条" in out
    assert main(["diff", str(old), str(new), "--format", "json"]) == 1
    assert '"budgetperf/diff/1"' in capsys.readouterr().out
    assert main(["diff", str(old), str(new), "--format", "html"]) == 1
    review = tmp_path / "r.html"
    assert main(["review", str(old), "-o", str(review), "--decisions", str(file)]) == 0
    page = review.read_text(encoding="utf-8")
    assert "没有待处理的意见" in page
    assert "已不采纳" in page


def test_what_was_decided_is_not_lost_where_nothing_can_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    report, file = tmp_path / "a.md", tmp_path / "d.toml"
    report.write_text(TEXT, encoding="utf-8")
    assert main(["decide", str(report), "-o", str(file)]) == 0
    file.chmod(0o640)
    held = file.read_bytes()
    monkeypatch.setattr(bp.Decisions, "to_toml", lambda *_, **__: "a stray \udcff")
    assert main(["decide", str(report), "-o", str(file)]) == 2
    assert "d.toml" in capsys.readouterr().err
    assert file.read_bytes() == held
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a.md", "d.toml"]
    monkeypatch.undo()
    link = tmp_path / "link.toml"
    link.symlink_to(file)
    assert main(["decide", str(report), "-o", str(link)]) == 0
    assert link.is_symlink()
    assert file.stat().st_mode & 0o777 == 0o640


def test_two_drafts_are_a_report_each(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """Several are refused before any of them is audited; standard input is read once."""
    several = "\n\n".join(NATIONAL.replace("某某补助经费", name) for name in ("甲经费", "乙经费"))
    piped = SimpleNamespace(buffer=io.BytesIO(several.encode()))
    monkeypatch.setattr(sys, "stdin", piped)
    monkeypatch.setattr(reviewing, "audit", lambda *_, **__: pytest.fail("it was audited"))
    example = str(EXAMPLES / "department-2023.md")
    assert main(["diff", "-", example, "--layout", "forms", "--lang", "en"]) == 2
    assert "holds 2 self-evaluation forms" in capsys.readouterr().err
