"""The letter a bloc sends to the council, with its annexed list."""

import re

from awards.enums import ItemState
from awards.reports import differences, listed_count, past_awards, totals
from blocs.enums import OfficeRole
from common.dated import on_day
from documents.letterhead import Letterhead
from documents.models import Issuer
from documents.printed import PrintedForm


def _standing(line):
    return [item for item in line.items.all() if item.state != ItemState.WITHDRAWN]


class SubmissionLetter(PrintedForm):
    """Tờ trình đề nghị khen thưởng (mẫu 1.4 Phụ lục III Nghị định 30/2020/NĐ-CP), danh sách kèm theo (FRM-12, FRM-13).

    The counts are those of the list; where the minutes declare another number, only the draft says so.
    """

    code = "to-trinh-khen-thuong"
    template_name = "awards/paper/submission_letter.html"
    type_name = "Tờ trình"
    type_abbreviation = "TTr"
    issue_permission = "awards.submit_proposal"
    may_be_public = False

    def __init__(self, proposal):
        self.proposal = proposal
        self.bloc_year = proposal.bloc_year
        offices = self.bloc_year.offices.filter(role=OfficeRole.LEADER).select_related("unit__issuer")
        self.office = offices.order_by("-starts_on").first()
        self.unit = self.office.unit if self.office else None

    def get_issuer(self):
        """The bloc as an issuer, where the register has it; else the leading agency, which then keeps the numbers."""
        own = Issuer.objects.filter(name=self.bloc_year.bloc.name).first()
        return own or (self.unit.issuer if self.unit else None)

    def get_letterhead(self):
        """The bloc under the body that founded it, in the State profile whoever leads it (OPQ-8)."""
        bloc = self.bloc_year.bloc
        own = Issuer.objects.filter(name=bloc.name).first()
        if own:
            return Letterhead.of(own, profile="state")
        founder = bloc.founding_paper.issuer.name if bloc.founding_paper else ""
        # The chair signs for the committee, but the letterhead names the committee.
        superior = re.sub(r"^Chủ tịch\s+", "", founder)
        return Letterhead(
            issuing_name=bloc.name,
            superior_name=superior[:1].upper() + superior[1:],
            symbol="KTĐ" if bloc.word == "khoi" else "CTĐ",
            place=(self.unit.issuer.place if self.unit and self.unit.issuer else "") or bloc.province,
        )

    def get_subject(self):
        return f"Về việc đề nghị khen thưởng {self._year_words()}"

    def get_year(self):
        meeting = self.proposal.meeting
        return meeting.last_day.year if meeting else self.bloc_year.year.ends_on.year

    def get_values(self):
        rows = list(self.proposal.lines.all())
        lines = [self._line(line) for line in rows]
        summary = totals(self.proposal)
        meeting = self.proposal.meeting
        return {
            "addressee": self.proposal.addressee,
            "grounds": [line for line in self.proposal.grounds.split("\n") if line.strip()],
            "opening": self.proposal.opening,
            "bloc": self.bloc_year.bloc_name,
            "bloc_word": self.bloc_year.bloc.get_word_display(),
            "year": self._year_words(),
            "meeting_on": meeting.last_day if meeting else None,
            "meeting_title": meeting.title if meeting else "",
            "lines": [line for line in lines if line["count"]],
            "nominees": self._nominees(rows),
            "count": summary.listed,
            "by_decider": [{"decider": decider, "count": count} for decider, count in summary.by_decider if count],
            "differences": [{"line": str(line), "text": str(found)} for line, found in differences(self.proposal)],
            "signature": self._signature(),
            "recipients": self._recipients(),
        }

    def _line(self, line):
        items = _standing(line)
        return {
            "award": line.award.name,
            "wording": line.wording if line.wording != line.award.name else "",
            "decider": line.award.decider,
            "count": listed_count(line),
            "persons": sum(item.count for item in items if item.is_person),
            "collectives": sum(item.count for item in items if not item.is_person),
        }

    def _nominees(self, rows):
        """The rows of the list (FRM-13)."""
        pairs = [(line, item) for line in rows for item in _standing(line)]
        past = past_awards({item.unit_id for _, item in pairs if item.unit_id}, self._list_day())
        return [self._nominee(line, item, past[item.unit_id] if item.unit_id else []) for line, item in pairs]

    def _list_day(self):
        return self.proposal.meeting.last_day if self.proposal.meeting else self.bloc_year.year.ends_on

    def _nominee(self, line, item, past):
        return {
            "address": item.unit.address if item.unit else "",
            "past": past,
            "name": "" if item.nameless_count is not None else str(item),
            "title": item.person_title,
            "nameless": item.nameless_count,
            "award": line.award.name,
            "decider": line.award.decider,
            "achievements": item.achievements,
        }

    def _year_words(self):
        title = self.bloc_year.year.title
        return title[:1].lower() + title[1:]

    def _signature(self):
        """The person who holds the leading office on the day of the meeting, with the own post below (DOC-19, DOC-22)."""
        if self.office is None:
            return {"authority": f"TM. {self._bloc_words()}", "post": f"{self._word()} trưởng", "name": ""}
        day = self.proposal.meeting.last_day if self.proposal.meeting else self.office.ends_on
        holders = self.office.holders.order_by("-starts_on")
        holder = holders.filter(on_day(min(day, self.office.ends_on))).first() or holders.first()
        signature = {
            "authority": f"TM. {self._bloc_words()}",
            "post": f"{self._word()} trưởng",
            "name": holder.person_name if holder else "",
        }
        if holder and holder.titles:
            signature["second_post"] = holder.titles[-1]
        return signature

    def _word(self):
        return self.bloc_year.bloc.get_word_display()

    def _bloc_words(self):
        return f"{self._word()} thi đua"

    def _recipients(self):
        unit = (self.unit.short_name or self.unit.name) if self.unit else "đơn vị trưởng"
        return ["Như trên", f"Các đơn vị thành viên {self._bloc_words().lower()}", f"Lưu: VT, {unit}"]

    @property
    def missing_to_issue(self):
        missing = [] if self.office else ["đơn vị giữ chức trưởng của khối trong năm"]
        return missing if totals(self.proposal).listed else [*missing, "đề nghị khen thưởng trong danh sách"]

    @property
    def filename(self):
        return f"to-trinh-{self.proposal.pk}.pdf"
