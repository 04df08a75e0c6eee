"""Receipts: what a second person needs to get the same result."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import cast

import attrs

from budgetperf.exact import BudgetperfError, Labelled, Text
from budgetperf.exact.calls import Called
from budgetperf.exact.shown import Shown
from budgetperf.exact.text import shown
from budgetperf.exact.written.brief import in_brief
from budgetperf.plain.json_text import json_data
from budgetperf.plain.structuring import shared_converter, structure

__all__ = ["REFUSAL", "SCHEMA", "Aspect", "Made", "Pinned", "Receipt"]

SCHEMA = "budgetperf/receipt/1"
"""The schema of receipts as JSON."""
REFUSAL = "budgetperf/refusal/1"
"""The schema of what stands in JSON for a file that was refused, and has no receipt."""


class Made(Labelled):
    """What a receipt is for. The values are stable ASCII codes."""

    AUDIT = ("audit", "复核", "audit")
    """An audit."""
    SCORECARD = ("scorecard", "计分", "scorecard")
    """A scorecard."""
    FIT = ("fit", "口径比对", "comparison of conventions")
    """Which conventions fit."""


class Aspect(Labelled):
    """What is compared when a result is repeated. The values are stable ASCII codes."""

    VERSION = ("version", "版本", "version")
    """The version of the library."""
    DOCUMENT = ("document", "文件", "document")
    """The bytes of the document."""
    LAYOUT = ("layout", "版式", "layout")
    """The layout by which it was read."""
    REPORT = ("report", "报告内容", "report")
    """The report as it was read or built."""
    RULES = ("rules", "规则集", "rule-set")
    """The rule-set, or all that were tried."""
    RELATIONS = ("relations", "关系目录", "relations")
    """The catalogue of relations."""
    PREVIOUS = ("previous", "上年报告", "last year's report")
    """What last year's report says, where that was compared with this one."""
    RESULT = ("result", "结果", "result")
    """Every verdict or score; not the words."""


def _is_hash(_: object, attribute: attrs.Attribute[str], value: str) -> None:
    if not re.fullmatch(r"[0-9a-f]{64}", value):
        message = Text(
            zh="{} 不是 SHA-256：应为 64 位小写十六进制数字，请照原凭据填写",
            en="{} is no SHA-256: give its 64 hexadecimal digits in small letters, as in the "
            "receipt that was written",
        )
        raise BudgetperfError("bad-hash", message.fill(shown(value)), field=attribute.name)


_optional_hash = attrs.validators.optional(_is_hash)


@attrs.frozen(kw_only=True)
class Pinned(Called):
    """A document, a layout or a rule-set, and what it says.

    Args:
        id: its id; of a document the name of the file, which may be empty.
        sha256: the SHA-256 of what it says.
    """

    id: str
    sha256: str = attrs.field(validator=_is_hash)


@attrs.frozen(kw_only=True, repr=False)
class Receipt(Shown):
    """What a second person needs to get the same result.

    ``budgetperf verify`` and :func:`budgetperf.verify` repeat it. Hashes are SHA-256 in 64
    hexadecimal digits.

    Args:
        made: what it is for.
        version: the version of the library.
        report: the hash of the report as canonical JSON, without how it was read: what was read
            from the document, changed after that, or built in code.
        result: the hash of the result: every finding, score or outcome, without the words.
        document: the document, if there was one: the bytes of the file, or the text in UTF-8.
        layout: the layout by which it was read.
        rules: the rule-set, if one was used; of a fit all that were tried.
        relations: the hash of the relations, where they take part.
        trust: how much parts of the report are trusted, as given to the audit.
        directions: the directions that were stated for targets without an operator, by name or
            heading.
        outcome: the result in short, such as how many findings have each verdict.
        previous: last year's report, where an audit compared this one with it: the hash is that of
            what it says.
    """

    made: Made
    version: str
    report: str = attrs.field(validator=_is_hash)
    result: str = attrs.field(validator=_is_hash)
    document: Pinned | None = None
    layout: Pinned | None = None
    rules: tuple[Pinned, ...] = ()
    relations: str | None = attrs.field(default=None, validator=_optional_hash)
    trust: Mapping[str, int] = attrs.field(factory=dict[str, int])
    directions: Mapping[str, str] = attrs.field(factory=dict[str, str])
    outcome: Mapping[str, str] = attrs.field(factory=dict[str, str])
    previous: Pinned | None = None

    def __attrs_post_init__(self) -> None:
        number = len(self.rules)
        if (self.made is Made.SCORECARD and number != 1) or (
            self.made is Made.AUDIT and number > 1
        ):
            message = Text(
                zh="{made}只用一个规则集，这里有 {number} 个：请照原凭据填写",
                en="one rule-set is used for a {made}, not {number}: write it as in the receipt "
                "that was given",
            )
            raise BudgetperfError(
                "bad-receipt", message.fill(made=self.made.label, number=number), field="rules"
            )

    def of(self, aspect: Aspect) -> str | Pinned | tuple[Pinned, ...] | None:
        """What the receipt says of one thing that takes part in a result."""
        value: str | Pinned | tuple[Pinned, ...] | None = getattr(self, aspect.value)
        return value

    @classmethod
    def parse(cls, text: str) -> Receipt:
        """The receipt in JSON: one alone, or one in the JSON of a result.

        Args:
            text: what ``to_data`` of the receipt gives as JSON, or of an audit, scorecard or fit.

        Raises:
            WrongTypeError: it is no text (a ``TypeError``).
            ProblemsError: it is no JSON, or holds no receipt of this schema; every problem is
                listed with its place.
        """
        return cls._of(json_data(text, code="bad-json"))

    @classmethod
    def parse_several(cls, text: str) -> tuple[Receipt, ...]:
        """The receipts in JSON: one as :meth:`parse` reads it, or those of an array, in which files
        that were refused have none.

        Args:
            text: such as what ``budgetperf audit --format json`` prints for several reports.

        Raises:
            WrongTypeError: it is no text (a ``TypeError``).
            ProblemsError: as :meth:`parse` says.
        """
        data = json_data(text, code="bad-json")
        several = [item for item in _items(data) if _keys(item).get("schema") != REFUSAL]
        return tuple(map(cls._of, several or (data,)))

    @classmethod
    def _of(cls, data: object) -> Receipt:
        keys = _keys(data)
        keys = _keys(keys["receipt"]) if "receipt" in keys else keys
        if keys.pop("schema", "") != SCHEMA:
            raise BudgetperfError("no-receipt", _NO_RECEIPT.fill(SCHEMA), field="receipt")
        return structure(shared_converter(), keys, cls, code="bad-receipt")

    def __repr__(self) -> str:
        return in_brief(self, f"for {self.made.value}: {self.version}, result {self.result[:12]}")


def _items(data: object) -> tuple[object, ...]:
    """What an array of JSON holds; nothing if it is something else."""
    return tuple(cast("list[object]", data)) if isinstance(data, list) else ()


def _keys(data: object) -> dict[str, object]:
    """What an object of JSON holds; nothing if it is something else."""
    return dict(cast("dict[str, object]", data)) if isinstance(data, dict) else {}


_NO_RECEIPT = Text(
    zh="这里没有凭据：应为 {} 的 JSON，即 budgetperf audit --format json 的输出，或其中的 receipt",
    en="there is no receipt here: give JSON of {}, which is what budgetperf audit --format json "
    "prints, or the receipt in it",
)
