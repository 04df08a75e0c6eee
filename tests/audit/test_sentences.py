"""The sentences of relations: each that is declared is said, each that is said is declared."""

from __future__ import annotations

import ast
import tomllib
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from budgetperf import BudgetperfError, Text
from budgetperf.auditing import Relation, checks, relations
from budgetperf.auditing.registry import CHECKS
from budgetperf.exact.text import PLACE, ProblemsError
from budgetperf.plain.structuring import data_folder, make_converter, structure

DATA = tomllib.loads(
    (data_folder("budgetperf.relations", "data") / "relations.toml").read_text(encoding="utf-8")
)
OWN = {declared["id"]: declared.get("sentences", {}) for declared in DATA["relation"]}
SHARED = DATA["sentences"]

(FOLDER,) = map(Path, checks.__path__)
TREES = {path.stem: ast.parse(path.read_text(encoding="utf-8")) for path in FOLDER.glob("*.py")}
DEFINED = {
    (module, node.name): node
    for module, tree in TREES.items()
    for node in tree.body
    if isinstance(node, (ast.FunctionDef, ast.ClassDef))
}


def uses(place: tuple[str, str]) -> Iterator[tuple[str, str]]:
    """What a function or a class of the checks uses of them."""
    module, _ = place
    imported = {
        alias.name: statement.module or ""
        for statement in TREES[module].body
        if isinstance(statement, ast.ImportFrom) and statement.level == 1
        for alias in statement.names
    }
    for node in ast.walk(DEFINED[place]):
        if isinstance(node, ast.Name) and (imported.get(node.id, module), node.id) in DEFINED:
            yield imported.get(node.id, module), node.id


def said(relation: Relation) -> Iterator[tuple[str, set[str | None]]]:
    """The sentences that the check of a relation can say, with the places that it fills."""
    if relation.check not in CHECKS:
        return
    check = CHECKS[relation.check]
    waiting, reached = [(check.__module__.rpartition(".")[2], check.__name__)], set[object]()
    while waiting:
        place = waiting.pop()
        if place in reached:
            continue
        reached.add(place)
        waiting += uses(place)
        for call in ast.walk(DEFINED[place]):
            if isinstance(call, ast.Call) and ast.unparse(call.func) == "relation.say":
                for name in ast.walk(call.args[0]):
                    if isinstance(name, ast.Constant) and isinstance(name.value, str):
                        yield name.value, {value.arg for value in call.keywords}


@pytest.mark.parametrize("relation", relations(), ids=lambda relation: relation.id)
def test_what_is_said_is_declared_with_its_places_and_the_other_way_round(
    relation: Relation,
) -> None:
    names = set[str]()
    for name, places in said(relation):
        assert name in relation.sentences
        assert set(PLACE.findall(relation.sentences[name].zh)) == places, name
        names.add(name)
    assert OWN[relation.id].keys() <= names
    assert not OWN[relation.id].keys() & SHARED.keys()


def test_what_several_relations_say_stands_at_the_head() -> None:
    saying = Counter(name for relation in relations() for name in dict(said(relation)))
    assert [name for name in SHARED if saying[name] < 2] == []


@pytest.mark.parametrize("sentences", [SHARED, *OWN.values()], ids=["shared", *OWN])
def test_sentences_have_no_braces_but_those_of_places(sentences: dict[str, dict[str, str]]) -> None:
    for sentence in sentences.values():
        for words in sentence.values():
            assert not set("{}") & set(PLACE.sub("", words))


# --- relations of one's own

SUM = Text(zh="和", en="sum")


def test_a_sentence_is_filled_in_each_language() -> None:
    due = Text(zh="{name}应为 {due}", en="{due} is due for {name}")
    relation = Relation(id="X", title=SUM, sentences={"due": due})
    assert relation.say("due", name=SUM, due=3) == Text(zh="和应为 3", en="3 is due for sum")


@pytest.mark.parametrize(
    ("zh", "en"), [("应为 {due}", "it is due"), ("是", "it is {due}"), ("应为 {}", "it is {}")]
)
def test_places_are_the_same_in_both_languages_and_have_names(zh: str, en: str) -> None:
    with pytest.raises(BudgetperfError, match="relation X, sentence due: places") as caught:
        Relation(id="X", title=SUM, sentences={"due": Text(zh=zh, en=en)})
    assert (caught.value.code, caught.value.field) == ("bad-sentence", "sentences.due")


def test_a_sentence_that_is_not_there_is_named() -> None:
    with pytest.raises(BudgetperfError, match="relation X has no sentence due: add it"):
        Relation(id="X", title=SUM).say("due")


@pytest.mark.parametrize(
    ("sentence", "code", "where"),
    [
        ({"zh": "是"}, "missing-key", "$[0].sentences.due.en"),
        ({"zh": "是", "en": "{it} is"}, "bad-sentence", "$[0].sentences.due"),
    ],
)
def test_what_is_wrong_in_a_file_is_told_with_its_place(
    sentence: dict[str, str], code: str, where: str
) -> None:
    data = [{"id": "X", "title": {"zh": "和", "en": "sum"}, "sentences": {"due": sentence}}]
    with pytest.raises(ProblemsError) as caught:
        structure(make_converter(), data, tuple[Relation, ...], code="bad-relations")
    (problem,) = caught.value.problems
    assert (problem.code, problem.where) == (code, where)
