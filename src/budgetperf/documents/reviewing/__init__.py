"""The reviewer's copy of a document: the same document, with the findings at their places."""

from __future__ import annotations

from .making import Reviewed, review, reviewed_text

__all__ = ["Reviewed", "review", "reviewed_text"]
