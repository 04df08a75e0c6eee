"""Published narratives of several templates, with the figures that a person read from them."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

import budgetperf as bp

from .samples import SHARED

FOLDER = SHARED / "documents" / "narratives"
FILES = sorted(FOLDER.glob("*.json")) if FOLDER.exists() else []
pytestmark = pytest.mark.skipif(not FILES, reason="these narratives are not shipped")

TOTAL = "funding.total."
PLACES: Mapping[str, Mapping[str, str]] = {
    "222": {
        "到位/合计": TOTAL + "received",
        "到位/中央": "中央资金.received",
        "到位/地方": "地方资金.received",
        "到位/其他": "其他资金.received",
        "支出/合计": TOTAL + "executed",
        "支出/中央": "中央资金.executed",
        "支出/地方": "地方资金.executed",
        "支出/其他": "其他资金.executed",
        "人数": "对象",
        "补助金": "对象发放补助金",
        "发放率": TOTAL + "use_rate",
    },
    "224": {
        "年初预算": TOTAL + "initial",
        "全年预算数": TOTAL + "revised",
        "全年执行数": TOTAL + "executed",
        "执行率": TOTAL + "execution_rate",
        **{
            f"{kind}/{name}": f"{full}.{field}"
            for kind, field in (("目标", "target"), ("实际", "actual"))
            for name, full in {
                "服药": "资助服药",
                "儿童": "儿童康复救助",
                "辅具": "辅具适配",
                "假肢": "假肢安装及基本康复服务",
            }.items()
        },
    },
    "226": {
        "下达/合计": TOTAL + "revised",
        "下达/中央": "中央补助资金.revised",
        "下达/省级": "省级补助资金.revised",
        "第一批": "共下达补助资金/2022年12月",
        "第一批/中央": "2022年12月/中央补助资金",
        "第一批/省级": "2022年12月/省级补助资金",
        "第二批": "共下达补助资金/2023年8月",
        "发放": TOTAL + "executed",
        "计划户数": "农村危房改造.target",
        "完成户数": "农村危房改造.actual",
        "完工率": "农村危房改造.completion_rate",
    },
    "228": {
        "总投资": "项目总投资",
        "中央": "项目总投资/中央财政资金",
        "自筹": "项目总投资/地方自筹",
        "拨付": "中央财政资金.executed",
        "执行率": "中央财政资金.execution_rate",
        "管网": "铺设污水收集管网",
        "日处理": "日处理量",
    },
    "230": {
        "预拨": "预拨资金",
        "中央": "预拨资金/中央资金",
        "省级": "预拨资金/省级资金",
        "清算": "合计/剩余的清算资金",
        "合计": TOTAL + "executed",
    },
    "232": {
        "生均": "生均",
        "合计": TOTAL + "revised",
        "上级": "上级资金.revised",
        "本级": "本级.revised",
        "支出": TOTAL + "executed",
    },
    "235": {
        "里程": "建设里程",
        "下达": TOTAL + "revised",
        "完成投资": TOTAL + "executed",
        "护栏": "波型护栏",
        "标牌": "标志标牌",
    },
}
"""Where each figure of the transcriptions is read."""

BESIDE: Mapping[str, Mapping[str, str]] = {
    "222": {"覆盖率及资金到位率": "100%", "收到中央下达/自治区下达": "98.6万元",
            "收到中央下达/中央下达": "1372.7万元", "收到中央下达/地方匹配": "859.6万元"},
    "226": {"共下达补助资金": "246.2万元", "2022年12月": "57.5万元"},
    "228": {"中央财政资金.revised": "850万元"},
    "230": {"合计": "3728万元", "合计/预拨资金": "3608万元"},
    "235": {"项目投资": "56万元", "验收合格率": "100%"},
}  # fmt: skip
"""What is read besides: it stands there, and the transcriptions leave it out."""


def stated(report: bp.SelfEvaluation) -> dict[str, bp.Figure]:
    """Every figure of the narrative by the words that it goes with."""
    narrative, found = report.narrative, dict[str, bp.Figure | bp.Missing]()
    rows = {f"{source.label}.": source for source in narrative.funding.sources}
    for name, row in {TOTAL: narrative.funding.total, **rows}.items():
        for field in ("initial", "revised", "received", "executed"):
            found[name + field] = getattr(row, field)
        found[name + "execution_rate"] = row.execution_rate
        found[name + "use_rate"] = row.use_rate
    for split in narrative.breakdowns:
        found[split.name] = split.total
        found |= {f"{split.name}/{part.name}": part.amount for part in split.parts}
    for indicator in narrative.indicators:
        found |= {
            f"{indicator.name}.target": indicator.target.value,
            f"{indicator.name}.actual": indicator.actual,
            f"{indicator.name}.completion_rate": indicator.completion_rate,
        }
    found |= {str(result.name): result.value for result in narrative.achievements}
    return {name: figure for name, figure in found.items() if isinstance(figure, bp.Figure)}


def expected(data: Mapping[str, Any]) -> dict[str, str]:
    """The figures of a transcription, with their unit where it prints none."""
    return {
        key: text if re.search(r"[^\d.]", text) else f"{text}{_unit(key, data['unit'])}"
        for key, text in data["figures"].items()
    }


def _unit(key: str, money: str) -> str:
    return {"人数": "名", "计划户数": "户", "完成户数": "户"}.get(key, money)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_every_figure_of_a_narrative_is_read_and_none_wrong(file: Path) -> None:
    data = json.loads(file.read_text(encoding="utf-8"))
    report = bp.read(file.with_suffix(".txt"))
    places = PLACES[data["id"]]
    read = {key: (figure.value, str(figure.unit)) for key, figure in stated(report).items()}
    due = {places[key]: text for key, text in expected(data).items()}
    due |= BESIDE.get(data["id"], {})
    assert read == {key: parsed(text) for key, text in due.items()}


def parsed(text: str) -> tuple[Decimal, str]:
    figure = bp.Figure.parse(text)
    return figure.value, str(figure.unit)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_a_narrative_has_the_verdicts_of_its_transcription(file: Path) -> None:
    data = json.loads(file.read_text(encoding="utf-8"))
    audit = bp.audit(bp.read(file.with_suffix(".txt")))
    due = Counter(relation["verdict"] == "fails" for relation in data["relations"])
    assert len(audit.inconsistent) == due[True]


def test_all_of_them_are_tried() -> None:
    known = {json.loads(file.read_text(encoding="utf-8"))["id"] for file in FILES}
    assert set(PLACES) <= known
    assert sum(map(len, PLACES.values())) == 56
