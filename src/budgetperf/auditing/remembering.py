"""Values that remember what several checks work out of them."""

from __future__ import annotations

import functools
from collections.abc import Callable
from typing import Self, TypeVar, cast

import attrs

from budgetperf.rules import RuleSet

__all__ = ["Remembering"]

_T = TypeVar("_T")


@attrs.frozen(kw_only=True, slots=False)  # see ``keep``
class Remembering:
    """A value, with what was worked out of it alone."""

    @functools.cached_property
    def _worked_out(self) -> dict[str, tuple[RuleSet | None, object]]:
        return {}

    def once(self, name: str, work: Callable[[Self], _T], *, rules: RuleSet | None = None) -> _T:
        """What ``work`` makes of this value, worked out once.

        Args:
            name: a name of its own.
            work: makes it.
            rules: the rule-set that it is made with.
        """
        known = self._worked_out.get(name)
        if known is None or known[0] is not rules:  # two rule-sets may bear one id
            known = self._worked_out[name] = rules, work(self)
        return cast("_T", known[1])
