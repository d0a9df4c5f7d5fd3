"""What the tests of pages share: the bloc of Phú Thọ, its addresses, and the form as a browser sends it."""

from datetime import date

from django.urls import reverse

from blocs.models import OfficeHolder
from tests.factories.blocs import (
    BlocFactory,
    BlocOfficeFactory,
    BlocYearFactory,
    EmulationYearFactory,
    MembershipFactory,
    UnitFactory,
)

MEMBERS = [
    "Ban Tổ chức Tỉnh ủy",
    "Ban Dân vận Tỉnh ủy",
    "Ban Tuyên giáo Tỉnh ủy",
    "Văn phòng Tỉnh ủy",
    "Đảng ủy khối các cơ quan tỉnh",
    "Đảng ủy khối Doanh nghiệp tỉnh",
    "Ủy ban MTTQ tỉnh",
    "Tỉnh đoàn Thanh niên cộng sản Hồ Chí Minh",
    "Hội Liên hiệp Phụ nữ Tỉnh",
    "Hội Cựu chiến binh tỉnh",
    "Liên đoàn Lao động tỉnh",
    "Hội Nông dân tỉnh",
    "Liên minh hợp tác xã tỉnh",
    "Báo Phú Thọ",
    "Trường Chính trị tỉnh Phú Thọ",
]
NAME = "Khối thi đua các cơ quan Đảng, Ủy ban Mặt trận Tổ quốc và Đoàn thể tỉnh Phú Thọ"
TITLE = "Hội nghị tổng kết công tác thi đua, khen thưởng năm 2021, triển khai nhiệm vụ năm 2022"


def phu_tho():
    """The bloc-year 2021 with its 15 members, leader and deputy; the emulation year 2022 exists."""
    EmulationYearFactory(slug="2022")
    bloc_year = BlocYearFactory(bloc=BlocFactory(slug="khoi-dang", name=NAME, province="Phú Thọ"))
    for position, name in enumerate(MEMBERS, 1):
        MembershipFactory(bloc=bloc_year.bloc, unit=UnitFactory(name=name, code=f"pt-{position}"), position=position)
    leader = BlocOfficeFactory(bloc_year=bloc_year, unit=member(bloc_year, "Ban Tổ chức Tỉnh ủy"))
    OfficeHolder.objects.create(
        office=leader,
        person_name="Bùi Đình Thi",
        titles=["Ủy viên Ban Thường vụ Tỉnh ủy", "Trưởng ban Tổ chức Tỉnh ủy"],
        starts_on=date(2021, 1, 1),
    )
    BlocOfficeFactory(bloc_year=bloc_year, unit=member(bloc_year, "Hội Nông dân tỉnh"), role="deputy")
    return bloc_year


def member(bloc_year, name):
    return bloc_year.bloc.memberships.get(unit__name=name).unit


def address(name, bloc_year, *args):
    return reverse(f"meetings:{name}", args=[bloc_year.bloc.slug, bloc_year.year.slug, *args])


def form(bloc_year, **values):
    """The form as the browser sends it; `participants=[{…}]` and so on fill the lists."""
    lists = {
        "participants": [],
        "attendances": [
            {"unit": row.unit_id, "presence": "present", "representative": ""}
            for row in bloc_year.memberships_on(date(2022, 1, 11))
        ],
        "agenda": [],
        "figures": [],
        "points": [],
        "elections": [],
    }
    general = {
        "title": TITLE,
        "kinds": ["year_end", "launch", "covenant"],
        "status": "held",
        "starts_on": "11/01/2022",
        "part_of_day": "afternoon",
        "place": "Ban Tổ chức Tỉnh ủy Phú Thọ",
    }
    lists.update({name: values.pop(name) for name in list(values) if name in lists})
    data = {**general, **values}
    for prefix, rows in lists.items():
        data[f"{prefix}-TOTAL_FORMS"] = len(rows)
        data[f"{prefix}-INITIAL_FORMS"] = 0
        for number, row in enumerate(rows):
            data.update({f"{prefix}-{number}-{name}": value for name, value in row.items()})
    return data


def election(role, unit, **values):
    return {"role": role, "unit": str(unit), "basis": "elected", **values}


def figure(indicator, value, **values):
    return {"indicator": indicator, "value": value, **values}
