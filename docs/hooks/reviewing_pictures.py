"""The pictures of the tutorial for reviewers: pages as LibreOffice and Chromium show them.

``python docs/hooks/reviewing_pictures.py`` writes them to ``docs/pictures``. It needs ``soffice``,
``pdftoppm``, ``chromium``, Pillow and pdfminer.
"""

from __future__ import annotations

import html
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from pdfminer.pdfdocument import PDFDocument
from pdfminer.pdfpage import PDFPage
from pdfminer.pdfparser import PDFParser
from pdfminer.pdftypes import resolve1
from PIL import Image

import budgetperf as bp
from budgetperf.documents.readers.files import read_document
from budgetperf.documents.source import Heading, Table
from budgetperf.documents.writers.package import MAIN, archive, words

ROOT = Path(__file__).resolve().parents[2]
SOURCE = ROOT / "examples" / "department-2023.md"
PICTURES = ROOT / "docs" / "pictures"
DPI = 80
MARGIN = 420
"""How wide comments are beside a page."""


def main() -> None:
    """Write all pictures, in Chinese and in English."""
    PICTURES.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        word, sheet = folder / "report.docx", folder / "form.xlsx"
        word.write_bytes(in_word(SOURCE))
        bp.write(with_a_slip(bp.read(SOURCE)), sheet)
        for lang in ("zh", "en"):
            for path, picture in ((word, with_comments), (sheet, of_sheets)):
                reviewed = folder / f"reviewed-{lang}{path.suffix}"
                bp.review(path, bp.audit(bp.read(path)), reviewed, lang=lang)
                picture(reviewed, folder, PICTURES / f"review-{path.suffix[1:]}.{lang}.png")
            page = folder / f"reviewed-{lang}.html"
            bp.review(SOURCE, bp.audit(bp.read(SOURCE)), page, lang=lang)
            shot(page, folder, PICTURES / f"review-html.{lang}.png", width=1000, height=640)


def with_a_slip(report: bp.SelfEvaluation) -> bp.SelfEvaluation:
    """The report with a total in its form that is not the sum of the scores."""
    from budgetperf.model.paths import put  # noqa: PLC0415

    return put(report, {"form.total_score": bp.Figure(value="100")})


def in_word(source: Path) -> bytes:
    """A report in Markdown as a Word document."""
    body: list[str] = []
    for block in read_document(source).blocks:
        if isinstance(block, Table):
            rows = "".join(
                "<w:tr>" + "".join(f"<w:tc>{paragraph(text)}</w:tc>" for text in row) + "</w:tr>"
                for row in block.texts()
            )
            sides = "".join(
                f'<w:{side} w:val="single" w:sz="4"/>'
                for side in ("top", "left", "bottom", "right", "insideH", "insideV")
            )
            body.append(
                f"<w:tbl><w:tblPr><w:tblBorders>{sides}</w:tblBorders></w:tblPr>{rows}</w:tbl>"
            )
        else:
            is_bold = isinstance(block, Heading)
            body.append(paragraph(block.text.replace("**", ""), is_bold=is_bold))
    root = f'xmlns:w="{MAIN["w"]}"'
    text = f"<w:document {root}><w:body>{''.join(body)}<w:sectPr/></w:body></w:document>"
    kind = "officedocument.wordprocessingml.document.main"
    related = {"": (("document", "officeDocument", "word/document.xml"),)}
    return archive({"word/document.xml": text}, {"word/document.xml": kind}, related)


def paragraph(text: str, *, is_bold: bool = False) -> str:
    """A paragraph of a Word document."""
    look = f'<w:rPr><w:rFonts w:eastAsia="宋体"/>{"<w:b/>" if is_bold else ""}</w:rPr>'
    return f'<w:p><w:r>{look}<w:t xml:space="preserve">{words(text)}</w:t></w:r></w:p>'


def run(*command: str | Path) -> None:
    """A program, to its end."""
    given = [*map(str, command)]
    subprocess.run(given, check=True, capture_output=True, timeout=180)  # noqa: S603 (our own)


def as_pdf(path: Path, folder: Path) -> Path:
    home = (folder / "home").as_uri()
    options = '{"ExportNotes":{"type":"boolean","value":"true"}}'
    writer = f"pdf:writer_pdf_Export:{options}" if path.suffix == ".docx" else "pdf"
    kinds = ("--convert-to", writer, "--outdir", folder, path)
    run("soffice", "--headless", f"-env:UserInstallation={home}", *kinds)
    return folder / f"{path.stem}.pdf"


