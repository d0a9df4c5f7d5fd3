"""The base of every printed form. How to write one: docs/printed-forms.md."""

import json

from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string

from documents.letterhead import Letterhead, check_profile


class PrintedForm:
    """One official paper that can be shown as a draft and issued once, with a number and a date.

    A subclass says what the paper holds; the template, which extends `documents/paper/_base.html`, says where it
    stands. The template sees nothing but the frozen values, so that a draft and an issued paper cannot differ::

        class SubmissionLetter(PrintedForm):
            \"\"\"Tờ trình đề nghị khen thưởng (mẫu 1.4 Phụ lục III Nghị định 30/2020/NĐ-CP).\"\"\"

            code = "to-trinh"
            template_name = "awards/paper/submission_letter.html"
            type_name = "Tờ trình"
            type_abbreviation = "TTr"

            def __init__(self, proposal):
                self.proposal = proposal

            def get_issuer(self):
                return self.proposal.issuer

            def get_subject(self):
                return "Về việc đề nghị khen thưởng năm 2021"

            def get_values(self):
                return {"addressee": "Hội đồng Thi đua - Khen thưởng tỉnh", "reasons": self.proposal.reasons}

        SubmissionLetter(proposal).pdf()                                   # draft: số và ngày để trống
        issue_document(form=SubmissionLetter(proposal), subject=proposal, number="05", issued_on=day, by=user)
    """

    code = ""
    template_name = ""
    type_name = ""
    type_abbreviation = ""
    # The permission on the record that `issue_document` asks for, such as "awards.submit_proposal".
    issue_permission = ""

    def get_issuer(self):
        """The `Issuer` that bears the number series (DOC-22, DOC-23); None for a paper without letterhead."""
        return None

    def get_letterhead(self):
        """By default that of the issuer; None for a paper that has only Quốc hiệu and Tiêu ngữ (a covenant)."""
        issuer = self.get_issuer()
        return Letterhead.of(issuer) if issuer else None

    def get_title(self):
        """What the file and the list of papers call it."""
        return " ".join(part for part in (self.type_name, self.get_subject()) if part)

    def get_subject(self):
        """Trích yếu, as it stands under the name of the type."""
        return ""

    def get_year(self):
        """The year that a draft prints after "tháng"; None leaves it blank as well."""
        return None

    def get_values(self):
        """What the template prints: plain data and dates, no records. They are frozen when the paper is issued."""
        raise NotImplementedError

    @property
    def missing_to_issue(self):
        """Vietnamese reasons why the paper cannot be issued yet."""
        return []

    @property
    def filename(self):
        return f"{self.code}.pdf"

    @property
    def word_filename(self):
        return f"{self.filename.removesuffix('.pdf')}.docx"

    def frozen(self, number="", issued_on=None, proof=None):
        """Everything the template gets, as plain JSON data.

        `proof` is {"code", "url"}: where a reader of the print proves it, printed as a QR code; None for a draft.
        """
        letterhead = self.get_letterhead()
        if letterhead:
            check_profile(letterhead)
        symbol = "-".join(part for part in (self.type_abbreviation, letterhead.symbol if letterhead else "") if part)
        paper = {
            "form": self.code,
            "title": self.get_title(),
            "type_name": self.type_name,
            "subject": self.get_subject(),
            "symbol": symbol,
            "number": full_number(number, symbol),
            "issued_on": issued_on,
            "year": self.get_year(),
            "letterhead": letterhead.as_values() if letterhead else None,
            "proof": {"code": proof["code"], "url": proof["url"]} if proof else None,
        }
        # Through JSON at once: a draft must not show what an issued paper could not keep.
        return json.loads(json.dumps({"paper": paper, "values": self.get_values()}, cls=DjangoJSONEncoder))

    def html(self, number="", issued_on=None, proof=None):
        """The page that is printed; for tests and for looking at it in a browser."""
        return paper_html(self.template_name, self.frozen(number, issued_on, proof))

    def pdf(self, number="", issued_on=None, proof=None):
        """PDF bytes; without number and date a draft with blanks. Raises DomainError when it cannot be made."""
        return paper_pdf(self.template_name, self.frozen(number, issued_on, proof))

    def docx(self, number="", issued_on=None, proof=None):
        """The same paper as an editable Word file. Raises DomainError when it cannot be made."""
        return paper_docx(self.template_name, self.frozen(number, issued_on, proof))


def paper_html(template_name, frozen):
    """The page of frozen values, as both files are made of it."""
    return render_to_string(template_name, {**frozen["values"], "paper": frozen["paper"]})


def paper_pdf(template_name, frozen, *, signature_fields=False):
    """PDF bytes of frozen values; `signature_fields` makes every block with a `field` one to be signed."""
    # Not at the top: it loads pango and WeasyPrint, half a second that only printing processes should pay.
    from documents.engine.render import render_pdf

    paper = frozen["paper"]
    html = paper_html(template_name, frozen)
    return render_pdf(html, name=f"{paper['form']} “{paper['title']}”", signature_fields=signature_fields)


def paper_docx(template_name, frozen):
    """Word bytes of frozen values."""
    from documents.engine.word import render_docx

    return render_docx(paper_html(template_name, frozen), title=frozen["paper"]["title"])


def full_number(number, symbol):
    """ "5" and the symbol "TTr-KTĐ" give "05/TTr-KTĐ" (DOC-9); what already has its symbol stays; "" stays a draft."""
    number = str(number or "").strip()
    running, slash, rest = number.partition("/")
    if running.isdecimal():
        running = f"{int(running):02d}"
    if slash:
        return f"{running}/{rest}"
    return f"{running}/{symbol}" if running and symbol else running
