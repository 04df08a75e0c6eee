"""From a file to text: what it is, how it is encoded, and why it cannot be used if it cannot."""

from __future__ import annotations

from pathlib import Path

import attrs

from budgetperf.exact import BudgetperfError, Text

__all__ = ["MAX_BYTES", "Decoded", "UnusableDocumentError", "decode", "read_text"]

MAX_BYTES = 16 * 1024 * 1024
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
    name = path.name
    if path.is_dir():
        raise unusable("directory", "是文件夹：请指定文件", "is a directory: name a file", name)
    try:
        if path.stat().st_size > MAX_BYTES:
            size = path.stat().st_size // 1024**2
            raise unusable(
                "too-large",
                f"有 {size} MB，超过 {MAX_BYTES // 1024**2} MB 的上限："
                "请确认这是文本报告，或拆分后再读",
                f"has {size} MB, above the limit of {MAX_BYTES // 1024**2} MB: make sure that it "
                "is a report in text, or split it",
                name,
            )
        data = path.read_bytes()
    except OSError as error:
        why = error.strerror or type(error).__name__
        raise unusable(
            "cannot-open", f"无法打开：{why}", f"cannot be opened: {why}", name
        ) from None
    return decode(data, name)


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
        UnusableDocumentError: it is empty, of another kind, or in neither encoding throughout.
    """
    for magic, kind in _KINDS.items():
        if data.startswith(magic):
            raise unusable(
                "other-kind",
                f"是 {kind} 文件，尚不能读取：请另存为 UTF-8 文本或 Markdown",
                f"is a {kind} file, which is not read yet: save it as UTF-8 text or Markdown",
                name,
            )
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
    if not text.strip():
        raise unusable(
            "empty", "是空文件：没有可读内容", "is empty: there is nothing to read", name
        )
    control = sum(c < " " and c not in "\t\n\r\f\v" for c in text)
    if control * 100 > len(text):
        raise _binary(name)
    return Decoded(text=text, encoding=encoding)


_TELLING = 8
"""How many bytes beyond ASCII tell UTF-8 from chance: few pairs of GB18030 look like it."""


def _as_gb18030(data: bytes, name: str) -> str:
    mixed = [
        number
        for number, line in enumerate(data.split(b"\n"), start=1)
        if sum(byte > 0x7F for byte in line) >= _TELLING and _is_utf8(line)
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


def unusable(code: str, zh: str, en: str, name: str) -> UnusableDocumentError:
    """The error that names the document, the reason and the remedy."""
    return UnusableDocumentError(code, Text(zh=zh, en=en), field=name)
