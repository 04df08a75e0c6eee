"""Displays as pages of their own, and an index of many: for a browser, without a notebook."""

from __future__ import annotations

from collections.abc import Sequence

from budgetperf.exact import Text

from .html.markup import Markup, sheet, table, tag

__all__ = ["index_page", "page"]

_LANGUAGES = Text(zh="zh-Hans", en="en")
_STYLE = (
    "body{margin:0 auto;max-width:72rem;padding:1rem}"
    "@media (prefers-color-scheme:dark){body{background:#16191d}}"
    "@media print{body{background:#fff;padding:0}}"
)
_POLICY = "default-src 'none'; style-src 'unsafe-inline'"
"""Nothing is fetched, and nothing runs, whatever a report says."""


def page(body: str, *, title: str, lang: str) -> str:
    """A display as one page that needs nothing else: no script, nothing fetched.

    Args:
        body: what ``to_html`` of a value gives.
        title: what the window is called.
        lang: ``"zh"`` or ``"en"``.
    """
    head = tag(
        "head",
        Markup('<meta charset="utf-8">'),
        Markup('<meta name="viewport" content="width=device-width, initial-scale=1">'),
        Markup(f'<meta http-equiv="Content-Security-Policy" content="{_POLICY}">'),
        tag("title", title),
        tag("style", Markup(_STYLE)),
    )
    document = tag("html", head, tag("body", Markup(body)), lang=_LANGUAGES.pick(lang))
    return f"<!DOCTYPE html>\n{document}\n"


def index_page(
    heads: Sequence[str],
    rows: Sequence[Sequence[str]],
    links: Sequence[str],
    *,
    kinds: Sequence[str],
    title: str,
    closing: str,
    lang: str,
) -> str:
    """A page that lists others.

    Args:
        heads: the heads of the columns.
        rows: a row for each.
        links: for each row the page that its first cell leads to; ``""`` where there is none.
        kinds: a class for each column; see :func:`.html.markup.table`.
        title: what stands above it.
        closing: what stands below it.
        lang: ``"zh"`` or ``"en"``.
    """
    linked = [
        [tag("a", row[0], href=link) if link else row[0], *row[1:]]
        for row, link in zip(rows, links, strict=True)
    ]
    body = sheet(
        tag("p", title, cls="bp-title"),
        table(heads, linked, kinds=kinds, cls="bp-wide"),
        tag("p", closing),
        lang=lang,
    )
    return page(body, title=title, lang=lang)
