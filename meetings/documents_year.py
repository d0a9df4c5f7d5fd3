"""The yearly plan of a bloc: what its meetings and the province's dates say, and what the office writes."""

from functools import cached_property

from blocs.documents_year import YearPaper, cite
from blocs.skeletons import PLAN_ASSIGNMENT, PLAN_CONTENTS, PLAN_PURPOSE
from documents.authority import signature_of
from documents.forms import lines_of
from documents.outline import parse_outline
from meetings.enums import MeetingKind

# What a year usually holds, (kind of meeting, month, what it is), for a year whose meetings nobody has planned yet (REG-8).
_USUAL = (
    (MeetingKind.COVENANT, 3, "Hội nghị ký kết giao ước thi đua, triển khai nhiệm vụ"),
    (MeetingKind.MID_YEAR, 7, "Hội nghị sơ kết 6 tháng đầu năm"),
    (MeetingKind.YEAR_END, 11, "Hội nghị tổng kết, chấm điểm, bình xét thi đua"),
)
_RECIPIENTS = ["Cơ quan thường trực Hội đồng Thi đua - Khen thưởng"]


class YearPlan(YearPaper):
    """Kế hoạch hoạt động của khối (FRM-3; mẫu 1.4 Phụ lục III Nghị định 30/2020/NĐ-CP), tiến độ ở phụ lục."""

    code = "ke-hoach"
    label = "Kế hoạch hoạt động"
    template_name = "meetings/paper/plan.html"
    type_name = "Kế hoạch"
    type_abbreviation = "KH"

    @property
    def missing_to_issue(self):
        return super().missing_to_issue + ([] if self.typed["rows"] else ["dòng tiến độ thực hiện"])

    @cached_property
    def defaults(self):
        bloc, word = self.bloc_year.bloc_name, self.bloc.get_word_display().lower()
        opening = f"{bloc} xây dựng Kế hoạch hoạt động {self.year_words()} như sau:"
        if self.bloc.founding_paper:
            opening = f"Thực hiện {cite(self.bloc.founding_paper)}, {opening}"
        return {
            "opening": opening,
            "purpose": self.fill(PLAN_PURPOSE),
            "theme": self.bloc_year.theme,
            "contents": self.fill(PLAN_CONTENTS),
            "assignment": self.fill(PLAN_ASSIGNMENT),
            "ending": f"Trên đây là Kế hoạch hoạt động {self.year_words()} của {bloc}",
            "recipients": "\n".join([*_RECIPIENTS, f"Các đơn vị thành viên {word}", self.kept_by()]),
            "is_wide": False,
            "rows": self._usual_rows(),
            **self.leader_signature(),
        }

    def _usual_rows(self):
        """Planned meetings and dates of the province, in the order of the days."""
        year, leader = self.bloc_year.year, self.leader.unit_name if self.leader else ""
        meetings = list(self.bloc_year.meetings.prefetch_related("purposes", "host").order_by("starts_on"))
        found = [(row.starts_on, _day(row.starts_on), row.title, str(row.host or leader)) for row in meetings]
        planned = {kind for row in meetings for kind in row.kinds}
        for kind, month, text in _USUAL:
            if kind not in planned:
                day = year.starts_on.replace(month=month, day=28)
                found.append(
                    (day, f"Tháng {month:02d}/{day.year}" if month < 3 else f"Tháng {month}/{day.year}", text, leader)
                )
        for row in year.deadlines.all():
            found.append((row.due_on, f"Trước {_day(row.due_on)[:1].lower()}{_day(row.due_on)[1:]}", row.name, leader))
        found.sort(key=lambda row: row[0])
        return [{"when": when, "what": what, "who": who, "note": ""} for _, when, what, who in found]

    def get_subject(self):
        return f"Hoạt động {self.year_words()} của {self.bloc_year.bloc_name}"

    def get_values(self):
        typed = self.typed
        return {
            "opening": typed["opening"],
            "purpose": parse_outline(typed["purpose"]),
            "theme": typed["theme"],
            "contents": parse_outline(typed["contents"]),
            "assignment": parse_outline(typed["assignment"]),
            "ending": typed["ending"],
            "is_wide": typed["is_wide"],
            "rows": typed["rows"],
            "signature": signature_of(typed),
            "recipients": lines_of(typed["recipients"]),
        }


def _day(day):
    return f"Ngày {day:%d/%m/%Y}"
