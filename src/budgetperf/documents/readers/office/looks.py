"""What is taken out of the bytes of Word documents before they are parsed: what tells of looks
alone, which is most of what there is; what is left is written in fewer elements.

Where something may stand in comments or the like, all is left as it is: the readers read the same
of either."""

from __future__ import annotations

import functools
import re
from collections.abc import Callable

from budgetperf.exact.limits import MAX_ELEMENTS

__all__ = ["NEXT", "PLAIN", "PLAIN_CELL", "in_short", "styles_that_tell", "without_looks"]


def without_looks(data: bytes) -> bytes:
    """The text without what its properties tell of looks alone, half of what there is, where that
    can be told by sight."""
    if b"!" in data and b"<!" in data:
        return data
    return _LAST_LOOKS.sub(_before_looks, _ALL_LOOKS.sub(b"", data))


def _before_looks(match: re.Match[bytes]) -> bytes:
    is_end = match.string.startswith((b"</w:pPr>", b"</w:tcPr>"), match.end())
    return match[1] if is_end else match[0]


_LOOK = (
    r"<w:(?!(?:rStyle|vanish|d?strike|vertAlign|gridSpan|[vh]Merge|cellDel|pStyle|numPr|outlineLvl|"
    r'hidden|gridBefore|del|p|tr)\b)\w++(?: w:\w++="[^"<>&]*+"){0,9} ?/>'
)
"""A property that is not read: see ``_LOOKS``, ``_shape``, ``_plain_style`` and ``_table``; and no
paragraph or row, which are counted."""
_LOOK_OF_RUN = f"<w:rPr>(?:{_LOOK}){{0,40}}</w:rPr>"
_LOOK_OF_CELL = f"{_LOOK}|<w:tcBorders>(?:{_LOOK}){{0,9}}</w:tcBorders>"
_ALL_LOOKS = re.compile(
    f"{_LOOK_OF_RUN}|<w:trPr>(?:{_LOOK}){{0,40}}</w:trPr>|"
    f'<w:tcPr />|<w:tcPr>(?:<w:gridSpan w:val="1" ?/>)?(?:{_LOOK_OF_CELL}){{0,40}}</w:tcPr>|'
    f"<w:pPr>(?:{_LOOK}|{_LOOK_OF_RUN}){{0,40}}</w:pPr>".encode()
)
_LAST_LOOKS = re.compile(f'(" ?/>)(?:{_LOOK_OF_CELL}){{1,40}}'.encode())
"""Those of a run, a cell or a paragraph, where there are no others, and those behind others. There
are never so many; without a bound each would take memory until the last is found."""


def styles_that_tell(data: bytes) -> bytes:
    """The styles without what tells of looks alone, most of what there is, where that can be told
    by sight: of those that say nothing else no more than what they are based on."""
    if b"!" in data and b"<!" in data:
        return data
    first, *others = data.split(b"<w:style ")
    before, _, latent = first.partition(b"<w:latentStyles ")
    _, end, after = latent.partition(b"</w:latentStyles>")
    kept_styles = [before, after] if end else [first]
    for other in others:
        head = _HEAD.match(other)
        inside, end, behind = other[head.end() if head else 0 :].partition(b"</w:style>")
        is_of_table = head is not None and b'w:type="table"' in head[0]
        if head is None or not end or (not is_of_table and _TOLD.search(inside)):
            kept_styles += b"<w:style ", other
            continue
        base = None if is_of_table else _BASE.search(inside)
        if base:
            kept_styles += b"<w:style ", head[0], base[0], end
        kept_styles.append(behind)
    kept = b"".join(kept_styles)
    return kept if kept.count(b"xmlns:w=") == 1 else data


_HEAD = re.compile(rb"(?:[\w:]++=\"[^\"<>]*+\"\s*+)+>")
_BASE = re.compile(rb"<w:basedOn [^<>]*/>")
_TOLD = re.compile(rb"<w:(?:outlineLvl|numPr|vanish|d?strike|vertAlign|basedOn(?! [^<>]*/>))")
"""What is read of styles; and a base that is written otherwise than by all programs."""

PLAIN = "{w}pQ"
"""A paragraph of nothing but text that shows as it stands there: see :func:`in_short`."""
PLAIN_CELL = "{w}tcpQ"
"""A cell of nothing but one such paragraph."""
NEXT = "\ue000"
"""Stands between the texts of several of these that follow each other, all but the first of which
are no headings: they are one element then."""
_NEXT = NEXT.encode()


