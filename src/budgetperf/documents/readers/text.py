"""From a file to text: what it is, how it is encoded, and why it cannot be used if it cannot."""

from __future__ import annotations

import re
from pathlib import Path

import attrs

from budgetperf.exact import BudgetperfError, Text
from budgetperf.exact.limits import MAX_DOCUMENT, require_text
from budgetperf.plain.files import read_bounded

__all__ = [
    "EMPTY",
    "MAX_BYTES",
    "Decoded",
    "UnusableDocumentError",
    "as_decoded",
    "decode",
    "read_text",
    "unusable",
    "why_not_opened",
]

MAX_BYTES = MAX_DOCUMENT
"""The largest file that is read. A report as text has well under 1 MB."""


class UnusableDocumentError(BudgetperfError):
    """A document that cannot be used; the message says why and what to do."""


@attrs.frozen(kw_only=True)
class Decoded:
    """The text of a document and the encoding that it was in."""

    text: str
    encoding: str


def read_text(path: Path) -> Decoded:
    """The text of the file at ``path``.

    Raises:
        UnusableDocumentError: there is no such file, it is a directory, empty, too large, of
            another kind, or in no encoding that is known here.
    """
    name = str(path)
    try:
        if path.is_dir():
            why = why_not_opened(IsADirectoryError())
            raise unusable("directory", why.zh, why.en, name)
        data = read_bounded(path, MAX_BYTES)
    except UnusableDocumentError:
        raise
    except OSError as error:
        why = why_not_opened(error)
        raise unusable("cannot-open", why.zh, why.en, name) from None
    except BudgetperfError as error:
        raise unusable(error.code, error.message.zh, error.message.en, name) from None
    return decode(data, name)


def why_not_opened(error: OSError) -> Text:
    """Why a file could not be opened, and what to do."""
    if isinstance(error, FileNotFoundError):
        return Text(
            zh="没有这个文件：请检查路径和文件名",
            en="no such file: check the path and the name",
        )
    if isinstance(error, PermissionError):
        return Text(
            zh="没有读取权限：请授予权限，或换一份可读的副本",
            en="no permission to read it: grant it, or use a readable copy",
        )
    if isinstance(error, IsADirectoryError):
        return Text(zh="是文件夹：请指定文件", en="is a directory: name a file")
    why = error.strerror or str(error)
    return Text(zh=f"无法打开（{why}）：请检查路径", en=f"cannot be opened ({why}): check the path")


_KINDS = {
    b"PK\x03\x04": "docx / xlsx",
    b"%PDF": "PDF",
    b"\xd0\xcf\x11\xe0": "doc / xls",
    b"{\\rtf": "RTF",
    b"\x89PNG": "PNG",
    b"\xff\xd8\xff": "JPEG",
    b"\x1f\x8b": "gzip",
}


def decode(data: bytes, name: str) -> Decoded:
    """The text in ``data``: UTF-8 (with or without a byte order mark) or GB18030.

    Raises:
        UnusableDocumentError: it is empty, too large, of another kind, or in neither encoding
            throughout.
    """
    for magic, kind in _KINDS.items():
        if data.startswith(magic):
            raise unusable(
                "other-kind",
                f"是 {kind} 文件，暂不支持读取：请另存为 UTF-8 文本或 Markdown",
                f"is a {kind} file, which is not read yet: save it as UTF-8 text or Markdown",
                name,
            )
    if len(data) > MAX_BYTES:
        raise _too_large(name)
    encoding = "utf-8"
    if data.startswith(b"\xef\xbb\xbf"):
        encoding = "utf-8-sig"
    elif data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    if encoding != "utf-16" and b"\x00" in data:
        raise _binary(name)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        text, encoding = _as_gb18030(data, name), "gb18030"
    return as_decoded(text, name, encoding)


def as_decoded(text: str, name: str, encoding: str = "text") -> Decoded:
    """Text that is at hand already.

    Raises:
        WrongTypeError: it is no text (a ``TypeError``).
        UnusableDocumentError: it is empty, too large, or holds control characters as a binary
            does.
    """
    require_text(text)
    if len(text) > MAX_BYTES:
        raise _too_large(name)
    if not text.strip():
        raise unusable(
            "empty",
            *EMPTY,
            name,
        )
    if len(_CONTROL.findall(text)) * 100 > len(text):
        raise _binary(name)
    return Decoded(text=text, encoding=encoding)


EMPTY = (
    "是空文件：请检查导出或复制是否完整",
    "is empty: check that it was exported or copied in full",
)
"""What is said of a file in which nothing stands."""
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
_TELLING = 8
"""How many bytes beyond ASCII tell UTF-8 from chance: few pairs of GB18030 look like it."""

_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")


def _as_gb18030(data: bytes, name: str) -> str:
    mixed = [
        number
        for number, line in enumerate(data.split(b"\n"), start=1)
        if len(_BEYOND_ASCII.findall(line)) >= _TELLING and _is_utf8(line)
    ]
    if mixed:
        raise unusable(
            "mixed-encodings",
            f"混用两种编码（第 {mixed[0]} 行起有 UTF-8，别处不是）：请统一另存为 UTF-8",
            f"mixes two encodings (line {mixed[0]} is UTF-8, others are not): save it all as UTF-8",
            name,
        )
    try:
        return data.decode("gb18030")
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise unusable(
            "unknown-encoding",
            f"既不是 UTF-8 也不是 GB18030（第 {line} 行）：请另存为 UTF-8",
            f"is neither UTF-8 nor GB18030 (line {line}): save it as UTF-8",
            name,
        ) from None


def _is_utf8(line: bytes) -> bool:
    try:
        line.decode("utf-8")
    except UnicodeDecodeError:
        return False
    return True


def _binary(name: str) -> UnusableDocumentError:
    return unusable(
        "binary",
        "是二进制文件，不是文本：请另存为 UTF-8 文本或 Markdown",
        "is binary, not text: save it as UTF-8 text or Markdown",
        name,
    )


def _too_large(name: str) -> UnusableDocumentError:
    return unusable(
        "too-large",
        f"超过 {MAX_BYTES // 1024**2} MB 的上限：请确认这是文本报告，或拆分后再读",
        f"exceeds the limit of {MAX_BYTES // 1024**2} MB: make sure that it is a report in text, "
        "or split it",
        name,
    )


def unusable(code: str, zh: str, en: str, name: str) -> UnusableDocumentError:
    """The error that names the document, the reason and the remedy."""
    return UnusableDocumentError(code, Text(zh=zh, en=en), field=name)
