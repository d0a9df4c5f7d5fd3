"""Signature fields: WeasyPrint lays out and tags a check box, here it becomes a field that waits for a signature.

A check box, because for a text box WeasyPrint embeds the whole font (400 KB) instead of the letters used.
"""

import pydyf

# Print and lock the place: a signature is neither hidden nor moved.
_FLAGS = 4 | 128
_OF_A_CHECK_BOX = ("AS", "MK", "Border", "V")


def make_signature_fields(pdf):
    """Turn every widget of a pydyf.PDF into an empty signature field that keeps its name, title, place and tag."""
    form = pdf.catalog.get("AcroForm")
    if form is None:
        return
    for reference in form["Fields"]:
        _make_signature_field(pdf, _object(pdf, reference))
    for key in ("DA", "DR", "NeedAppearances"):
        form.pop(key, None)
    form["SigFlags"] = 3
    for item in pdf.objects:
        # pyHanko takes a field's tag whose /K is an array for a later change of the file.
        if isinstance(item, pydyf.Dictionary) and item.get("S") == "/Form" and len(item["K"]) == 1:
            item["K"] = item["K"][0]


def _make_signature_field(pdf, field):
    # PDF/A wants an appearance (6.3.3): the tick of the check box, without its ink.
    tick = _object(pdf, field["AP"]["N"]["on"])
    tick.stream = []
    tick.extra.pop("Resources", None)
    for key in _OF_A_CHECK_BOX:
        field.pop(key, None)
    left, top, right, bottom = field["Rect"]
    field["Rect"] = pydyf.Array([min(left, right), min(top, bottom), max(left, right), max(top, bottom)])
    field["AP"] = pydyf.Dictionary({"N": tick.reference})
    field["FT"], field["F"] = "/Sig", _FLAGS


def _object(pdf, reference):
    return pdf.objects[int(reference.split()[0])]
