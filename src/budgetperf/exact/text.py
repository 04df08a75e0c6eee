"""Text in two languages, and errors that carry it."""

from __future__ import annotations

import unicodedata

import attrs

__all__ = [
    "BudgetperfError",
    "FloatRefusedError",
    "Problem",
    "ProblemsError",
    "Text",
    "columns",
    "padded",
]


@attrs.frozen(kw_only=True)
class Text:
    """One message or label in Chinese and in English.

    >>> label = Text(zh="年初预算数", en="initial budget")
    >>> label.pick("zh")
    '年初预算数'
    """

    zh: str
    en: str

    def pick(self, lang: str) -> str:
        """The text in ``lang``, which is ``"zh"`` or ``"en"``.

        Raises:
            ValueError: another language was asked for.
        """
        if lang == "zh":
            return self.zh
        if lang == "en":
            return self.en
        raise ValueError(f"语言只有 zh 与 en / the languages are zh and en, not {lang!r}")

    def __str__(self) -> str:
        return f"{self.zh} / {self.en}"


class BudgetperfError(ValueError):
    """Input that cannot be used; the message names the place and the remedy in both languages.

    Attributes:
        code: a stable ASCII code.
        message: what is wrong and what to do.
        field: the offending field, key or path, or ``""``.
    """

    def __init__(self, code: str, message: Text, *, field: str = "") -> None:
        super().__init__(code, message, field)
        self.code = code
        self.message = message
        self.field = field

    def __str__(self) -> str:
        where = f"{self.field}: " if self.field else ""
        return f"{where}{self.message}"

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuild, (type(self), self.code, self.message, self.field))


class FloatRefusedError(TypeError):
    """A float (or another type that is not exact) was given where an exact number is due."""

    def __init__(self, value: object, *, field: str = "", remedy: str = "") -> None:
        self.code = "float-refused" if isinstance(value, float) else "type-refused"
        self.field = field
        kind = type(value).__name__
        example = remedy or repr(str(value))
        self.message: Text = Text(
            zh=f"不接受 {kind} 类型的 {value!r}：请写成字符串，如 {example}",
            en=f"{kind} {value!r} is refused: pass a string, such as {example}",
        )
        super().__init__(f"{field}: {self.message}" if field else str(self.message))

    def __reduce__(self) -> tuple[object, ...]:
        # Past __init__: the value refused may not be one that can be pickled.
        return (_bare, (type(self), self.args), self.__dict__)


def columns(text: str) -> int:
    """How many columns ``text`` takes in a terminal; a Chinese character takes two.

    >>> columns("预算 A")
    6
    """
    return sum(2 if unicodedata.east_asian_width(c) in "WF" else 1 for c in text)


def padded(text: str, width: int) -> str:
    """``text`` filled up with blanks to ``width`` columns."""
    return text + " " * max(0, width - columns(text))


@attrs.frozen(kw_only=True)
class Problem:
    """One thing that is wrong with an input: where, and what to do about it."""

    code: str
    where: str
    message: Text

    def __str__(self) -> str:
        return f"{self.where}: {self.message}"


class ProblemsError(BudgetperfError):
    """Several problems of one input, reported together.

    Attributes:
        problems: each of them, in the order found.
    """

    def __init__(self, code: str, problems: tuple[Problem, ...]) -> None:
        zh = "；".join(f"{p.where}：{p.message.zh}" for p in problems)
        en = "; ".join(f"{p.where}: {p.message.en}" for p in problems)
        super().__init__(code, Text(zh=zh, en=en))
        self.problems = problems

    def __reduce__(self) -> tuple[object, ...]:
        return (type(self), (self.code, self.problems))


def _rebuild(cls: type[BudgetperfError], code: str, message: Text, field: str) -> BudgetperfError:
    return cls(code, message, field=field)


def _bare(cls: type[FloatRefusedError], args: tuple[object, ...]) -> FloatRefusedError:
    return cls.__new__(cls, *args)
