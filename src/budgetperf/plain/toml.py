"""The text of a TOML file as plain data; what is no TOML is told in Chinese and English."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from budgetperf.exact import Problem, ProblemsError, Text
from budgetperf.exact.limits import MAX_RULES, TOML_TOKENS, excess

from .files import read_bounded
from .structuring import InexactNumber

__all__ = ["toml_data", "toml_file"]


def toml_file(path: Path, *, code: str) -> dict[str, object]:
    """What the file says.

    Raises:
        OSError: it cannot be read.
        ProblemsError: with ``code``: it is no TOML, no UTF-8, or larger than any file of rules.
    """
    data = read_bounded(path, MAX_RULES)
    if len(data) > MAX_RULES:
        problem = Problem(code="too-large", where=path.name, message=_TOO_LARGE)
        raise ProblemsError(code, (problem,))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        problem = Problem(code="unknown-encoding", where=path.name, message=_NO_UTF_8)
        raise ProblemsError(code, (problem,)) from None
    lines = text.replace("\r\n", "\n").replace("\r", "\n")
    return toml_data(lines, path.name, code=code)


def toml_data(text: str, name: str, *, code: str) -> dict[str, object]:
    """What the text of the file ``name`` says.

    Raises:
        ProblemsError: with ``code``: it is no TOML, lies too deep, or has a number that is too
            long.
    """
    if problem := excess(text, TOML_TOKENS, where=name):
        raise ProblemsError(code, (problem,))
    try:
        return tomllib.loads(text, parse_float=InexactNumber)
    except tomllib.TOMLDecodeError as error:
        problem = Problem(code="bad-toml", where=name, message=_in_words(str(error)))
        raise ProblemsError(code, (problem,)) from None


_TOO_LARGE = Text(
    zh=f"超过 {MAX_RULES // 1024} KB 的上限：请确认这是规则集、算例、版式或复核决定的 TOML 文件",
    en=f"is above the limit of {MAX_RULES // 1024} KB: make sure that it is a TOML file of rules, "
    "examples, a layout or decisions",
)
_NO_UTF_8 = Text(
    zh="不是 UTF-8 编码：请另存为 UTF-8 的 TOML 文件",
    en="is not in UTF-8: save it as a TOML file in UTF-8",
)


def _in_words(original: str) -> Text:
    """The message of the parser, with its place and a remedy."""
    remedy = next((words for start, words in _REMEDIES.items() if original.startswith(start)), None)
    place = re.search(r"at line (\d+), column (\d+)", original)
    where = f"第 {place[1]} 行第 {place[2]} 列" if place else "文件末尾"
    remedy = remedy or Text(
        zh="请对照 TOML 的写法改正：键 = 值，一行一个",
        en="write it as TOML: key = value, one a line",
    )
    return Text(
        zh=f"不是有效的 TOML：{where}：{remedy.zh}（原文：{original}）",
        en=f"not valid TOML: {original}; {remedy.en}",
    )


_TWICE = Text(
    zh="同一个键或表写了两次：请删去其一", en="a key or table appears twice: remove one of the two"
)
_REMEDIES = {
    "Invalid value": Text(
        zh='值的写法不正确：文字与带小数的数要用半角双引号括起，如 "甲"、"0.6"',
        en='put text and numbers with a fraction in straight quotes, such as "0.6"',
    ),
    "Expected '='": Text(
        zh='键的后面应是半角的 =，如 id = "own"', en='a key is followed by =, as in id = "own"'
    ),
    "Unterminated string": Text(zh="字符串缺少右引号", en="a closing quote is missing"),
    "Unclosed array": Text(zh="列表缺少 ]", en="a closing ] is missing"),
    "Unclosed inline table": Text(zh="缺少 }", en="a closing } is missing"),
    "Cannot overwrite": _TWICE,
    "Cannot declare": _TWICE,
    "Duplicate": _TWICE,
    "Expected newline": Text(
        zh="一行只能写一个“键 = 值”：请另起一行，带小数的数与日期以外的文字要用半角双引号括起",
        en="only one key = value a line: begin a new line, or put the value in straight quotes",
    ),
    "Invalid statement": Text(
        zh="这里应是一个键：键只用英文字母、数字、- 与 _，注释以 # 开头",
        en="expected a key here: letters, digits, - and _; a remark begins with #",
    ),
    "Invalid initial character": Text(
        zh="这里应是一个键：键只用英文字母、数字、- 与 _，最后一项之后不加逗号",
        en="expected a key here: letters, digits, - and _; no comma after the last one",
    ),
    "Unescaped '\\'": Text(
        zh="双引号里的 \\ 须写成 \\\\，或改用单引号",
        en="write \\ twice in double quotes, or use single quotes",
    ),
}
"""By how the parser's message begins."""
