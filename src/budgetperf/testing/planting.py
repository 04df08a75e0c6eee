"""Reports in which one figure is wrong."""

from __future__ import annotations

from decimal import Decimal

import attrs
from hypothesis import strategies as st

from budgetperf import Figure, SelfEvaluation, figures
from budgetperf.exact.calls import Called
from budgetperf.model import map_figures

from .generated import reports

__all__ = ["Planted", "planted_errors"]


@attrs.frozen(kw_only=True, repr=False)
class Planted(Called):
    """A report that was right in every figure until one of them was changed.

    Args:
        report: the report, with the error.
        rules: the id of the rule-set by which its scores were given; ``None`` where they follow
            from the plain ratio.
        path: the figure that was changed.
        true: the figure as it was.
        wrong: the figure as it is now.
    """

    report: SelfEvaluation
    rules: str | None
    path: str
    true: Figure
    wrong: Figure

    def __repr__(self) -> str:
        """Short: a whole report would fill the screen."""
        return f"<{self.path}: {self.true} became {self.wrong}, under {self.rules}>"


@st.composite
def planted_errors(draw: st.DrawFn) -> Planted:
    """Reports in which one digit of one figure is another one.

    Not every such error can be seen: where the other figures admit it, as ``audit.bounds(path)``
    says, nobody can tell from the report.
    """
    case = draw(reports())
    report = attrs.evolve(case.report, repeated=())
    printed = [(path, figure) for path, figure in figures(report) if figure.places >= 0]
    path, true = draw(st.sampled_from(printed))
    number = f"{true.value:f}"
    place = draw(st.sampled_from([at for at, char in enumerate(number) if char.isdigit()]))
    digit = draw(st.sampled_from([char for char in "0123456789" if char != number[place]]))
    changed = number[:place] + digit + number[place + 1 :]
    wrong = attrs.evolve(true, value=Decimal(changed), text=true.text.replace(number, changed))
    spoiled = map_figures(report, lambda way, figure: wrong if way == path else figure, only={path})
    return Planted(report=spoiled, rules=case.rules, path=path, true=true, wrong=wrong)
