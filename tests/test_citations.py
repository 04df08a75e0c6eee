"""What rules and formulas rest on: one notion of a document, of its standing, of periods."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from budgetperf import rates, rules
from budgetperf.citations import Likelihood, Provision, Status, is_period
from budgetperf.exact import ProblemsError, Text
from tests.factories import refused
from tests.rules.files import HEAD, own

CITED = [
    *(source for rate in rates.catalogue.values() for source in rate.sources),
    *(provision for known in rules.shipped() for provision in known.provisions),
]
WRITTEN = HEAD + 'provisions = [{ document = %s, status = "unverified", %s }]\n'


def loaded(tmp_path: Path, document: str, more: str = "") -> Provision:
    (provision,) = own(
        tmp_path, WRITTEN % (document, more or 'likelihood = "uncertain"')
    ).provisions
    return provision


def test_rates_and_rule_sets_cite_alike() -> None:
    assert rates.Source is rules.Provision is Provision
    assert rates.Status is rules.Status is Status
    assert rates.Likelihood is Likelihood
    assert {type(citation) for citation in CITED} == {Provision}
    assert all(is_period(citation.published) for citation in CITED if citation.published)


def test_a_name_may_be_one_string(tmp_path: Path) -> None:
    both = Text(zh="甲办法", en="甲办法")
    made = Provision(document="甲办法", status=Status.UNVERIFIED, likelihood=Likelihood.UNCERTAIN)
    assert (made.document, made.article) == (both, Text(zh="", en=""))
    assert loaded(tmp_path, '"甲办法"') == made
    assert loaded(tmp_path, '{ zh = "甲办法", en = "甲办法" }') == made
    named = loaded(tmp_path, '{ zh = "甲办法", en = "measures" }')
    assert named.document == Text(zh="甲办法", en="measures")
    assert named.standing == Text(
        zh="未核实，未读到原文，不确定", en="unverified, text not read, uncertain"
    )


def test_one_string_and_two_alike_are_the_same_rule_set(tmp_path: Path) -> None:
    """The hash of a rule-set does not depend on how the name was given, but on the name."""
    hashes: list[str] = []
    for name in ('"甲"', '{ zh = "甲", en = "甲" }', '{ zh = "甲", en = "A" }'):
        loaded(tmp_path, name)
        hashes.append(rules.load(tmp_path / "own.toml").sha256)
    assert hashes[0] == hashes[1] != hashes[2]


@pytest.mark.parametrize(
    ("document", "more", "where", "code"),
    [
        ("5", "", "document", "wrong-type"),
        ('["甲"]', "", "document", "wrong-type"),
        ('{ zh = "甲" }', "", "document.en", "missing-key"),
        ('{ zh = "甲", en = 5 }', "", "document.en", "wrong-type"),
        ('"甲"', 'likelihood = "sure"', "likelihood", "unknown-value"),
        ('"甲"', "article = 3", "article", "wrong-type"),
        ('"甲"', "addresses = 'example.org/a'", "addresses", "wrong-type"),
    ],
)
def test_what_is_no_citation(
    tmp_path: Path, document: str, more: str, where: str, code: str
) -> None:
    with pytest.raises(ProblemsError) as caught:
        loaded(tmp_path, document, more)
    codes = {problem.where: problem.code for problem in caught.value.problems}
    assert codes == {f"$.provisions[0].{where}": code}


@pytest.mark.parametrize("name", ["document", "article"])
def test_no_name_in_code(name: str) -> None:
    parts: dict[str, Any] = {"document": "甲", "status": Status.FORM, name: 5}
    with refused("wrong-type", name):
        Provision(**parts)
