"""How what is to go is announced: two minor versions before it goes."""

from __future__ import annotations

import warnings

from .text import Text

__all__ = ["BudgetperfDeprecationWarning", "warn_deprecated"]


class BudgetperfDeprecationWarning(DeprecationWarning):
    """Something of this library will be gone two minor versions after it first warns."""


def warn_deprecated(name: str, *, since: str, instead: str) -> None:
    """Warn whoever called the function that asks for this.

    Args:
        name: what is to go, as it is written in code.
        since: the version that warns first, such as ``"1.2.0"``.
        instead: what to write in its place.
    """
    major, minor, *_ = since.split(".")
    message = Text(
        zh="{} 自 {} 起不再推荐使用，将在 {} 移除：请改用 {}",
        en="{} is deprecated since {} and goes in {}: use {} instead",
    ).fill(name, since, f"{major}.{int(minor) + 2}.0", instead)
    warnings.warn(str(message), BudgetperfDeprecationWarning, stacklevel=3)
