"""The grammar of equations: ``68.48% = 241.86 / 353.21``, or names in place of numbers."""

from __future__ import annotations

import functools
import re

import attrs

from budgetperf.exact import BudgetperfError, Figure, Text, fold_width, parse_number

from .expression import Binary, Equation, Expression, Operand, Ref, Sum

__all__ = ["parse_equation"]


@functools.cache
def _token() -> re.Pattern[str]:
    """One token of an equation."""
    return re.compile(
        r"\s*(?:(?P<number>[\d.][\d.,]*(?:\s*(?:%|‰|[\u4e00-\u9fff]+))?)"
        r"|(?P<name>[a-z][a-z_0-9]*(?:\.[a-z_0-9{}]+|\[[*k]\])*)"
        r"|(?P<comparator><=|>=|=<|=>|==|[=<>≤≥])"
        r"|(?P<operator>[-+*/×÷·()]))"
    )


_COMPARATORS = {"<=": "≤", "=<": "≤", ">=": "≥", "=>": "≥", "==": "="}
_OPERATORS = {"×": "*", "·": "*", "÷": "/"}


@attrs.frozen(kw_only=True)
class _Token:
    kind: str
    text: str
    column: int


def parse_equation(text: str) -> Equation:
    """Read one comparison of two sums, differences, products or quotients.

    Numbers are printed numbers with their units; names are dotted paths, ``sum(a[*].b)`` adds up
    all of a kind. ``×`` and ``÷`` may stand for ``*`` and ``/``.

    Raises:
        BudgetperfError: the text is no equation; the place and the remedy are named.
    """
    return _Parser(text=text, tokens=_tokens(text)).equation()


def _tokens(text: str) -> list[_Token]:
    plain = fold_width(text)
    tokens: list[_Token] = []
    position = 0
    while plain[position:].strip():
        match = _token().match(plain, position)
        if not match:
            column = position + len(plain[position:]) - len(plain[position:].lstrip()) + 1
            raise _wrong(
                Text(
                    zh=f"第 {column} 列的 {text[column - 1]!r} 无法识读",
                    en=f"{text[column - 1]!r} in column {column} cannot be read",
                )
            )
        kind = match.lastgroup or ""
        tokens.append(_Token(kind=kind, text=match[kind], column=match.start(kind) + 1))
        position = match.end()
    return tokens


def _wrong(what: Text) -> BudgetperfError:
    return BudgetperfError(
        "not-an-equation",
        Text(
            zh=f"{what.zh}；算式应形如 68.48% = 241.86 / 353.21",
            en=f"{what.en}; write an equation such as 68.48% = 241.86 / 353.21",
        ),
    )


@attrs.define(kw_only=True)
class _Parser:
    """Recursive descent over the tokens."""

    text: str
    tokens: list[_Token]
    next: int = 0

    def equation(self) -> Equation:
        left = self.sum()
        comparator = self.take("comparator")
        if comparator is None:
            raise self.unexpected(Text(zh="这里应有 =、≤ 或 ≥", en="expected =, ≤ or ≥"))
        right = self.sum()
        if self.next < len(self.tokens):
            raise self.unexpected(Text(zh="算式应到此为止", en="the equation should end"))
        return Equation(
            left=left,
            comparator=_COMPARATORS.get(comparator.text, comparator.text),
            right=right,
        )

    def sum(self) -> Expression:
        sign = -1 if self.take_operator("+", "-") == "-" else 1
        terms = [(sign, self.product())]
        while symbol := self.take_operator("+", "-"):
            terms.append((1 if symbol == "+" else -1, self.product()))
        first = terms[0][1]
        if sign < 0 and isinstance(first, Operand) and isinstance(first.stated, Figure):
            terms[0] = (1, Operand(stated=_negated(first.stated)))
        if len(terms) == 1 and terms[0][0] > 0:
            return terms[0][1]
        return Sum(terms=tuple(terms))

    def product(self) -> Expression:
        result = self.factor()
        while symbol := self.take_operator("*", "/", "×", "÷", "·"):
            symbol = _OPERATORS.get(symbol, symbol)
            result = Binary(symbol=symbol, left=result, right=self.factor())
        return result

    def factor(self) -> Expression:
        if self.take_operator("("):
            inner = self.sum()
            if not self.take_operator(")"):
                raise self.unexpected(Text(zh="这里缺少 )", en="a ) is missing"))
            return inner
        if number := self.take("number"):
            return _number(number)
        if name := self.take("name"):
            if name.text == "sum" and self.take_operator("("):
                inner = self.sum()
                if not self.take_operator(")"):
                    raise self.unexpected(Text(zh="这里缺少 )", en="a ) is missing"))
                return inner
            return Ref(name=name.text)
        raise self.unexpected(Text(zh="这里应有数字或括号", en="expected a number or ("))

    def take(self, kind: str) -> _Token | None:
        if self.next < len(self.tokens) and self.tokens[self.next].kind == kind:
            self.next += 1
            return self.tokens[self.next - 1]
        return None

    def take_operator(self, *symbols: str) -> str | None:
        if self.next < len(self.tokens) and self.tokens[self.next].text in symbols:
            self.next += 1
            return self.tokens[self.next - 1].text
        return None

    def unexpected(self, wanted: Text) -> BudgetperfError:
        if self.next == len(self.tokens):
            return _wrong(Text(zh=f"算式不完整：{wanted.zh}", en=f"incomplete: {wanted.en}"))
        token = self.tokens[self.next]
        return _wrong(
            Text(
                zh=f"第 {token.column} 列的 {token.text!r}：{wanted.zh}",
                en=f"{token.text!r} in column {token.column}: {wanted.en}",
            )
        )


def _negated(figure: Figure) -> Figure:
    return attrs.evolve(figure, value=figure.value.copy_negate(), text=f"-{figure.text}")


def _number(token: _Token) -> Operand:
    try:
        return Operand(stated=Figure.from_printed(parse_number(token.text)))
    except BudgetperfError as error:
        where = Text(
            zh=f"第 {token.column} 列：{error.message.zh}",
            en=f"column {token.column}: {error.message.en}",
        )
        raise BudgetperfError(error.code, where) from None
