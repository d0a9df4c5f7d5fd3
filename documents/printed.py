"""The base of every printed form. How to write one: docs/printed-forms.md."""

import json
from dataclasses import replace

from django.core.serializers.json import DjangoJSONEncoder
from django.template.loader import render_to_string

from documents.engine.breaking import let_long_words_break
from documents.engine.render import TooLarge, render_pdf
from documents.letterhead import Letterhead, full_number, full_symbol, in_its_form, profile_of


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
    # False where the file itself bears signatures: no other one may come back and count as the paper.
    takes_signed_file = True
    # False where it names people who must not be read of before others have decided: never public.
    may_be_public = True

    def get_issuer(self):
        """The `Issuer` that bears the number series (DOC-22, DOC-23); None for a paper without letterhead."""
        return None

    def get_letterhead(self):
        """By default that of the issuer; None for a paper that has only Quốc hiệu and Tiêu ngữ (a covenant)."""
        issuer = self.get_issuer()
        return Letterhead.of(issuer) if issuer else None

    def get_title(self):
        """What the file and the list of papers call it."""
        subject = self.get_subject()
        if not self.type_name and subject:
            # A công văn prints no name of its type (DOC-13); a list of papers needs one.
            return f"Công văn {subject[:1].lower()}{subject[1:]}" if subject.startswith("Về") else f"Công văn {subject}"
        if self.type_name and subject.startswith("Về "):
            subject = f"về {subject[3:]}"
        return " ".join(part for part in (self.type_name, subject) if part)

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
        letterhead = self._letterhead_on(issued_on)
        symbol = full_symbol(self.type_abbreviation, letterhead, is_letter=not self.type_name)
        head = letterhead.as_values() if letterhead else None
        paper = {
            "form": self.code,
            "title": self.get_title(),
            "type_name": self.type_name,
            "subject": self.get_subject(),
            "symbol": symbol,
            "number": full_number(number, symbol, profile_of({"letterhead": head})),
            "issued_on": issued_on,
            "year": self.get_year(),
            "letterhead": head,
            "proof": {"code": proof["code"], "url": proof["url"]} if proof else None,
        }
        # Through JSON at once: a draft must not show what an issued paper could not keep.
        return json.loads(json.dumps({"paper": paper, "values": self.get_values()}, cls=DjangoJSONEncoder))

    def _letterhead_on(self, issued_on):
        """With the issuer's place on the day of issue (DOC-33): papers of before 01/7/2025 keep the old one."""
        letterhead, issuer = self.get_letterhead(), self.get_issuer()
        if letterhead and issuer and issuer.pk and issued_on and letterhead.place == issuer.place:
            return replace(letterhead, place=issuer.place_on(issued_on))
        return letterhead

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
    # `_printed`: what the tags have printed already and must not print twice.
    html = render_to_string(template_name, {**frozen["values"], "paper": frozen["paper"], "_printed": set()})
    return let_long_words_break(in_its_form(html, frozen["paper"]))


def paper_pdf(template_name, frozen, *, signature_fields=False):
    """PDF bytes of frozen values; `signature_fields` makes every block with a `field` one to be signed."""
    paper = frozen["paper"]
    html = paper_html(template_name, frozen)
    try:
        return render_pdf(html, name=f"{paper['form']} “{paper['title']}”", signature_fields=signature_fields)
    except TooLarge as error:
        # What the page needs to offer the work behind it (documents.middleware).
        error.paper = {"template_name": template_name, "values": frozen}
        raise


def paper_docx(template_name, frozen):
    """Word bytes of frozen values."""
    # Not at the top: python-docx and lxml are loaded where Word files are made.
    from documents.engine.word import render_docx

    return render_docx(paper_html(template_name, frozen), title=frozen["paper"]["title"])
