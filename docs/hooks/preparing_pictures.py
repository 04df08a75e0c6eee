"""Makes the pictures of the pages for preparers; `python docs/hooks/preparing_pictures.py`.

What is shown are files that budgetperf wrote, as LibreOffice prints them; pdftoppm (of Poppler)
makes pictures of their pages. Both must be there.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

import budgetperf as bp

DOCS = Path(__file__).parents[1]
INPUTS = DOCS.parent / "examples" / "inputs.xlsx"
PAGES = {
    "inputs.xlsx": [(1, "filled-form")],
    "report.docx": [(1, "report-text"), (-2, "report-form")],
    "report.xlsx": [(1, "report-sheet")],
    "department-inputs.xlsx": [(2, "basic-data")],
    "open.docx": [(-1, "report-to-do")],
}
"""Of each file the pages that are shown, from the end if below 0, and what their pictures are
called."""
DOTS = "90"


def run(command: list[str]) -> str:
    """What a program prints, which must succeed."""
    done = subprocess.run(command, check=True, capture_output=True, timeout=300, text=True)  # noqa: S603
    return done.stdout


def printed(source: Path, folder: Path) -> Path:
    """The file as LibreOffice prints it."""
    run(
        ["soffice", f"-env:UserInstallation=file://{folder}/profile", "--headless",
         "--convert-to", "pdf", "--outdir", str(folder), str(source)]
    )  # fmt: skip
    return folder / f"{source.stem}.pdf"


def main(target: Path) -> None:
    """Make all pictures."""
    target.mkdir(exist_ok=True)
    inputs = bp.read(INPUTS)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        done = bp.compose(inputs, rules="yitihua-default")
        for end in (".docx", ".xlsx"):
            bp.write(done, folder / f"report{end}")
        bp.write(bp.compose(inputs, rules="national-2020"), folder / "open.docx")
        for file, pages in PAGES.items():
            source = folder / file
            if file.endswith("inputs.xlsx"):
                source = INPUTS.parent / file
            out = folder / file.replace(".", "-")
            out.mkdir()
            pdf = printed(source, out)
            count = int(run(["pdfinfo", str(pdf)]).partition("Pages:")[2].split()[0])
            for page, picture in pages:
                number = page if page > 0 else count + 1 + page
                run(
                    ["pdftoppm", "-png", "-r", DOTS, "-f", str(number), "-l", str(number),
                     "-singlefile", "-gray", str(pdf), str(target / picture)]
                )  # fmt: skip


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else DOCS / "pictures")
