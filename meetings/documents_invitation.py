"""The invitation to a meeting."""

from functools import cached_property

from blocs.documents_year import YearPaper
from common.templatetags.vi import ngay_dai
from documents.authority import signature_of
from documents.forms import lines_of
from meetings.enums import Capacity
from meetings.reports import summary_of


class Invitation(YearPaper):
    """Giấy mời họp (FRM-5, DOC-29; mẫu 1.7 Phụ lục III Nghị định 30/2020/NĐ-CP): one letter with everybody invited."""

    code = "giay-moi"
    label = "Giấy mời"
    template_name = "meetings/paper/invitation.html"
    type_name = "Giấy mời"
    type_abbreviation = "GM"
    issue_permission = "meetings.write_invitation"
    edit_permission = "meetings.write_invitation"

    def __init__(self, meeting, summary=None):
        super().__init__(meeting.bloc_year)
        self.meeting, self._summary = meeting, summary

    @property
    def record(self):
        return self.meeting

    @cached_property
    def summary(self):
        return self._summary or summary_of(self.meeting)

    @property
    def filename(self):
        return f"{self.code}-{self.meeting.starts_on:%d-%m-%Y}.pdf"

    @property
    def missing_to_issue(self):
        names = {"invitees": "người, đơn vị được mời", "when": "thời gian họp", "place": "địa điểm họp"}
        return super().missing_to_issue + [label for name, label in names.items() if not self.typed[name]]

    @cached_property
    def defaults(self):
        leader, word = self.leader, self.bloc.get_word_display().lower()
        chairs = [_person(row) for row in self.summary.chairs]
        if not chairs and leader:
            chairs = [", ".join(part for part in (leader.holder_name, leader.title) if part)]
        guests = [_person(row) for row in self.summary.guests]
        return {
            "inviter": leader.unit_name if leader else self.bloc_year.bloc_name,
            "invitees": "\n".join([*guests, *(f"Lãnh đạo {unit}" for unit in self.summary.members)]),
            "purpose": _lower(self.meeting.title),
            "chair": "; ".join(chairs),
            "when": self._when(),
            "place": self.meeting.place or (f"Trụ sở {self.meeting.host}" if self.meeting.host else ""),
            "agenda": "\n".join(_agenda_line(row) for row in self.summary.agenda),
            "preparation": "",
            "contact": "",
            "recipients": f"Như trên\nLãnh đạo các đơn vị trưởng, phó {word}\n{self.kept_by()}",
            **self.leader_signature(),
        }

    def _when(self):
        meeting = self.meeting
        clock = f"{meeting.starts_at.hour:02d} giờ {meeting.starts_at.minute:02d} phút, " if meeting.starts_at else ""
        if not clock and meeting.part_of_day:
            clock = f"{meeting.get_part_of_day_display()}, "
        last = f" đến {ngay_dai(meeting.ends_on)}" if meeting.ends_on and meeting.ends_on != meeting.starts_on else ""
        text = f"{clock}{ngay_dai(meeting.starts_on)}{last}"
        return text[:1].upper() + text[1:]

    def get_subject(self):
        return f"Dự {_lower(self.meeting.title)}"

    def get_year(self):
        return self.meeting.starts_on.year

    def get_values(self):
        typed = self.typed
        return {
            "inviter": typed["inviter"],
            "invitees": lines_of(typed["invitees"]),
            "purpose": typed["purpose"],
            "chair": typed["chair"],
            "when": typed["when"],
            "place": typed["place"],
            "agenda": lines_of(typed["agenda"]),
            "preparation": lines_of(typed["preparation"]),
            "contact": typed["contact"],
            "signature": signature_of(typed),
            "recipients": lines_of(typed["recipients"]),
        }


def _agenda_line(row):
    return f"{row.text} ({row.presenter})" if row.presenter else row.text


def _person(row):
    titles = ", ".join(row.titles)
    unit = str(row.unit) if row.unit and row.capacity == Capacity.GUEST and not row.person_name else ""
    return ", ".join(part for part in (row.person_name, titles, unit) if part)


def _lower(text):
    """A title inside a sentence; "UBND" and other capitals stay."""
    return text[:1].lower() + text[1:] if text[1:2].islower() else text
