"""The sentences of relations: each that is declared is said, each that is said is declared."""

from __future__ import annotations

import ast
import inspect
import sys
import tomllib
from collections import Counter
from collections.abc import Iterator
from typing import Any

import pytest

from budgetperf import BudgetperfError, Text
from budgetperf.auditing import Relation, checks, engine, relations
from budgetperf.auditing.diagnosis.together import together
from budgetperf.auditing.registry import CHECKS, CHECKS_OF_TWO
from budgetperf.exact.text import PLACE, ProblemsError
from budgetperf.plain.structuring import data_folder, make_converter, structure
from budgetperf.relations.composing import unchecked

FILE = data_folder("budgetperf.relations", "data") / "relations.toml"
DATA = tomllib.loads(FILE.read_text(encoding="utf-8"))
OWN = {declared["id"]: declared.get("sentences", {}) for declared in DATA["relation"]}
SHARED = DATA["sentences"]
SUM = Text(zh="和", en="sum")
SAYING = (checks.__name__, engine.__name__, together.__module__)


def roots(relation: Relation) -> Iterator[object]:
    """What finds something of a relation: its check, and what the engine adds."""
    yield together if relation.check == "together" else CHECKS.get(relation.check)
    yield CHECKS_OF_TWO.get(relation.check)
    if not relation.by_rules:
        yield engine._or_not_stated
    if relation.parts:
        yield engine._unless_incomplete


def sentences_of(relation: Relation) -> Iterator[tuple[str, set[str | None]]]:
    """The sentences that can be said of a relation, with the places that are filled."""
    waiting: list[Any] = [*roots(relation)]
    reached = set[object]()
    while waiting:
        used = waiting.pop()
        if not getattr(used, "__module__", "").startswith(SAYING) or used in reached:
            continue
        reached.add(used)
        for node in ast.walk(ast.parse(inspect.getsource(used))):
            if isinstance(node, ast.Name):
                waiting.append(vars(sys.modules[used.__module__]).get(node.id))
            elif isinstance(node, ast.Call) and ast.unparse(node.func) == "relation.say":
                for name in ast.walk(node.args[0]):
                    if isinstance(name, ast.Constant) and isinstance(name.value, str):
                        yield name.value, {value.arg for value in node.keywords}


@pytest.mark.parametrize("relation", relations(), ids=lambda relation: relation.id)
def test_what_is_said_is_declared_with_its_places_and_the_other_way_round(
    relation: Relation,
) -> None:
    sentences = dict(sentences_of(relation))
    for name, places in sentences_of(relation):
        assert set(PLACE.findall(relation.sentences[name].zh)) == places, name
    assert OWN[relation.id].keys() <= sentences.keys()
    assert not OWN[relation.id].keys() & SHARED.keys()


def test_what_several_relations_say_stands_at_the_head() -> None:
    saying = Counter(name for relation in relations() for name in dict(sentences_of(relation)))
    assert [name for name in SHARED if saying[name] < 2] == []


@pytest.mark.parametrize("sentences", [SHARED, *OWN.values()], ids=["shared", *OWN])
def test_no_braces_but_those_of_places(sentences: dict[str, dict[str, str]]) -> None:
    for sentence in sentences.values():
        assert not set("{}") & set(PLACE.sub("", sentence["zh"] + sentence["en"]))


def test_a_sentence_is_filled_in_each_language() -> None:
    due = Text(zh="{name}应为 {due}", en="{due} is due for {name}")
    relation = Relation(id="X", title=SUM, sentences={"due": due})
    assert relation.say("due", name=SUM, due=3) == Text(zh="和应为 3", en="3 is due for sum")


@pytest.mark.parametrize(
    ("equation", "formula", "told"),
    [
        ("{} = total", "1 = 2", "1 = 2"),
        ("{} = total", "", "* = total"),
        ("", "1 = 2", "1 = 2"),
        ("", "", "X.own"),
    ],
)
def test_a_finding_names_its_relation_by_what_is_there(
    equation: str, formula: str, told: str
) -> None:
    relation = Relation(id="X.own", title=SUM, equation=equation)
    finding = unchecked(relation, "not-stated", SUM, formula=formula)
    assert (finding.code, finding.relation) == ("X", told)


def test_a_sentence_that_is_not_there_is_named() -> None:
    with pytest.raises(BudgetperfError, match="relation X has no sentence due: add it"):
        Relation(id="X", title=SUM).say("due")


@pytest.mark.parametrize(
    ("sentence", "where", "message"),
    [
        ({"zh": "是"}, ".en", "the required key 'en' is missing"),
        ({"zh": "应为 {due}", "en": "it is due"}, "", "relation X, sentence due: places need"),
        ({"zh": "是", "en": "it is {due}"}, "", "relation X, sentence due: places need"),
        ({"zh": "应为 {}", "en": "it is {}"}, "", "relation X, sentence due: places need"),
    ],
)
def test_what_is_wrong_in_a_file_is_told_with_its_place(
    sentence: dict[str, str], where: str, message: str
) -> None:
    data = [{"id": "X", "title": {"zh": "和", "en": "sum"}, "sentences": {"due": sentence}}]
    with pytest.raises(ProblemsError, match=message) as caught:
        structure(make_converter(), data, tuple[Relation, ...], code="bad-relations")
    assert [problem.where for problem in caught.value.problems] == [f"$[0].sentences.due{where}"]
