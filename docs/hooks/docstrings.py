"""Docstrings for the pages: examples become code blocks, references become links."""

from __future__ import annotations

import re

import griffe

__all__ = ["Docstrings"]

_EXAMPLE = re.compile(r"^(?P<block>>>> .*(?:\n.+)*)", re.MULTILINE)
_ROLE = re.compile(r":(?:class|func|meth|mod):`(?P<tilde>~?)(?P<name>[\w.]+)`")


class Docstrings(griffe.Extension):
    """Rewrites the docstrings of a package once it is loaded."""

    def on_package(self, *, pkg: griffe.Module, **_: object) -> None:
        """Called by Griffe when a package is loaded, with all its modules."""
        _rewrite(pkg)


def _rewrite(thing: griffe.Object) -> None:
    if thing.docstring is not None:
        text = _ROLE.sub(lambda role: _link(role, thing), thing.docstring.value)
        thing.docstring.value = _EXAMPLE.sub(r"```pycon\n\g<block>\n```", text)
    for member in thing.members.values():
        if isinstance(member, griffe.Object):
            _rewrite(member)


def _link(role: re.Match[str], thing: griffe.Object) -> str:
    """``:class:`~budgetperf.exact.Figure``` as a link to what it names."""
    name = role["name"]
    shown = name.rpartition(".")[2] if role["tilde"] else name
    path = name
    if not name.startswith("budgetperf."):
        owner = thing if isinstance(thing, (griffe.Module, griffe.Class)) else thing.parent
        try:
            path = (owner or thing).resolve(name)
        except griffe.NameResolutionError:
            return f"`{shown}`"
    return f"[`{shown}`][{path}]"
