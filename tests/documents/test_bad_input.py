"""Bad input is answered with file, reason and remedy, through the library and the command."""

from __future__ import annotations

import json
import os
import random
import re
import subprocess
import sys
from importlib import resources
from pathlib import Path

import pytest

import budgetperf as bp
from budgetperf import UnusableDocumentError
from budgetperf.cli import main as cli
from budgetperf.documents import MAX_BYTES
from budgetperf.documents.readers import text as decoding
from budgetperf.documents.readers.files import document_of
from budgetperf.exact.limits import MAX_NUMBERS, MAX_PARTS
from tests.factories import says, there
from tests.strategies import crossed

from .samples import EXAMPLES, found_in
from .xls_writing import compound

TEXT = (EXAMPLES / "department-2023.md").read_text(encoding="utf-8")
CHINESE = re.compile(r"[\u4e00-\u9fff]")

# Every document is put into a file of this name: part of it has to be in the message.
NAME = "报告 7.md"
LATIN_1 = "Señor, où est l'été à Zürich? Æ ø ß ÿ €".replace("€", "").encode("latin-1") * 9


def _half(first: str, second: str) -> bytes:
    middle = len(TEXT) // 2
    return TEXT[:middle].encode(first) + TEXT[middle:].encode(second)


COMPOUND = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
MASK = str.maketrans("0123456789", "*" * 10)
UNUSABLE: dict[str, tuple[bytes, str]] = {
    "empty": (b"", "empty"),
    "blank": (" \n\t\u3000\r\n".encode() * 9, "empty"),
    "a byte order mark alone": (b"\xef\xbb\xbf", "empty"),
    "UTF-16 without text": (b"\xff\xfe", "empty"),
    "PDF, cut off": (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj\n", "damaged"),
    "docx or xlsx, cut off": (b"PK\x03\x04\x14\x00\x06\x00" + b"word/document.xml", "damaged"),
    "doc or xls": (COMPOUND + bytes(2000), "other-kind"),
    "doc": (COMPOUND + bytes(500) + "WordDocument".encode("utf-16-le"), "other-kind"),
    "xls, cut off": (COMPOUND + bytes(500) + "Workbook".encode("utf-16-le"), "damaged"),
    "docx with a password": (
        COMPOUND + bytes(500) + "EncryptedPackage".encode("utf-16-le"),
        "encrypted",
    ),
    "RTF": (b"{\\rtf1\\ansi 595.07}", "other-kind"),
    "PNG": (b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR", "other-kind"),
    "JPEG": (b"\xff\xd8\xff\xe0\x00\x10JFIF", "other-kind"),
    "gzip": (b"\x1f\x8b\x08\x00" + bytes(30), "archive"),
    "tar": (b"x.docx".ljust(257, b"\0") + b"ustar\x0000" + bytes(300), "archive"),
    "RAR": (b"Rar!\x1a\x07\x01\x00" + bytes(30), "archive"),
    "random bytes": (random.Random(7).randbytes(4096), "binary"),
    "a report with a NUL": (TEXT.encode() + b"\x00", "binary"),
    "control characters": (b"\x01\x02\x03 595.07 \x1b[31m" * 40, "binary"),
    "UTF-16 without a mark": (TEXT.encode("utf-16-le"), "binary"),
    "Latin-1": (LATIN_1, "unknown-encoding"),
    "GB18030 cut in a character": (TEXT.encode("gb18030") + b"\x81", "unknown-encoding"),
    "UTF-8 and GB18030": (_half("utf-8", "gb18030"), "mixed-encodings"),
    "GB18030 and UTF-8": (_half("gb18030", "utf-8"), "mixed-encodings"),
    "every digit masked": (TEXT.translate(MASK).encode(), "no-figures"),
    "every digit crossed out": (re.sub(r"\d", "X", TEXT).encode(), "no-figures"),
    "no digits": (re.sub(r"\d", "", TEXT).encode(), "no-figures"),
    "digits masked but for the year": (
        re.sub(r"(?<!\()\d(?!\d* 年度)", "*", TEXT).encode(),
        "no-figures",
    ),
    "English": (b"Annual report 2023: we spent 595.07 of 595.07, that is 100 %.", "no-figures"),
    "a list of numbers": (b"\n".join(b"%d.%02d" % (n, n) for n in range(99)), "no-figures"),
    "Chinese prose": ("人民对美好生活的向往，2023 年有 5 件实事。\n".encode() * 50, "no-figures"),
    "TOML": ((EXAMPLES.parent / "pyproject.toml").read_bytes(), "no-figures"),
    "JSON": (b'{"narrative": {"funding": {"total": "595.07"}}}', "no-figures"),
    "too large": (b"1" * (MAX_BYTES + 1), "too-large"),
    "50 MB of a report": (TEXT.encode() * (50 * 1024**2 // len(TEXT.encode()) + 1), "too-large"),
    "too many lines": ("无\n".encode() * (MAX_PARTS + 1), "too-long"),
    "too many cells": (b"\t".join([b"a"] * 64) + b"\n", "too-long"),
    "too many numbers": (b"5 \n" * (MAX_NUMBERS + 1), "too-many-numbers"),
}
UNUSABLE["too many cells"] = (UNUSABLE["too many cells"][0] * 1600, "too-long")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / NAME


MANY = ("too many lines", "too many cells", "too many numbers")


@pytest.mark.parametrize(
    "kind", [pytest.param(k, marks=pytest.mark.law) if k in MANY else k for k in UNUSABLE]
)
def test_what_is_unusable_is_refused(kind: str, path: Path) -> None:
    data, code = UNUSABLE[kind]
    path.write_bytes(data)
    with pytest.raises(UnusableDocumentError) as refused:
        bp.read(path)
    error = refused.value
    assert error.code == code
    assert NAME in error.field
    _names_reason_and_remedy(error)


def _names_reason_and_remedy(error: UnusableDocumentError) -> None:
    """In each language: what is wrong, a colon, what to do."""
    assert re.fullmatch(r".+[：，].*(?:请|核对).+", error.message.zh), error.message.zh
    assert re.fullmatch(r".+[:;,] .+", error.message.en), error.message.en
    assert not CHINESE.search(error.message.en)
    assert re.search(r"save|check|name|split|grant|make sure|unpack", error.message.en)


SMALL = [kind for kind, (data, _) in UNUSABLE.items() if len(data) < 10**5]


@pytest.mark.parametrize(("kind", "lang"), [("too large", "zh"), *crossed(SMALL, ("zh", "en"))])
def test_the_command_says_so_and_ends_with_2(
    kind: str, lang: str, path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path.write_bytes(UNUSABLE[kind][0])
    assert cli.main(["audit", str(path), "--lang", lang]) == 2
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith("budgetperf: ")
    assert err.count("\n") == 1
    assert NAME in err
    assert bool(CHINESE.search(err.replace(NAME, ""))) == (lang == "zh")


def test_a_directory_and_a_file_that_is_not_there(tmp_path: Path, path: Path) -> None:
    (tmp_path / "folder.md").mkdir()
    for where, code in ((tmp_path / "folder.md", "directory"), (path, "cannot-open")):
        with pytest.raises(UnusableDocumentError) as refused:
            bp.read(where)
        assert refused.value.code == code
        assert refused.value.field == str(where)
        _names_reason_and_remedy(refused.value)


@pytest.mark.parametrize("name", ["a\0b", "x" * 5000, "file.md/below"])
def test_impossible_names(name: str, tmp_path: Path) -> None:
    (tmp_path / "file.md").touch()
    with pytest.raises(UnusableDocumentError) as refused:
        bp.read(f"{tmp_path}/{name}")
    assert refused.value.code == "cannot-open"
    _names_reason_and_remedy(refused.value)


@pytest.mark.skipif(
    not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read everything"
)
def test_a_file_without_permission(path: Path) -> None:
    path.write_text(TEXT, encoding="utf-8")
    path.chmod(0)
    with pytest.raises(UnusableDocumentError, match="没有读取权限"):
        bp.read(path)


def test_why_a_file_may_not_be_read() -> None:
    why = decoding.why_not_opened(PermissionError(13, "Permission denied"))
    says(why, "权限", "permission")
    other = decoding.why_not_opened(OSError(5, "Input/output error"))
    says(other, "Input/output error", "Input/output error")


@pytest.mark.skipif(not Path("/dev/zero").exists(), reason="no such device here")
def test_a_device_without_end_is_refused() -> None:
    with pytest.raises(UnusableDocumentError) as refused:
        bp.read("/dev/zero")
    assert refused.value.code in {"too-large", "binary"}


@pytest.mark.law
@pytest.mark.skipif(not Path("/dev/stdin").exists(), reason="no such device here")
def test_a_pipe_is_read() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "budgetperf", "audit", "/dev/stdin", "--format", "json"],
        input=TEXT.encode(),
        capture_output=True,
        check=False,
    )
    assert (done.returncode, done.stderr) == (1, b"")
    assert json.loads(done.stdout)["report"]["year"] == 2023


# Encodings.

ENCODINGS = {
    "utf-8": ("utf-8", "utf-8"),
    "utf-8-sig": ("utf-8-sig", "utf-8-sig"),
    "gb18030": ("gb18030", "gb18030"),
    "utf-16": ("utf-16", "utf-16"),
    "utf-16-be": ("utf-16", "utf-16"),
}


@pytest.mark.parametrize("encoding", ENCODINGS)
def test_the_same_figures_in_every_encoding(encoding: str, path: Path) -> None:
    codec, said = ENCODINGS[encoding]
    data = TEXT.encode(codec)
    if encoding == "utf-16-be":
        data = b"\xfe\xff" + TEXT.encode("utf-16-be")
    path.write_bytes(data)
    report = bp.read(path)
    assert there(report.reading).encoding == said
    assert found_in(report) == found_in(bp.parse(TEXT))


def test_mixed_encodings_are_named_with_the_line(path: Path) -> None:
    lines = [line.encode("gb18030") for line in TEXT.split("\n")]
    lines[54] = TEXT.split("\n")[54].encode("utf-8")
    path.write_bytes(b"\n".join(lines))
    with pytest.raises(UnusableDocumentError) as refused:
        bp.read(path)
    says(refused.value.message, "第 55 行", "line 55")


def test_an_unknown_encoding_is_named_with_the_line(path: Path) -> None:
    lines = [line.encode("gb18030") for line in TEXT.split("\n")]
    lines[54] = b"\xff\xff\xff"
    path.write_bytes(b"\n".join(lines))
    with pytest.raises(UnusableDocumentError) as refused:
        bp.read(path)
    assert "第 55 行" in refused.value.message.zh


# Text at hand.


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "empty"),
        (" \n", "empty"),
        ("1" * (MAX_BYTES + 1), "too-large"),
        ("\x00" * 100, "binary"),
        ("没有数字", "no-figures"),
    ],
)
def test_text_at_hand_is_judged_alike(text: str, code: str) -> None:
    with pytest.raises(UnusableDocumentError) as refused:
        bp.parse(text, source="剪贴板")
    assert refused.value.code == code
    assert refused.value.field == "剪贴板"


