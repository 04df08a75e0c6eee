"""Text in two languages, what carries it, and how it is shown: nothing in it acts unseen."""

from __future__ import annotations

import difflib
import enum
import functools
import numbers
import re
import reprlib
import unicodedata
import warnings
from collections.abc import Callable, Iterable, Sequence
from decimal import Decimal, InvalidOperation
from typing import TYPE_CHECKING, Annotated, ParamSpec, Self, TypeAlias

import attrs

from .calls import Called

__all__ = [
    "COLON",
    "COMMA",
    "LIST",
    "MAX_PROBLEMS",
    "NO_WORDS",
    "PLACE",
    "SEMICOLON",
    "UNSEEN_IN_LINES",
    "BudgetperfDeprecationWarning",
    "BudgetperfError",
    "FloatRefusedError",
    "Labelled",
    "MissingExtraError",
    "Name",
    "NotFoundError",
    "Problem",
    "ProblemsError",
    "Text",
    "WrongCallError",
    "WrongTypeError",
    "ZeroDivisorError",
    "columns",
    "compiled",
    "did_you_mean",
    "in_both",
    "in_brackets",
    "is_float",
    "later",
    "padded",
    "refused",
    "shortened",
    "shown",
    "visible",
    "visible_lines",
    "warn_deprecated",
]


class _Later:
    """What makes a text that nobody has read yet: it is asked when somebody does."""

    __slots__ = ("_made_by",)

    if TYPE_CHECKING:  # of the method below a checker would think that there is every name
        _made_by: Callable[[], Text]
    else:

        def __getattr__(self, name: str) -> str:
            if name not in ("zh", "en"):
                raise AttributeError(f"{type(self).__name__!r} has no attribute {name!r}")
            made = self._made_by()
            object.__setattr__(self, "zh", made.zh)
            object.__setattr__(self, "en", made.en)
            return getattr(made, name)


@attrs.frozen(kw_only=True)
class Text(_Later, Called):
    """One message or label in Chinese and in English.

    Args:
        zh: the Chinese.
        en: the English.

    >>> label = Text(zh="年初预算数", en="initial budget")
    >>> label.pick("zh")
    '年初预算数'
    """

    zh: str
    en: str

    def __attrs_post_init__(self) -> None:
        if type(self.zh) is not str or type(self.en) is not str:
            self._require_words()

    def _require_words(self) -> None:
        both: dict[str, object] = {"zh": self.zh, "en": self.en}
        for name, words in both.items():
            if not isinstance(words, str):
                raise refused(words, field=name, remedy="'年初预算数'")

    def pick(self, lang: str) -> str:
        """The text in ``lang``, which is ``"zh"`` or ``"en"``, as it is shown.

        What would act unseen, such as a change of the direction of writing in a name, is written
        out; the attributes hold it as it was given.

        Raises:
            BudgetperfError: another language was asked for.
        """
        if lang == "zh":
            return visible_lines(self.zh)
        if lang == "en":
            return visible_lines(self.en)
        message = Text(
            zh=f"语言只有 'zh' 与 'en'，而不是 {shown(lang)}",
            en=f"the languages are 'zh' and 'en', not {shown(lang)}",
        )
        raise BudgetperfError("unknown-language", message, field="lang")

    def __str__(self) -> str:
        return visible_lines(f"{self.zh} / {self.en}")

    def __repr__(self) -> str:
        zh, en = (shortened(repr(words), _LONGEST_WORDS) for words in (self.zh, self.en))
        return f"Text(zh={zh}, en={en})"

    @classmethod
    def of(cls, value: object) -> Text:
        """What is the same in both languages: a name, a number, an id."""
        return value if isinstance(value, Text) else cls(zh=str(value), en=str(value))

    def __bool__(self) -> bool:
        """Whether there is anything to read."""
        return bool(self.zh or self.en)

    def __add__(self, other: Text | str) -> Text:
        """One after the other, as strings are."""
        after = Text.of(other)
        return Text(zh=self.zh + after.zh, en=self.en + after.en)

    def __radd__(self, before: str) -> Text:
        return Text.of(before) + self

    def join(self, texts: Iterable[Text | str]) -> Text:
        """The texts one after the other with this one between them, as :meth:`str.join` does.

        >>> COLON.join((Text(zh="合计", en="total"), "100")).en
        'total: 100'
        """
        parts = [text if type(text) is Text else Text.of(text) for text in texts]
        return Text(
            zh=self.zh.join([part.zh for part in parts]),
            en=self.en.join([part.en for part in parts]),
        )

    def fill(self, *values: object, **named: object) -> Text:
        """The text with ``{}`` and ``{name}`` replaced by values, each in its language.

        Other braces stay, and what is filled in is not read again.

        >>> Text(zh="{} 应为 {due}", en="{} for {due}").fill("17.17%", due="14%").en
        '17.17% for 14%'

        Raises:
            NotFoundError: no value was given for a place (a ``LookupError``).
        """
        return Text(
            zh=_filled(self.zh, [_zh(v) for v in values], {k: _zh(v) for k, v in named.items()}),
            en=_filled(self.en, [_en(v) for v in values], {k: _en(v) for k, v in named.items()}),
        )


