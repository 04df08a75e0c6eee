"""PDFs that are made to do harm, and the code with which each is refused; ``""`` if it is read."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Mapping

from budgetperf.documents.readers.files import document_of
from budgetperf.documents.understanding.lines import lines_of
from tests.documents.pdf_writing import of_objects

Made = tuple[Callable[[], object], str]


def read(data: bytes) -> int:
    """Everything that is read of a file: its lines are counted."""
    return sum(len(text) for _, text in lines_of(document_of(data, "x.pdf")))


def packed(data: bytes, entries: str = "") -> bytes:
    """A stream that unpacks to this."""
    small = zlib.compress(data, 9)
    head = f"<<{entries}/Filter/FlateDecode/Length {len(small)}>>stream\n"
    return head.encode() + small + b"\nendstream"


def stream(data: bytes, entries: str) -> bytes:
    """A stream with filters of its own."""
    return f"<<{entries}/Length {len(data)}>>stream\n".encode() + data + b"\nendstream"


CID = b"<</Type/Font/Subtype/CIDFontType2/BaseFont/A/CIDSystemInfo<</Registry(Adobe)"
CID += b"/Ordering(Identity)/Supplement 0>>%s/DW 1000>>"
TYPE0 = (
    b"<</Type/Font/Subtype/Type0/BaseFont/A/Encoding/%s/DescendantFonts[4 0 R]/ToUnicode 3 0 R>>"
)
TEXT = b"BT /F1 10 Tf 1 0 0 1 72 700 Tm <006100620063> Tj ET\n"
ROOT = b"<</Type/Catalog/Pages 2 0 R>>"


def page(
    content: bytes, objects: Mapping[int, bytes] | None = None, resources: str = "", pages: int = 1
) -> bytes:
    """A file whose pages are all the same."""
    kids = " ".join(f"{100 + number} 0 R" for number in range(pages))
    resources = resources or "/Font<</F1 5 0 R>>"
    leaf = (
        f"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]/Contents 7 0 R/Resources<<{resources}>>>>"
    )
    return of_objects(
        {
            1: ROOT,
            2: f"<</Type/Pages/Count {pages}/Kids[{kids}]>>".encode(),
            3: packed(b"beginbfrange <0000> <FFFF> <0000> endbfrange"),
            4: CID % b"",
            5: TYPE0 % b"Identity-H",
            7: packed(content),
            **{100 + number: leaf.encode() for number in range(pages)},
            **(objects or {}),
        }
    )


def forms(count: int, times: int) -> bytes:
    """Drawings of which each draws the next one so many times."""
    kind = "/Type/XObject/Subtype/Form/BBox[0 0 1 1]/Resources<</XObject<</X {} 0 R>>>>"
    drawings = {10 + n: packed(b"/X Do " * times, kind.format(11 + n)) for n in range(count)}
    return page(b"/X Do", drawings, "/XObject<</X 10 0 R>>")


def own(objects: dict[int, bytes]) -> bytes:
    """A file with a catalogue."""
    return of_objects({1: ROOT, **objects})


def _grid(step: int) -> bytes:
    return b"".join(
        b"%d 0 m %d 840 l S 0 %d m 590 %d l S " % (x, x, x, x) for x in range(0, 590, step)
    )


TREE = {31 + n: b"[%s]" % (b"%d 0 R " % (32 + n) * 10) for n in range(12)}
END = b"\nstartxref\n5\n%%EOF"
PDFS: dict[str, Made] = {
    "1,000 pages": (lambda: read(page(TEXT, pages=1000)), "too-many-pages"),
    "200 pages": (lambda: read(page(TEXT, pages=200)), ""),
    "content of 100 MB": (lambda: read(page(b" " * 100_000_000)), "too-large"),
    "content of 20 MB": (lambda: read(page(b"q Q " * 5_000_000)), "too-long"),
    "a million operators": (lambda: read(page(b"q Q " * 1_000_000)), "too-long"),
    "states without end": (lambda: read(page(b"q " * 1_000_000)), "too-long"),
    "open strings": (lambda: read(page(b"BT /F1 1 Tf " + b"(" * 1_000_000)), "scan"),
    "open lists": (lambda: read(page(b"[" * 1_000_000)), "scan"),
    "500,000 signs": (lambda: read(page(b"BT /F1 1 Tf <%s> Tj ET" % (b"61" * 10**6))), "too-long"),
    "300,000 lines": (lambda: read(page(b"1 1 m 9 1 l S " * 300_000)), "too-long"),
    "a fine grid": (lambda: read(page(_grid(4))), "scan"),
    "forms in forms": (lambda: read(forms(11, 10)), "too-long"),
    "a form in itself": (
        lambda: read(
            page(
                b"/X Do",
                {10: packed(b"/X Do", "/Subtype/Form/Resources<</XObject<</X 10 0 R>>>>")},
                "/XObject<</X 10 0 R>>",
            )
        ),
        "too-long",
    ),
    "a font of four billion signs": (
        lambda: read(page(TEXT, {3: packed(b"beginbfrange <00000000> <FFFFFFFF> <0> endbfrange")})),
        "too-long",
    ),
    "ranges without end": (lambda: read(page(TEXT, {3: packed(b"beginbfrange <" * 200_000)})), ""),
    "widths of four billion signs": (
        lambda: read(page(TEXT, {4: CID % b"/W[0 4000000000 500]"})),
        "too-long",
    ),
    "heights of four billion signs": (
        lambda: read(page(TEXT, {4: CID % b"/W2[0 4000000000 1 1 1]", 5: TYPE0 % b"Identity-V"})),
        "",
    ),
    "lists of references": (
        lambda: read(
            page(
                TEXT,
                {
                    4: CID % b"/FontDescriptor 30 0 R",
                    30: b"<</FontBBox 31 0 R>>",
                    **TREE,
                    43: b"[1]",
                },
            )
        ),
        "",
    ),
    "3,000 fonts": (
        lambda: read(
            page(
                b"".join(b"/F%d 1 Tf " % n for n in range(3000)),
                resources="/Font<<"
                + "".join(f"/F{n}{(TYPE0 % b'Identity-H').decode()}" for n in range(3000))
                + ">>",
            )
        ),
        "too-long",
    ),
    "the name of a file as that of a code": (
        lambda: read(page(TEXT, {5: TYPE0 % b"..#2F..#2F..#2F..#2Fetc#2Fpasswd"})),
        "",
    ),
    "pale signs on many boxes": (
        lambda: read(
            page(b"0 0 9 9 re f " * 2000 + b"1 g BT /F1 1 Tf <%s> Tj ET" % (b"4E00" * 9999))
        ),
        "too-long",
    ),
    # Streams.
    "packed twice": (
        lambda: read(
            page(
                b"",
                {
                    7: stream(
                        zlib.compress(zlib.compress(b" " * 200_000_000, 9), 9),
                        "/Filter[/FlateDecode/FlateDecode]",
                    )
                },
            )
        ),
        "too-large",
    ),
    "runs of signs": (
        lambda: read(page(b"", {7: stream(b"\x81a" * 10**6, "/Filter/RunLengthDecode")})),
        "too-large",
    ),
    "a row of a billion columns": (
        lambda: read(
            page(
                b"",
                {
                    7: packed(
                        b"\x02\x01" * 1000, "/DecodeParms<</Predictor 12/Columns 999999999999>>"
                    )
                },
            )
        ),
        "damaged",
    ),
    "a stream that does not end": (
        lambda: read(page(b"", {7: stream(zlib.compress(TEXT * 99)[:-9], "/Filter/FlateDecode")})),
        "damaged",
    ),
    "a filter that is not known": (
        lambda: read(page(b"", {7: stream(TEXT, "/Filter/Other")})),
        "scan",
    ),
    # Objects.
    "pages in themselves": (
        lambda: read(own({2: b"<</Type/Pages/Count 1/Kids[2 0 R 2 0 R]>>"})),
        "damaged",
    ),
    "a tree of pages without leaves": (
        lambda: read(
            own(
                {
                    2 + n: b"<</Type/Pages/Count 1/Kids[%s]>>" % (b"%d 0 R " % (3 + n) * 10)
                    for n in range(30)
                }
            )
        ),
        "damaged",
    ),
    "a reference to itself": (lambda: read(own({2: b"3 0 R", 3: b"2 0 R"})), "damaged"),
    "lists in lists": (lambda: read(own({2: b"[" * 200_000})), "damaged"),
    "a list of a million": (
        lambda: read(own({2: b"<</Type/Pages/Count 1/Kids[%s]>>" % (b"1 " * 10**6)})),
        "too-long",
    ),
    "lines without end": (lambda: read(b"%PDF-1.4\n" + b"\n" * 10**6 + END), "too-long"),
    "a word without end": (lambda: read(b"%PDF-1.4\n" + b"x" * 10**7 + END), "too-long"),
    "objects without end": (lambda: read(b"%PDF-1.4\n" + b"1 0 obj\n" * 10**6 + END), "too-long"),
    "streams without end": (
        lambda: read(b"%PDF-1.4\n" + b"1 0 obj\n<</Length 0>>stream\n" * 50_000 + END),
        "damaged",
    ),
    "cut off": (lambda: read(page(TEXT)[:-40]), "damaged"),
    "nothing behind the mark": (lambda: read(b"%PDF-1.7"), "damaged"),
}
