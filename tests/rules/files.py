"""Rule-sets in files, as they are written by hand, and what is told of those with mistakes."""

from __future__ import annotations

from pathlib import Path

import pytest

from budgetperf import ProblemsError, RuleSet, rules
from budgetperf.exact import Problem

HEAD = 'id = "own"\ntitle = { zh = "自定", en = "own" }\nstatus = "form"\n'
CURVE = '{ knots = [{ x = "0", y = "0" }, { x = "1", y = "1" }] }'


def own(tmp_path: Path, text: str) -> RuleSet:
    file = tmp_path / "own.toml"
    file.write_text(text, encoding="utf-8")
    return rules.load(file)


def problems(tmp_path: Path, text: str) -> list[Problem]:
    with pytest.raises(ProblemsError) as caught:
        own(tmp_path, text)
    assert caught.value.code == "bad-ruleset"
    for problem in caught.value.problems:
        assert problem.message.zh
        assert problem.message.en
        assert problem.where in str(caught.value)
    return list(caught.value.problems)


def places(tmp_path: Path, text: str) -> list[str]:
    return [problem.where for problem in problems(tmp_path, text)]
