"""An office file that gets a few parts more: what is not touched stays byte for byte."""

from __future__ import annotations

import io
import posixpath
import re
import zipfile

from budgetperf.documents.readers.office.archive import Archive, Relation
from budgetperf.documents.readers.office.nodes import Edit, Node, edited, node_tree
from budgetperf.documents.readers.office.xml import Budget
from budgetperf.documents.readers.text import unusable
from budgetperf.documents.writers.package import attribute

__all__ = ["Package"]

_TYPES = "[Content_Types].xml"
_TRANSITIONAL = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_RELATIONS = "http://schemas.openxmlformats.org/package/2006/relationships"
_XML = b'<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
_EPOCH = (1980, 1, 1, 0, 0, 0)


class Package:
    """The parts of an office file, some of them changed or new."""

    def __init__(self, data: bytes) -> None:
        """Open it.

        Raises:
            UnusableDocumentError: it is damaged, encrypted, or beyond a limit.
        """
        self.archive: Archive = Archive(data)
        self.budget: Budget = Budget()
        self.main: str = next(
            relation.target
            for relation in self.archive.relations().values()
            if relation.kind == "officeDocument" and not relation.outside
        )
        self._data = data
        self._changed: dict[str, bytes] = {}

    def __contains__(self, name: str) -> bool:
        return name in self.archive.names or name in self._changed

    def read(self, name: str) -> bytes:
        """A part as it is by now."""
        if name in self._changed:
            return self._changed[name]
        return b"".join(self.archive.chunks(name)).removeprefix(b"\xef\xbb\xbf")

    def put(self, name: str, data: bytes | str) -> None:
        """A part with what it is to hold; text gets the first line of XML."""
        self._changed[name] = data if isinstance(data, bytes) else _XML + data.encode()

    def tree(self, name: str) -> Node:
        """The elements of a part."""
        return node_tree(self.read(name), self.budget)

    def edit(self, name: str, edits: list[Edit]) -> None:
        """A part with some edits made."""
        if edits:
            self._changed[name] = edited(self.read(name), edits)

    def free(self, pattern: str) -> str:
        """The first name of a part that is not taken, such as ``xl/comments{}.xml``."""
        number = 1
        while pattern.format(number) in self:
            number += 1
        return pattern.format(number)

    def related(self, name: str, kind: str) -> str | None:
        """The part of that kind that a part refers to."""
        return next(
            (r.target for r in self._relations(name) if r.kind == kind and not r.outside), None
        )

    def _relations(self, name: str) -> list[Relation]:
        return [*self.archive.relations(name).values()]

    def relate(self, name: str, kind: str, target: str) -> str:
        """Let a part refer to another one; the id of the reference."""
        folder, own = posixpath.split(name)
        rels = posixpath.join(folder, "_rels", f"{own}.rels")
        place = posixpath.relpath(target, folder or ".")
        if rels not in self:
            self.put(rels, f'<Relationships xmlns="{_RELATIONS}"></Relationships>')
        root = self.tree(rels)
        taken = {child.attributes.get("Id", "") for child in root.children}
        types = [child.attributes.get("Type", "") for child in root.children]
        base = next(
            (t.rpartition("/")[0] for t in types if t.startswith("http://purl.oclc.org/")),
            _TRANSITIONAL,
        )
        number = 1
        while f"rIdReview{number}" in taken:
            number += 1
        id = f"rIdReview{number}"
        self.insert(
            rels,
            root,
            f'<{prefix_of(self.read(rels), root)}Relationship Id="{id}" '
            f'Type="{base}/{kind}" Target={attribute(place)}/>',
        )
        return id

    def insert(self, name: str, root: Node, text: str) -> None:
        """Text at the end of an element of a part."""
        self.edit(name, [at_end(self.read(name), root, text)])

    def declare(self, name: str, kind: str) -> None:
        """Say of what kind a part is."""
        root = self.tree(_TYPES)
        prefix = prefix_of(self.read(_TYPES), root)
        known = {child.attributes.get("PartName", "") for child in root.children}
        if f"/{name}" not in known:
            text = f'<{prefix}Override PartName={attribute("/" + name)} ContentType="{kind}"/>'
            self.insert(_TYPES, root, text)

    def declare_ending(self, ending: str, kind: str) -> None:
        """Say of what kind all parts with an ending are."""
        root = self.tree(_TYPES)
        prefix = prefix_of(self.read(_TYPES), root)
        known = {child.attributes.get("Extension", "").lower() for child in root.children}
        if ending not in known:
            text = f'<{prefix}Default Extension="{ending}" ContentType="{kind}"/>'
            at = root.inner
            self.edit(_TYPES, [Edit(at, at, text.encode())])

    def whole(self) -> bytes:
        """The file: its parts in their order, the new ones last."""
        data = io.BytesIO()
        with (
            zipfile.ZipFile(io.BytesIO(self._data)) as old,
            zipfile.ZipFile(data, "w", zipfile.ZIP_DEFLATED) as new,
        ):
            for member in old.infolist():
                entry = zipfile.ZipInfo(member.filename, member.date_time)
                entry.compress_type = member.compress_type
                entry.external_attr = member.external_attr
                own = self._changed.get(member.filename)
                new.writestr(entry, self._kept(member.filename) if own is None else own)
            for name in self._changed:
                if name not in self.archive.names:
                    entry = zipfile.ZipInfo(name, _EPOCH)
                    entry.compress_type = zipfile.ZIP_DEFLATED
                    entry.external_attr = 0o644 << 16
                    new.writestr(entry, self._changed[name])
        return data.getvalue()

    def _kept(self, name: str) -> bytes:
        return b"" if name.endswith("/") else b"".join(self.archive.chunks(name))


def prefix_of(data: bytes, node: Node) -> str:
    """The prefix of an element with its colon; ``""`` if it has none."""
    opening = re.match(rb"<([\w.-]+:)?", data[node.start : node.inner])
    return opening[1].decode() if opening and opening[1] else ""


def at_end(data: bytes, node: Node, text: str) -> Edit:
    """An edit that puts text at the end of an element."""
    if not node.is_closed:
        return Edit(node.inner_end, node.inner_end, text.encode())
    tag = data[node.start : node.inner]
    name = re.match(rb"<([^\s/>]+)", tag)
    if name is None:
        raise unusable("damaged", "已损坏", "is damaged", "")
    return Edit(node.inner - 2, node.inner, b">" + text.encode() + b"</" + name[1] + b">")