def in_short(
    data: bytes, level: Callable[[str], int | None], is_plain: Callable[[str], bool]
) -> bytes:
    """The same without looks, and with paragraphs that say nothing beside their text, as most, as
    one element each, with the level of a heading as its value; so also cells of one of them, and
    what follows is one element with it. Where there are breaks in such a paragraph, it is one run.

    It says the same: only what stands there as programs write it is written anew, and nothing has
    those names before. The tags between two texts are mostly the same again: each such piece is
    looked at once.

    Args:
        data: the whole part.
        level: the level of paragraphs of a style, -1 if they are no headings; ``None`` if there is
            more to read of them.
        is_plain: whether a style of characters says nothing of how text shows.
    """
    # Signs that are rare are looked for first, in a tenth of the time.
    if (
        (b"!" in data and b"<!" in data)
        or (b"Q" in data and b"pQ" in data)
        or _NEXT in data
        or (b"&" in data and b"&#" in data)
        or (data.find(b"?", _BEHIND_DECLARATION) >= 0 and data.find(b"<?", 1) >= 0)
    ):
        return without_looks(data)
    split = data.split(b"</w:t>")
    pieces = [piece.rpartition(b">") for piece in split] if len(split) <= _MOST_TEXTS else []
    between = _between({tags for tags, _, _ in pieces}, level, is_plain) if pieces else None
    if between is None:
        return without_looks(data)
    written: list[bytes] = []
    start, is_plain_run, short, cell = 0, False, b"", b""
    for tags, _, text in pieces:
        end, end_of_cell, long_end, begin, next_short, next_cell = between[tags]
        if not long_end:
            # Where an "&" stands alone, a reference might come of it.
            if is_plain_run and written[-1].rfind(b"&") <= written[-1].rfind(b";"):
                begin = next_short
            if begin:
                short = b""
            written += begin, text
            continue
        if short and end:
            if cell and end_of_cell:
                short, end = cell, end_of_cell
            written[start] = short
            written.append(end)
        else:
            written.append(long_end)
        start, is_plain_run, short, cell = len(written), bool(next_short), next_short, next_cell
        written += begin, text
    short = b"".join(written).removeprefix(b"</w:t>")
    return short.replace(b"</w:tcpQ><w:tcpQ>", _NEXT).replace(b"</w:pQ><w:pQ>", _NEXT)


_Between = tuple[bytes, bytes, bytes, bytes, bytes, bytes]
"""The tags between two texts as they are written anew: how a paragraph in short, a cell in short,
and any other ends, with what follows; and how the next begins: as it is, in short, and if it is a
cell. Nothing where that cannot be. Between two runs of a paragraph nothing ends, and in short are
the breaks between them."""


def _between(
    given: set[bytes], level: Callable[[str], int | None], is_plain: Callable[[str], bool]
) -> dict[bytes, _Between] | None:
    """What is written for each; ``None`` where they cannot be told apart, as in what is no XML."""
    tags = b"\0".join(given)
    parts = tags.split(b"</w:p>") if len(tags) > _LONG else [tags]
    known = set(parts)
    tags = b"\1".join(known)
    if b"<w:rStyle" in tags:
        tags = _STYLED.sub(lambda run: run[1] if is_plain(run[2].decode()) else run[0], tags)
    less = _LOOKS_OF_CELL.sub(rb"\1\2", _ALL_LOOKS.sub(b"", tags)).split(b"\1")
    if len(less) != len(known):
        return None
    part_in_less = dict(zip(known, less, strict=True))
    all_in_less = b"</w:p>".join([part_in_less[part] for part in parts])

    @functools.cache
    def opening(style: bytes | None) -> bytes:
        at = level(style.decode()) if style else -1
        if at is None:
            return b""
        return b"<w:pQ>" if at < 0 else b'<w:pQ w:val="%d">' % at

    def empty(paragraph: re.Match[bytes]) -> bytes:
        begin = opening(paragraph[1])
        return begin + b"</w:pQ>" if begin else paragraph[0]

    all_in_less = _EMPTY_CELL.sub(b"<w:tcpQ></w:tcpQ>", _EMPTY.sub(empty, all_in_less))
    given_in_less = all_in_less.split(b"\0")
    if len(given_in_less) != len(given):
        return None
    written = {tags: _written(tags, opening) for tags in set(given_in_less)}
    pairs = zip(given, given_in_less, strict=True)
    return {tags: written[in_less] for tags, in_less in pairs}


