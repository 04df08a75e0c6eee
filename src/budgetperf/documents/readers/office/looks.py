"""What is taken out of the bytes of Word documents before they are parsed: what tells of looks
alone, which is most of what there is; what is left is written in fewer elements.

Where something may stand in comments or the like, all is left as it is: the readers read the same
of either."""

from __future__ import annotations

import re
from collections.abc import Callable

__all__ = ["PLAIN", "in_short", "styles_that_tell", "without_looks"]


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


def in_short(data: bytes, level: Callable[[str], int | None]) -> bytes:
    """The same with paragraphs that say nothing beside their text, as most, as one element each,
    with the level of a heading as its value.

    It says the same: only paragraphs that stand there as programs write them, from their beginning
    to their end, are written anew, and nothing has that name before. Texts of several runs in which
    ``&`` or ``]`` stands are left, since a reference or ``]]>`` might come of them.

    Args:
        data: the whole part.
        level: the level of paragraphs of a style, -1 if they are no headings; ``None`` if there is
            more to read of them.
    """
    # Signs that are rare are looked for first, in a tenth of the time.
    if (b"!" in data and b"<!" in data) or (b"Q" in data and b"pQ" in data):
        return data
    parts = _PLAIN.split(data)
    levels = {style: level(style.decode()) if style else -1 for style in set(parts[2::5])}
    begins = {
        style: b"<w:pQ>" if at < 0 else b'<w:pQ w:val="%d">' % at
        for style, at in levels.items()
        if at is not None
    }
    paragraphs = zip(parts[1::5], parts[2::5], parts[3::5], parts[4::5], strict=True)
    parts[1::5] = [
        begins[style] + (text or b"" if runs is None else b"".join(_TEXT.findall(runs))) + _END
        if style in begins
        else paragraph
        for paragraph, style, text, runs in paragraphs
    ]
    parts[2::5] = parts[3::5] = parts[4::5] = [b""] * (len(parts) // 5)
    return b"".join(parts)


_ATTRIBUTES = r'(?: w:\w++="[^"<>&]*+"){0,5}'
_RUN = f"<w:r{_ATTRIBUTES}>(?:{_LOOK_OF_RUN})?"
_T = '<w:t(?: xml:space="preserve")?>'
_PLAIN = re.compile(
    f'(<w:p{_ATTRIBUTES}>(?:<w:pPr>(?:<w:pStyle w:val="([\\w -]++)" ?/>)?'
    f"(?:{_LOOK}|{_LOOK_OF_RUN}){{0,40}}</w:pPr>)?"
    f"(?:{_RUN}(?:{_T}([^<]*+)</w:t>)?</w:r></w:p>|"
    f"((?:{_RUN}(?:{_T}[^<&\\]]*+</w:t>)?</w:r>){{0,40}})</w:p>))".encode()
)
"""A paragraph: itself, its style, and the text of its only run, or else all of its runs."""
_TEXT = re.compile(rb"<w:t(?: [^<>]*+)?>([^<]*+)")
_END = b"</w:pQ>"
