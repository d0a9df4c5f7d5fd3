"""The empty Word file every paper starts from, and the zip it is kept in."""

import datetime
import io
import zipfile
from functools import lru_cache

from docx import Document
from docx.opc.constants import RELATIONSHIP_TYPE as RT
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from documents.engine.word.styles import styles_element

# What python-docx's own template brings and a paper has no use for.
_KEPT = {RT.STYLES, RT.SETTINGS, RT.THEME}
_EPOCH = datetime.datetime(2000, 1, 1)
_SETTINGS = (
    f'<w:settings {nsdecls("w")}><w:zoom w:percent="100"/><w:defaultTabStop w:val="720"/>'
    '<w:characterSpacingControl w:val="doNotCompress"/><w:compat>'
    # 15 is today's Word: without it the file opens "in compatibility mode".
    '<w:compatSetting w:name="compatibilityMode" w:uri="http://schemas.microsoft.com/office/word" w:val="15"/>'
    '</w:compat><w:themeFontLang w:val="vi-VN"/><w:decimalSymbol w:val=","/><w:listSeparator w:val=";"/></w:settings>'
)


def new_document(*, title, author="", issued_on="", party=False):
    """A python-docx document without a page, with our styles and its properties set."""
    document = Document(io.BytesIO(_template(party)))
    properties = document.core_properties
    properties.title, properties.author, properties.language = title[:255], author[:255], "vi-VN"
    properties.subject = properties.keywords = properties.comments = properties.last_modified_by = ""
    properties.revision = 1
    properties.created = properties.modified = _moment(issued_on)
    return document


def to_bytes(document):
    """The file; equal documents give equal bytes, because no entry carries the time of writing."""
    raw, out = io.BytesIO(), io.BytesIO()
    document.save(raw)
    with zipfile.ZipFile(raw) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type = zipfile.ZIP_DEFLATED
            target.writestr(entry, source.read(name))
    return out.getvalue()


def _moment(issued_on):
    try:
        return datetime.datetime.fromisoformat(issued_on)
    except ValueError:
        return _EPOCH


@lru_cache(maxsize=2)
def _template(party):
    document = Document()
    for owner, kept in ((document.part, _KEPT), (document.part.package, {RT.OFFICE_DOCUMENT, RT.CORE_PROPERTIES})):
        for key, relation in list(owner.rels.items()):
            if relation.reltype not in kept:
                del owner.rels[key]
    _replace(document.styles.element, styles_element(party=party))
    _replace(document.settings.element, parse_xml(_SETTINGS))
    body = document.element.body
    for child in list(body):
        body.remove(child)
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def _replace(old, new):
    for child in list(old):
        old.remove(child)
    old.extend(list(new))
