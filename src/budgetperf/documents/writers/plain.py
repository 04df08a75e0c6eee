"""A form as a web page, as Markdown and as CSV."""

from __future__ import annotations

import csv
import html
import io
import re
from collections.abc import Iterator

from budgetperf.documents.apart import TO_DO

from .grid import Block, Look, Page, Put
from .paragraphs import Level, Paragraph

__all__ = ["csv_text", "html_text", "markdown_text"]

_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]")


def _seen(text: str) -> str:
    return _UNSEEN.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))


# A web page.

_STYLE = """body{margin:2rem auto;max-width:60rem;padding:0 1rem;background:#fff;color:#1f2328;
font:10.5pt/1.5 FangSong,STFangsong,"仿宋","Noto Serif CJK SC",serif}
h1{font:22pt/1.4 "方正小标宋简体","Noto Serif CJK SC",SimSun,serif;text-align:center;
margin:.5em 0 0}
p.year{text-align:center;font-size:14pt;margin:.2em 0 1em}
div.form{overflow-x:auto}table{border-collapse:collapse;width:100%}
th,td{border:1px solid #000;padding:.3em .4em;text-align:center;vertical-align:middle}
th{font-family:SimHei,"黑体","Noto Sans CJK SC",sans-serif;font-weight:400}
td.words{text-align:left;white-space:pre-line}td.open{background:#fff2cc}
h2,h3,h4{font:400 16pt/1.6 SimHei,"黑体","Noto Sans CJK SC",sans-serif;margin:.6em 0 .2em}
h3{font-family:KaiTi,STKaiti,"楷体","Noto Serif CJK SC",serif}
h4{font-family:FangSong,STFangsong,"仿宋","Noto Serif CJK SC",serif;font-weight:700}
h2.form{text-align:center;break-before:page}
p.text{font-size:16pt;line-height:1.75;text-indent:2em;text-align:justify;margin:0}
mark{background:#fff2cc;color:inherit}
@media (prefers-color-scheme:dark){body{background:#16191d;color:#e6e9ec}
th,td{border-color:#a7b0ba}td.open,mark{background:#453200}}
@page{size:A4;margin:37mm 26mm 35mm 28mm}
@media print{body{margin:0;padding:0;max-width:none;background:#fff;color:#000}
th,td{border-color:#000}tr{break-inside:avoid}td.open,mark{background:#e7e6e6}}"""


def html_text(page: Page) -> str:
    """The form as a web page of its own: no script, nothing from elsewhere."""
    body = "\n".join(_html_parts(page))
    return (
        '<!DOCTYPE html>\n<html lang="zh-Hans"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>{_escaped(page.heading)}</title><style>{_STYLE}</style></head>\n"
        f"<body>{body}</body></html>\n"
    )


def _escaped(text: str) -> str:
    return html.escape(_seen(text))


def _html_parts(page: Page) -> Iterator[str]:
    yield from map(_html_paragraph, page.text)
    # A page has one heading of the first rank.
    rank, place = ("h2", ' class="form"') if page.text else ("h1", "")
    yield f"<{rank}{place}>{_escaped(page.heading)}</{rank}>"
    if page.year:
        yield f'<p class="year">{_escaped(page.year)}</p>'
    yield _html_table(page)
    if page.annex is not None:
        yield f'<h2 class="form">{_escaped(page.annex.heading)}</h2>'
        yield _html_table(page.annex)
    if page.notes:
        yield f'<h2 class="form">{TO_DO}</h2>'
    for heading, lines in page.notes.items():
        yield f"<h3>{_escaped(heading)}</h3>"
        yield f"<ul>{''.join(f'<li>{_escaped(line)}</li>' for line in lines)}</ul>"


def _html_table(page: Page) -> str:
    rows = "\n".join(f"<tr>{''.join(map(_html_cell, row))}</tr>" for row in page.rows)
    return f'<div class="form"><table>\n{rows}\n</table></div>'


_TAGS = {
    Level.TITLE: "h1", Level.CENTRED: "p", Level.CHAPTER: "h2", Level.SECTION: "h3",
    Level.PART: "h4", Level.TEXT: "p",
}  # fmt: skip


