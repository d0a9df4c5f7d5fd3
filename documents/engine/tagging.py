"""What WeasyPrint leaves out for PDF/UA-1, added before it writes the file: nothing has to be read again."""

import pydyf

# PDF/A allows a foreign mark in its metadata only together with a description of that mark's schema.
_UA_MARK = (
    b'<rdf:Description rdf:about="" xmlns:pdfuaid="http://www.aiim.org/pdfua/ns/id/">'
    b"<pdfuaid:part>1</pdfuaid:part></rdf:Description>"
    b'<rdf:Description rdf:about="" xmlns:pdfaExtension="http://www.aiim.org/pdfa/ns/extension/"'
    b' xmlns:pdfaSchema="http://www.aiim.org/pdfa/ns/schema#" xmlns:pdfaProperty="http://www.aiim.org/pdfa/ns/property#">'
    b'<pdfaExtension:schemas><rdf:Bag><rdf:li rdf:parseType="Resource">'
    b"<pdfaSchema:schema>PDF/UA</pdfaSchema:schema>"
    b"<pdfaSchema:namespaceURI>http://www.aiim.org/pdfua/ns/id/</pdfaSchema:namespaceURI>"
    b"<pdfaSchema:prefix>pdfuaid</pdfaSchema:prefix>"
    b'<pdfaSchema:property><rdf:Seq><rdf:li rdf:parseType="Resource">'
    b"<pdfaProperty:name>part</pdfaProperty:name><pdfaProperty:valueType>Integer</pdfaProperty:valueType>"
    b"<pdfaProperty:category>internal</pdfaProperty:category>"
    b"<pdfaProperty:description>Part of ISO 14289</pdfaProperty:description>"
    b"</rdf:li></rdf:Seq></pdfaSchema:property></rdf:li></rdf:Bag></pdfaExtension:schemas></rdf:Description></rdf:RDF>"
)


def mark_as_ua(document):
    """Let the metadata of a rendered WeasyPrint document also claim PDF/UA-1; call before `write_pdf`."""
    make = document.metadata.generate_rdf_metadata
    document.metadata.generate_rdf_metadata = lambda *args: make(*args).replace(b"</rdf:RDF>", _UA_MARK)


def give_scopes(pdf):
    """A scope on every table head of a pydyf.PDF: WeasyPrint counts the columns of two-level heads wrongly."""
    for item in pdf.objects:
        if isinstance(item, pydyf.Dictionary) and item.get("S") == "/TH":
            attributes = item.setdefault("A", pydyf.Dictionary())
            attributes["O"], attributes["Scope"] = "/Table", "/Column"