_Given = ParamSpec("_Given")


def later(function: Callable[_Given, Text], *args: _Given.args, **named: _Given.kwargs) -> Text:
    """The text that ``function`` gives, worked out only if it is read.

    It is a text as any other: equal to it, and copied and pickled as it.

    >>> later(COLON.join, ("total", "100")).en
    'total: 100'
    """
    made = _new(Text)
    _set(made, "_made_by", functools.partial(function, *args, **named))
    return made


_new, _set = object.__new__, object.__setattr__


@functools.cache
def compiled(pattern: str, flags: int = 0) -> re.Pattern[str]:
    """What is looked for, compiled when it is first looked for: an import pays for no pattern that
    takes a tenth of a millisecond or more."""
    return re.compile(pattern, flags)


PLACE = re.compile(r"\{([a-z_]*)\}")
"""A place that :meth:`Text.fill` puts a value in."""


def _filled(template: str, values: list[str], named: dict[str, str]) -> str:
    unnamed = iter(values)

    def value_of(place: re.Match[str]) -> str:
        if place[1] in named:
            return named[place[1]]
        for value in () if place[1] else unnamed:
            return value
        message = Text(
            zh=f"{shown(place.string)} 中的 {place[0]} 没有对应的值：每一处都要给出",
            en=f"{place[0]} in {shown(place.string)} has no value: give one for each place",
        )
        raise NotFoundError("no-value", message)

    return PLACE.sub(value_of, template)


def _zh(value: object) -> str:
    return value.zh if isinstance(value, Text) else str(value)


def _en(value: object) -> str:
    return value.en if isinstance(value, Text) else str(value)


COLON = Text(zh="：", en=": ")
"""Between what is asked and the answer."""
COMMA = Text(zh="，", en=", ")
"""Between parts of a sentence."""
LIST = Text(zh="、", en=", ")
"""Between things that are listed."""
SEMICOLON = Text(zh="；", en="; ")
"""Between statements."""
NO_WORDS = Text(zh="", en="")
"""Where there is nothing to say."""


def did_you_mean(near: Sequence[str]) -> Text:
    """The names that come near to one that is not known; in English as a question."""
    return Text(zh=LIST.zh.join(near), en=f"did you mean {' or '.join(near)}?")


def in_brackets(text: Text) -> Text:
    """A text that stands in brackets behind another; nothing of nothing.

    >>> (Text(zh="总分", en="total") + in_brackets(Text(zh="附表", en="form"))).zh
    '总分（附表）'
    """
    return Text(zh=f"（{text.zh}）" if text.zh else "", en=f" ({text.en})" if text.en else "")


class Labelled(enum.Enum):
    """Members with a stable ASCII code and a label, written together.

    A member is declared with its code and its label in Chinese and in English. The code is its
    value, by which it is looked up.

    >>> class Direction(Labelled):
    ...     AT_LEAST = ("at-least", "正向（≥）", "at least")
    >>> Direction.AT_LEAST.value, Direction.AT_LEAST.label.zh
    ('at-least', '正向（≥）')
    >>> Direction("at-least")
    <Direction.AT_LEAST: 'at-least'>
    """

    _value_: str
    _label: Text

    # Looking a member up is a call with the code alone.
    def __new__(cls, code: str, zh: str = "", en: str = "") -> Self:
        member = object.__new__(cls)
        member._value_ = code
        member._label = Text(zh=zh, en=en)
        return member

    if not TYPE_CHECKING:
        # Each member is there once: its identity is hashed in C, its name would be in Python.
        __hash__ = object.__hash__

    @classmethod
    def _near(cls, words: str) -> tuple[Self, ...]:
        """The members that somebody may mean who writes something else: the nearest first."""
        spelled = {
            name.lower(): member
            for member in cls
            for name in (member.label.en, member.label.zh, member.value)
        }
        alike = difflib.get_close_matches(words.strip().lower(), spelled, n=3)
        return tuple(dict.fromkeys(spelled[name] for name in alike))

    @enum.property
    def value(self) -> str:
        """The code."""
        return self._value_

    @property
    def label(self) -> Text:
        """The member in words."""
        return self._label


