"""Scenario S1: a bloc through its year, typed into the pages by the standing agency on behalf, and by the bloc itself."""

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from blocs.enums import CovenantState, SignatureState
from blocs.models import Bloc, BlocYear, CovenantVersion, EmulationYear, Unit
from documents.models import Issuer, Paper
from meetings.enums import Capacity
from meetings.models import Meeting
from tests.factories.blocs import staff_of, standing_agency_officer
from tests.filled_form import read_form, rows, send_form

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

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
LEADERS = [
    ("Ban Tổ chức Tỉnh ủy", "leader", "Bùi Đình Thi"),
    ("Hội Nông dân tỉnh", "deputy", "Nguyễn Thị Phương Hạnh"),
]
TITLE = "Hội nghị tổng kết năm 2021, triển khai nhiệm vụ và ký kết giao ước năm 2022"
GUEST_TITLES = [
    "Phó Chủ tịch thường trực Hội đồng Thi đua, khen thưởng tỉnh",
    "Phó Giám đốc Sở Nội vụ",
    "Trưởng Ban Thi đua, Khen thưởng tỉnh",
]


def signed_in(user):
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


def done(response):
    """A form that was taken sends the browser on; else say what stood on the page."""
    assert response.status_code == 302, response.content.decode()[:6000]
    return response


@pytest.fixture
def agency():
    return signed_in(standing_agency_officer())


@pytest.fixture
def bloc(agency):
    """Province, decision, bloc, members and the leaders of 2021, entered by the standing agency through the registry."""
    done(
        send_form(
            agency, reverse("blocs:issuer-create"), name="Ủy ban nhân dân tỉnh Phú Thọ", symbol="UBND", place="Phú Thọ"
        )
    )
    issuer = Issuer.objects.get(name="Ủy ban nhân dân tỉnh Phú Thọ")
    done(
        send_form(
            agency,
            reverse("blocs:paper-create"),
            kind="decision",
            number="543/QĐ-UBND",
            issuer=issuer.pk,
            issued_on="05/03/2021",
            subject="Thành lập Khối thi đua các cơ quan Đảng, Ủy ban Mặt trận Tổ quốc và Đoàn thể tỉnh Phú Thọ",
        )
    )
    decision = Paper.objects.get(number="543/QĐ-UBND")
    for year in ("2021", "2022"):
        given = {"label": year, "slug": year, "starts_on": f"01/01/{year}", "ends_on": f"31/12/{year}"}
        done(send_form(agency, reverse("blocs:year-create"), **given))
    done(
        send_form(
            agency,
            reverse("blocs:bloc-create"),
            name="Khối thi đua các cơ quan Đảng, Ủy ban Mặt trận Tổ quốc và Đoàn thể tỉnh Phú Thọ",
            slug="dang-doan-the",
            province="Phú Thọ",
            founding_paper=decision.pk,
            founded_on="05/03/2021",
        )
    )
    paste = reverse("blocs:bloc-members-paste", args=["dang-doan-the"])
    preview = send_form(agency, paste, names="\n".join(MEMBERS), starts_on="05/03/2021", paper=decision.pk)
    done(agency.post(paste, {**read_form(preview, "names"), "luu": "1"}))
    year = EmulationYear.objects.get(slug="2021")
    open_year = reverse("blocs:bloc-year-create", args=["dang-doan-the"])
    done(send_form(agency, open_year, year=year.pk, declared_members="15"))
    for unit, role, person in LEADERS:
        _appoint(agency, unit, role, person)
    return Bloc.objects.get(slug="dang-doan-the")


def _appoint(client, unit, role, person):
    done(
        send_form(
            client,
            page("blocs:office-appoint", "2021"),
            unit=unit,
            role=role,
            order="1",
            starts_on="05/03/2021",
            ends_on="31/12/2021",
            basis="appointed",
        )
    )
    office = BlocYear.objects.get(year__slug="2021").offices.get(role=role)
    given = {"person_name": person, "titles": "Tỉnh ủy viên", "starts_on": "05/03/2021"}
    done(send_form(client, page("blocs:holder-create", "2021", office.pk), **given))


def page(name, year, *more):
    return reverse(name, args=["dang-doan-the", year, *more])


@pytest.fixture(params=["the standing agency on behalf", "the secretariat"])
def clerks(request, agency, bloc):
    """Who works on 2021 and who on 2022: nobody of the bloc has an account, or the leading units have."""
    if request.param == "the standing agency on behalf":
        return {"2021": agency, "2022": agency, "on_behalf": True}
    units = {unit.name: unit for unit in Unit.objects.all()}
    return {
        "2021": signed_in(staff_of(units["Ban Tổ chức Tỉnh ủy"])),
        "2022": signed_in(staff_of(units["Hội Nông dân tỉnh"])),
        "on_behalf": False,
    }


