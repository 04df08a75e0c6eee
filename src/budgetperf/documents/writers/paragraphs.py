"""Running text as every format writes it. It knows nothing of budgets."""

from __future__ import annotations

import enum

import attrs

__all__ = ["Level", "Paragraph", "Piece"]


class Level(enum.Enum):
    """What a paragraph is."""

    TITLE = "#"
    CENTRED = "="
    CHAPTER = "##"
    SECTION = "###"
    PART = "####"
    TEXT = ""


@attrs.frozen(kw_only=True)
class Piece:
    """A stretch of a paragraph.

    Args:
        text: its words.
        is_open: whether it is left to be filled in.
    """

    text: str
    is_open: bool = False


@attrs.frozen(kw_only=True)
class Paragraph:
    """A paragraph, or a heading.

    Args:
        level: which.
        pieces: its stretches.
    """

    level: Level
    pieces: tuple[Piece, ...]

    @property
    def text(self) -> str:
        """All its words."""
        return "".join(piece.text for piece in self.pieces)
