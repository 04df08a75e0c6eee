"""Office files as they lie in their archive: parts, what these are, and how they hang together."""

from __future__ import annotations

import html
import io
import re
import zipfile
from collections.abc import Mapping

__all__ = ["MAIN", "OFFICE", "archive", "attribute", "words"]

OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
MAIN = {
    "w": "http://schemas.openxmlformats.org/wordprocessingml/2006/main",
    "x": "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
}
_TYPES = "http://schemas.openxmlformats.org/package/2006/content-types"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_XML = '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_FORBIDDEN = re.compile("[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_QUOTED = str.maketrans({'"': "&quot;", "\t": "&#9;", "\n": "&#10;", "\r": "&#13;"})
"""What would end the value of an attribute, and what those who read it take for blanks."""
_EPOCH = (1980, 1, 1, 0, 0, 0)


def words(text: str) -> str:
    """Text as it stands in XML. What no XML may hold is replaced by the sign for that."""
    plain = _FORBIDDEN.sub("\ufffd", text.replace("\r\n", "\n").replace("\r", "\n"))
    return html.escape(plain, quote=False)


def attribute(text: str) -> str:
    """Text as the value of an attribute, with its quotes."""
    value = html.escape(_FORBIDDEN.sub("\ufffd", text), quote=False)
    return f'"{value.translate(_QUOTED)}"'


def archive(
    parts: Mapping[str, str],
    kinds: Mapping[str, str],
    related: Mapping[str, tuple[tuple[str, str, str], ...]],
) -> bytes:
    """The file: always the same bytes for the same parts.

    Args:
        parts: the XML of each part, by its name.
        kinds: the content type of each.
        related: for the folder of a part and its name, such as ``word/document.xml`` (``""`` for
            the file itself), the relations: id, kind and target.
    """
    overrides = "".join(
        f'<Override PartName="/{name}" ContentType="application/vnd.openxmlformats-{kind}+xml"/>'
        for name, kind in kinds.items()
    )
    types = (
        f'<Types xmlns="{_TYPES}"><Default Extension="rels" ContentType="application/'
        'vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>'
    )
    written = {"[Content_Types].xml": types}
    for name, entries in related.items():
        folder, _, own = name.rpartition("/")
        place = f"{folder}/_rels/{own}.rels" if name else "_rels/.rels"
        listed = "".join(
            f'<Relationship Id="{id}" Type="{OFFICE}/{kind}" Target={attribute(target)}/>'
            for id, kind, target in entries
        )
        written[place] = f'<Relationships xmlns="{_RELATIONS}">{listed}</Relationships>'
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as target:
        for name, text in {**written, **parts}.items():
            entry = zipfile.ZipInfo(name, _EPOCH)
            entry.compress_type = zipfile.ZIP_DEFLATED
            entry.external_attr = 0o644 << 16
            target.writestr(entry, f"{_XML}{text}".encode())
    return data.getvalue()