Name: TypeAlias = Annotated[Text, "a string where it is the same in both languages"]
"""A text of plain data or of code that may be given as one string."""


def in_both(words: Text | str) -> Text:
    """A string as the text in both languages."""
    return Text.of(words) if isinstance(words, str) else words


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
        where = f"{shortened(visible(self.field), _LONGEST_PLACE)}: " if self.field else ""
        return f"{where}{self.message}"

    def __reduce__(self) -> tuple[object, ...]:
        return (_rebuild, (type(self), self.code, self.message, self.field))


class WrongTypeError(BudgetperfError, TypeError):
    """A value of another type than is due, or none of those that a field can have."""


class NotFoundError(BudgetperfError, KeyError):
    """Nothing has the name that was looked up."""


class MissingExtraError(BudgetperfError, ImportError):
    """Something optional is not installed; the extra that brings it is named."""


class ZeroDivisorError(BudgetperfError, ZeroDivisionError):
    """Division by what may be 0."""


class FloatRefusedError(WrongTypeError):
    """A float, of Python or of numpy, was given where an exact number is due."""

    def __init__(self, value: object, *, field: str = "", remedy: str = "") -> None:
        super().__init__("float-refused", _refusal(value, remedy or _exactly(value)), field=field)

    def __reduce__(self) -> tuple[object, ...]:
        # Past __init__: the value refused is not kept.
        return (_bare, (type(self), self.args), self.__dict__)


def is_float(value: object) -> bool:
    """Whether it is a number of no exact kind: a ``float``, or one of numpy's."""
    return isinstance(value, numbers.Real) and not isinstance(value, numbers.Rational)


def refused(value: object, *, field: str = "", remedy: str = "") -> WrongTypeError:
    """The error that ``value`` is no exact number, or no text: a float, or of another type.

    Args:
        value: what was given.
        field: where.
        remedy: what would do, as it is written in code.
    """
    if is_float(value):
        return FloatRefusedError(value, field=field, remedy=remedy)
    is_whole = isinstance(value, int) and not isinstance(value, bool)
    example = remedy or (f"'{shown(value)}'" if is_whole else _EXAMPLE)
    return WrongTypeError("wrong-type", _refusal(value, example), field=field)


def _refusal(value: object, example: str) -> Text:
    kind, written = type(value).__name__, shown(value)
    due = Text(zh="请写成字符串，如 {}", en="pass a string, such as {}")
    if not example.startswith("'"):
        due = Text(zh="请改为 {} 之类", en="pass a value such as {}")
    refusal = Text(zh="不接受 {} 类型的 {}：", en="{} {} is refused: ")
    return refusal.fill(kind, written) + due.fill(example) + _IN_PART.get(kind, NO_WORDS)


_IN_PART = {
    "Figure": Text(
        zh="；它所填列的数（金额以元计）是 .nominal",
        en="; the number that it states (of money in yuan) is its .nominal",
    ),
    "Target": Text(zh="；指标值中的数是 .value", en="; the number in a target is its .value"),
}
"""Where the number is in what is no number itself, by the name of its class."""
_EXAMPLE = "'353.21'"


def _exactly(value: object) -> str:
    """A float as the string that is accepted in its stead."""
    try:
        number = Decimal(str(value))
    except InvalidOperation:
        return _EXAMPLE
    is_short = number.is_finite() and abs(number.adjusted()) < _LONGEST
    return f"'{number:f}'" if is_short else _EXAMPLE


def columns(text: str) -> int:
    """How many columns ``text`` takes in a terminal; a Chinese character takes two.

    >>> columns("预算 A")
    6
    """
    if text.isascii():
        return len(text)
    return len(text) + sum([unicodedata.east_asian_width(c) in "WF" for c in text])


def padded(text: str, width: int) -> str:
    """``text`` filled up with blanks to ``width`` columns."""
    return text + " " * max(0, width - columns(text))