def the_meeting(**changed):
    """What is typed about the meeting of 11/01/2022."""
    people = [
        {"capacity": "chair", "person_name": "Bùi Đình Thi", "unit": "Ban Tổ chức Tỉnh ủy", "titles": "Trưởng ban"},
        {"capacity": "chair", "person_name": "Nguyễn Thị Phương Hạnh", "unit": "Hội Nông dân tỉnh", "titles": "Chủ tịch"},
        {"capacity": "guest", "person_name": "Hồ Thị Phương Thủy", "unit": "", "titles": "\n".join(GUEST_TITLES)},
    ]
    elected = [
        {"role": "leader", "unit": "Hội Nông dân tỉnh", "basis": "elected"},
        {"role": "deputy", "unit": changed.pop("deputy"), "basis": "elected"},
    ]
    return {
        "title": TITLE,
        "kinds": ["year_end", "launch", "covenant", "election"],
        "status": "held",
        "starts_on": "11/01/2022",
        "part_of_day": "afternoon",
        "place": "Ban Tổ chức Tỉnh ủy Phú Thọ",
        **rows("participants", *people),
        **rows("elections", *elected),
        **changed,
    }


def test_s1_a_bloc_through_its_year(clerks, bloc):
    secretary = clerks["2021"]
    create = page("meetings:meeting-create", "2021")
    # Typing a name that is nearly right offers the member and saves nothing.
    doubtful = send_form(secretary, create, **the_meeting(deputy="Đảng ủy khối cơ quan tỉnh"))
    assert doubtful.status_code == 422
    assert "Có phải ý bạn là: Đảng ủy khối các cơ quan tỉnh?" in doubtful.content.decode()
    assert "Hồ Thị Phương Thủy" in doubtful.content.decode()
    assert not Meeting.objects.exists()
    done(send_form(secretary, create, **the_meeting(deputy="Đảng ủy khối các cơ quan tỉnh")))

    _covenant_of_2022(clerks["2022"])

    year = BlocYear.objects.get(bloc=bloc, year__slug="2021")
    assert [row.unit.name for row in year.memberships] == MEMBERS
    assert (bloc.founding_paper.number, bloc.founding_paper.issued_on) == ("543/QĐ-UBND", date(2021, 3, 5))
    assert _leaders("2021") == [
        ("leader", "Ban Tổ chức Tỉnh ủy", ["Bùi Đình Thi"]),
        ("deputy", "Hội Nông dân tỉnh", ["Nguyễn Thị Phương Hạnh"]),
    ]
    assert _leaders("2022") == [
        ("leader", "Hội Nông dân tỉnh", []),
        ("deputy", "Đảng ủy khối các cơ quan tỉnh", []),
    ]
    # Fifteen members, no sixteenth unit; beside them only the standing agency itself.
    assert set(Unit.objects.filter(is_standing_agency=False).values_list("name", flat=True)) == set(MEMBERS)
    meeting = Meeting.objects.get()
    assert (meeting.bloc_year.year.slug, meeting.starts_on) == ("2021", date(2022, 1, 11))
    assert meeting.entered_on_behalf is clerks["on_behalf"]
    version = CovenantVersion.objects.get(covenant__bloc_year__year__slug="2022")
    signed = version.signatures.filter(state=SignatureState.SIGNED).select_related("unit")
    assert [row.unit.name for row in signed] == MEMBERS
    assert version.state == CovenantState.SIGNED


def _covenant_of_2022(client):
    contents = rows("noi-dung", {"text": "Hoàn thành tốt nhiệm vụ chính trị", "value": "100", "unit_of_measure": "%"})
    done(send_form(client, page("blocs:covenant-edit", "2022"), **contents))
    done(client.post(page("blocs:covenant-send", "2022")))
    sign = page("blocs:covenant-sign", "2022")
    data = read_form(client.get(sign), "same_date")
    for name in list(data):
        if name.endswith("signer_name"):
            data[name] = "Nguyễn Văn An"
            data[name.replace("signer_name", "is_signed")] = "on"
    done(client.post(sign, {**data, "same_date": "11/01/2022", "same_title": "Đại diện lãnh đạo"}))


def _leaders(year):
    offices = BlocYear.objects.get(year__slug=year).offices.in_order().select_related("unit")
    return [
        (office.role, office.unit.name, list(office.holders.values_list("person_name", flat=True))) for office in offices
    ]


def test_s1_is_shown_on_the_pages(clerks, bloc):
    done(
        send_form(
            clerks["2021"],
            page("meetings:meeting-create", "2021"),
            **the_meeting(deputy="Đảng ủy khối các cơ quan tỉnh"),
        )
    )
    meeting = Meeting.objects.get()
    shown = clerks["2021"].get(meeting.get_absolute_url()).content.decode()
    people = [(row.capacity, row.person_name, row.titles) for row in meeting.participants.all()]
    assert people == [
        (Capacity.CHAIR, "Bùi Đình Thi", ["Trưởng ban"]),
        (Capacity.CHAIR, "Nguyễn Thị Phương Hạnh", ["Chủ tịch"]),
        (Capacity.GUEST, "Hồ Thị Phương Thủy", GUEST_TITLES),
    ]
    for text in ("Bùi Đình Thi", "Nguyễn Thị Phương Hạnh", "Hồ Thị Phương Thủy", *GUEST_TITLES, "11/01/2022"):
        assert text in shown
    members = clerks["2021"].get(page("blocs:members", "2021")).content.decode()
    places = [members.index(name) for name in (MEMBERS[0], MEMBERS[-1])]
    assert places == sorted(places)
    public = Client().get(reverse("portal:bloc-year", args=["dang-doan-the", "2022"])).content.decode()
    for unit in ("Hội Nông dân tỉnh", "Đảng ủy khối các cơ quan tỉnh"):
        assert unit in public
