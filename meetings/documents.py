"""The printed forms of a meeting."""

from django.utils.functional import cached_property

from blocs.documents_year import province_words
from common.errors import NotReady
from common.text import count_words, fold_name
from documents.enums import LetterheadProfile
from documents.letterhead import Letterhead
from documents.printed import PrintedForm
from meetings.enums import Capacity, MeetingKind, MeetingStatus, Presence
from meetings.report_targets import lacks_results, targets_of
from meetings.reports import summary_of

_ROMAN = ("I", "II", "III", "IV", "V", "VI", "VII", "VIII")


class YearEndReport(PrintedForm):
    """Báo cáo tổng kết, sơ kết of the bloc (FRM-7; mẫu 1.4 Phụ lục III Nghị định 30/2020/NĐ-CP)."""

    code = "bao-cao"
    template_name = "meetings/paper/report.html"
    type_name = "Báo cáo"
    type_abbreviation = "BC"
    issue_permission = "meetings.issue_report"

    def __init__(self, meeting, summary=None):
        self.meeting = meeting
        self.bloc_year = meeting.bloc_year
        self.bloc = meeting.bloc_year.bloc
        self.summary = summary or summary_of(meeting)

    @property
    def is_year_end(self):
        return MeetingKind.YEAR_END in self.meeting.kinds

    @property
    def is_offered(self):
        """Whether this meeting is one that a report is made of."""
        return self.is_year_end or MeetingKind.MID_YEAR in self.meeting.kinds

    @property
    def missing_to_print(self):
        missing = []
        if not self.is_offered:
            missing.append("nội dung họp sơ kết hoặc tổng kết")
        if self.meeting.status == MeetingStatus.ANNOUNCED:
            missing.append("kết quả hội nghị (hội nghị còn ghi “Sắp họp”)")
        if self.summary.leader is None:
            missing.append("đơn vị khối trưởng của năm")
        return missing

    @property
    def missing_to_issue(self):
        missing = list(self.missing_to_print)
        if not (self.summary.results or self.summary.figures):
            missing.append("kết quả hoặc số liệu")
        if self.summary.leader is not None and not self.summary.leader.holder_name:
            missing.append("người đại diện đơn vị khối trưởng để ký")
        return missing

    @property
    def lacks_target_results(self):
        """Whether the covenant has targets of which nobody has entered a result for the stage of this meeting."""
        return lacks_results(self.meeting)

    def require_printable(self):
        """NotReady with what a draft lacks."""
        if missing := self.missing_to_print:
            raise NotReady(missing, subject=self.meeting)

    @property
    def filename(self):
        kind = "tong-ket" if self.is_year_end else "so-ket"
        return f"bao-cao-{kind}-{self.bloc_year.year.slug}.pdf"

    def get_issuer(self):
        """The leading unit's: a bloc is no legal person (REG-2)."""
        return self.summary.leader.unit.issuer if self.summary.leader else None

    @cached_property
    def _bloc_name(self):
        """What the bloc was called on the day of the meeting."""
        return self.bloc.name_on(self.meeting.last_day)

    def get_letterhead(self):
        """In State form whoever leads, because the report goes to a State council (OPQ-8)."""
        if issuer := self.get_issuer():
            return Letterhead.of(issuer, profile=LetterheadProfile.STATE)
        leader = self.summary.leader
        superior = leader.unit.parent if leader else None
        return Letterhead(
            issuing_name=leader.unit_name if leader else self._bloc_name,
            superior_name=superior.name if superior else "",
            place=self.bloc.province,
        )

    def get_subject(self):
        year = self.bloc_year.year.title[:1].lower() + self.bloc_year.year.title[1:]
        if self.is_year_end:
            return f"Tổng kết công tác thi đua, khen thưởng {year}"
        return f"Sơ kết công tác thi đua, khen thưởng 6 tháng đầu {year}"

    def get_year(self):
        return self.meeting.last_day.year

    def get_values(self):
        summary = self.summary
        return {
            "addressee": council_of(self.bloc),
            "opening": self._opening(),
            "ending": f"Trên đây là báo cáo {_lower(self.get_subject())} của {self._bloc_name}",
            "parts": number_parts([self._meeting_part(), self._targets_part(), self._results_part(), *self._later_parts()]),
            "signature": {
                "authority": f"TM. {self.bloc.get_word_display()} thi đua",
                "post": summary.leader.title if summary.leader else "",
                "second_post": self._second_post(),
                "name": summary.leader.holder_name if summary.leader else "",
            },
            "recipients": ["Như trên", "Các đơn vị thành viên", self._kept_by()],
        }

    def _kept_by(self):
        """The last line of Nơi nhận: the clerk's office and the unit that wrote the paper (DOC-21)."""
        issuer = self.get_issuer()
        return f"Lưu: VT, {issuer.symbol}" if issuer and issuer.symbol else "Lưu: VT"

    def _second_post(self):
        """The signer's post in the own agency (DOC-22): of several titles the last is the office held there."""
        holder = self.summary.leader.holder if self.summary.leader else None
        return holder.titles[-1] if holder and holder.titles else ""

    def _opening(self):
        word = self.bloc.get_word_display().lower()
        year = self.bloc_year.year.title.lower()
        offices = [f"{line.unit_name} làm {line.title}" for line in self.summary.leaders]
        sentence = f"{self._bloc_name} gồm {count_words(len(self.summary.members))} đơn vị thành viên"
        if offices:
            sentence += f"; {year}, {', '.join(offices)}"
        period = year if self.is_year_end else f"6 tháng đầu {year}"
        return f"{sentence}. {word.capitalize()} báo cáo kết quả công tác thi đua, khen thưởng {period} như sau:"

    def _meeting_part(self):
        meeting, summary = self.meeting, self.summary
        place = f", tại {meeting.place}" if meeting.place else ""
        lines = [f"{meeting.days_prose}{place}, {self.bloc.get_word_display().lower()} tổ chức {_lower(meeting.title)}."]
        if meeting.host:
            lines.append(f"Đơn vị đăng cai: {meeting.host}.")
        for capacity in Capacity:
            people = [_person(row) for row in summary.participants if row.capacity == capacity]
            if people:
                lines.append(f"{capacity.label.capitalize()}: {'; '.join(people)}.")
        lines += self._attendance_lines()
        part = {"title": "Khái quát, tổ chức hội nghị", "paragraphs": lines}
        if summary.agenda:
            items = [f"{row.text} ({row.presenter})" if row.presenter else row.text for row in summary.agenda]
            part["blocks"] = [{"title": "Chương trình hội nghị", "lines": _items(items)}]
        return part

    def _attendance_lines(self):
        meeting, rows = self.meeting, self.summary.attendances
        facts = []
        if meeting.attendees:
            facts.append(f"Thành phần dự: {_lower(meeting.attendees.rstrip('.'))}.")
        if rows:
            present, total = self.summary.present_units, len(rows)
            facts.append(f"Số đơn vị dự: {count_words(present)}/{count_words(total)} đơn vị.")
            absent = [
                f"{row.unit} ({row.get_presence_display()})"
                for row in rows
                if row.presence in (Presence.EXCUSED, Presence.ABSENT)
            ]
            if absent:
                facts.append(f"Đơn vị vắng: {'; '.join(absent)}.")
        elif meeting.declared_units is not None:
            facts.append(f"Số đơn vị dự: {count_words(meeting.declared_units)} đơn vị.")
        if meeting.headcount is not None:
            facts.append(f"Số người dự: {count_words(meeting.headcount)} người.")
        if meeting.online_points:
            facts.append(f"Số điểm cầu trực tuyến: {count_words(meeting.online_points)}.")
        return facts

    def _targets_part(self):
        return {"title": "Kết quả thực hiện các chỉ tiêu giao ước", "targets": targets_of(self.meeting)}

    def _results_part(self):
        summary, blocks = self.summary, []
        movements = [_movement(row) for row in self.bloc_year.movements.select_related("unit")]
        if movements:
            blocks.append({"title": "Các phong trào thi đua", "lines": _items(movements)})
        if summary.results:
            blocks.append({"title": "Kết quả thực hiện", "lines": _items([row.text for row in summary.results])})
        if summary.figures:
            blocks.append({"title": "Số liệu", "figures": [_figure(row) for row in summary.figures]})
        return {"title": "Kết quả công tác thi đua, khen thưởng", "blocks": number_blocks(blocks)}

    def _later_parts(self):
        summary = self.summary
        yield {"title": "Hạn chế", "paragraphs": _items([row.text for row in summary.shortcomings])}
        conclusions = {"title": "Kết luận của hội nghị", "lines": _items([row.text for row in summary.conclusions])}
        tasks = {"title": "Phương hướng, nhiệm vụ thời gian tới", "lines": _items([row.text for row in summary.next_tasks])}
        blocks = number_blocks([block for block in (conclusions, tasks) if block["lines"]])
        yield {"title": "Kết luận, phương hướng, nhiệm vụ", "blocks": blocks}
        yield {"title": "Kết quả bầu khối trưởng, khối phó", "paragraphs": self._elections()}
        yield {"title": "Kiến nghị, đề xuất", "paragraphs": _items([_request(row) for row in summary.requests])}

    def _elections(self):
        lines = []
        for row in self.summary.elections:
            office, year = row.office.title if row.office else row.get_role_display(), row.bloc_year.year.title.lower()
            votes = ""
            if row.votes_for is not None and row.votes_cast is not None:
                votes = f", {count_words(row.votes_for)}/{count_words(row.votes_cast)} phiếu đồng ý"
            lines.append(f"- {office} {year}: {row.unit} ({row.get_basis_display()}{votes}).")
        return lines


