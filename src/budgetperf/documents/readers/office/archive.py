"""The parts of an office file, a zip archive: bounded in size, and nothing from outside."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from collections.abc import Callable, Iterator
from xml.etree.ElementTree import Element

import attrs

from budgetperf.documents.readers.text import (
    DAMAGED,
    UnusableDocumentError,
    encrypted,
    unusable,
)
from budgetperf.exact.limits import MAX_MEMBERS, MAX_UNPACKED

from .xml import Budget, elements

__all__ = ["Archive", "Relation"]

_CHUNK = 64 * 1024
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
"""What office programs write. Others may ask for memory without bounds."""
_ENTRY = 46
"""How many bytes an entry of the directory has at least."""


@attrs.frozen(kw_only=True)
class Relation:
    """What a part refers to: its kind, where it is, and whether that is outside of the file."""

    kind: str
    target: str
    outside: bool


class Archive:
    """A zip archive whose parts are read one by one, up to a limit for all of them."""

    def __init__(self, data: bytes) -> None:
        """Open it.

        Raises:
            UnusableDocumentError: it is damaged, encrypted, has too many parts or one part twice.
        """
        _require_few_members(data)
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except (zipfile.BadZipFile, ValueError, NotImplementedError, EOFError):
            raise _damaged() from None
        members = self._zip.infolist()
        self.names: frozenset[str] = frozenset(member.filename for member in members)
        if len(self.names) != len(members):
            raise _damaged()
        if any(member.flag_bits & 0x1 for member in members):
            raise encrypted()
        if any(member.compress_type not in _METHODS for member in members):
            raise _damaged()
        self._left = MAX_UNPACKED
        self._budget = Budget()

    def chunks(self, name: str) -> Iterator[bytes]:
        """The bytes of a part.

        Raises:
            UnusableDocumentError: there is no such part, it is damaged, or too large.
        """
        try:
            with self._zip.open(name) as member:
                while chunk := member.read(_CHUNK):
                    self._left -= len(chunk)
                    if self._left < 0:
                        raise unusable(
                            "too-large",
                            f"解压后超过 {MAX_UNPACKED // 1024**2} MB 的上限：请确认这是一份报告，"
                            "或拆分后再读",
                            f"unpacks to more than {MAX_UNPACKED // 1024**2} MB: make sure that it "
                            "is one report, or split it",
                            "",
                        )
                    yield chunk
        except UnusableDocumentError:
            raise
        except (
            *(KeyError, zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError),
            *(RuntimeError, ValueError, OSError),
        ):
            raise _damaged() from None

    def elements(
        self, name: str, *tags: str, cut: Callable[[bytes], bytes] | None = None
    ) -> Iterator[Element]:
        """The elements of a part with one of the names: see :func:`.xml.elements`."""
        try:
            yield from elements(self.chunks(name), self._budget, *tags, cut=cut)
        except UnusableDocumentError as error:
            if error.field:
                raise
            raise UnusableDocumentError(error.code, error.message, field=name) from None

    def relations(self, name: str = "") -> dict[str, Relation]:
        """What a part, or the whole file, refers to, by the id of the reference."""
        folder, file = posixpath.split(name)
        path = posixpath.join(folder, "_rels", f"{file}.rels")
        if path not in self.names:
            return {}
        return {
            relation.get("Id", ""): Relation(
                kind=relation.get("Type", "").rpartition("/")[2],
                target=_resolved(folder, relation.get("Target", "")),
                outside=relation.get("TargetMode") == "External",
            )
            for relation in self.elements(path, "{r}Relationship")
        }

    def text(self, name: str) -> str:
        """The beginning of a part that is plain text; nothing where there is none."""
        if name not in self.names:
            return ""
        return next(self.chunks(name), b"").decode("utf-8", "replace").strip()


def _resolved(folder: str, target: str) -> str:
    return posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")


def _require_few_members(data: bytes) -> None:
    """By the size of the directory, before it is read."""
    at = data.rfind(b"PK\x05\x06")
    size = int.from_bytes(data[at + 12 : at + 16], "little") if at >= 0 else 0
    if size > MAX_MEMBERS * _ENTRY * 4:
        raise unusable(
            "too-many-members",
            f"压缩包内超过 {MAX_MEMBERS} 个文件：请确认这是一份报告",
            f"holds more than {MAX_MEMBERS} parts: make sure that it is one report",
            "",
        )


def _damaged() -> UnusableDocumentError:
    return unusable("damaged", *DAMAGED, "")
