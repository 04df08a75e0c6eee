"""A strict reader of the HTML that the displays are made of: it refuses what it does not know."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import attrs

VOID = {"br"}
BLOCKS = {"div", "p", "table", "details", "ul", "ol", "style", "svg"}
PHRASES = {"span", "code", "b"}
FLOW = BLOCKS | PHRASES | VOID
CONTENT = {
    "div": FLOW,
    "details": FLOW | {"summary"},
    "td": FLOW - {"style"},
    "th": FLOW - {"style"},
    "li": PHRASES | VOID,
    "p": PHRASES | VOID,
    "summary": PHRASES,
    "caption": PHRASES,
    "span": PHRASES,
    "b": PHRASES,
    "code": set[str](),
    "style": set[str](),
    "table": {"caption", "thead", "tbody"},
    "thead": {"tr"},
    "tbody": {"tr"},
    "tr": {"th", "td"},
    "ul": {"li"},
    "ol": {"li"},
    "svg": {"title", "desc", "style", "g", "rect"},
    "g": {"g", "rect", "line", "path", "circle", "text"},
    **{name: set[str]() for name in ("title", "desc", "rect", "line", "path", "circle", "text")},
}
"""What each element may hold. Nothing here loads or runs anything."""
ATTRIBUTES = {"class", "lang", "scope"}
LENGTHS = {"x", "y", "x1", "y1", "x2", "y2", "cx", "cy", "r", "width", "height"}
DRAWN = {
    "svg": {"xmlns", "viewbox", "width", "height", "role", "font-family", "font-size", "style"},
    "g": {
        "fill",
        "stroke",
        "stroke-width",
        "stroke-dasharray",
        "stroke-linejoin",
        "font-weight",
        "text-anchor",
        "style",
    },
    "rect": {"x", "y", "width", "height", "fill", "stroke", "style"},
    "line": {"x1", "y1", "x2", "y2"},
    "path": {"d"},
    "circle": {"cx", "cy", "r"},
    "text": {"x", "y"},
}
"""What a drawing may have besides: no reference, and no event."""
PAINT = re.compile(r"(fill|stroke):var\(--bp-[a-z-]+,#[0-9a-f]{6}\)")


@attrs.define
class Node:
    """An element: its children in order, text among them."""

    name: str
    attributes: dict[str, str]
    children: list[Node | str] = attrs.Factory(list)

    @property
    def text(self) -> str:
        """All text inside, without styles and drawings."""
        parts = (c if isinstance(c, str) else c.text for c in self.children)
        return "" if self.name in ("style", "svg") else "".join(parts)

    def all(self, name: str = "", cls: str = "") -> list[Node]:
        """The elements inside of that name or class, in order."""
        inside = [c for c in self.children if isinstance(c, Node)]
        nodes: list[Node] = []
        for node in inside:
            fits = (not name or node.name == name) and (not cls or cls in node.classes)
            nodes += [node] if fits else []
            nodes += node.all(name, cls)
        return nodes

    @property
    def classes(self) -> list[str]:
        return self.attributes.get("class", "").split()

    @property
    def rows(self) -> list[list[str]]:
        """The body of a table, its text cell by cell."""
        (body,) = self.all("tbody")
        return [[cell.text for cell in row.children if isinstance(cell, Node)]
                for row in body.all("tr")]  # fmt: skip


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Node("div", {})]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        above = self.open[-1]
        assert tag in CONTENT[above.name], f"<{tag}> in <{above.name}>"
        given = {name: value or "" for name, value in attrs}
        assert len(given) == len(attrs)
        assert set(given) <= ATTRIBUTES | DRAWN.get(tag, set())
        for name in LENGTHS & set(given):
            assert re.fullmatch(r"-?\d+(\.\d+)?", given[name])
        if "style" in given and tag != "svg":
            assert all(PAINT.fullmatch(rule) for rule in given["style"].split(";"))
        node = Node(tag, given)
        above.children.append(node)
        if tag not in VOID:
            self.open.append(node)

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop().name == tag

    def handle_data(self, data: str) -> None:
        self.open[-1].children.append(data)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        raise AssertionError(tag)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(data)

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(decl)

    def unknown_decl(self, data: str) -> None:
        raise AssertionError(data)

    def handle_pi(self, data: str) -> None:
        raise AssertionError(data)


def fragment(markup: str) -> Node:
    """The elements of ``markup`` in a nameless one: each is known, closed, and in its place."""
    reader = _Reader()
    reader.feed(markup)
    reader.close()
    (root,) = reader.open
    # Whatever opens a tag was read as one; a bare & would be read, but is no good HTML.
    assert not re.search(r"&(?!(amp|lt|gt|quot|#x27);)", markup)
    return root


def display(markup: str) -> Node:
    """A display of its own: one sheet with its style, which reaches nothing outside of it."""
    assert type(markup) is str
    (sheet,) = fragment(markup).children
    assert isinstance(sheet, Node)
    assert sheet.name == "div"
    assert "budgetperf" in sheet.classes
    (style,) = sheet.all("style")
    (css,) = style.children
    assert isinstance(css, str)
    for word in ("@import", "url(", "expression(", "javascript", "http", "</"):
        assert word not in css
    for table in sheet.all("table"):
        assert len({len(row) for row in table.rows}) <= 1
        heads = [head for top in table.all("thead") for head in top.all("th")]
        assert not heads or not table.rows or len(heads) == len(table.rows[0])
    return sheet
