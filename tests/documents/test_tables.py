"""Tables of rows become indicators: headers, cells, and what is told of those that are wrong."""

from __future__ import annotations

from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import budgetperf as bp
from budgetperf import (
    BudgetperfError,
    Direction,
    Indicator,
    Missing,
    MissingReason,
    ProblemsError,
    SelfEvaluation,
    Statement,
    indicators,
    scorecard,
)
from budgetperf.documents import HEADERS
from budgetperf.documents import records as reading
from budgetperf.rules import get
from tests.factories import refused, there, typed

BLANK = Missing(reason=MissingReason.BLANK)
CSV = """一级指标,三级指标,年度指标值,实际完成值,分值,得分
产出指标,宣讲次数,≥10次,10次,50,50
,办件数,≥100件,,20,

满意度指标,群众满意度,≥90%,99.0%,20,20
"""
ROWS = [
    Indicator(
        level1="产出指标", name="宣讲次数", target="≥10次", actual="10次", weight=50, score=50
    ),
    Indicator(level1=BLANK, name="办件数", target="≥100件", actual=BLANK, weight=20, score=BLANK),
    Indicator(
        level1="满意度指标", name="群众满意度", target="≥90%", actual="99.0%", weight=20, score=20
    ),
]


def told(error: BudgetperfError) -> list[tuple[str, str]]:
    problems = error.problems if isinstance(error, ProblemsError) else ()
    return [(one.where, one.code) for one in problems]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
@pytest.mark.parametrize("separator", [",", "\t", ";"])
def test_a_file(tmp_path: Path, encoding: str, separator: str) -> None:
    file = tmp_path / "rows.csv"
    file.write_bytes(CSV.replace(",", separator).encode(encoding))
    assert indicators(file) == indicators(str(file)) == tuple(ROWS)


def test_a_file_that_is_none(tmp_path: Path) -> None:
    with refused("cannot-open"):
        indicators(tmp_path / "nothing.csv")
    with refused("other-kind", match=r"pd\.read_excel"):
        indicators(tmp_path / "rows.xlsx")
    file = tmp_path / "rows.csv"
    for text, code in (
        ("三级指标,分值\n甲,10,5\n", "no-header"),
        ("三级指标,\n甲,10\n", "no-header"),
        ("三级指标,三级指标\n甲,乙\n", "header-twice"),
        ("三级指标,分值,得分\n甲,10\n", "short-row"),
        ('三级指标,分值\n"甲,10\n乙,5\n', "damaged"),
    ):
        file.write_text(text, encoding="utf-8")
        with refused(code):
            indicators(file)
    file.write_text("三级指标,分值,,\n甲,10,,\n", encoding="utf-8")
    assert len(indicators(file)) == 1


class Polars:
    """A table of whatever library offers its rows so."""

    def __init__(self, rows: list[dict[str, object]]) -> None:
        self.rows = rows

    def to_dicts(self) -> list[dict[str, object]]:
        return self.rows

    def to_dict(self, orient: Any) -> object:
        raise AssertionError("this one gives columns")


class Pandas:
    def __init__(self, rows: list[dict[str, object]], columns: list[str]) -> None:
        self.rows, self.columns = rows, columns

    def to_dict(self, orient: Any) -> object:
        assert orient == "records"
        return self.rows

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        raise AssertionError("rows are at hand")


class Pyarrow:
    def __init__(self, rows: list[dict[str, object]], column_names: list[str]) -> None:
        self.rows, self.column_names = rows, column_names

    def to_pylist(self) -> list[dict[str, object]]:
        return self.rows

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        raise AssertionError("rows are at hand")


class Stream:
    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        return None


def test_tables_of_libraries(monkeypatch: pytest.MonkeyPatch) -> None:
    rows: list[dict[str, object]] = [{"name": "甲", "target": "≥3次", "weight": 5}]
    plain = indicators(rows)
    names = ["name", "target", "weight"]
    assert indicators(Polars(rows)) == indicators(Pandas(rows, names)) == plain
    assert indicators(Pyarrow(rows, names)) == plain
    assert indicators(iter(rows)) == plain
    for table in (Pandas(rows, ["name", "name"]), Pyarrow(rows, ["name", "name"])):
        with refused("header-twice"):
            indicators(table)

    class Library:
        @staticmethod
        def table(stream: object) -> Pyarrow:
            assert isinstance(stream, Stream)
            return Pyarrow(rows, names)

    monkeypatch.setattr(reading, "import_module", lambda name: Library)
    assert indicators(Stream()) == plain

    def missing(name: str) -> object:
        raise ImportError(name)

    monkeypatch.setattr(reading, "import_module", missing)
    with refused("needs-pyarrow", match="pip install pyarrow"):
        indicators(Stream())


