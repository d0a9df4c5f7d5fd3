"""Meetings and what they decided."""

from datetime import date
from decimal import Decimal

import factory
from factory.django import DjangoModelFactory

from blocs.enums import OfficeRole
from meetings.enums import Capacity, MeetingKind, MeetingStatus, PointSection
from meetings.models import AgendaItem, Attendance, Election, Figure, Meeting, MeetingPurpose, Participant, Point
from tests.factories.blocs import BlocFactory, BlocYearFactory, EmulationYearFactory, UnitFactory


class MeetingFactory(DjangoModelFactory):
    """A year-end meeting held on 11/01/2022; `kinds=[…]` for others, `attending=True` for one row per member present."""

    class Meta:
        model = Meeting
        skip_postgeneration_save = True

    bloc_year = factory.SubFactory(BlocYearFactory)
    title = "Hội nghị tổng kết công tác thi đua, khen thưởng năm 2021, triển khai nhiệm vụ năm 2022"
    status = MeetingStatus.HELD
    starts_on = date(2022, 1, 11)
    place = "Ban Tổ chức Tỉnh ủy Phú Thọ"

    @factory.post_generation
    def kinds(self, create, extracted, **kwargs):
        for position, kind in enumerate(extracted or [MeetingKind.YEAR_END], 1):
            MeetingPurpose.objects.create(meeting=self, kind=kind, position=position)

    @factory.post_generation
    def attending(self, create, extracted, **kwargs):
        if extracted:
            for position, membership in enumerate(self.bloc_year.memberships_on(self.starts_on), 1):
                AttendanceFactory(meeting=self, unit=membership.unit, position=position)


class ParticipantFactory(DjangoModelFactory):
    class Meta:
        model = Participant

    meeting = factory.SubFactory(MeetingFactory)
    capacity = Capacity.CHAIR
    person_name = "Bùi Đình Thi"
    titles = ["Ủy viên Ban Thường vụ Tỉnh ủy", "Trưởng ban Tổ chức Tỉnh ủy"]


class AttendanceFactory(DjangoModelFactory):
    class Meta:
        model = Attendance

    meeting = factory.SubFactory(MeetingFactory)
    unit = factory.SubFactory(UnitFactory)


class AgendaItemFactory(DjangoModelFactory):
    class Meta:
        model = AgendaItem

    meeting = factory.SubFactory(MeetingFactory)
    text = "Báo cáo tổng kết công tác thi đua, khen thưởng năm 2021"
    presenter = "Lãnh đạo Hội Nông dân tỉnh"


class FigureFactory(DjangoModelFactory):
    class Meta:
        model = Figure

    meeting = factory.SubFactory(MeetingFactory)
    indicator = "Đề tài, sáng kiến, giải pháp cấp cơ sở"
    value = Decimal("5848")
    unit_of_measure = "đề tài"


class PointFactory(DjangoModelFactory):
    class Meta:
        model = Point

    meeting = factory.SubFactory(MeetingFactory)
    section = PointSection.CONCLUSION
    text = "Đẩy mạnh phong trào thi đua yêu nước, hoàn thành nhiệm vụ kinh tế - xã hội"


class ElectionFactory(DjangoModelFactory):
    """Only the row; `meetings.services.save_meeting` makes the office as well."""

    class Meta:
        model = Election

    class Params:
        bloc = factory.SubFactory(BlocFactory)

    meeting = factory.SubFactory(MeetingFactory, bloc_year__bloc=factory.SelfAttribute("...bloc"))
    bloc_year = factory.SubFactory(
        BlocYearFactory, bloc=factory.SelfAttribute("..bloc"), year=factory.SubFactory(EmulationYearFactory, slug="2022")
    )
    role = OfficeRole.LEADER
    unit = factory.SubFactory(UnitFactory)
