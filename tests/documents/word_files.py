"""Word files taken apart: what Word would complain about, paragraphs, words."""

import io
import zipfile
from itertools import pairwise

from docx import Document
from docx.oxml.ns import nsmap, qn
from docx.text.paragraph import Paragraph
from lxml import etree

from documents.engine.word import render_docx

PAGE = '<!DOCTYPE html><html lang="vi"><head><title>Thử</title></head><body><div class="text">{}</div></body></html>'
HOSTILE = 'Công ty <script>alert("x")</script> & "Con" ' + "Ủ" * 120
NO_BREAK = "\N{NO-BREAK SPACE}"
# The order in which the schema (ISO/IEC 29500-1, transitional) lets children stand. Word refuses a file for another.
ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore framePr widowControl numPr suppressLineNumbers pBdr shd tabs "
    "suppressAutoHyphens kinsoku wordWrap overflowPunct topLinePunct autoSpaceDE autoSpaceDN bidi adjustRightInd "
    "snapToGrid spacing ind contextualSpacing mirrorIndents suppressOverlap jc textDirection textAlignment "
    "textboxTightWrap outlineLvl divId cnfStyle rPr sectPr pPrChange",
    "rPr": "rStyle rFonts b bCs i iCs caps smallCaps strike dstrike outline shadow emboss imprint noProof snapToGrid "
    "vanish webHidden color spacing w kern position sz szCs highlight u effect bdr shd fitText vertAlign rtl cs em lang",
    "tblPr": "tblStyle tblpPr tblOverlap bidiVisual tblStyleRowBandSize tblStyleColBandSize tblW jc tblCellSpacing "
    "tblInd tblBorders shd tblLayout tblCellMar tblLook tblCaption tblDescription",
    "trPr": "cnfStyle divId gridBefore gridAfter wBefore wAfter cantSplit trHeight tblHeader tblCellSpacing jc hidden",
    "tcPr": "cnfStyle tcW gridSpan hMerge vMerge tcBorders shd noWrap tcMar textDirection tcFitText vAlign hideMark",
    "sectPr": "headerReference footerReference footnotePr endnotePr type pgSz pgMar paperSrc pgBorders lnNumType "
    "pgNumType cols formProt vAlign noEndnote titlePg textDirection bidi rtlGutter docGrid printerSettings",
    "tbl": "tblPr tblGrid tr",
    "tr": "tblPrEx trPr tc",
    "style": "name aliases basedOn next link autoRedefine hidden uiPriority semiHidden unhideWhenUsed qFormat locked "
    "personal personalCompose personalReply rsid pPr rPr tblPr trPr tcPr tblStylePr",
    "settings": "writeProtection view zoom defaultTabStop characterSpacingControl compat rsids mathPr themeFontLang "
    "clrSchemeMapping decimalSymbol listSeparator",
    "tblCellMar": "top left bottom right",
    "tblBorders": "top left bottom right insideH insideV",
}


def opened(docx):
    return Document(io.BytesIO(docx))


def body_of(docx):
    return opened(docx).element.body


def parts_of(docx):
    with zipfile.ZipFile(io.BytesIO(docx)) as package:
        return {name: package.read(name) for name in package.namelist()}


def name_of(element):
    return etree.QName(element).localname


def faults_of(docx):
    """What Word would complain about."""
    faults = []
    parts = parts_of(docx)
    for name, content in parts.items():
        if not name.endswith((".xml", ".rels")):
            continue
        root = etree.fromstring(content)
        for element in root.iter(f"{{{nsmap['w']}}}*"):
            rank = {child: place for place, child in enumerate(ORDER.get(name_of(element), "").split())}
            if rank:
                children = [name_of(child) for child in element]
                faults += [f"{name}: {child} in {name_of(element)}" for child in children if child not in rank]
                places = [rank.get(child, 0) for child in children]
                faults += [
                    f"{name}: order in {name_of(element)} {children}" for pair in pairwise(places) if pair[0] > pair[1]
                ]
        for cell in root.iter(qn("w:tc")):
            if not len(cell) or name_of(cell[-1]) != "p":
                faults.append(f"{name}: a cell does not end with a paragraph")
        ids = [element.get("id") for element in root.iter(qn("wp:docPr"))]
        if len(ids) != len(set(ids)):
            faults.append(f"{name}: the same id twice")
    return faults + _broken_references(parts)


def _broken_references(parts):
    document = etree.fromstring(parts["word/document.xml"])
    rels = etree.fromstring(parts["word/_rels/document.xml.rels"])
    targets = {rel.get("Id"): f"word/{rel.get('Target')}" for rel in rels}
    used = {value for element in document.iter() for key, value in element.attrib.items() if "relationships" in key}
    faults = [f"no relationship {key}" for key in used - set(targets)]
    faults += [f"no part {target}" for target in targets.values() if target not in parts]
    known = {style.get(qn("w:styleId")) for style in etree.fromstring(parts["word/styles.xml"]).iter(qn("w:style"))}
    named = {element.get(qn("w:val")) for tag in ("w:pStyle", "w:tblStyle") for element in document.iter(qn(tag))}
    return faults + [f"no style {style}" for style in named - known]


def widths_agree(table):
    """Every row covers every column of the grid once."""
    count = len(table.find(qn("w:tblGrid")))
    rows = [row.findall(qn("w:tc")) for row in table.findall(qn("w:tr"))]
    return {sum(_span(cell) for cell in row) for row in rows} == {count}


def _span(cell):
    span = cell.find(f"{qn('w:tcPr')}/{qn('w:gridSpan')}")
    return 1 if span is None else int(span.get(qn("w:val")))


def paragraphs_of(docx):
    document = opened(docx)
    return [Paragraph(element, document._body) for element in document.element.body.iter(qn("w:p"))]


def text_of_body(body):
    return "|".join(para.text for para in paragraphs_of(render_docx(PAGE.format(body), title="Thử")) if para.text)
