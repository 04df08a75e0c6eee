"""From a file to text: what it is, how it is encoded, and why it cannot be used if it cannot."""

from __future__ import annotations

import re
from collections.abc import Mapping
from pathlib import Path
from types import MappingProxyType

import attrs

from budgetperf.exact import BudgetperfError, Text
from budgetperf.exact.limits import MAX_COLUMNS, MAX_DOCUMENT, require_text
from budgetperf.plain.files import read_bounded

__all__ = [
    "DAMAGED",
    "EMPTY",
    "MAX_BYTES",
    "RAISED",
    "SYMBOLS",
    "UNKNOWN",
    "Decoded",
    "UnusableDocumentError",
    "as_decoded",
    "decode",
    "encrypted",
    "is_picture",
    "is_xls",
    "read_bytes",
    "read_text",
    "to_convert",
    "too_long",
    "too_many_columns",
    "unusable",
    "why_not_opened",
]

MAX_BYTES = MAX_DOCUMENT
"""The largest file that is read. A report as text has well under 1 MB."""

RAISED = str.maketrans("0123456789+-", "⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻")
"""Raised digits are no part of the number before them."""
SYMBOLS: Mapping[int, str] = MappingProxyType(
    {
        0xA3: "≤", 0xB3: "≥", 0xB1: "±", 0xB4: "×", 0xB8: "÷", 0xB9: "≠", 0xBB: "≈", 0xB7: "·",
    }
)  # fmt: skip
"""Signs of the font Symbol beyond ASCII."""
UNKNOWN = "□"
"""What stands for a sign that is not known."""


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
    return decode(read_bytes(path, MAX_BYTES), str(path))


def read_bytes(path: Path, most: int) -> bytes:
    """What is in the file at ``path``: up to one byte more than ``most``.

    Raises:
        UnusableDocumentError: there is no such file, it is a directory, or cannot be opened.
    """
    name = str(path)
    try:
        if path.is_dir():
            why = why_not_opened(IsADirectoryError())
            raise unusable("directory", why.zh, why.en, name)
        return read_bounded(path, most)
    except UnusableDocumentError:
        raise
    except OSError as error:
        why = why_not_opened(error)
        raise unusable("cannot-open", why.zh, why.en, name) from None
    except BudgetperfError as error:
        raise unusable(error.code, error.message.zh, error.message.en, name) from None


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


_TO_CONVERT = {
    b"{\\rtf": ("RTF", "docx"),
    b"PK\x03\x04": ("docx / xlsx", "csv"),
}
_ARCHIVES = (b"\x1f\x8b", b"7z\xbc\xaf\x27\x1c", b"Rar!", b"BZh", b"\xfd7zXZ", b"\x28\xb5\x2f\xfd")
_TAR = slice(257, 262)
"""Where a tar archive says what it is."""
_PICTURES = (b"\x89PNG", b"\xff\xd8\xff", b"GIF8", b"II*\x00", b"MM\x00*")
_COMPOUND = b"\xd0\xcf\x11\xe0"


def _refuse_other_kinds(data: bytes, name: str) -> None:
    for magic, (kind, to) in _TO_CONVERT.items():
        if data.startswith(magic):
            raise to_convert(kind, to, name)
    if data.startswith(_ARCHIVES) or data[_TAR] == b"ustar":
        raise unusable(
            "archive",
            "是压缩包：请解压后逐个读取",
            "is an archive: unpack it, and name the files in it one by one",
            name,
        )
    if data.startswith(_PICTURES):
        raise unusable(
            "other-kind",
            "是图片，没有文字可读：请使用原来的电子文件，或运行 "
            "pip install 'budgetperf[ocr]' 后识别（试验性，须逐个核对）",
            "is a picture, without text to read: name the file that it was made from, or have it "
            "recognised by pip install 'budgetperf[ocr]' (experimental: check each figure)",
            name,
        )
    if data.startswith(_COMPOUND):
        if "EncryptedPackage".encode("utf-16-le") in data:
            raise encrypted(name)
        if "WordDocument".encode("utf-16-le") in data:
            raise to_convert("doc / wps", "docx", name)
        if _is_cut_off(data):
            raise unusable("damaged", *DAMAGED, name)
        raise to_convert("doc / xls", "docx", name)


def _is_cut_off(data: bytes) -> bool:
    """Whether a file of before 2007 ends before the list of what is in it."""
    size = 1 << min(int.from_bytes(data[30:32], "little"), _LARGEST_SECTOR)
    first = int.from_bytes(data[48:52], "little")
    return len(data) < _COMPOUND_HEADER or (first + 2) * size > len(data)


_COMPOUND_HEADER = 512
_LARGEST_SECTOR = 12
"""The power of two of the largest sector of such a file."""
DAMAGED = (
    "已损坏或不完整：请重新下载，或用原来的软件打开并另存一次",
    "is damaged or cut off: fetch it again, or open it in its program and save it once more",
)
"""What is said of a file that is not whole."""


