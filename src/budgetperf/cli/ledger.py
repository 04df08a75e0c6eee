"""``budgetperf ledger``: what ought to be checked, and whether it is."""

from __future__ import annotations

from budgetperf.display.data.audit import text_data
from budgetperf.display.text.lines import headline
from budgetperf.display.text.tables import table_text
from budgetperf.exact import COLON, Text
from budgetperf.exact.shown import Json
from budgetperf.relations.catalogue import relations_sha256
from budgetperf.relations.duties import Duty, duties

__all__ = ["ledger_data", "ledger_text"]

_CHECKED = Text(zh="核对的", en="checked")
_UNCHECKED = Text(zh="没有核对的：请审核的人自己看", en="not checked: for the reviewer to look at")


def ledger_text(*, lang: str = "zh") -> str:
    """What is not checked and why, then what is."""
    listed = duties()
    left = [duty for duty in listed if not duty.is_checked]
    done = [duty for duty in listed if duty.is_checked]
    return "\n".join(
        (
            headline(f"{_UNCHECKED.pick(lang)} ({len(left)})"),
            table_text([(d.code, COLON.join((d.title, d.why)).pick(lang)) for d in left]),
            "",
            headline(f"{_CHECKED.pick(lang)} ({len(done)})"),
            table_text([(d.code, d.title.pick(lang)) for d in done]),
        )
    )


def ledger_data() -> dict[str, Json]:
    """Every duty by its code, those that nothing checks with the reason: schema
    ``budgetperf/ledger/1``."""
    return {
        "schema": "budgetperf/ledger/1",
        "relations_sha256": relations_sha256(),
        "duties": [_duty(duty) for duty in duties()],
    }


def _duty(duty: Duty) -> Json:
    return {
        "code": duty.code,
        "title": text_data(duty.title),
        "checked": duty.is_checked,
        "relations": [*duty.relations],
        "why": text_data(duty.why) if duty.why else None,
    }
