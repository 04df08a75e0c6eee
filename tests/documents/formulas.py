"""The formulas of a spreadsheet that we write, computed exactly: what a cell has to show."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable, Mapping
from fractions import Fraction
from typing import TypeAlias

Value: TypeAlias = "Fraction | str | bool"
_TOKEN = re.compile(r'\s*("(?:[^"]|"")*"|[A-Z]+\d*(?=\()|\$?[A-Z]+\$?\d+|\d+(?:\.\d+)?|<=|>=|<>|.)')


class CellError(Exception):
    """What a spreadsheet shows as #DIV/0! or #VALUE!."""


def computed(formula: str, cells: Mapping[str, Value]) -> Value:
    """The value of a formula; a cell that is not there is blank."""
    run = _Run(_TOKEN.findall(formula), cells)
    value = run.compared()
    if run.at != len(run.tokens):
        raise ValueError(formula[-60:])
    return value


class _Run:
    """Computes as it reads; what is not chosen is read with errors that do not count."""

    def __init__(self, tokens: list[str], cells: Mapping[str, Value]) -> None:
        self.tokens, self.cells, self.at = tokens, cells, 0

    def take(self) -> str:
        self.at += 1
        return self.tokens[self.at - 1]

    def sees(self, *signs: str) -> bool:
        return self.at < len(self.tokens) and self.tokens[self.at] in signs

    def compared(self) -> Value:
        left = self.joined()
        while self.sees("=", "<>", "<", ">", "<=", ">="):
            sign, right = self.take(), self.joined()
            # Numbers come before words, as in a spreadsheet.
            a, b = (left, right) if type(left) is type(right) else (_rank(left), _rank(right))
            tests = {"=": a == b, "<>": a != b, "<": a < b, ">": a > b, "<=": a <= b, ">=": a >= b}  # type: ignore[operator]
            left = tests[sign]
        return left

    def joined(self) -> Value:
        left = self.added()
        while self.sees("&"):
            self.take()
            right = self.added()
            left = f"{left}{right}"
        return left

    def added(self) -> Value:
        left = self.multiplied()
        while self.sees("+", "-"):
            sign, right = self.take(), self.multiplied()
            left = _number(left) + (_number(right) if sign == "+" else -_number(right))
        return left

    def multiplied(self) -> Value:
        left = self.single()
        while self.sees("*", "/"):
            sign, right = self.take(), self.single()
            if sign == "/" and not _number(right):
                raise CellError("#DIV/0!")
            left = _number(left) * _number(right) if sign == "*" else _number(left) / _number(right)
        return left

    def single(self) -> Value:
        word = self.take()
        if word == "-":
            return -_number(self.single())
        if word == "(":
            value = self.compared()
            self.take()
            return value
        if word.startswith('"'):
            return word[1:-1].replace('""', '"')
        if word[0].isdigit():
            return Fraction(word)
        if self.sees("("):
            return self.function(word)
        return self.cells.get(word.replace("$", ""), "")

    def function(self, name: str) -> Value:
        arguments: list[Callable[[], Value]] = []
        self.take()
        start = self.at
        depth = 0
        while depth or not self.sees(")"):
            word = self.take()
            depth += (word == "(") - (word == ")")
            if not depth and self.sees(",", ")"):
                own = self.tokens[start : self.at]
                arguments.append(functools.partial(self._of, own))
                if self.sees(","):
                    self.take()
                start = self.at
        self.take()
        return _FUNCTIONS[name](*arguments)

    def _of(self, tokens: list[str]) -> Value:
        return _Run(tokens, self.cells).compared()


def _rank(value: Value) -> int:
    return 2 if isinstance(value, str) else 1


def _number(value: Value) -> Fraction:
    if isinstance(value, str):
        raise CellError("#VALUE!")
    return Fraction(value)


def _round(value: Fraction, places: Fraction) -> Fraction:
    scaled = value * 10 ** int(places)
    whole = int(abs(scaled) + Fraction(1, 2))
    return Fraction(whole if scaled >= 0 else -whole, 10 ** int(places))


def _or_else(value: Callable[[], Value], other: Callable[[], Value]) -> Value:
    try:
        return value()
    except CellError:
        return other()


def _finds(part: Callable[[], Value], whole: Callable[[], Value]) -> Value:
    at = str(whole()).find(str(part()))
    if at < 0:
        return "#VALUE!"
    return Fraction(at + 1)


_FUNCTIONS: dict[str, Callable[..., Value]] = {
    "IF": lambda test, yes, no: yes() if test() else no(),
    "AND": lambda *tests: all(test() for test in tests),
    "OR": lambda *tests: any(test() for test in tests),
    "ISNUMBER": lambda value: type(value()) is Fraction,
    "COUNT": lambda *values: Fraction(sum(type(value()) is Fraction for value in values)),
    "ROUND": lambda value, places: _round(_number(value()), _number(places())),
    "MAX": lambda *values: max(_number(value()) for value in values),
    "IFERROR": _or_else,
    "FIND": _finds,
    "SUBSTITUTE": lambda text, old, new: str(text()).replace(str(old()), str(new())),
}
