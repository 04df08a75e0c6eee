"""What every value object is asked for by those who call it: by a caller, and by pydantic.

A call that does not fit is refused by an error of the library and not of the language. What such an
error says, and how a value is written in JSON, stands on a higher floor, and is plugged in here:
also the words that it is said in are values of this kind.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, Protocol, TypeAlias

__all__ = ["Called", "Exchange", "Refusal", "plug_exchange", "plug_refusal"]

Refusal: TypeAlias = "Callable[[type, tuple[object, ...], Mapping[str, object]], Exception]"
"""What is wrong with a call: of which class, with what by position, and with what by name."""

_plugged: list[Refusal] = []


def plug_refusal(refusal: Refusal) -> None:
    """Say what tells of a call that does not fit."""
    _plugged[:] = [refusal]


class Exchange(Protocol):
    """What pydantic is answered with of a class."""

    def core_schema(self, kind: type) -> object:
        """How a field of the class is read and written."""
        ...

    def json_schema(self, kind: type) -> dict[str, Any]:
        """The JSON Schema of such a field."""
        ...


_exchanged: list[Exchange] = []


def plug_exchange(exchange: Exchange) -> None:
    """Say what answers pydantic."""
    _exchanged[:] = [exchange]


class Called:
    """A value object whose call says what it lacks, and what there is no field for.

    That is told by a ``WrongTypeError``, and together with what is wrong with the rest of the call.
    A call that fits costs no more than one step to the ``__init__`` that attrs has made.
    """

    __slots__ = ()

    if not TYPE_CHECKING:  # of a checker such calls are refused by ``__init__`` itself

        def __init_subclass__(cls, **options: Any) -> None:
            super().__init_subclass__(**options)
            _tell(cls)

        @classmethod
        def __attrs_init_subclass__(cls) -> None:  # of a class without slots, from attrs 24.1 on
            _tell(cls)

    @classmethod
    def __get_pydantic_core_schema__(cls, source: object, handler: object) -> object:
        """What pydantic asks for: how a field of this class is read and written.

        Raises:
            BudgetperfError: there is no form of it in JSON; why, and what to do, is told.
        """
        return _exchanged[0].core_schema(cls)

    @classmethod
    def __get_pydantic_json_schema__(cls, schema: object, handler: object) -> dict[str, Any]:
        """What pydantic asks for: the JSON Schema of a field of this class."""
        return _exchanged[0].json_schema(cls)

    @classmethod
    def _also_wrong(cls, name: str, value: Any) -> Iterable[Any]:
        """What is wrong with a field beside its type: for a call that is refused anyway."""
        return ()


def _tell(kind: type) -> None:
    """Have the ``__init__`` that attrs has made for a class tell of calls that do not fit it."""
    own = vars(kind)
    made = own.get("__init__")
    if made is None or "__attrs_attrs__" not in own or hasattr(made, "__wrapped__"):
        return

    def init(self: object, *given: object, **named: object) -> None:
        try:
            made(self, *given, **named)
        except TypeError as error:
            if error.__traceback__ is not None and error.__traceback__.tb_next is not None:
                raise  # from within: the call itself fits
            wrong = [refusal(type(self), given, named) for refusal in _plugged]
        else:
            return
        raise wrong[0]

    # Not ``functools.wraps``, which takes longer on import: a signature asks for no more.
    setattr(init, "__wrapped__", made)  # noqa: B010
    init.__name__, init.__qualname__, init.__doc__ = "__init__", made.__qualname__, made.__doc__
    setattr(kind, "__init__", init)  # noqa: B010 # a checker takes it for a method of its own
