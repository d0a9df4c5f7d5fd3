"""One page for everything a meeting decided: the general part and six lists, bound, checked and saved together."""

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.functional import SimpleLazyObject

from blocs.enums import OfficeRole
from blocs.matching import UnitMatcher
from blocs.models import Unit
from meetings.enums import Capacity, MeetingStatus, PointSection, Presence
from meetings.forms.general import KINDS_IN_ORDER, MeetingForm
from meetings.forms.rows import (
    AgendaFormSet,
    AttendanceSet,
    ElectionFormSets,
    FigureFormSet,
    ParticipantFormSet,
    PointFormSet,
)
from meetings.reports import FAR, attendance_units
from meetings.services import (
    AgendaInput,
    AttendanceInput,
    ElectionInput,
    FigureInput,
    MeetingInput,
    ParticipantInput,
    PointInput,
)

_TITLES = ["Điều hành, khách mời", "Điểm danh", "Chương trình", "Số liệu", "Kết quả, kết luận", "Kết quả bầu"]
# Where “Thêm dòng” may be pressed.
GROWING = ["participants", "agenda", "figures", "points", "elections"]


class MeetingPage:
    """The general form and its six lists as one thing: bind, ask `is_valid`, take `to_input`, or show them again."""

    def __init__(self, bloc_year, meeting=None, data=None):
        self.bloc_year, self.meeting = bloc_year, meeting
        everybody = SimpleLazyObject(lambda: UnitMatcher(Unit.objects.all()))
        self.day = self._day(data)
        self.units = attendance_units(bloc_year, self.day)
        for row in meeting.attendances.select_related("unit") if meeting else ():
            self.units.setdefault(row.unit_id, row.unit)
        member_ids = list(self.units)
        members = SimpleLazyObject(lambda: UnitMatcher(Unit.objects.filter(pk__in=member_ids)))
        self.form = MeetingForm(
            data, initial=self._general_initial(), bloc_year=bloc_year, meeting=meeting, matcher=everybody
        )
        rows = self._rows_initial() if data is None else {}
        self.participants = ParticipantFormSet(
            data, prefix="participants", initial=rows.get("participants"), matcher=everybody
        )
        self.attendances = AttendanceSet(data, prefix="attendances", initial=rows.get("attendances"), units=self.units)
        self.agenda = AgendaFormSet(data, prefix="agenda", initial=rows.get("agenda"))
        self.figures = FigureFormSet(data, prefix="figures", initial=rows.get("figures"), matcher=everybody)
        self.points = PointFormSet(data, prefix="points", initial=rows.get("points"))
        self.elections = ElectionFormSets(data, prefix="elections", initial=rows.get("elections"), matcher=members)
        if data is None:
            # One free line below what there is; of lists that begin with named lines none, of the others some.
            self.elections.extra = 0
            if meeting is None:
                self.participants.extra = self.points.extra = 0
                self.agenda.extra, self.figures.extra = 3, 2
        for formset, title in zip(self.formsets, _TITLES, strict=True):
            formset.title = title

    @property
    def members(self):
        """Offered in the boxes of the elections."""
        return [unit for unit in self.units.values() if getattr(unit, "is_member_on_day", True)]

    @property
    def formsets(self):
        return [self.participants, self.attendances, self.agenda, self.figures, self.points, self.elections]

    def is_valid(self):
        """Every part is asked, so that all faults are shown at once."""
        return False not in [part.is_valid() for part in [self.form, *self.formsets]]

    def to_input(self):
        """What was entered, for `save_meeting`; only after `is_valid`."""
        general = dict(self.form.cleaned_data)
        general.pop("version")
        general["kinds"] = tuple(kind for kind in KINDS_IN_ORDER if kind.value in general["kinds"])
        return MeetingInput(
            **general,
            participants=tuple(
                ParticipantInput(row["capacity"], row["person_name"], row["unit"], row["titles"], row["pk"])
                for row in self.participants.filled
            ),
            attendances=tuple(
                AttendanceInput(self.units[row["unit"]], row["presence"], row["representative"])
                for row in self.attendances.filled
                if self._counts(row)
            ),
            agenda=tuple(AgendaInput(row["text"], row["presenter"], row["pk"]) for row in self.agenda.filled),
            figures=tuple(
                FigureInput(
                    indicator=row["indicator"],
                    value=row["value"].value,
                    unit_of_measure=row["unit_of_measure"],
                    qualifier=row["qualifier"],
                    denominator=row["whole"],
                    unit=row["unit"],
                    period=row["period"],
                    source=row["source"],
                    pk=row["pk"],
                )
                for row in self.figures.filled
            ),
            points=tuple(PointInput(row["section"], row["text"], row["addressee"], row["pk"]) for row in self.points.filled),
            elections=tuple(
                ElectionInput(row["role"], row["unit"], row["basis"], row["votes_for"], row["votes_cast"])
                for row in self.elections.filled
            ),
        )

    def _counts(self, row):
        """A unit that was no member on the meeting's day stands in the list only when something was entered for it."""
        is_member = getattr(self.units[row["unit"]], "is_member_on_day", True)
        return is_member or row["representative"] or row["presence"] != Presence.PRESENT

    def show_version(self, version):
        """Put the current version into the page, so that a second “Lưu” overwrites knowingly."""
        self.form.data = self.form.data.copy()
        self.form.data["version"] = str(version)

    def _day(self, data):
        """The day as of which members are listed: the one entered, else today as far as it belongs to the year."""
        if data is not None:
            field = MeetingForm.base_fields["starts_on"]
            try:
                return field.clean(data.get("starts_on"))
            except ValidationError:
                pass
        if self.meeting is not None:
            return self.meeting.starts_on
        year, today = self.bloc_year.year, timezone.localdate()
        return today if year.starts_on <= today <= year.ends_on + FAR else year.ends_on

    def _general_initial(self):
        meeting = self.meeting
        if meeting is None:
            return {"status": MeetingStatus.HELD}
        names = [name for name in MeetingForm.base_fields if name != "kinds"]
        return {**{name: getattr(meeting, name) for name in names}, "kinds": [kind.value for kind in meeting.kinds]}

    def _rows_initial(self):
        meeting, listed = self.meeting, {}
        # A beginning instead of one blank line; what stays empty is not saved.
        rows = {
            "participants": [{"capacity": one} for one in (Capacity.CHAIR, Capacity.CHAIR, Capacity.GUEST)],
            "points": [{"section": one} for one in PointSection],
            "elections": [{"role": one} for one in (OfficeRole.LEADER, OfficeRole.DEPUTY)],
        }
        if meeting is not None:
            listed = {row.unit_id: row for row in meeting.attendances.all()}
            names = {
                "participants": "capacity person_name unit titles",
                "agenda": "text presenter",
                "figures": "indicator qualifier value denominator unit_of_measure unit period source",
                "points": "section text addressee",
                "elections": "role unit basis votes_for votes_cast",
            }
            rows.update(
                {
                    name: found
                    for name, fields in names.items()
                    if (found := _initial(getattr(meeting, name), fields.split()))
                }
            )
        rows["attendances"] = [
            {
                "unit": pk,
                "presence": listed[pk].presence if pk in listed else Presence.PRESENT,
                "representative": listed[pk].representative if pk in listed else "",
            }
            for pk, unit in self.units.items()
            if pk in listed or getattr(unit, "is_member_on_day", False)
        ]
        return rows


def _initial(manager, names):
    rows = manager.select_related("unit") if "unit" in names else manager.all()
    return [{"pk": row.pk, **{name: getattr(row, name) for name in names}} for row in rows]
