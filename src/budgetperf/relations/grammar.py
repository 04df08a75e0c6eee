"""The grammar of equations: ``68.48% = 241.86 / 353.21``, or names in place of numbers.

Signs and numbers are written as in reports: full-width, as LaTeX or in Chinese numerals, too.
"""

from __future__ import annotations

import functools
import re

import attrs

from budgetperf.exact import BudgetperfError, Figure, Text, fold_width, parse_number, plain_text
from budgetperf.exact.limits import MAX_DEPTH, MAX_EQUATION, MAX_TERMS, bounded_text
from budgetperf.exact.text import shown

from .expression import Binary, Equation, Expression, Operand, Ref, Sum

__all__ = ["parse_equation"]


# A number in characters begins like one; what follows is its unit, as behind digits.
_IN_WORDS = "百分之|千分之|[〇零一二三四五六七八九两十百千万亿壹贰叁肆伍陆柒捌玖拾佰仟萬億]"
# What LaTeX has around signs and prints nothing for: $, small spaces, growing brackets; braces.
_SHARE, _UNIT = r"(?:\\?%|‰)", r"\\?%|‰|[\u4e00-\u9fff]+"
_SPACE = r"(?>(?:\s|\\[,;:! ])*)"
_NOTHING = r"(?>(?:[\s$]|\\[,;:! ]|\\(?:left|right)(?![A-Za-z]))*)"
_BRACES = re.compile(r"\{(?!,\})|(?<!\{,)\}")


@functools.cache
def _token() -> re.Pattern[str]:
    """One token of an equation, with what stands before it and is not printed."""
    return re.compile(
        rf"{_NOTHING}"
        rf"(?:(?P<number>(?:[¥￥]\s*)?[\d.](?:[\d.,]|\{{,\}})*(?:{_SPACE}(?:{_UNIT}))?"
        rf"|(?:{_IN_WORDS})[\u4e00-\u9fff〇]*(?:{_SPACE}{_SHARE})?)"
        r"|(?P<name>[a-z][a-z_0-9]*(?:\.[a-z_0-9{}]+|\[[*k]\])*)"
        r"|(?P<comparator><=|>=|=<|=>|==|[=<>≤≥]"
        r"|\\(?:geqslant|leqslant|geq|leq|ge|le|gt|lt)(?![A-Za-z]))"
        r"|(?P<operator>[-+*/×÷·()]|\\(?:times|div|cdot)(?![A-Za-z])))"
    )


_NO_MORE = re.compile(rf"{_NOTHING}$")
_COMPARATORS = {
    "<=": "≤", "=<": "≤", ">=": "≥", "=>": "≥", "==": "=", "\\geqslant": "≥", "\\leqslant": "≤",
    "\\geq": "≥", "\\leq": "≤", "\\ge": "≥", "\\le": "≤", "\\gt": ">", "\\lt": "<",
}  # fmt: skip
_OPERATORS = {"×": "*", "·": "*", "÷": "/", "\\times": "*", "\\cdot": "*", "\\div": "/"}
_FACTORS = ("*", "/", *_OPERATORS)


@attrs.frozen(kw_only=True)
class _Token:
    """A sign of an equation, with the column that a message about it names."""

    kind: str
    text: str
    column: int


def parse_equation(text: str) -> Equation:
    """Read one comparison of two sums, differences, products or quotients.

    Numbers are printed numbers with their units; names are dotted paths, ``sum(a[*].b)`` adds up
    all of a kind. ``×`` and ``÷`` may stand for ``*`` and ``/``. Of LaTeX these signs are read,
    ``\\times``, ``\\div``, ``\\geq``, ``\\leq`` and ``\\%``, and ``$`` and braces are read past.

    Raises:
        WrongTypeError: it is no text (a ``TypeError``).
        BudgetperfError: the text is no equation, or longer or deeper than any; the place and the
            remedy are named.
    """
    bounded_text(text, MAX_EQUATION, Text(zh="算式", en="the equation"))
    tokens = _tokens(text)
    equation = _Parser(text=text, tokens=tokens).equation()
    if max(_height(equation.left), _height(equation.right)) > MAX_DEPTH:
        raise _too_deep(Text.of(""))
    return equation


