"""Reviews: the same document, the same figures, and every finding at its number."""

from __future__ import annotations

import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest

import budgetperf as bp
from budgetperf.documents.readers.files import document_of
from budgetperf.documents.source import Table
from budgetperf.exact import Place

from . import writing
from .samples import EXAMPLES
from .test_renderings import DOCUMENTS, RENDERINGS, shared

W = f"{{{writing.WORD}}}"
S = f"{{{writing.SHEET}}}"
TEXT = (EXAMPLES / "department-2023.md").read_text(encoding="utf-8")
CLEAN = (EXAMPLES / "department-2023-clean.md").read_text(encoding="utf-8")


def placed(report: bp.SelfEvaluation) -> list[tuple[str, str, str, object]]:
    return [(path, f.text, str(f.unit), f.place) for path, f in bp.figures(report)]


def reviewed(data: bytes, name: str, folder: Path, out: str) -> tuple[bp.Audit, Path]:
    """A document with its review beside it."""
    path = folder / name
    path.write_bytes(data)
    audit = bp.audit(bp.read(path))
    done = bp.review(path, audit, folder / out)
    assert done.points == len(audit.causes)
    return audit, done.path


def parts(data: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def tree(data: bytes) -> ET.Element:
    return ET.fromstring(data)  # noqa: S314 (we wrote it)


def comments(data: bytes) -> dict[str, tuple[str, str]]:
    """By the id of each comment the text that it is about, and what it says."""
    held = parts(data)
    body = tree(held["word/document.xml"])
    (name,) = (n for n in held if re.fullmatch(r"word/comments\d*\.xml", n))
    said = {
        comment.get(f"{W}id", ""): "\n".join(
            "".join(t.text or "" for t in p.iter(f"{W}t")) for p in comment
        )
        for comment in tree(held[name])
    }
    about: dict[str, str] = {}
    going: set[str] = set()
    referred: list[str] = []
    for element in body.iter():
        if element.tag == f"{W}commentRangeStart":
            going.add(element.get(f"{W}id", ""))
        elif element.tag == f"{W}commentRangeEnd":
            going.discard(element.get(f"{W}id", ""))
        elif element.tag == f"{W}commentReference":
            referred.append(element.get(f"{W}id", ""))
        elif element.tag == f"{W}t":
            for id in going:
                about[id] = about.get(id, "") + (element.text or "")
    assert sorted(referred) == sorted(said), "each comment is referred to once"
    return {id: (about.get(id, ""), text) for id, text in said.items()}


def blamed(audit: bp.Audit) -> Iterator[str]:
    """The prints that comments must be about, without blanks."""
    for cause in audit.causes:
        first = cause.diagnoses[0] if cause.diagnoses else ()
        operands = [s.operand for s in first] or [cause.findings[0].operands[0]]
        yield from ("".join(operand.stated.text.split()) for operand in operands)


def test_comments_stand_at_their_numbers(tmp_path: Path) -> None:
    data = RENDERINGS["docx"][0]()
    audit, out = reviewed(data, "a.docx", tmp_path, "b.docx")
    assert placed(bp.read(out)) == placed(audit.report)
    about = comments(out.read_bytes())
    marked = ["".join(text.split()) for text, _ in about.values()]
    for printed in blamed(audit):
        assert printed in marked
    (wrong,) = (said for text, said in about.values() if text == "17.17%")
    assert "59.75%" in wrong
    assert "102.17" in wrong
    old, new = parts(data), parts(out.read_bytes())
    changed = {"word/document.xml", "[Content_Types].xml", "word/_rels/document.xml.rels"}
    assert {name for name in old if old[name] != new[name]} <= changed
    plain = [re.sub(rb"<[^>]*>", b"", p["word/document.xml"]) for p in (old, new)]
    assert plain[0] == plain[1], "the text of the document is what it was"


def test_a_clean_report_is_said_to_be_clean(tmp_path: Path) -> None:
    blocks = [b for b in CLEAN.split("\n") if b.strip() and "|" not in b]
    data = writing.docx("".join(map(writing.paragraph, blocks)))
    audit, out = reviewed(data, "a.docx", tmp_path, "b.docx")
    assert not audit.inconsistent
    (first, *_) = comments(out.read_bytes()).values()
    assert "没有发现不符" in first[1] or audit.causes
    (tmp_path / "c.md").write_text(CLEAN, encoding="utf-8")
    whole = bp.audit(bp.read(tmp_path / "c.md"))
    assert not whole.causes
    bp.review(tmp_path / "c.md", whole, tmp_path / "c.html")
    page = (tmp_path / "c.html").read_text(encoding="utf-8")
    assert "没有发现不符" in page
    assert "<mark" not in page


@pytest.mark.parametrize("kind", ["docx", "md"])
def test_of_several_prints_alike_the_right_one_is_marked(kind: str, tmp_path: Path) -> None:
    """Two rates of one sentence are printed the same, and both are wrong."""
    line = next(at for at in TEXT.split("\n") if "17.17%" in at)
    doubled = line.replace("资金执行率 100%", "资金执行率 17.17%")
    assert doubled != line
    text = TEXT.replace(line, doubled)
    if kind == "docx":
        body = "".join(
            writing.table_in_word([[(cell, 1, 1) for cell in row] for row in block.texts()])
            if isinstance(block, Table)
            else writing.paragraph(block.text)
            for block in document_of(text.encode(), "x.md").blocks
        )
        audit, out = reviewed(writing.docx(body), "a.docx", tmp_path, "b.docx")
        held = parts(out.read_bytes())["word/document.xml"].decode()
        whole = re.sub(r"<w:commentRangeStart[^>]*>", "⟦", held)
        whole = re.sub(r"<w:commentRangeEnd[^>]*>", "⟧", whole)
        said = re.sub(r"<[^>]*>", "", whole)
    else:
        audit, out = reviewed(text.encode(), "a.md", tmp_path, "b.html")
        page = out.read_text(encoding="utf-8").partition("bp-doc")[2]
        page = re.sub(r"<a [^>]*>[^<]*</a>", "", page)
        page = page.replace("</mark>", "⟧")
        said = re.sub(r"<[^>]*>", "", re.sub(r"<mark[^>]*>", "⟦", page))
    first = [
        suspect for cause in audit.causes for group in cause.diagnoses[:1] for suspect in group
    ]
    about = {suspect.operand.path for suspect in first}
    assert "narrative.project_expenditure.execution_rate" in about
    assert re.search(r"资金执行率\s*⟦+17\.17%⟧+", said)
    assert re.search(r"占总支出的\s*⟦+17\.17%⟧+", said)


@pytest.mark.parametrize("kind", ["html", "pipes", "pdf"])
def test_other_documents_become_a_page_with_anchors(kind: str, tmp_path: Path) -> None:
    if kind == "pdf":
        pytest.importorskip("pdfminer")
    made, name = RENDERINGS[kind]
    _, out = reviewed(made(), f"a{Path(name).suffix}", tmp_path, "b.html")
    page = out.read_text(encoding="utf-8")
    ids = re.findall(r'\bid="([^"]*)"', page)
    assert len(ids) == len(set(ids)), "no anchor is there twice"
    for target in re.findall(r'href="#([^"]*)"', page):
        assert target in ids
    assert re.search(r"<mark[^>]*>17\.17%<a", page)
    assert "<script" not in page
    assert not re.search(r"(?:src|href)=\"(?!#)", page)


ON_ONE_LINE = (
    "<p>某县水利局2023年度项目支出绩效自评表</p><table>"
    "<tr><td>项目资金（万元）</td><td>年初预算数</td><td>全年预算数</td><td>全年执行数</td>"
    "<td>分值</td><td>执行率</td><td>得分</td></tr>"
    "<tr><td>年度资金总额</td><td>100</td><td>120.5</td><td>98.3</td><td>10</td><td>17.17%</td>"
    "<td>8.16</td></tr></table>"
)


def test_the_right_cell_is_marked_where_a_page_is_one_line(tmp_path: Path) -> None:
    audit, out = reviewed(ON_ONE_LINE.encode(), "a.html", tmp_path, "b.html")
    (cause,) = (c for c in audit.causes if c.verdict is bp.Verdict.INCONSISTENT)
    page = out.read_text(encoding="utf-8")
    assert re.search(r"<td><mark[^>]*>17\.17%<a", page)
    assert ">表 1 的 F2（17.17%）</a>" in page
    assert str(cause.title.zh) in page


def test_nothing_is_marked_where_it_may_stand_in_several_places(tmp_path: Path) -> None:
    text = ON_ONE_LINE.replace("<p>", "<p>98.3 ")
    _, out = reviewed(text.encode(), "a.html", tmp_path, "b.html")
    page = out.read_text(encoding="utf-8")
    assert "<td>98.3</td>" in page
    assert '<p id="L1">98.3 某县' in page
    assert re.search(r"· 第 1 行（98.3） ·", page), "told without a link"


def test_what_stands_in_a_table_inside_a_cell_is_marked_there(tmp_path: Path) -> None:
    head, table = ON_ONE_LINE.split("<table>")
    text = f"{head}\n<table><tr><td>表\n<table>{table}</td></tr></table>"
    _, out = reviewed(text.encode(), "a.html", tmp_path, "b.html")
    page = out.read_text(encoding="utf-8")
    assert re.search(r"<td><mark[^>]*>17\.17%<a", page)
    assert {*re.findall(r'href="#([^"]*)"', page)} <= {*re.findall(r'\bid="([^"]*)"', page)}


def in_a_cell(outside: str) -> str:
    """A form in Word, in a cell of a table that frames it."""
    head, *rows = (
        re.findall(r"<td>(.*?)</td>", row) for row in ON_ONE_LINE.split("<tr>") if "<td>" in row
    )
    form = writing.table_in_word([[(text, 1, 1) for text in row] for row in (head, *rows)])
    words = writing.paragraph(outside)
    return (
        f"{writing.paragraph('某县水利局2023年度项目支出绩效自评表')}<w:tbl><w:tr><w:tc>{words}{form}<w:p/>"
        f"</w:tc><w:tc>{writing.paragraph('说明')}</w:tc></w:tr></w:tbl>"
    )


@pytest.mark.parametrize("outside", ["附表", "附表 17.17%"])
def test_a_comment_in_a_table_inside_a_cell(outside: str, tmp_path: Path) -> None:
    """It is at its number, or at no number where that stands outside once more."""
    data = writing.with_types(writing.docx(in_a_cell(outside)))
    audit, out = reviewed(data, "a.docx", tmp_path, "b.docx")
    (place,) = {s.operand.place for s in audit.suspects if s.operand.path.endswith("_rate")}
    assert place == Place(line=2, column=6, table=1, cell="A1")
    (about,) = (text for text, said in comments(out.read_bytes()).values() if "应为81.5%" in said)
    assert about == ("17.17%" if outside == "附表" else outside)


def test_a_name_with_markup_stays_text(tmp_path: Path) -> None:
    name = "云杉市松河区政务服务中心"
    text = TEXT.replace(name, "<b>&中心</b>")
    _, out = reviewed(text.encode(), "a.md", tmp_path, "b.html")
    page = out.read_text(encoding="utf-8")
    assert "<b>&中心" not in page
    assert "&lt;b&gt;&amp;中心" in page


def form_as(kind: str, folder: Path) -> bytes:
    """The form of the example as a Word document or a workbook."""
    return bp.write(bp.parse(TEXT), folder / f"form.{kind}").path.read_bytes()


def test_notes_colours_and_a_list_in_a_workbook(tmp_path: Path) -> None:
    data = form_as("xlsx", tmp_path)
    audit, out = reviewed(data, "a.xlsx", tmp_path, "b.xlsx")
    assert audit.causes
    again = bp.read(out)
    assert placed(again) == placed(audit.report)
    old, new = parts(data), parts(out.read_bytes())
    changed = {name for name in old if old[name] != new[name]}
    assert changed <= {
        "[Content_Types].xml",
        "xl/workbook.xml",
        "xl/_rels/workbook.xml.rels",
        "xl/styles.xml",
        *(name for name in old if name.startswith("xl/worksheets/")),
    }
    (notes,) = (text for name, text in new.items() if re.match(r"xl/comments\d*\.xml", name))
    noted = {c.get("ref") for c in tree(notes).iter(f"{S}comment")}
    assert noted
    listed = new["xl/worksheets/sheetReview1.xml"].decode()
    assert set(re.findall(r"location=\"'[^']*'!([A-Z]+\d+)\"", listed)) <= noted
    styles = tree(new["xl/styles.xml"])
    for tag in ("fonts", "fills", "cellXfs"):
        node = styles.find(f"{S}{tag}")
        assert node is not None
        assert node.get("count") == str(len(node))
    # A second review stands beside the first, and each cell keeps one note.
    second = bp.review(out, bp.audit(again), tmp_path / "c.xlsx")
    assert placed(bp.read(second.path)) == placed(audit.report)
    twice = parts(second.path.read_bytes())
    (notes,) = (text for name, text in twice.items() if re.match(r"xl/comments\d*\.xml", name))
    refs = [c.get("ref") for c in tree(notes).iter(f"{S}comment")]
    assert len(refs) == len(set(refs))


def test_a_picture_in_the_header_is_no_drawing_of_notes(tmp_path: Path) -> None:
    """Its drawing is of the same kind, and notes in it would be shown nowhere."""
    held = parts(form_as("xlsx", tmp_path))
    sheet, own = "xl/worksheets/sheet1.xml", "xl/drawings/vmlDrawing1.vml"
    rels = "xl/worksheets/_rels/sheet1.xml.rels"
    base = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    of_packages = "http://schemas.openxmlformats.org/package/2006/relationships"
    assert not {own, rels} & held.keys()
    picture = b'<xml xmlns:v="urn:schemas-microsoft-com:vml"></xml>'
    refers = f'<legacyDrawingHF xmlns:r="{base}" r:id="rIdHead"/></worksheet>'
    held[sheet] = held[sheet].replace(b"</worksheet>", refers.encode())
    held[own] = picture
    held[rels] = (
        f'<Relationships xmlns="{of_packages}"><Relationship Id="rIdHead" '
        f'Type="{base}/vmlDrawing" Target="../drawings/vmlDrawing1.vml"/></Relationships>'
    ).encode()
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        for name, text in held.items():
            archive.writestr(name, text)
    _, out = reviewed(written.getvalue(), "a.xlsx", tmp_path, "b.xlsx")
    new = parts(out.read_bytes())
    assert new[own] == picture
    (drawing,) = (name for name in new if name.endswith(".vml") and name != own)
    assert b"<v:shape " in new[drawing]
    children = [child.tag.removeprefix(S) for child in tree(new[sheet])]
    assert children[-2:] == ["legacyDrawing", "legacyDrawingHF"]
    # A second review adds to the drawing of the first.
    second = bp.review(out, bp.audit(bp.read(out)), tmp_path / "c.xlsx").path
    assert [n for n in parts(second.read_bytes()) if n.endswith(".vml")] == [own, drawing]


def test_what_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.md"
    path.write_text(TEXT, encoding="utf-8")
    audit = bp.audit(bp.read(path))
    with pytest.raises(bp.BudgetperfError, match="原件"):
        bp.review(path, audit, path)
    with pytest.raises(bp.BudgetperfError, match=r"\.html"):
        bp.review(path, audit, tmp_path / "b.docx")
    path.write_text(TEXT + "\n", encoding="utf-8")
    with pytest.raises(bp.BudgetperfError, match="不是这个文件"):
        bp.review(path, audit, tmp_path / "b.html")
    with pytest.raises(bp.WrongTypeError):
        bp.review(path, [3], tmp_path / "b.html")  # type: ignore[list-item]


@shared
def test_real_documents_are_given_back_as_they_were(tmp_path: Path) -> None:
    for name in ("renderings/karamay-form.xlsx", "tables/202_chengan-mzj-2020.docx"):
        path = DOCUMENTS / name
        audit = bp.audit(bp.read(path))
        out = tmp_path / f"out{path.suffix}"
        assert bp.review(path, audit, out).beside == ()
        assert placed(bp.read(out)) == placed(audit.report)


@pytest.mark.slow
@pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not there")
@pytest.mark.parametrize("kind", ["docx", "xlsx"])
def test_libreoffice_opens_it(kind: str, tmp_path: Path) -> None:
    audit, out = reviewed(form_as(kind, tmp_path), f"a.{kind}", tmp_path, f"b.{kind}")
    home = (tmp_path / "home").as_uri()
    command = ["soffice", "--headless", f"-env:UserInstallation={home}", "--convert-to", kind]
    folder = tmp_path / "saved"
    subprocess.run([*command, "--outdir", str(folder), str(out)], check=True, timeout=120)
    saved = folder / out.name
    kept = sorted((path, text) for path, text, _, _ in placed(bp.read(saved)))
    assert kept == sorted((path, text) for path, text, _, _ in placed(audit.report))
    held = parts(saved.read_bytes())
    said = re.sub(rb"<[^>]*>", b"", b"".join(held[name] for name in held if "omments" in name))
    for number in range(1, len(audit.causes) + 1):
        assert f"【{number}】".encode() in said