# Large and strange, but read: what takes time that grows with the square would not end here.

LONG = 40_000
BUDGET = "年初批复预算数 5 万元，"
ADVERSARIAL = {
    "one long line": "政务" * LONG,
    "a long number": f"{BUDGET}年中调整数{'9' * LONG}",
    "a long number that starts a phrase": f"共有4个项目，{'9' * LONG}",
    "a long numeral": f"{BUDGET}{'两' * LONG}",
    "commas": BUDGET + "," * LONG,
    "full-width commas": BUDGET + "，" * LONG,
    "其中": "其中：" * (LONG // 3),
    "the start of a reason": BUDGET + "调整预算的主要原因为" * (LONG // 10),
    "the start of a rating": "综合得分为5分，" + "评价结果为“" * (LONG // 6),
    "anchors without numbers": "全年预算数为，" * (LONG // 7),
    "two projects": BUDGET + "两个项目" * (LONG // 4),
    "empty indicators": "指标①：" * (LONG // 4),
    "indicators in one line": "指标①：甲，指标值：高，" * (LONG // 200),
    "a long name": f"指标①：{'长' * LONG}，指标值：≥1次，指标成效分析：长长达到。",
    "a long target": f"指标①：甲，指标值：{'≥' * LONG}5，",
    "a target of digits": f"指标①：甲，指标值：{'9' * LONG}，",
    "a target of percent": f"指标①：甲，指标值：{'%' * LONG}，",
    "tabs": "\t" * LONG,
    "rows without cells": "\t\t\n" * (LONG // 20),
    "a cell of digits": "资金来源\t年初预算数\t全年预算数\t全年执行数\n其他资金\t"
    + "9" * LONG
    + "\t1",
    "blank lines": "\n" * LONG,
    "blanks": "1" + " " * LONG + "1",
    "hashes": "#" * LONG,
    "dollars": "$" * LONG,
    "LaTeX": "\\ge" * (LONG // 3),
    "stars": "进驻率" + "*" * LONG,
    "quotes": "“应进必进”事项" * (LONG // 8),
    "line separators": "\u2028" * LONG,
}


@pytest.mark.law
@pytest.mark.parametrize("kind", ADVERSARIAL)
def test_long_and_strange_texts_change_nothing_before_them(kind: str) -> None:
    report = bp.parse(f"{TEXT}\n{ADVERSARIAL[kind]}\n")
    before = found_in(bp.parse(TEXT))
    assert before - found_in(report) == {}
    assert len(str(bp.audit(report))) < 10**6


@pytest.mark.law
def test_as_many_figures_as_a_document_may_have() -> None:
    clause = "全年实际支出资金5万元，"
    report = bp.parse(clause * 15_000)
    assert len(report.repeated) == 14_999
    assert there(report.reading).accounted == 15_000


@pytest.mark.law
def test_ordinary_prose_up_to_the_limit() -> None:
    line = "一是管理区政务大厅的日常运行，安排各进驻单位的窗口和人员，并受理居民的咨询。\n"
    room = (MAX_BYTES - len(TEXT.encode())) // len(line.encode())
    report = bp.parse(TEXT + line * room)
    assert found_in(report) == found_in(bp.parse(TEXT))
    assert there(report.reading).numbers == 160


def test_long_numbers_are_named_shortened() -> None:
    report = bp.parse(TEXT.replace("241.86", "9" * 5000))
    (unread,) = (one for one in there(report.reading).unread if one.line == 59)
    assert unread.text == "9" * 40 + "…"
    amount = report.narrative.adjustment.amount
    assert isinstance(amount, bp.Missing)
    assert amount.reason is bp.MissingReason.UNREADABLE
    assert len(amount.text) < 100


# Files that are not what their names say.


@pytest.mark.parametrize("suffix", [".docx", ".wps", ".et", ".ofd", ".doc", ".xls", ".pdf"])
def test_text_by_the_name_of_an_office_file_is_told(suffix: str, tmp_path: Path) -> None:
    path = tmp_path / f"a{suffix}"
    path.write_text("自评表见附件。", encoding="utf-8")
    with pytest.raises(UnusableDocumentError) as refused:
        bp.read(path)
    says(
        refused.value.message,
        f"以 {suffix} 结尾，内容却是纯文本",
        f"ends in {suffix}, but it is plain",
    )
    path.write_text(TEXT, encoding="utf-8")
    assert any("却是纯文本" in note.zh for note in there(bp.read(path).reading).notes)
    same = tmp_path / "a.md"
    same.write_text(TEXT, encoding="utf-8")
    assert not any("却是纯文本" in note.zh for note in there(bp.read(same).reading).notes)


@pytest.mark.parametrize(("suffix", "is_told"), [(".docx", True), (".doc", False), (".xls", False)])
def test_a_page_by_the_name_of_an_office_file_is_told_where_no_program_makes_one(
    suffix: str, is_told: bool
) -> None:
    data = "<html><body><p>404 页面不存在</p></body></html>".encode()
    document = document_of(data, f"a{suffix}")
    assert [note.zh[:10] for note in document.notes] == (["文件名以 .docx"] if is_told else [])


@pytest.mark.parametrize(
    ("head", "to"),
    [
        ('<office:document office:mimetype="application/vnd.oasis.opendocument.text"/>', "odt"),
        (
            '<office:document office:mimetype="application/vnd.oasis.opendocument.spreadsheet"/>',
            "ods",
        ),
        ('<Workbook xmlns="urn:schemas-microsoft-com:office:spreadsheet"/>', "xlsx"),
        ("<report/>", "docx"),
    ],
)
def test_as_what_a_file_of_xml_is_to_be_saved(head: str, to: str) -> None:
    with pytest.raises(UnusableDocumentError) as refused:
        document_of(f'<?xml version="1.0"?>{head}'.encode(), "a.xml")
    assert refused.value.code == "other-kind"
    says(refused.value.message, f"--convert-to {to}", f"--convert-to {to}")


def test_a_workbook_of_before_2007_that_is_cut_off_is_damaged() -> None:
    whole = compound(bytes(4096), "Workbook")
    for end in (100, 512, 1024, 1100):
        with pytest.raises(UnusableDocumentError) as refused:
            document_of(whole[:end], "a.xls")
        assert refused.value.code == "damaged"
    with pytest.raises(UnusableDocumentError) as refused:
        document_of(compound(bytes(4096), "PowerPoint Document"), "a.ppt")
    assert refused.value.code == "other-kind"


def test_no_repeated_word_of_sentences_is_made_up_of_others() -> None:
    """Else one text is read in two ways, two of them in four, and a line without end."""
    file = resources.files("budgetperf.documents") / "phrases" / "words.toml"
    for line in file.read_text("utf-8").splitlines():
        for repeated in re.findall(r"\((?:\?:)?([\w|]+)\)[*+](?!\+)", line):
            words = repeated.split("|")
            for at, word in enumerate(words):
                others = "|".join([*words[:at], *words[at + 1 :]])
                assert not re.fullmatch(f"(?:{others})+", word), (word, line)
