"""Receipts as plain data: schemas ``budgetperf/receipt/1`` and ``budgetperf/verification/1``."""

from __future__ import annotations

from collections.abc import Iterator

from budgetperf.exact.shown import Json, Row
from budgetperf.plain.structuring import shared_converter
from budgetperf.receipts import SCHEMA, Aspect, Pinned, Receipt, Verification

__all__ = [
    "receipt_data",
    "receipt_or_null",
    "receipt_rows",
    "verification_data",
    "verification_rows",
]


def receipt_data(receipt: Receipt) -> dict[str, Json]:
    """The receipt in the schema ``budgetperf/receipt/1``, which ``Receipt.parse`` reads."""
    data: dict[str, Json] = shared_converter().unstructure(receipt)
    return {"schema": SCHEMA, **data}


def receipt_or_null(receipt: Receipt | None) -> Json:
    """The same of a result that may have been put together by hand."""
    return None if receipt is None else receipt_data(receipt)


def verification_data(done: Verification) -> dict[str, Json]:
    """Whether the result is that of the receipt, and both receipts."""
    return {
        "schema": "budgetperf/verification/1",
        "holds": done.holds,
        "same": [aspect.value for aspect in done.same],
        "differing": [aspect.value for aspect in done.differing],
        "receipt": receipt_data(done.receipt),
        "repeated": receipt_data(done.repeated),
    }


def receipt_rows(receipt: Receipt) -> list[Row]:
    """A row for each thing that takes part: what it is, its id if it has one, and its hash."""
    return [row for aspect in Aspect for row in _rows(aspect, receipt.of(aspect))]


def _rows(aspect: Aspect, value: str | Pinned | tuple[Pinned, ...] | None) -> Iterator[Row]:
    if isinstance(value, str):
        is_version = aspect is Aspect.VERSION
        yield _row(aspect, value if is_version else None, None if is_version else value)
    else:
        for ruleset in (value,) if isinstance(value, Pinned) else value or ():
            yield _row(aspect, ruleset.id, ruleset.sha256)


def _row(aspect: Aspect, id: str | None, sha256: str | None) -> Row:
    return {"aspect": aspect.value, "id": id, "sha256": sha256}


def verification_rows(done: Verification) -> list[Row]:
    """A row for each thing that takes part: whether it is the same."""
    return [{"aspect": aspect.value, "same": same} for aspect, same in done.compared.items()]
