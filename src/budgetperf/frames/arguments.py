"""What the functions for whole tables are called with, refused where it is of another type."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import cast

from budgetperf.exact import Text
from budgetperf.exact.text import WrongTypeError, shown

__all__ = ["headers_of", "require_columns", "require_places"]


def require_columns(columns: object) -> None:
    """Require the field by the header.

    Raises:
        WrongTypeError: it is something else (a ``TypeError``).
    """
    if not isinstance(columns, Mapping):
        raise _wrong(_COLUMNS, columns, "columns")
    for pair in cast("Mapping[object, object]", columns).items():
        for part in pair:
            if not isinstance(part, str):
                raise _wrong(_COLUMNS, part, "columns")


def require_places(places: object) -> None:
    """Require the decimals by the header, whatever they are.

    Raises:
        WrongTypeError: it is something else (a ``TypeError``).
    """
    if not isinstance(places, Mapping):
        raise _wrong(_PLACES, places, "places")
    for header in cast("Mapping[object, object]", places):
        if not isinstance(header, str):
            raise _wrong(_PLACES, header, "places")


def headers_of(by: object) -> tuple[str, ...]:
    """One header or several, each once.

    Raises:
        WrongTypeError: it is something else (a ``TypeError``).
    """
    if isinstance(by, str):
        return (by,)
    if not _are_several(by):
        raise _wrong(_BY, by, "by")
    headers = tuple(cast("Iterable[object]", by))
    for header in headers:
        if not isinstance(header, str):
            raise _wrong(_BY, header, "by")
    return tuple(dict.fromkeys(cast("Iterable[str]", headers)))


def _are_several(by: object) -> bool:
    return isinstance(by, Iterable) and not isinstance(by, bytes | Mapping)


def _wrong(message: Text, value: object, argument: str) -> WrongTypeError:
    return WrongTypeError("wrong-type", message.fill(argument, shown(value)), field=argument)


_COLUMNS = Text(
    zh="{} 应为“表头: 字段”的 dict，如 columns={'年度目标': 'target'}，其中不能有 {}",
    en="{} is a dict of fields by header, such as columns={'年度目标': 'target'}, not with {}",
)
_PLACES = Text(
    zh="{} 应为“表头: 小数位数”的 dict，如 places={'指标值': 2}，其中不能有 {}",
    en="{} is a dict of decimals by header, such as places={'指标值': 2}, not with {}",
)
_BY = Text(
    zh="{} 应为表头或几个表头的列表，如 by=['部门', '年度']，不能是 {}",
    en="{} is a header, or a list of headers such as by=['部门', '年度'], not {}",
)