def _written(tags: bytes, opening: Callable[[bytes | None], bytes]) -> _Between:
    """How tags between two texts, but for the last sign of them, are written anew.

    Args:
        tags: without looks, and with empty paragraphs in short.
        opening: how a paragraph of a style begins in short; nothing if it cannot.
    """
    at = max(tags.rfind(b"<w:p>"), tags.rfind(b"<w:p "))
    begun = _BEGIN.fullmatch(tags, at) if at >= 0 else None
    short = opening(begun[1]) if begun else b""
    if not short:
        at = len(tags)
        if _NEXT_RUN.fullmatch(tags):
            breaks = b"".join(_BREAKS.findall(tags))
            breaks = breaks and b"</w:t>" + breaks + b"<w:t>"
            return b"", b"", b"", b"</w:t>" + tags + b">", breaks, b""
    ended = _END.match(tags)
    end_at = ended.end() if ended else 0
    middle, begin = tags[end_at:at], tags[at:] + b">"
    cell = end = end_of_cell = b""
    if short and middle.endswith(_CELL_IN_ROW):
        middle, begin = middle.removesuffix(b"<w:tc>"), b"<w:tc>" + begin
        short, cell = b"<w:tc>" + short, b"<w:tcpQ>"
    if ended:
        end = b"</w:pQ>" + middle
        if middle.startswith(b"</w:tc>"):
            end_of_cell = b"</w:tcpQ>" + middle.removeprefix(b"</w:tc>")
    return end, end_of_cell, b"</w:t>" + tags[:end_at] + middle, begin, short, cell


_BEHIND_DECLARATION = 64
_MOST_TEXTS = MAX_ELEMENTS // 2
"""Each is in a run, so that more of them are too many elements."""
_LONG = 16_000
"""From so many bytes on it is quicker to look for what is in them twice."""
_ATTRIBUTES = r'(?: w:\w++="[^"<>&]*+"){0,5}'
_RUN = f"<w:r{_ATTRIBUTES}>(?:{_LOOK_OF_RUN})?(?:<w:lastRenderedPageBreak ?/>)?"
_BARE = f"(?:{_RUN}</w:r>|<w:(?:bookmarkStart|bookmarkEnd|proofErr){_ATTRIBUTES} ?/>){{0,40}}"
"""What is not read in a paragraph."""
_BREAK = f"<w:(?:br|cr|tab){_ATTRIBUTES} ?/>"
_TEXT = '<w:t(?: xml:space="preserve")?'
_OPENING = (
    f'<w:p{_ATTRIBUTES}>(?:<w:pPr>(?:<w:pStyle w:val="([\\w -]++)" ?/>)?'
    f"(?:{_LOOK}|{_LOOK_OF_RUN}){{0,40}}</w:pPr>)?"
)
"""How a paragraph begins, with its style."""
_BEGIN = re.compile(f"{_OPENING}{_BARE}{_RUN}{_TEXT}".encode())
_NEXT_RUN = re.compile(
    f"</w:r>(?:{_BARE}{_RUN}(?:{_BREAK}){{1,9}}</w:r>){{0,9}}"
    f"{_BARE}{_RUN}(?:{_BREAK}){{0,9}}{_TEXT}".encode()
)
_BREAKS = re.compile(_BREAK.encode())
_END = re.compile(f"</w:r>{_BARE}</w:p>".encode())
_EMPTY = re.compile(f"{_OPENING}{_BARE}</w:p>".encode())
_STYLED = re.compile(
    f'(<w:r{_ATTRIBUTES}>)<w:rPr><w:rStyle w:val="([\\w -]++)" ?/>(?:{_LOOK}){{0,40}}</w:rPr>'
    "(?!<w:rPr)".encode()
)
"""A run of which nothing is told but a style, and looks."""
_LOOKS_OF_CELL = re.compile(
    f"(<w:tcPr>)(?:{_LOOK_OF_CELL}){{0,40}}"
    '((?:<w:(?:gridSpan|vMerge)(?: w:val="\\w++")? ?/>){1,3})'
    f"(?:{_LOOK_OF_CELL}){{0,40}}(?=</w:tcPr>)".encode()
)
"""Those of a cell beside how it goes on."""
_CELL_IN_ROW = tuple(
    before + b"<w:tc>" for before in (b"</w:tc>", b"</w:tcpQ>", b"</w:trPr>", b"<w:tr>")
)
"""How a cell begins that is in a row, and not one of several ways to write the same."""
_EMPTY_CELL = re.compile(
    rb"<w:tc>(?:(?<=</w:tc><w:tc>)|(?<=<w:tr><w:tc>)|(?<=</w:trPr><w:tc>))<w:pQ></w:pQ></w:tc>"
)