@pytest.mark.parametrize("table", [5, [5], {"name": "甲"}, b"x", None])
def test_what_is_no_table(table: Any) -> None:
    with refused("no-table", "table"):
        indicators(table)
    with refused("bad-header", "table"):
        indicators([{1: "甲"}])  # type: ignore[dict-item]


def test_blank_is_blank_and_never_0() -> None:
    class NAType:
        """What pandas has for nothing: it compares with nothing."""

        def __eq__(self, other: object) -> bool:
            raise TypeError

        __hash__ = None  # type: ignore[assignment]

    for nothing in (None, "", "  ", float("nan"), Decimal("nan"), Decimal("snan"), NAType()):
        row = {"name": "甲", "target": "≥3次", "actual": nothing, "weight": nothing}
        (read,) = indicators([row, dict.fromkeys(row, nothing)])
        assert (read.actual, read.weight, read.score) == (BLANK, BLANK, Missing())


def test_floats_are_refused_with_what_helps() -> None:
    rows = [
        {"name": "甲", "weight": 20.0},
        {"name": "乙", "weight": 1},
        {"name": "丙", "weight": 0.5},
    ]
    with pytest.raises(ProblemsError, match=r"dtype=str.*infer_schema=False") as caught:
        indicators(rows)
    assert told(caught.value) == [
        ("$[0].weight", "float-refused"),
        ("$[2].weight", "float-refused"),
    ]


def test_all_that_is_wrong_is_told_with_row_and_column() -> None:
    rows: list[dict[str, object]] = [
        {"三级指标": "甲", "年度指标值": "≥3次", "实际完成值": "3次", "分值": "很多"},
        {"三级指标": "乙", "年度指标值": "≥3次", "实际完成值": "3次", "分值": 5},
        {"三级指标": "", "年度指标值": "≥3次", "实际完成值": 0.5, "分值": "5,,0"},
        {"三级指标": "丙", "年度指标值": "≥3次", "实际完成值": [], "分值": True},
    ]
    with pytest.raises(ProblemsError) as caught:
        indicators(rows)
    assert set(told(caught.value)) == {
        ("$[0].分值", "wrong-type"), ("$[2].实际完成值", "float-refused"),
        ("$[2].三级指标", "no-name"), ("$[2].分值", "wrong-type"),
        ("$[3].实际完成值", "wrong-type"), ("$[3].分值", "wrong-type"),
    }  # fmt: skip
    assert "第 1 行“分值”：" in caught.value.problems[0].message.zh
    assert "row 1, 分值: " in caught.value.problems[0].message.en


def test_headers_that_are_not_known() -> None:
    rows = [{"指标名": "甲", "指标值": "≥3", "年度指标值": "≥3", "备注": "无"}]
    with pytest.raises(ProblemsError) as caught:
        indicators(rows)
    assert told(caught.value) == [
        ("$.指标名", "unknown-column"),
        ("$.年度指标值", "column-twice"),
        ("$.备注", "unknown-column"),
    ]
    assert "是否为 指标名称" in caught.value.problems[0].message.zh
    (read,) = indicators(rows, columns={"指标名": "name"}, ignore=["备注", "指标值"])
    assert (read.name, read.target) == ("甲", bp.Target.parse("≥3"))
    with refused("no-name-column"):
        indicators([{"指标值": "≥3"}])
    with pytest.raises(ProblemsError) as caught:
        indicators(rows, columns={"x": "name", "指标名": "title"}, ignore="备注")
    assert told(caught.value)[:2] == [("$.x", "unknown-column"), ("$.指标名", "unknown-field")]


def test_what_is_wrong_in_headers_and_in_cells_is_told_together() -> None:
    with pytest.raises(ProblemsError) as caught:
        indicators([{"指标": "甲", "备注": "无", "分值": 12.5}])
    assert told(caught.value) == [
        ("$.备注", "unknown-column"),
        ("$[0].分值", "float-refused"),
    ]


def test_a_column_alone_is_no_table() -> None:
    class Column:
        """As ``pandas.Series``: it is written as one mapping, and not row by row."""

        def to_dict(self) -> dict[int, str]:
            return {0: "甲"}

    with refused("no-table"):
        indicators(Column())  # type: ignore[arg-type]