def _tokens(text: str) -> list[_Token]:
    plain = fold_width(text)
    if "$" in plain or "\\" in plain:
        plain = _BRACES.sub(" ", plain)
    tokens: list[_Token] = []
    position = terms = 0
    while not _NO_MORE.match(plain, position):
        match = _token().match(plain, position)
        if not match:
            raise _unreadable(text, plain, position)
        kind = match.lastgroup or ""
        written = match[kind]
        if kind == "number":  # widths are folded already; what LaTeX writes is not
            is_latex = "\\" in written or "{" in written
            written = plain_text(f"${written}$") if is_latex else written.strip()
        tokens.append(_Token(kind=kind, text=written, column=match.start(kind) + 1))
        position = match.end()
        terms += kind in ("number", "name")
        if terms > MAX_TERMS:
            raise BudgetperfError(
                "too-many-terms",
                Text(
                    zh=f"算式超过 {MAX_TERMS} 项：请先分组求和，再核对各组之和",
                    en=f"the equation has more than {MAX_TERMS} terms: add up groups first, and "
                    "check the sum of these",
                ),
            )
    return tokens


_COMMAND = re.compile(r"\\[A-Za-z]*")


def _unreadable(text: str, plain: str, position: int) -> BudgetperfError:
    """That a character, or a command of LaTeX, is no part of an equation."""
    before = re.compile(_NOTHING).match(plain, position)
    start = before.end() if before else position
    command = _COMMAND.match(plain, start)
    unreadable = shown(command[0] if command else text[start])
    zh, en = (
        f"第 {start + 1} 列的 {unreadable} 无法读取",
        f"{unreadable} in column {start + 1} cannot be read",
    )
    if command:
        zh += "（LaTeX 命令只认 \\times、\\div、\\geq、\\leq、\\%；分式请写成 a / b）"
        en += r" (of LaTeX, write \times, \div, \geq, \leq and \%; a fraction as a / b)"
    return _wrong(Text(zh=zh, en=en))


def _height(expression: Expression) -> int:
    """How many sums, products and quotients lie in each other."""
    highest, below = 0, [(expression, 1)]
    while below:
        part, height = below.pop()
        highest = max(highest, height)
        if isinstance(part, Sum):
            below += [(term, height + 1) for _, term in part.terms]
        elif isinstance(part, Binary):
            below += [(part.left, height + 1), (part.right, height + 1)]
    return highest


def _too_deep(where: Text) -> BudgetperfError:
    return BudgetperfError(
        "too-deep",
        where
        + Text(
            zh=f"括号和连乘、连除不超过 {MAX_DEPTH} 层：请拆成几个算式",
            en=f"parentheses and factors lie in each other {MAX_DEPTH} times at most: "
            "split the equation",
        ),
    )


def _wrong(what: Text) -> BudgetperfError:
    return BudgetperfError(
        "not-an-equation",
        what
        + Text(
            zh="；算式应形如 68.48% = 241.86 / 353.21",
            en="; write an equation such as 68.48% = 241.86 / 353.21",
        ),
    )


@attrs.define(kw_only=True)
class _Parser:
    """Recursive descent over the tokens."""

    text: str
    tokens: list[_Token]
    next: int = 0
    depth: int = 0
    numbers: dict[str, Operand] = attrs.Factory(dict[str, Operand])

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
        while symbol := self.take_operator(*_FACTORS):
            symbol = _OPERATORS.get(symbol, symbol)
            result = Binary(symbol=symbol, left=result, right=self.factor())
        return result

    def factor(self) -> Expression:
        if self.take_operator("("):
            return self.inside()
        if number := self.take("number"):
            # A long sum says the same number many times.
            if number.text not in self.numbers:
                self.numbers[number.text] = _number(number)
            return self.numbers[number.text]
        if name := self.take("name"):
            if name.text == "sum" and self.take_operator("("):
                return self.inside()
            return Ref(name=name.text)
        raise self.unexpected(Text(zh="这里应有数字或括号", en="expected a number or ("))

    def inside(self) -> Expression:
        """What stands in the parentheses of which the first was taken."""
        if self.depth == MAX_DEPTH:
            column = self.tokens[self.next - 1].column
            raise _too_deep(Text(zh=f"第 {column} 列：", en=f"column {column}: "))
        self.depth += 1
        inner = self.sum()
        if not self.take_operator(")"):
            raise self.unexpected(Text(zh="这里缺少 )", en="a ) is missing"))
        self.depth -= 1
        return inner

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
            return _wrong(Text(zh="算式不完整：", en="incomplete: ") + wanted)
        token = self.tokens[self.next]
        return _wrong(
            Text(
                zh="第 {column} 列的 {token}：{wanted}", en="{token} in column {column}: {wanted}"
            ).fill(column=token.column, token=shown(token.text), wanted=wanted)
        )


def _negated(figure: Figure) -> Figure:
    return attrs.evolve(figure, value=figure.value.copy_negate(), text=f"-{figure.text}")


def _number(token: _Token) -> Operand:
    try:
        return Operand(stated=Figure.from_printed(parse_number(token.text)))
    except BudgetperfError as error:
        where = Text(zh="第 {} 列：{}", en="column {}: {}").fill(token.column, error.message)
        raise BudgetperfError(error.code, where) from None
