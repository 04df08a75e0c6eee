"""The layouts of forms that have a name: which one a form is of, why, and what it changes."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

import budgetperf as bp
from budgetperf import NotFoundError, ProblemsError
from budgetperf.documents import known_layouts
from budgetperf.documents.understanding.forms.layouts import named
from budgetperf.documents.understanding.forms.layouts.named import choose, form_layouts
from budgetperf.documents.understanding.forms.layouts.own import FormLayout, form_layout_in
from budgetperf.documents.understanding.forms.words import words_of
from budgetperf.model import Reading
from tests.cli.cases import run
from tests.factories import says, there

from .samples import EXAMPLES, SHARED
from .test_forms import NATIONAL, pipes, said

TABLES = SHARED / "documents" / "tables"
PUBLISHED = {
    "202": "hebei-project",
    "203": "national-project",
    "205": "bond-project",
    "214": "transfer",
    "215": "national-project",
    "216": "yunnan-project",
}
FILES = [file for id in PUBLISHED for file in TABLES.glob(f"{id}_*") if file.suffix != ".json"]


@pytest.mark.law
@pytest.mark.skipif(not FILES, reason="these documents are not shipped")
def test_published_forms_are_of_the_layouts_that_they_were_seen_in() -> None:
    for file in FILES:
        report = bp.read(file)
        assert report.reading is not None
        assert report.reading.layout == PUBLISHED[file.name[:3]], file.name
        assert report.reading.why.zh.startswith("表中有该版式特有的词：")
        again = bp.read(file, layout=report.reading.layout)
        assert list(bp.figures(again)) == list(bp.figures(report))
        assert list(bp.figures(bp.read(file, layout="forms"))) == list(bp.figures(report))


@pytest.mark.parametrize("layout", form_layouts(), ids=lambda layout: layout.id)
def test_a_form_is_of_the_layout_all_of_whose_signs_it_has(layout: FormLayout) -> None:
    signs = layout.head.signs
    title = signs.titles[0] if signs.titles else ""
    words, names = set(signs.words), {name + "某局" for name in signs.names[:1]}
    choice = choose(title, words, names)
    assert choice.layout is layout
    for word in signs.words:
        assert word in choice.why.zh
        assert choose(title, words - {word}, names).layout is not layout
        assert words_of(word).full == word  # as it is compared
    for word in signs.without:
        assert choose(title, {*words, word}, names).layout is not layout
    assert layout.head.seen
    assert layout.head.title.zh != layout.head.title.en


def test_what_a_layout_is_told_by_besides_words() -> None:
    by_title = {"words": ["甲"], "titles": ["专项债券"], "without": ["乙"]}
    signs = form_layout_in({"id": "x", "signs": by_title}).head.signs
    assert signs.fit("专项债券项目自评表", {"甲"}, set())
    assert not signs.fit("项目自评表", {"甲"}, set())
    assert not signs.fit("专项债券项目自评表", {"甲", "乙"}, set())
    assert not form_layout_in({"id": "x"}).head.signs.fit("", {"甲"}, set())


def test_two_layouts_alike_are_none(monkeypatch: pytest.MonkeyPatch) -> None:
    two = tuple(form_layout_in({"id": id, "signs": {"words": ["甲"]}}) for id in "ab")
    monkeypatch.setattr(named, "form_layouts", lambda: two)
    choice = choose("", {"甲"}, set())
    assert choice.layout is None
    says(choice.why, "同样合于 a、b", "alike")


TABLE = pipes(
    "某项目支出绩效自评表",
    "项目名称|某经费",
    "项目资金（万元）|年初预算数|全年预算数|全年执行数|决定数|执行率|分值|得分",
    "年度资金总额|120|100|90|80|90%|10|9",
    "一级指标|二级指标|三级指标|年度指标值|实际完成值|分值|得分|组评",
    "产出指标|数量指标|培训|≥10人|12人|90|90|88",
)


def with_layout(monkeypatch: pytest.MonkeyPatch, **tables: object) -> Reading:
    """How the table is read where there is one layout, with words of its own."""
    layout = form_layout_in({"id": "x", "signs": {"words": ["决定数", "组评"]}, **tables})
    monkeypatch.setattr(named, "form_layouts", lambda: (layout,))
    report = bp.parse(TABLE)
    assert report.reading is not None
    return report.reading


def test_words_of_a_layout_add_figures(monkeypatch: pytest.MonkeyPatch) -> None:
    plain = said(bp.parse(TABLE))
    reading = with_layout(monkeypatch, reviewed=["组评"])
    report = bp.parse(TABLE)
    assert said(report) == plain | {"indicators[0].reviewed_score": "88"}
    assert (reading.layout, reading.layout_sha256) == ("x", named.form_layouts()[0].sha256)
    says(
        reading.why,
        "表中有该版式特有的词：决定数、组评",
        "the form has words of this layout alone: 决定数, 组评",
    )


def test_a_layout_that_would_read_figures_otherwise_is_not_taken(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    plain = said(bp.parse(TABLE))
    for own in (
        {"funding": {"columns": {"revised": ["决定数"], "received": ["全年预算数"]}}},
        {"indicators": {"columns": {"score": ["组评"], "mark": ["得分"]}}},
        {"indicators": {"columns": {"score": ["组评"]}}},
    ):
        reading = with_layout(monkeypatch, **own)
        assert said(bp.parse(TABLE)) == plain
        assert reading.layout == "forms"
        says(reading.why, "版式 x 会使已读取的数字变样", "the layout x would have read")


def test_a_layout_reads_what_has_no_known_word(monkeypatch: pytest.MonkeyPatch) -> None:
    text = pipes("自评表", "甲|乙|丙", "培训|12人|90")
    with pytest.raises(bp.UnusableDocumentError):
        bp.parse(text)
    own = {"name": ["甲"], "actual": ["乙"], "score": ["丙"]}
    signs = {"words": ["甲", "乙", "丙"]}
    layout = form_layout_in({"id": "x", "signs": signs, "indicators": {"columns": own}})
    monkeypatch.setattr(named, "form_layouts", lambda: (layout,))
    assert said(bp.parse(text)) == {"indicators[0].actual": "12人", "indicators[0].score": "90"}


def test_the_kind_of_a_layout_holds_where_the_form_is_silent() -> None:
    rows = TABLE.replace("某项目支出绩效自评表", "自评表").replace("项目名称", "编号")
    assert bp.parse(rows).kind.value == "department"
    assert bp.parse(rows, layout="national-project").kind.value == "project"
    assert bp.parse(TABLE, layout="chongqing-department").kind.value == "project"  # as it is named


WITH_A_LIST = "\n\n".join(
    [
        NATIONAL.replace("项目支出绩效自评表", "部门整体支出绩效自评表")
        .replace("项目名称", "部门名称")
        .replace("项目资金", "预算资金"),
        pipes(
            "序号|项目名称|年初预算数|全年预算数|全年执行数|执行率|自评得分",
            "1|甲项目|60.00|60.00|57.00|95%|96",
            "2|乙项目|40.00|40.00|30.00|75%|92",
        ),
    ]
)


def test_the_header_of_a_list_of_projects_is_no_sign_of_the_form() -> None:
    report = bp.parse(WITH_A_LIST)
    assert len(there(report.form.projects).listed) == 2
    assert there(report.reading).layout == "forms"
    named_too = WITH_A_LIST.replace("主管部门", "项目名称")
    assert there(bp.parse(named_too).reading).layout == "national-project"


def told_of(text: str, layout: str) -> list[str]:
    return [
        note.zh for note in there(bp.parse(text, layout=layout).reading).notes if layout in note.zh
    ]


def test_a_layout_that_was_asked_for_and_whose_words_the_form_has_not_is_told() -> None:
    assert told_of(NATIONAL, "national-project") == []
    assert told_of(NATIONAL, "forms") == []
    (note,) = told_of(NATIONAL, "hebei-project")
    assert "没有据以识别该版式的词：预算安排情况(调整后)、" in note
    assert note.count("、") == 4
    assert "等；请核对版式" in note
    (note,) = told_of(WITH_A_LIST, "national-project")
    assert "没有据以识别该版式的词：项目名称；" in note
    assert said(bp.parse(NATIONAL, layout="hebei-project")) == said(bp.parse(NATIONAL))


def test_a_layout_of_reports_that_understands_less_than_the_words_of_forms_is_told() -> None:
    read, asked = (bp.parse(NATIONAL, layout=id) for id in (None, "xinjiang-department-2023"))
    few, more = there(asked.reading).accounted, there(read.reading).accounted
    assert few < more
    (note,) = told_of(NATIONAL, "xinjiang-department-2023")
    assert f"只认出 {few} 个数字；按表头中的词可认出 {more} 个" in note
    whole = (EXAMPLES / "department-2023.md").read_text(encoding="utf-8")
    assert told_of(whole, "xinjiang-department-2023") == []


def test_layouts_are_listed() -> None:
    ids = [layout.id for layout in known_layouts()]
    assert ids[:2] == ["forms", "phrases"]
    assert {"national-project", "xinjiang-department-2023", *PUBLISHED.values()} <= set(ids)
    assert len(ids) == len(set(ids))
    status, out, _ = run("layouts", "--lang", "zh")
    assert status == 0
    assert all(id in out for id in ids)
    status, out, _ = run("layouts", "hebei-project", "--lang", "en")
    assert (status, "seen in: 河北成安 2020" in out, "told by the words" in out) == (0, True, True)
    status, out, _ = run("layouts", "--format", "json")
    assert [layout["id"] for layout in json.loads(out)] == ids
    status, out, _ = run("layouts", "transfer", "--format", "json")
    assert json.loads(out)["kind"] == "project"
    status, _, err = run("layouts", "hebei", "--lang", "en")
    assert (status, "hebei-project" in err) == (2, True)
    for layout in form_layouts():
        assert said(bp.parse(NATIONAL, layout=layout.id)) == said(bp.parse(NATIONAL)), layout.id
    with pytest.raises(NotFoundError, match="transfer"):
        bp.parse(NATIONAL, layout="hebei")


def test_why_is_said(tmp_path: Path) -> None:
    file = tmp_path / "x.md"
    file.write_text(NATIONAL, encoding="utf-8")
    _, out, _ = run("read", str(file), "--lang", "en")
    assert "layout national-project: the form has" in out
    _, out, _ = run("read", str(file), "--lang", "en", "--layout", "forms")
    assert "layout forms: it was asked for" in out
    report = bp.read(file)
    assert bp.loads(bp.dumps(report)).reading == report.reading
    assert report.reading is not None
    assert bp.loads(bp.dumps(report)).reading.why == report.reading.why  # type: ignore[union-attr]


def test_what_is_wrong_with_the_head_of_a_layout_is_told_with_the_rest() -> None:
    with pytest.raises(ProblemsError) as caught:
        form_layout_in(
            {
                "id": " ",
                "kind": "town",
                "seen": 3,
                "signs": {"words": "甲", "wordz": []},
                "funding": {"columns": {"revized": ["乙"]}},
            }
        )
    places = [problem.where for problem in caught.value.problems]
    assert places[0] == "$.id"
    assert {"$.kind", "$.seen", "$.signs.words", "$.signs.wordz"} <= set(places)
    assert places[-1] == "$.funding.columns.revized"


def test_a_layout_of_ones_own_has_the_same_head(tmp_path: Path) -> None:
    own = tmp_path / "own.toml"
    own.write_text(
        'id = "x"\ntitle = "某县的表"\nkind = "project"\nseen = ["某县 2024"]\n'
        'reviewed = ["组评"]\n[signs]\nwords = ["组评"]\n',
        encoding="utf-8",
    )
    report = bp.parse(TABLE, layout=own)
    assert said(report)["indicators[0].reviewed_score"] == "88"
    assert report.reading is not None
    says(report.reading.why, "按要求", "asked for")


def test_a_layout_whose_name_is_misspelt_is_suggested() -> None:
    with pytest.raises(NotFoundError) as refused:
        bp.parse(NATIONAL, layout="bond-projct")
    says(refused.value.message, "最接近的是 bond-project", "did you mean bond-project")
    with pytest.raises(NotFoundError) as refused:
        bp.parse(NATIONAL, layout="zzz")
    says(refused.value.message, "可用的是 forms、", "the layouts are forms, ")
