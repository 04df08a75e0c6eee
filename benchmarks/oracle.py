"""What can be seen of a slip at all, by z3: an SMT solver over exact rationals, if it is installed.

z3 gets the relations of a report as they are meant, a rate as ``numerator == rate * denominator``
and not as the bounds that the library makes of it. It knows nothing of how the library decides.
"""

from __future__ import annotations

import importlib
import importlib.util
from collections.abc import Iterable, Mapping
from fractions import Fraction
from typing import Any

import budgetperf as bp
from budgetperf.auditing.diagnosis.joint import Joint, joint_system
from budgetperf.exact import Interval
from budgetperf.linear.system import Linear, System, Terms

__all__ = ["Oracle", "is_installed"]

STEPS = 50_000_000
"""How much z3 may do for one question, in its own count: the same on every machine."""


def is_installed() -> bool:
    """Whether there is a z3."""
    return importlib.util.find_spec("z3") is not None


class Oracle:
    """The relations of a report as z3 reads them: each print is true, unless it is released."""

    def __init__(self, joint: Joint) -> None:
        self._z3: Any = importlib.import_module("z3")
        self._context = self._z3.Context()
        self._solver = self._z3.Solver(ctx=self._context)
        self._solver.set("rlimit", STEPS)
        system = joint.system
        self._released = [
            self._z3.Bool(f"released {number}", self._context)
            for number in range(len(system.printings))
        ]
        self._places: Mapping[str, int] = {
            operand.path: number for number, operand in reversed(list(enumerate(joint.operands)))
        }
        self._state(system)

    @classmethod
    def of(cls, report: bp.SelfEvaluation, findings: Iterable[bp.Finding]) -> Oracle:
        """The oracle for what the findings of an audit say must hold."""
        return cls(joint_system(report, findings))

    def is_possible(self) -> bool | None:
        """Whether all prints can be true together; ``None`` if z3 cannot tell."""
        return self._can()

    def is_diagnosis(self, paths: Iterable[str]) -> bool | None:
        """Whether everything but the first print of some figures can be true."""
        named = list(paths)
        if any(path not in self._places for path in named):
            return False
        return self._can(self._places[path] for path in named)

    # ------------------------------------------------------------ questions

    def fewest(self, most: int) -> int | None:
        """How few prints have to be released, up to ``most``; ``None`` if more, or not known."""
        for count in range(most + 1):
            self._solver.push()
            if self._released:
                self._solver.add(self._z3.AtMost(*self._released, count))
            answer = self._decided(self._solver.check())
            self._solver.pop()
            if answer is not False:
                return count if answer else None
        return None

    def _can(self, released: Iterable[int] = ()) -> bool | None:
        chosen = set(released)
        exactly = [
            free if number in chosen else self._z3.Not(free)
            for number, free in enumerate(self._released)
        ]
        return self._decided(self._solver.check(*exactly))

    def _decided(self, answer: Any) -> bool | None:
        return None if answer == self._z3.unknown else bool(answer == self._z3.sat)

    # ------------------------------------------------------------ statements

    def _state(self, system: System) -> None:
        for free, printing in zip(self._released, system.printings, strict=True):
            self._say(free, self._within(self._real(printing.quantity), printing.interval))
        for quantity, values in system.ranges.items():
            self._say(self._within(self._real(quantity), values))
        for place, one in enumerate(system.constraints):
            if isinstance(one, Linear):
                untrue = [self._released[number] for number in one.given]
                self._say(*untrue, self._within(self._total(one.terms), one.values))
            else:
                above, below = self._real(f"above {place}"), self._real(f"below {place}")
                self._say(self._within(above - self._total(one.numerator), one.upper))
                self._say(self._within(below - self._total(one.denominator), one.lower))
                self._say(above == self._real(one.rate) * below)
                self._say(below > 0)

    def _say(self, *either: Any) -> None:
        self._solver.add(self._z3.Or(*either))

    def _real(self, name: str) -> Any:
        return self._z3.Real(name, self._context)

    def _number(self, value: Fraction) -> Any:
        return self._z3.Q(value.numerator, value.denominator, self._context)

    def _total(self, terms: Terms) -> Any:
        parts = [self._number(factor) * self._real(quantity) for quantity, factor in terms]
        return self._z3.Sum(parts) if parts else self._number(Fraction(0))

    def _within(self, term: Any, values: Interval) -> Any:
        ends = [self._z3.BoolVal(True, self._context)]
        if values.lower is not None:
            least = self._number(values.lower)
            ends.append(term >= least if values.lower_closed else term > least)
        if values.upper is not None:
            most = self._number(values.upper)
            ends.append(term <= most if values.upper_closed else term < most)
        return self._z3.And(ends)
