"""LibreOffice as the reader of our Word files, and poppler as the reader of what both print."""

import os
import subprocess
from pathlib import Path

from documents.engine.fonts import use_own_fonts


def to_pdf(files, folder):
    """{key: PDF bytes} of {key: DOCX bytes}: one start of LibreOffice for all, with a profile and fonts of its own."""
    # As Times New Roman it then finds Tinos, the font of our PDFs.
    use_own_fonts()
    names = {key: f"paper-{number}" for number, key in enumerate(files)}
    for key, name in names.items():
        (folder / f"{name}.docx").write_bytes(files[key])
    command = ["soffice", f"-env:UserInstallation={(folder / 'profile').as_uri()}", "--headless", "--convert-to", "pdf"]
    command += ["--outdir", str(folder), *(str(folder / f"{name}.docx") for name in names.values())]
    subprocess.run(command, check=True, capture_output=True, timeout=240, env={**os.environ, "HOME": str(folder)})
    return {key: (folder / f"{name}.pdf").read_bytes() for key, name in names.items()}


def printed_words(pdf, folder: Path):
    """[[word …] …] per page in the order of the content, without the page number in the margin."""
    path = folder / "read.pdf"
    path.write_bytes(pdf)
    text = subprocess.run(
        ["pdftotext", "-raw", "-enc", "UTF-8", path, "-"], check=True, capture_output=True, text=True
    ).stdout
    return [_without_number(page) for page in text.split("\f")[:-1]]


def _without_number(page):
    lines = [line for line in page.split("\n") if line.strip()]
    # WeasyPrint draws the margin last, LibreOffice first.
    for place in (0, -1):
        if lines and lines[place].strip().isdecimal():
            del lines[place]
            break
    return " ".join(lines).split()
