"""Arguments of the command: what is wrong with them is said in both languages."""

from __future__ import annotations

import argparse
import difflib
import itertools
import os
import re
import sys
from collections.abc import Mapping
from typing import Any, NoReturn

from budgetperf.exact import LIST, NO_WORDS, BudgetperfError, Text
from budgetperf.exact.limits import MAX_WEIGHT
from budgetperf.exact.text import shown, visible

__all__ = ["Parser", "count", "default_language", "side", "weight"]


def default_language(environment: Mapping[str, str] = os.environ) -> str:
    """The language of the locale: Chinese, too, where none is set.

    >>> default_language({"LANG": "en_GB.UTF-8"}), default_language({"LC_ALL": "C.UTF-8"})
    ('en', 'zh')
    """
    names = ("LC_ALL", "LC_MESSAGES", "LANG")
    locale = next((environment[name] for name in names if environment.get(name)), "")
    language = re.split(r"[_.@-]", locale)[0].lower()
    return "zh" if language in ("", "c", "posix", "zh") else "en"


def count(text: str) -> int:
    """How many processes or rows: a whole number from 1, up to a few hundred."""
    if text.isascii() and text.isdigit() and 1 <= len(text.lstrip("0")) <= len("999"):
        return int(text)
    raise argparse.ArgumentTypeError(
        "应为 1 至 999 的整数 / a whole number from 1 to 999 is needed"
    )


class Parser(argparse.ArgumentParser):
    """Arguments that are refused are shown as they are, and why in both languages."""

    def __init__(self, **settings: Any) -> None:
        self._names: list[str] = []
        self._given: list[str] = []
        super().__init__(**settings)

    def add_argument(self, *names: str, **settings: Any) -> argparse.Action:
        """As everywhere; the names are kept for suggestions."""
        self._names += [name for name in names if name.startswith("--")]
        return super().add_argument(*names, **settings)

    def knows(self, other: Parser) -> None:
        """Suggest the options of one of its commands, too."""
        self._names += [name for name in other._names if name not in self._names]

    def parse_known_args(  # pyright: ignore[reportIncompatibleMethodOverride] - of overloads
        self, args: Any = None, namespace: Any = None
    ) -> Any:
        """As everywhere, but a command itself tells what it does not know; the words are kept, to
        tell which one is wrong."""
        self._given = list(sys.argv[1:] if args is None else args)
        known, unknown = super().parse_known_args(self._given, namespace)
        if unknown and self._subparsers is None:
            self.error(f"unrecognized arguments: {' '.join(unknown)}")
        return known, unknown

    def _unknown_option(self) -> str | None:
        """The first option that is none of those that are known, or the beginning of one."""
        options = itertools.takewhile(lambda word: word != "--", self._given)
        names = (word.partition("=")[0] for word in options if word.startswith("--"))
        return next((n for n in names if not any(k.startswith(n) for k in self._names)), None)

    def error(self, message: str) -> NoReturn:
        """Print the usage and what is wrong, and end with 2."""
        self.print_usage(sys.stderr)
        unknown = self._unknown_option()
        if unknown and ("are required" in message or "invalid choice" in message):
            # What is missing, or taken for something else, is so because of it.
            message = f"unrecognized arguments: {unknown}"
        self.exit(2, visible(f"{self.prog}: {self._said(message)}") + "\n")

    def _said(self, message: str) -> str:
        """In both languages; as it is where it is none of those that are known."""
        for pattern, text in _MESSAGES:
            match = re.fullmatch(pattern, message, re.DOTALL)
            if match:
                answer = text.fill(*_named(match), **match.groupdict()) + self._meant(match)
                return f"{answer.zh} / {answer.en}"
        return message

    def _meant(self, match: re.Match[str]) -> Text:
        """What may have been meant by a word that is not known."""
        if "unrecognized" in match[0]:
            word, known = re.split(r"[=\s]", match[1])[0], self._names
        elif "invalid choice" in match[0]:
            word, known = match[2], _WORD.findall(match[3])
        else:
            return NO_WORDS
        meant = difflib.get_close_matches(word, known, n=1, cutoff=0.75)
        return LIST.join(map(_DID_YOU_MEAN.fill, meant))


def _named(match: re.Match[str]) -> list[str | Text]:
    """What is named in a message; what can be chosen as a list."""
    named: list[str | Text] = [*match.groups()]
    if "choose from" in match[0]:
        named[-1] = LIST.join(_WORD.findall(match[3]))
    return named


_WORD = re.compile(r"[\w-]+")
_DID_YOU_MEAN = Text(zh="；是否指 {}？", en="; did you mean {}?")
_MESSAGES = (
    (
        r"the following arguments are required: (.*)",
        Text(zh="缺少参数：{}", en="missing: {}"),
    ),
    (
        r"unrecognized arguments: (.*)",
        Text(zh="不认识的参数：{}", en="unknown argument: {}"),
    ),
    (
        r"argument (.*?): invalid choice: '(.*?)' \(choose from (.*?)\)(?:, maybe you meant .*)?",
        Text(zh="{} 不能是 {}：可以是 {}", en="{} cannot be {}: choose from {}"),
    ),
    (
        r"argument (.*?): expected (?:one|at least one) argument",
        Text(zh="{} 之后应有内容", en="{} needs a value after it"),
    ),
    (
        r"argument (.*?): not allowed with argument (.*)",
        Text(zh="{} 不能与 {} 同时使用", en="{} cannot be used with {}"),
    ),
    (
        r"argument (?P<name>\S+): (?P<zh>.*) / (?P<en>.*)",  # as `count` says it
        Text(zh="{name}：{zh}", en="{name}: {en}"),
    ),
    (
        r"ambiguous option: (.*?) could match (.*)",
        Text(zh="{} 可能指 {}：请写全", en="{} may be {}: write it in full"),
    ),
)


def weight(text: str) -> tuple[str, int]:
    """``form=3`` as a path and its weight."""
    path, _, number = text.partition("=")
    digits = number.lstrip("0") or "0"
    if not (number.isascii() and number.isdigit()) or len(digits) > len(str(MAX_WEIGHT)):
        message = Text(
            zh=f"{shown(text)} 不是“路径=整数”（整数不超过 {MAX_WEIGHT}）：请写成 form=3",
            en=f"{shown(text)} is not PATH=N, with N up to {MAX_WEIGHT}: write form=3",
        )
        raise BudgetperfError("bad-weight", message, field="--trust")
    return path, int(digits)


def side(text: str) -> tuple[str, str]:
    """``成本指标=≤`` as a name and its direction."""
    name, _, sign = text.partition("=")
    if not name or not sign:
        message = Text(
            zh=f"{shown(text)} 不是“名称=方向”：请写成 成本指标=≤，或 成本指标=at-most",
            en=f"{shown(text)} is not NAME=DIRECTION: write 成本指标=≤ or 成本指标=at-most",
        )
        raise BudgetperfError("bad-direction", message, field="--direction")
    return name, sign
