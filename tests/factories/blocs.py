"""Units, blocs, years, and people with a role."""

from datetime import date

import factory
from factory.django import DjangoModelFactory

from accounts.models import User
from blocs.enums import AssignmentRole, BlocKind, OfficeRole
from blocs.models import Assignment, Bloc, BlocOffice, BlocYear, EmulationYear, Membership, Unit, UnitName
from documents.models import Issuer, Paper


class UserFactory(DjangoModelFactory):
    class Meta:
        model = User
        skip_postgeneration_save = True

    username = factory.Sequence(lambda n: f"can-bo-{n}")
    full_name = factory.Sequence(lambda n: f"Nguyễn Thị Hồng Vân {n}")
    must_change_password = False


class AdministratorFactory(UserFactory):
    is_superuser = True
    is_staff = True


class IssuerFactory(DjangoModelFactory):
    class Meta:
        model = Issuer

    name = factory.Sequence(lambda n: f"Ủy ban nhân dân tỉnh {n}")
    symbol = "UBND"
    place = "Phú Thọ"


class PaperFactory(DjangoModelFactory):
    class Meta:
        model = Paper

    number = factory.Sequence(lambda n: f"{n + 1}/QĐ-UBND")
    issuer = factory.SubFactory(IssuerFactory)
    issued_on = date(2021, 3, 5)
    subject = "Thành lập các cụm, khối thi đua tỉnh"


class UnitFactory(DjangoModelFactory):
    class Meta:
        model = Unit
        skip_postgeneration_save = True

    code = factory.Sequence(lambda n: f"don-vi-{n}")
    name = factory.Sequence(lambda n: f"Hội Nông dân tỉnh {n}")
    province = "Phú Thọ"

    @factory.post_generation
    def present_name(self, create, extracted, **kwargs):
        UnitName.objects.create(unit=self, name=self.name, short_name=self.short_name, starts_on=date(2000, 1, 1))


class EmulationYearFactory(DjangoModelFactory):
    class Meta:
        model = EmulationYear
        django_get_or_create = ("slug",)

    slug = "2021"
    label = factory.SelfAttribute("slug")
    starts_on = factory.LazyAttribute(lambda year: date(int(year.slug), 1, 1))
    ends_on = factory.LazyAttribute(lambda year: date(int(year.slug), 12, 31))


class BlocFactory(DjangoModelFactory):
    class Meta:
        model = Bloc

    slug = factory.Sequence(lambda n: f"khoi-{n}")
    name = factory.Sequence(lambda n: f"Khối thi đua các cơ quan Đảng, Mặt trận và đoàn thể tỉnh {n}")
    kind = BlocKind.PARTY
    province = "Phú Thọ"
    founded_on = date(2021, 3, 5)


class BlocYearFactory(DjangoModelFactory):
    """A bloc in 2021; `members=3` adds that many member units from the founding day on."""

    class Meta:
        model = BlocYear
        skip_postgeneration_save = True

    bloc = factory.SubFactory(BlocFactory)
    year = factory.SubFactory(EmulationYearFactory)

    @factory.post_generation
    def members(self, create, extracted, **kwargs):
        for position in range(1, (extracted or 0) + 1):
            MembershipFactory(bloc=self.bloc, position=position)


class MembershipFactory(DjangoModelFactory):
    class Meta:
        model = Membership

    bloc = factory.SubFactory(BlocFactory)
    unit = factory.SubFactory(UnitFactory)
    position = 1
    starts_on = date(2021, 3, 5)


class BlocOfficeFactory(DjangoModelFactory):
    class Meta:
        model = BlocOffice

    bloc_year = factory.SubFactory(BlocYearFactory)
    unit = factory.SubFactory(UnitFactory)
    role = OfficeRole.LEADER
    starts_on = factory.LazyAttribute(lambda office: office.bloc_year.year.starts_on)
    ends_on = factory.LazyAttribute(lambda office: office.bloc_year.year.ends_on)


class AssignmentFactory(DjangoModelFactory):
    class Meta:
        model = Assignment

    user = factory.SubFactory(UserFactory)
    unit = factory.SubFactory(UnitFactory)
    role = AssignmentRole.STAFF
    starts_on = date(2020, 1, 1)


def staff_of(unit, **kwargs):
    """A user who works for the unit."""
    return AssignmentFactory(unit=unit, **kwargs).user


def standing_agency_officer(unit=None):
    """A user of a standing agency; without a unit, of a new one that follows every bloc without organiser."""
    unit = unit or UnitFactory(name="Phòng Thi đua - Khen thưởng, Sở Nội vụ", is_standing_agency=True)
    return staff_of(unit)


def editor():
    """A user with an editor's assignment."""
    return staff_of(UnitFactory(name="Cổng thông tin điện tử tỉnh"), role=AssignmentRole.EDITOR)


def secretary_of(bloc_year, role=OfficeRole.LEADER):
    """A user of the unit that leads (or assists) the bloc-year; the unit is a member and the office is made if missing."""
    office = BlocOffice.objects.filter(bloc_year=bloc_year, role=role, handed_over_on=None).first()
    if office is None:
        member = bloc_year.bloc.memberships.exclude(unit__offices__bloc_year=bloc_year).order_by("position").first()
        unit = member.unit if member else MembershipFactory(bloc=bloc_year.bloc).unit
        office = BlocOfficeFactory(bloc_year=bloc_year, unit=unit, role=role)
    return staff_of(office.unit)
