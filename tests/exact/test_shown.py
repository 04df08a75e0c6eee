"""The socket for displays."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import pytest

from budgetperf import BudgetperfError
from budgetperf.exact import shown

SHOW: tuple[Any, ...] = (
    shown.html_of, shown.data_of, shown.rows_of, shown.picture_of,
    partial(shown.text_of, lang="zh"),
)  # fmt: skip


@pytest.mark.parametrize("show", SHOW)
def test_displays_are_plugged_in_when_the_first_value_is_shown(
    show: Callable[[object], object], monkeypatch: pytest.MonkeyPatch
) -> None:
    class Own:
        pass

    monkeypatch.setattr(shown, "_plugged", [])
    with pytest.raises(BudgetperfError, match="no display is plugged in for Own"):
        show(Own())
    function: Any = getattr(show, "func", show)
    shown.plug(lambda: function.register(Own, lambda value, **_: f"{type(value).__name__} shown"))
    assert show(Own()) == "Own shown"
    with pytest.raises(BudgetperfError, match="no display is plugged in for object"):
        show(object())
