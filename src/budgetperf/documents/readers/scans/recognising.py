"""What a picture of a page shows: signs by RapidOCR, lines by their pixels.

This module alone knows RapidOCR, ONNX Runtime, OpenCV, Pillow and PDFium, which have no types of
their own. It is imported when a picture or a scan is read. Models come with RapidOCR; nothing is
fetched.
"""

from __future__ import annotations

import importlib
import io
import itertools
import statistics
from collections.abc import Iterator
from typing import Any, TypeAlias

import attrs

from budgetperf.documents.readers.pdf.lines import IN_NUMBERS
from budgetperf.documents.readers.pdf.page import Glyph, Page, Rule
from budgetperf.documents.readers.text import UNKNOWN, too_long

__all__ = ["BROKEN", "Picture", "Recogniser", "pages_of_pdf", "pictures_in"]

cv2: Any = importlib.import_module("cv2")
np: Any = importlib.import_module("numpy")
pypdfium2: Any = importlib.import_module("pypdfium2")
pil: Any = importlib.import_module("PIL.Image")
pil_ops: Any = importlib.import_module("PIL.ImageOps")
pil_sequence: Any = importlib.import_module("PIL.ImageSequence")
rapidocr: Any = importlib.import_module("rapidocr")

Picture: TypeAlias = Any
"""Rows of pixels, each red, green and blue."""
BROKEN: tuple[type[Exception], ...] = (
    *(OSError, ValueError, SyntaxError, TypeError, IndexError, KeyError, EOFError),
    *(pil.DecompressionBombError, pypdfium2.PdfiumError, cv2.error),
)
"""What is raised where a picture is not as it should be."""

_MOST_PAGES = 40
_MOST_PIXELS = 40_000_000
_DOTS = 200
_POINT = 72 / _DOTS
_LONGER_SIDE = 842
"""Of a page of A4."""
_LARGEST_PAGE = 1200
"""A3, longer side; a page that seems larger holds a picture that does not say its scale."""
_SURE = 0.8
"""How sure a sign of a number has to be."""
_STEEPEST = 5.0
_LARGEST_SIGN = _DOTS // 2
"""Half an inch, 36 points: what is longer is no stroke of a sign."""
_BODY = 0.72
"""How large a sign is beside the box that was found around its line."""


def pictures_in(data: bytes) -> Iterator[Picture]:
    """The pages of a picture, upright.

    Raises:
        UnusableDocumentError: it is larger than any page, or has more of them.
    """
    with pil.open(io.BytesIO(data)) as image:
        for number, frame in enumerate(pil_sequence.Iterator(image)):
            if number >= _MOST_PAGES or frame.width * frame.height > _MOST_PIXELS:
                raise too_long()
            upright = pil_ops.exif_transpose(frame)
            white = pil.new("RGBA", upright.size, "white")
            white.alpha_composite(upright.convert("RGBA"))
            yield _in_usual_size(np.asarray(white.convert("RGB")))


def _in_usual_size(picture: Picture) -> Picture:
    """So that the longer side is that of a page of A4."""
    longest = max(picture.shape[:2])
    factor = _LONGER_SIDE / _POINT / longest
    if 0.8 < factor < 1.25:
        return picture
    size = (round(picture.shape[1] * factor), round(picture.shape[0] * factor))
    how = cv2.INTER_AREA if factor < 1 else cv2.INTER_CUBIC
    return cv2.resize(picture, size, interpolation=how)


def pages_of_pdf(data: bytes) -> Iterator[Picture]:
    """The pages of a PDF as pictures.

    Raises:
        UnusableDocumentError: they are larger than any, or too many.
    """
    document = pypdfium2.PdfDocument(data)
    try:
        if len(document) > _MOST_PAGES:
            raise too_long()
        for page in document:
            longest = max(page.get_size())
            scale = (_LONGER_SIDE / longest if longest > _LARGEST_PAGE else 1) / _POINT
            width, height = page.get_size()
            if not 0 < width * height * scale**2 < _MOST_PIXELS:
                raise too_long()
            yield page.render(scale=scale, draw_annots=True).to_numpy()[:, :, :3].copy()
            page.close()
    finally:
        document.close()


class Recogniser:
    """Recognises pages one after the other."""

    def __init__(self) -> None:
        # With its classifier of directions 99% was turned upside down and became 66.
        settings = {"Global.use_cls": False, "Global.log_level": "critical"}
        self._engine = rapidocr.RapidOCR(params=settings)

    def page(self, picture: Picture, number: int) -> Page:
        """What a page shows.

        Args:
            picture: its pixels.
            number: its number.
        """
        straight = _straightened(picture)
        rules, without = _parted(straight)
        height, width = straight.shape[:2]
        return Page(
            number=number,
            width=width * _POINT,
            height=height * _POINT,
            glyphs=tuple(self._glyphs(without)),
            rules=rules,
        )

    def _glyphs(self, picture: Picture) -> Iterator[Glyph]:
        recognised = self._engine(
            picture, use_cls=False, return_word_box=True, return_single_char_box=True
        )
        if recognised.boxes is None or not recognised.word_results:
            return
        heights = [float(box[:, 1].max() - box[:, 1].min()) for box in recognised.boxes]
        usual = statistics.median(heights)
        for box, own, signs in zip(recognised.boxes, heights, recognised.word_results, strict=True):
            height = usual if 0.6 < own / usual < 1.5 else own  # digits seem smaller than words
            size = _BODY * height * _POINT
            base = float(box[:, 1].mean()) * _POINT + 0.36 * size
            yield from _closed_up([_glyph(*sign, base=base, size=size) for sign in signs])