def with_comments(path: Path, folder: Path, out: Path) -> None:
    """The page of a Word document with the most wrong in it, its comments beside it."""
    pdf = as_pdf(path, folder)
    pages = [notes(page) for page in pages_of(pdf)]
    number = next(n for n, found in enumerate(pages) if any("17.17%" in text for _, text in found))
    stem = folder / f"{path.stem}-page"
    single = ("-r", DPI, "-png", "-f", number + 1, "-l", number + 1, "-singlefile")
    run("pdftoppm", *map(str, single), pdf, stem)
    image = stem.with_suffix(".png")
    width, height = Image.open(image).size
    boxes, below = "", 0
    for top, text in sorted(pages[number]):
        at = max(below, int(top * DPI / 72))
        shown = text if len(text) < _LONGEST else text[:_LONGEST] + "…"
        boxes += (
            f'<div style="position:absolute;left:{width}px;top:{at}px;width:{MARGIN - 30}px;'
            "font:12px/1.5 sans-serif;background:#fff7d6;border:1px solid #c9a400;padding:6px;"
            f'white-space:pre-wrap">{html.escape(shown)}</div>'
        )
        below = at + 40 + 18 * (len(shown) // 27 + shown.count("\n"))
    page = folder / f"{path.stem}-beside.html"
    page.write_text(
        f'<meta charset="utf-8"><body style="margin:0;background:#fff"><img src="{image.as_uri()}">'
        f"{boxes}</body>",
        encoding="utf-8",
    )
    first = min(int(top * DPI / 72) for top, _ in pages[number])
    shot(page, folder, out, width=width + MARGIN, height=height, top=max(0, first - 150))


_LONGEST = 260


def pages_of(pdf: Path) -> list[PDFPage]:
    parser = PDFParser(pdf.open("rb"))
    return list(PDFPage.create_pages(PDFDocument(parser)))


def notes(page: PDFPage) -> list[tuple[float, str]]:
    """The comments on a page as LibreOffice exports them: how far down, and what they say."""
    found: list[tuple[float, str]] = []
    for reference in resolve1(page.annots) or ():
        note: dict[str, Any] = resolve1(reference)
        contents = resolve1(note.get("Contents"))
        if contents and "Rect" in note:
            text = contents.decode("utf-16" if contents[:2] == b"\xfe\xff" else "latin-1")
            top = float(page.mediabox[3]) - float(resolve1(note["Rect"])[3])
            found.append((top, text.replace("\r\n", "\n").replace("\r", "\n").strip()))
    return found


def of_sheets(path: Path, folder: Path, out: Path) -> None:
    """The form with its coloured cells, and the sheet that lists the findings below it."""
    pdf = as_pdf(path, folder)
    stem = folder / f"{path.stem}-page"
    run("pdftoppm", "-r", str(DPI), "-png", pdf, stem)
    pages = [trimmed(Image.open(p)) for p in sorted(folder.glob(f"{stem.name}-*.png"))]
    first, last = pages[0], pages[1]
    width = max(first.width, last.width)
    whole = Image.new("RGB", (width, first.height + last.height + 24), "white")
    whole.paste(first, (0, 0))
    whole.paste(last, (0, first.height + 24))
    small(whole, out)


def trimmed(image: Image.Image) -> Image.Image:
    """What stands on a page down to its first large gap, without the margins."""
    plain = image.convert("RGB")
    box = Image.eval(plain.convert("L"), lambda level: 255 - level).getbbox()
    if box is None:
        return plain
    left, top, right, bottom = box
    dark = plain.convert("L")
    for at in range(top, bottom - _GAP, 10):
        if dark.crop((left, at, right, at + _GAP)).getextrema() == (255, 255):
            bottom = at
            break
    return plain.crop((left, top, right, bottom))


_GAP = 120


def shot(page: Path, folder: Path, out: Path, *, width: int, height: int, top: int = 0) -> None:
    """A page as Chromium shows it, from some way down for at most 400 pixels."""
    image = folder / f"{out.stem}.shot.png"
    size = f"--window-size={width},{height}"
    options = ("--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", size)
    run("chromium", *options, f"--screenshot={image}", page.as_uri())
    whole = Image.open(image).convert("RGB")
    small(whole.crop((0, top, width, min(height, top + 400))) if top else whole, out)


def small(image: Image.Image, out: Path) -> None:
    """A picture of few colours, as small as text allows."""
    image.quantize(48).save(out, optimize=True)


if __name__ == "__main__":
    main()