def _html_paragraph(paragraph: Paragraph) -> str:
    tag = _TAGS[paragraph.level]
    kind = {Level.CENTRED: ' class="year"', Level.TEXT: ' class="text"'}.get(paragraph.level, "")
    inside = "".join(
        f"<mark>{_escaped(piece.text)}</mark>" if piece.is_open else _escaped(piece.text)
        for piece in paragraph.pieces
    ).replace("\n", "<br>")
    return f"<{tag}{kind}>{inside}</{tag}>"


def _html_cell(put: Put) -> str:
    name = "th" if put.look is Look.LABEL else "td"
    kinds = " ".join([*(["words"] if put.is_long else []), *(["open"] if put.is_open else [])])
    settings = {
        "class": kinds,
        "colspan": str(put.columns) if put.columns > 1 else "",
        "rowspan": str(put.rows) if put.rows > 1 else "",
    }
    attributes = "".join(f' {key}="{value}"' for key, value in settings.items() if value)
    return f"<{name}{attributes}>{_escaped(put.text)}</{name}>"


# Markdown.


def markdown_text(page: Page) -> str:
    """The form in Markdown: a table of the head, the funds and the goal, and one of indicators."""
    lines = [line for paragraph in page.text for line in (_md_paragraph(paragraph), "")]
    rank = "##" if page.text else "#"
    lines += [f"{rank} {_marked(page.heading)}", ""]
    if page.year:
        lines += [_marked(page.year), ""]
    lines += _md_tables(page)
    if page.annex is not None:
        lines += [f"## {_marked(page.annex.heading)}", "", *_md_tables(page.annex)]
    if page.notes:
        lines += [f"## {TO_DO}", ""]
    for heading, notes in page.notes.items():
        lines += [f"### {_marked(heading)}", "", *(f"- {_marked(note)}" for note in notes), ""]
    return "\n".join(lines)


def _md_tables(page: Page) -> Iterator[str]:
    for block in page.blocks:
        head, *rows = _lines(block, len(page.widths))
        yield from (_pipes(head), "|" + " --- |" * len(page.widths), *map(_pipes, rows), "")


def _md_paragraph(paragraph: Paragraph) -> str:
    text = _marked(paragraph.text)
    rank = "" if paragraph.level in (Level.TEXT, Level.CENTRED) else f"{paragraph.level.value} "
    if not rank:  # a number in front would begin a list
        text = _LISTED.sub(r"\1&#46;\2", text)
    return f"{rank}{text}"


_LISTED = re.compile(r"^(\d+)\.( )")
_SIGNS = re.compile(r"[&\\|<>*_#\[\]`~$]")


def _marked(text: str) -> str:
    """Text in which no sign is markup: each stands as a reference to itself."""
    escaped = _SIGNS.sub(lambda match: f"&#{ord(match[0])};", _seen(text))
    return escaped.replace("\n", "<br>")


def _pipes(cells: list[str]) -> str:
    return f"| {' | '.join(map(_marked, cells))} |"


def _lines(block: Block, width: int) -> Iterator[list[str]]:
    """The rows as lists of cells: what spans several stands in the first of its row."""
    for row in block.rows:
        cells = [""] * width
        for put in row:
            cells[put.column - 1] = put.text
        yield cells


# CSV.


def csv_text(page: Page) -> str:
    """The form as CSV, as Excel reads it: a mark of order in front, a row for each row.

    Text that a program would take for a formula has an apostrophe in front.
    """
    file = io.StringIO()
    writer = csv.writer(file, lineterminator="\r\n")
    width = len(page.widths)
    for part in filter(None, (page, page.annex)):
        for text in filter(None, (part.heading, part.year)):
            writer.writerow([_safe(text), *[""] * (width - 1)])
        for row in part.rows:
            cells = [""] * width
            for put in row:
                text = _seen(put.text)
                cells[put.column - 1] = text if put.number is not None else _safe(text)
            writer.writerow(cells)
    return f"\ufeff{file.getvalue()}"


def _safe(text: str) -> str:
    return f"'{text}" if text[:1] in ("=", "+", "-", "@") and len(text) > 1 else text