def number_parts(parts):
    """Roman numbers for the parts that hold something; what was not entered leaves no heading behind."""
    filled = [part for part in parts if part.get("paragraphs") or part.get("blocks") or part.get("targets")]
    return [{**part, "number": number} for number, part in zip(_ROMAN, filled, strict=False)]


def number_blocks(blocks):
    return [{**block, "title": f"{number}. {block['title']}"} for number, block in enumerate(blocks, 1)]


def council_of(bloc):
    """The council that receives the bloc's papers: of the bloc's province or city."""
    return f"Hội đồng Thi đua - Khen thưởng {province_words(bloc.province)}"


def _figure(row):
    notes = [str(row.unit) if row.unit else "", row.period, f"nguồn: {row.source}" if row.source else ""]
    note = "; ".join(note for note in notes if note)
    return {"indicator": _upper(row.indicator), "value": row.value_text, "note": note}


def _movement(row):
    notes = [str(row.unit) if row.unit else "", f"{row.launched_by} phát động" if row.launched_by else ""]
    text = ", ".join(note for note in notes if note)
    return f"{row.name} ({text})" if text else row.name


def _request(row):
    return f"Kiến nghị với {row.addressee}: {row.text}" if row.addressee else row.text


def _person(row):
    # "Chủ tịch Hội Nông dân tỉnh" names the unit already.
    unit = str(row.unit) if row.unit and fold_name(str(row.unit)) not in fold_name(row.titles_text) else ""
    parts = [row.person_name, row.titles_text, unit]
    return ", ".join(part for part in parts if part)


def _items(texts):
    """Each as a line of a list, closed by a full stop."""
    return [f"- {_upper(text.rstrip(' .;'))}." for text in texts]


def _upper(text):
    return text[:1].upper() + text[1:]


def _lower(text):
    """A title inside a sentence; "UBND" and other capitals stay."""
    return text[:1].lower() + text[1:] if text[1:2].islower() else text
