"""The invitation: prepared from the meeting, changed by the office, issued once more when the day changes."""

from datetime import date, time

import pytest
from django.urls import reverse

from documents.models import IssuedDocument, PaperDraft
from meetings.documents_invitation import Invitation
from meetings.enums import Capacity, MeetingStatus
from tests.factories.blocs import IssuerFactory, UnitFactory, staff_of
from tests.factories.meetings import AgendaItemFactory, MeetingFactory, ParticipantFactory
from tests.meetings.pages import phu_tho

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting():
    bloc_year = phu_tho()
    unit = bloc_year.offices.get(role="leader").unit
    unit.issuer = IssuerFactory(name="Ban Tổ chức Tỉnh ủy Phú Thọ", symbol="BTC")
    unit.save()
    made = MeetingFactory(bloc_year=bloc_year, status=MeetingStatus.ANNOUNCED, starts_at=time(14, 5))
    ParticipantFactory(meeting=made, capacity=Capacity.CHAIR)
    ParticipantFactory(meeting=made, capacity=Capacity.GUEST, person_name="Nguyễn Văn Hùng", titles=["Giám đốc Sở Nội vụ"])
    AgendaItemFactory(meeting=made, text="Báo cáo tổng kết", presenter="Hội Nông dân tỉnh")
    return made


@pytest.fixture
def work(client, meeting):
    client.force_login(staff_of(meeting.bloc_year.offices.get(role="leader").unit))
    return client


def at(name, meeting):
    return reverse(f"meetings:{name}", args=[meeting.bloc_year.bloc.slug, meeting.bloc_year.year.slug, meeting.pk])


def typed(meeting, **changes):
    return {**Invitation(meeting).defaults, "version": 0, "sign_name": "Bùi Đình Thi", **changes}


def test_it_says_who_is_invited_to_what_when_and_where(meeting):
    values = Invitation(meeting).get_values()
    assert values["invitees"][0] == "Nguyễn Văn Hùng, Giám đốc Sở Nội vụ"
    assert len(values["invitees"]) == 1 + len(meeting.bloc_year.memberships_on(meeting.starts_on))
    assert values["when"] == "14 giờ 05 phút, thứ Ba, ngày 11 tháng 01 năm 2022"
    assert values["place"] == "Ban Tổ chức Tỉnh ủy Phú Thọ"
    assert values["agenda"] == ["Báo cáo tổng kết (Hội Nông dân tỉnh)"]
    assert values["chair"].startswith("Bùi Đình Thi, ")


def test_the_page_offers_what_the_meeting_says_and_keeps_what_is_typed(work, meeting):
    page = work.get(at("invitation", meeting)).content.decode()
    assert "14 giờ 05 phút" in page
    response = work.post(at("invitation", meeting), typed(meeting, preparation="Báo cáo tham luận"))
    assert response.status_code == 302
    assert "Báo cáo tham luận" in Invitation(meeting).html()


@pytest.mark.parametrize(
    ("changes", "fault"),
    [({"invitees": ""}, "Kính mời"), ({"when": ""}, "Thời gian"), ({"contact": "x" * 301}, "Liên hệ")],
)
def test_a_fault_brings_the_form_back(work, meeting, changes, fault):
    response = work.post(at("invitation", meeting), typed(meeting, **changes))
    assert response.status_code == 422
    assert fault in response.content.decode()
    assert not PaperDraft.objects.exists()


def test_two_who_write_are_told_about_each_other(work, meeting):
    work.post(at("invitation", meeting), typed(meeting, contact="Văn phòng"))
    response = work.post(at("invitation", meeting), typed(meeting, contact="Phòng Tổ chức"))
    assert response.status_code == 409
    assert "Phòng Tổ chức" in response.content.decode()


def test_an_invitation_sent_anew_replaces_the_first(work, meeting):
    work.post(at("invitation", meeting), typed(meeting))
    assert work.post(at("invitation-issue", meeting), {"number": "3", "issued_on": "05/01/2022"}).status_code == 302
    work.post(at("invitation", meeting), typed(meeting, version=1, place="Hội trường B"))
    assert work.post(at("invitation-issue", meeting), {"number": "4", "issued_on": "07/01/2022"}).status_code == 302
    first, second = IssuedDocument.objects.order_by("pk")
    assert (first.number, second.number) == ("03/GM-BTC", "04/GM-BTC")
    assert first.superseded_by == second
    assert second.values["values"]["place"] == "Hội trường B"


def test_without_a_place_it_is_not_issued(work, meeting):
    work.post(at("invitation", meeting), typed(meeting, place=""))
    response = work.post(at("invitation-issue", meeting), {"number": "3", "issued_on": "05/01/2022"})
    assert response.status_code == 422
    assert "địa điểm họp" in response.content.decode()


def test_names_of_120_characters_and_hostile_text_are_printed(meeting):
    long_name = ("Nguyễn Phúc Hoàng Khánh Ngọc " * 5)[:120]
    unit = UnitFactory(name='Sở "Công Thương" <script>alert(1)</script> & Du lịch')
    ParticipantFactory(meeting=meeting, capacity=Capacity.GUEST, person_name=long_name, titles=[str(unit)])
    html = Invitation(meeting).html("1", date(2022, 1, 5))
    assert long_name.strip() in html
    assert "<script" not in html
    assert Invitation(meeting).pdf().startswith(b"%PDF")
    assert Invitation(meeting).docx().startswith(b"PK")