@attrs.frozen(kw_only=True)
class Problem(Called):
    """One thing that is wrong with an input: where, and what to do about it.

    Args:
        code: a stable ASCII code.
        where: the path or the key.
        message: what is wrong and what to do.
    """

    code: str
    where: str
    message: Text

    def __str__(self) -> str:
        return f"{shortened(visible(self.where), _LONGEST_PLACE)}: {self.message}"


MAX_PROBLEMS = 100
"""How many problems of one input are told."""
_THERE_ARE_MORE = Problem(
    code="more-problems",
    where="$",
    message=Text(
        zh=f"以上是前 {MAX_PROBLEMS} 处：请先更正这些，再试一次",
        en=f"these were the first {MAX_PROBLEMS}: correct them, and try again",
    ),
)


class ProblemsError(BudgetperfError):
    """Several problems of one input, reported together.

    Attributes:
        problems: each of them, in the order found; of very many the first ones, and that there are
            more.
    """

    def __init__(self, code: str, problems: tuple[Problem, ...]) -> None:
        if len(problems) > MAX_PROBLEMS:
            problems = (*problems[:MAX_PROBLEMS], _THERE_ARE_MORE)
        super().__init__(code, SEMICOLON.join(COLON.join((p.where, p.message)) for p in problems))
        self.problems = problems

    def __reduce__(self) -> tuple[object, ...]:
        return (type(self), (self.code, self.problems))


class WrongCallError(ProblemsError, WrongTypeError):
    """Several problems of a call that lacks a field, or names one that there is not.

    Attributes:
        problems: each of them, with its field.
    """


# What a terminal or a reader of text obeys instead of showing it: controls (C0, C1), directions of
# writing, separators of lines, joiners and other characters without a width, halves of pairs.
_UNSEEN = (
    r"\x00-\x1f\x7f-\x9f\xad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u2064\u2066-\u206f\ufeff\ufff9-\ufffb"
    r"\ud800-\udfff\U000e0001\U000e0020-\U000e007f"
)
UNSEEN_IN_LINES = rf"(?![\t\n])[{_UNSEEN}]"
"""A pattern of the same but for ends of lines and tabs."""


def visible(text: str) -> str:
    """``text`` for one line of a display, with what would act unseen written out.

    A name of a report can hold what moves the cursor, turns the direction of writing or begins a
    new line, and so change how the text around it is read.

    >>> print(visible("甲\\x1b[8m\\u202e乙\\n"))
    甲\\x1b[8m\\u202e乙\\n
    """
    return text if text.isprintable() else compiled(f"[{_UNSEEN}]").sub(_written_out, text)


def visible_lines(text: str) -> str:
    """The same for text of several lines: tabs and the ends of lines stay, the latter all alike."""
    if "\r" in text:
        text = text.replace("\r\n", "\n").replace("\r", "\n")
    return compiled(UNSEEN_IN_LINES).sub(_written_out, text)


def _written_out(match: re.Match[str]) -> str:
    return match[0].encode("unicode_escape").decode("ascii")


_LONGEST, _LONGEST_PLACE, _LONGEST_WORDS = 60, 1000, 80
"""How many characters are quoted in a message, how many of a path, and how many of a text."""


def shortened(text: str, most: int = _LONGEST) -> str:
    """``text``, or the beginning of what is too long for a message."""
    return text if len(text) <= most else f"{text[:most]}…"


class _Shown(reprlib.Repr):
    """Values as they are written in code, none of them long."""

    def __init__(self) -> None:
        super().__init__()
        self.maxstring = self.maxother = _LONGEST
        self.maxlong = _LONGEST

    def repr_int(self, x: int, level: int) -> str:
        """A number of digits beyond what the interpreter writes is told by their number."""
        digits = x.bit_length() * 30103 // 100000
        return super().repr_int(x, level) if digits < _LONGEST else f"{type(x).__name__}(…)"


def shown(value: object) -> str:
    """``value`` in a message: as it is written in code, shortened where it is long or deep.

    >>> shown("9" * 100_000)[:9], len(shown("9" * 100_000)) < 100
    ("'99999999", True)
    """
    return visible(_Shown().repr(value))


def _rebuild(cls: type[BudgetperfError], code: str, message: Text, field: str) -> BudgetperfError:
    return cls(code, message, field=field)


def _bare(cls: type[FloatRefusedError], args: tuple[object, ...]) -> FloatRefusedError:
    return cls.__new__(cls, *args)


# --- What is to go


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