def test_every_header_is_one_field() -> None:
    several = [header for headers in HEADERS.values() for header in headers]
    assert len(set(several)) == len(several)
    for field, headers in HEADERS.items():
        for header in (field, *headers):
            broken = f" {header[:1]}\n{header[1:]}："
            for words in (header, broken, f"{header}（A）", f"{header}(10分)"):
                cell = {"operator": "≥", "score": "3", "reviewed_score": "3"}.get(field, "3%")
                row = {"name": "甲", words: cell}
                assert field == "name" or len(indicators([row])) == 1, words


def test_units_and_signs_in_columns_of_their_own() -> None:
    """As a module of the integrated system exports them."""
    row = {
        "指标名称": "满意度", "计算符号": "≥", "指标值": "90", "计量单位": "%",
        "实际完成值": "99.5", "完成率(%)": "110.6", "权重": "10",
    }  # fmt: skip
    (read,) = indicators([row])
    assert read.target.direction is Direction.AT_LEAST
    assert [str(typed(bp.Figure, one)) for one in (read.target.value, read.actual)] == [
        "90%", "99.5%",
    ]  # fmt: skip
    assert str(read.completion_rate) == "110.6%"
    (remarked,) = indicators([row | {"计量单位": "%（百分比）"}])
    assert remarked == read
    for none in ("无", "—", ""):
        (bare,) = indicators([row | {"计量单位": none}])
        assert str(bare.actual) == "99.5"
    with refused("no-per-cent", match=r"110\.6%.*完成率\(%\)"):
        indicators([{"name": "甲", "完成率": "110.6"}])
    (strict,) = indicators([row | {"计算符号": "＞"}])
    assert (strict.target.direction, strict.target.strict) == (Direction.AT_LEAST, True)
    (words,) = indicators([row | {"计算符号": "定性", "指标值": "优秀"}])
    assert words.target.direction is Direction.QUALITATIVE
    (both,) = indicators([row | {"指标值": "≥90%"}])
    assert both.target == bp.Target.parse("≥90%")
    for wrong in ({"计算符号": "定量"}, {"指标值": "≤90%"}):
        with refused("bad-operator"):
            indicators([row | wrong])


def test_the_total_of_a_table_without_execution_is_told_of() -> None:
    card = scorecard(indicators([{"name": "甲", "target": "≥3次", "actual": "3次", "weight": 90}]),
                     rules="yitihua-default")  # fmt: skip
    assert (card.total, there(card.subtotal)) == (None, bp.Points(90))


cells = st.fixed_dictionaries(
    {"三级指标": st.sampled_from(["甲", "乙", "预算完成率"])},
    optional={
        "一级指标": st.sampled_from(["产出指标", "满意度指标（10分）"]),
        "年度指标值": st.sampled_from(["≥90%", "≤3次", "达标", "10", "—"]),
        "实际完成值": st.sampled_from(["99.5%", "2次", "达成预期指标", "—", 7]),
        "分值": st.sampled_from([10, "20", "12.5", Decimal("7.5")]),
        "得分": st.sampled_from([9, "20", "12.50"]),
        "偏差原因分析及改进措施": st.sampled_from(["需求增加", "无"]),
    },
)
FIELDS = {"三级指标": "name", "一级指标": "level1", "年度指标值": "target", "实际完成值": "actual",
          "分值": "weight", "得分": "score", "偏差原因分析及改进措施": "explanation"}  # fmt: skip


@given(
    rows=st.lists(cells, min_size=1, max_size=4),
    rules=st.sampled_from(["yitihua-default", "national-2020", "hunan-dept-weight-8"]),
)
def test_a_table_gives_the_card_of_the_report_built_from_it(
    rows: list[dict[str, Any]], rules: str
) -> None:
    headers = list(dict.fromkeys(header for row in rows for header in row))
    built = [
        Indicator(**{FIELDS[header]: row.get(header, BLANK) for header in headers}) for row in rows
    ]
    report = SelfEvaluation(form=Statement(indicators=built))
    card = scorecard(report, rules=rules)
    assert scorecard(indicators(rows), rules=rules) == card
    assert scorecard(indicators(Polars(rows)), rules=get(rules)) == card


def test_a_file_of_separators_alone_is_empty(tmp_path: Path) -> None:
    path = tmp_path / "rows.csv"
    path.write_text(",,\n,,\n", encoding="utf-8")
    with refused("empty"):
        indicators(path)
