"""What ought to be checked: each thing once, checked by relations or plainly not."""

from __future__ import annotations

import re

import pytest

from budgetperf.auditing import relations
from budgetperf.cli.main import main
from budgetperf.relations.duties import duties
from tests.documents.samples import SHARED

CHECKS = SHARED / "domain" / "checks.md"


def test_what_is_checked_is_what_relations_check() -> None:
    by_code = {duty.code: duty for duty in duties()}
    assert len(by_code) == len(duties())
    for relation in relations():
        assert relation.id in by_code[relation.code].relations
    for duty in duties():
        assert duty.is_checked != bool(duty.why), "what is not checked says why"
        assert duty.title.zh
        assert duty.title.en


@pytest.mark.skipif(not CHECKS.exists(), reason="the catalogue of the field is not shipped")
def test_nothing_of_the_catalogue_of_the_field_is_passed_over() -> None:
    listed = re.findall(r"^\| ([A-Z]\d\d) \|", CHECKS.read_text(encoding="utf-8"), re.MULTILINE)
    assert len(listed) > 40
    assert {*listed} <= {duty.code for duty in duties()}


@pytest.mark.parametrize("lang", ["zh", "en"])
def test_the_command_says_what_is_not_checked(
    lang: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--lang", lang, "ledger"]) == 0
    text = capsys.readouterr().out
    for duty in duties():
        assert duty.code in text
        assert duty.title.pick(lang) in text
    assert main(["ledger", "--format", "json"]) == 0
    assert '"budgetperf/ledger/1"' in capsys.readouterr().out
