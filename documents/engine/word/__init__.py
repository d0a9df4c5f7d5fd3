"""HTML of a paper in, an editable Word file out: the same words, in the same places, as the PDF."""

import re

from common.errors import DomainError
from documents.engine.word.package import new_document, to_bytes
from documents.engine.word.reading import read_paper
from documents.engine.word.writing import write_sections

# About 200 pages of tables: five seconds.
MAX_HTML = 1_000_000
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


class WordError(DomainError):
    """The Word file cannot be made; the message says what to do."""


def render_docx(html, *, title):
    """Bytes of a .docx that prints like the PDF of the same `html`; equal input gives equal bytes.

    Every element of the paper is a named style of Word, tables are tables with a repeated head, headings stand in
    the navigation pane, annexes are sections with pages of their own. Markup that it does not know is kept as text;
    nothing is fetched. A bar chart (`<svg role="img">`) is a picture with its values as alternative text, any other
    drawing is left out. Fields for certificate signatures are room to sign.
    Raises WordError for a paper too long or nested too deeply.
    """
    if len(html) > MAX_HTML:
        raise WordError("Văn bản quá dài để tạo tệp Word; hãy rút gọn nội dung hoặc tách bớt phụ lục.")
    try:
        sections, facts = read_paper(_ILLEGAL.sub("", html))
    except RecursionError as error:
        raise WordError("Nội dung văn bản lồng quá nhiều cấp nên không tạo được tệp Word.") from error
    document = new_document(
        title=_ILLEGAL.sub("", title),
        author=facts.get("author", ""),
        issued_on=facts.get("dcterms.created", ""),
        party=facts["is_party"],
    )
    write_sections(document, sections)
    return to_bytes(document)