def _glyph(text: str, sure: float, corners: Picture, *, base: float, size: float) -> Glyph:
    left, right = (float(f(x for x, _ in corners)) * _POINT for f in (min, max))
    is_in_doubt = sure < _SURE and any(char in IN_NUMBERS for char in text)
    return Glyph(UNKNOWN if is_in_doubt else text, left, right, base, size)


def _closed_up(glyphs: list[Glyph]) -> Iterator[Glyph]:
    """Without the gaps that are found between signs of one word: digits stay where they are."""
    for at, glyph in enumerate(glyphs):
        for after in glyphs[at + 1 : at + 2]:
            is_number = glyph.text in IN_NUMBERS and after.text in IN_NUMBERS
            if not is_number and 0 < after.x0 - glyph.x1 < glyph.size:
                glyph = attrs.evolve(glyph, x1=after.x0)  # noqa: PLW2901
        yield glyph


def _straightened(picture: Picture) -> Picture:
    """Turned so that its lines go straight across; as it is where it has none."""
    edges = cv2.Canny(cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY), 50, 150)
    height, width = edges.shape
    lines = cv2.HoughLinesP(edges, 1, np.pi / 1800, 200, None, width // 4, 20)
    if lines is None:
        return picture
    ends = lines.reshape(-1, 4).tolist()
    angles = [float(np.degrees(np.arctan2(y1 - y0, x1 - x0))) for x0, y0, x1, y1 in ends]
    across = [angle for angle in angles if abs(angle) <= _STEEPEST]
    turn = statistics.median(across) if across else 0.0
    if abs(turn) < 0.05:
        return picture
    matrix = cv2.getRotationMatrix2D((width / 2, height / 2), turn, 1.0)
    return cv2.warpAffine(picture, matrix, (width, height), borderValue=(255, 255, 255))


def _parted(picture: Picture) -> tuple[tuple[Rule, ...], Picture]:
    """The lines of a page, and the page without them: one beside a digit looks like another."""
    gray = cv2.cvtColor(picture, cv2.COLOR_RGB2GRAY)
    dark = cv2.adaptiveThreshold(
        gray, 255, cv2.ADAPTIVE_THRESH_MEAN_C, cv2.THRESH_BINARY_INV, 31, 12
    )
    height, width = gray.shape
    lines = {
        True: _lines(dark, (max(40, width // 30), 1)),
        False: _lines(dark, (1, max(40, height // 50))),
    }
    sure = {True: _lines(dark, (_LARGEST_SIGN, 1)), False: _lines(dark, (1, _LARGEST_SIGN))}
    without = picture.copy()
    rules: list[Rule] = []
    for across, mask in lines.items():
        _, _, boxes, _ = cv2.connectedComponentsWithStats(mask)
        for x, y, wide, high, _ in itertools.islice(boxes.tolist(), 1, None):
            long, thick = (wide, high) if across else (high, wide)
            is_dark = thick > _DOTS // 8  # a field, or a picture
            if is_dark or (
                long < _LARGEST_SIGN and not _ends_at(sure[not across], x, y, wide, high)
            ):
                continue
            without[y : y + high, x : x + wide][mask[y : y + high, x : x + wide] > 0] = 255
            middle = (y + high / 2 if across else x + wide / 2) * _POINT
            first, last = (x, x + wide) if across else (y, y + high)
            ends = (first * _POINT, last * _POINT)
            rules.append(
                Rule(ends[0], middle, ends[1], middle)
                if across
                else Rule(middle, ends[0], middle, ends[1])
            )
    return tuple(rules), without


def _lines(dark: Picture, kernel: tuple[int, int]) -> Picture:
    """What is dark as far as the kernel goes, a little wider."""
    shape = cv2.getStructuringElement(cv2.MORPH_RECT, kernel)
    return cv2.dilate(cv2.morphologyEx(dark, cv2.MORPH_OPEN, shape), np.ones((3, 3), np.uint8))


def _ends_at(others: Picture, x: int, y: int, wide: int, high: int) -> bool:
    """Whether both ends of a line touch lines that go the other way, as between cells; a stroke of
    a large sign has none there."""
    near = 4
    if wide > high:
        first, last = (x - near, y, 2 * near, high), (x + wide - near, y, 2 * near, high)
    else:
        first, last = (x, y - near, wide, 2 * near), (x, y + high - near, wide, 2 * near)
    return all(
        bool(others[max(top, 0) : top + down, max(left, 0) : left + right].any())
        for left, top, right, down in (first, last)
    )
