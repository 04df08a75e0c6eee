"""What the audit says of whole reports, against z3, which knows nothing of the audit.

Nothing that can be true is called inconsistent, and what cannot be true is not passed over.
"""

from __future__ import annotations

from collections.abc import Callable

import pytest

z3 = pytest.importorskip("z3")

from tests.oracle.agreement import compare  # noqa: E402
from tests.oracle.reports_to_try import SOURCES, WILD_SOURCES, Trial  # noqa: E402

FEW, MANY = 3, 100
"""How many reports of each source are tried by default, and with ``-m oracle``."""


def differing(make: Callable[[int], Trial], seeds: range) -> list[str]:
    return [line for seed in seeds for line in compare(make(seed)).differing]


@pytest.mark.parametrize("source", SOURCES)
def test_audit_and_z3_agree_on_reports(source: str) -> None:
    assert differing(SOURCES[source], range(FEW)) == []


@pytest.mark.oracle
@pytest.mark.parametrize("source", SOURCES)
def test_audit_and_z3_agree_on_many_reports(source: str) -> None:
    assert differing(SOURCES[source], range(FEW, MANY)) == []


@pytest.mark.oracle
@pytest.mark.parametrize("source", WILD_SOURCES)
def test_audit_and_z3_agree_on_wild_reports(source: str) -> None:
    assert differing(WILD_SOURCES[source], range(MANY)) == []