def is_picture(data: bytes) -> bool:
    """Whether it is a picture of a usual kind."""
    return data.startswith(_PICTURES)


def is_xls(data: bytes) -> bool:
    """Whether it is a workbook of Excel, or of WPS, as they were before 2007."""
    if not data.startswith(_COMPOUND):
        return False
    others = ("WordDocument", "EncryptedPackage")
    return ("Book".encode("utf-16-le") in data or "book".encode("utf-16-le") in data) and not any(
        other.encode("utf-16-le") in data for other in others
    )


def to_convert(kind: str, to: str, name: str) -> UnusableDocumentError:
    """The error that a file is of a kind that has to be saved as another one first."""
    return unusable(
        "other-kind",
        f"是 {kind} 文件，暂不支持读取：请用 WPS 或 Office 另存为 .{to}，"
        f"或运行 soffice --headless --convert-to {to} 文件名",
        f"is {_article(kind)} {kind} file, which is not read yet: save it as .{to} in Office or "
        f"WPS, or by soffice --headless --convert-to {to} FILE",
        name,
    )


def _article(kind: str) -> str:
    """``an`` before what begins with a vowel, as it is said."""
    return "an" if kind.startswith(_WITH_AN) else "a"


_WITH_AN = ("RTF", "MHTML", "XML", "xlsb", "O", "Excel")


def encrypted(name: str = "") -> UnusableDocumentError:
    """The error that a file needs a password."""
    return unusable(
        "encrypted",
        "已加密：请去掉密码，另存一份",
        "is encrypted: save a copy without a password",
        name,
    )


def decode(data: bytes, name: str) -> Decoded:
    """The text in ``data``: UTF-8 (with or without a byte order mark) or GB18030; Big5 where a web
    page declares it.

    Raises:
        UnusableDocumentError: it is empty, too large, of another kind, or in neither encoding
            throughout.
    """
    _refuse_other_kinds(data, name)
    if len(data) > MAX_BYTES:
        raise _too_large(name)
    encoding = "utf-8"
    if data.startswith(b"\xef\xbb\xbf"):
        encoding = "utf-8-sig"
    elif data.startswith((b"\xff\xfe", b"\xfe\xff")):
        encoding = "utf-16"
    if encoding != "utf-16" and b"\x00" in data:
        raise _binary(name)
    if _GB.search(data[:4096]) and len(_OF_THREE.findall(data)) < _TELLING:
        encoding = "gb18030"  # so few that they may look like UTF-8 by chance
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError:
        if _BIG5.search(data[:4096]):
            return _as_big5(data, name)
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
_TELLING = 3
"""How many characters of three bytes, as Chinese ones are, tell UTF-8 from chance: pairs of GB18030
may look like it."""
_OF_THREE = re.compile(rb"[\xe0-\xef][\x80-\xbf]{2}")
_GB = re.compile(rb"charset\s*=\s*[\"']?\s*gb", re.IGNORECASE)
_BIG5 = re.compile(rb"charset\s*=\s*[\"']?\s*big5", re.IGNORECASE)


def _as_big5(data: bytes, name: str) -> Decoded:
    try:
        return as_decoded(data.decode("big5hkscs"), name, "big5")
    except UnicodeDecodeError as error:
        raise _in_no_encoding(data, error, name) from None


def _in_no_encoding(data: bytes, error: UnicodeDecodeError, name: str) -> UnusableDocumentError:
    line = data.count(b"\n", 0, error.start) + 1
    return unusable(
        "unknown-encoding",
        f"既不是 UTF-8 也不是 GB18030（第 {line} 行）：请另存为 UTF-8",
        f"is neither UTF-8 nor GB18030 (line {line}): save it as UTF-8",
        name,
    )


def _as_gb18030(data: bytes, name: str) -> str:
    mixed = [
        number
        for number, line in enumerate(data.split(b"\n"), start=1)
        if len(_OF_THREE.findall(line)) >= _TELLING and _is_utf8(line)
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
        raise _in_no_encoding(data, error, name) from None


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


def too_long(name: str = "") -> UnusableDocumentError:
    """The error that a document has more in it than any report."""
    return unusable(
        "too-long",
        "内容过多：请确认这是一份报告，或拆分后再读",
        "has more in it than any report: make sure that it is one report, or split it",
        name,
    )


def too_many_columns(where: str = "") -> UnusableDocumentError:
    """The error that a table is wider than any, ``where`` a cell of it stands."""
    return unusable(
        "too-many-columns",
        f"表格超过 {MAX_COLUMNS} 列：请删去多余的列，或只保留自评表",
        f"has a table of more than {MAX_COLUMNS} columns: check it, and save the form alone",
        where,
    )
