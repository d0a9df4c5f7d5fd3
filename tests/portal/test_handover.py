"""The hand-over: its list made from the records, ticked by both units, its minutes, the rights that pass with it."""

from datetime import date
from io import BytesIO

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pypdf import PdfReader

from awards.enums import ItemState
from blocs.enums import CovenantState, OfficeRole, SignatureState
from blocs.errors import Invalid
from blocs.models import (
    BlocOffice,
    Covenant,
    CovenantItem,
    CovenantSignature,
    CovenantVersion,
    Handover,
    HandoverItem,
    OfficeHolder,
)
from blocs.services import PackChange, record_handover, tick_handover
from common.errors import NotReady, StaleState
from common.models import AuditEvent
from common.permissions import may
from documents.models import IssuedDocument
from meetings.enums import MeetingStatus, PointSection
from portal.handover_pack import pack_of, refresh_handover
from tests.factories.awards import ProposalFactory, ProposalItemFactory
from tests.factories.blocs import (
    AssignmentFactory,
    BlocOfficeFactory,
    BlocYearFactory,
    EmulationYearFactory,
    MembershipFactory,
    staff_of,
    standing_agency_officer,
)
from tests.factories.meetings import MeetingFactory, PointFactory
from tests.factories.news import ArticleFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def bloc_year():
    """2021 led by the first of three members, 2022 by the third; both leaders have somebody behind them."""
    bloc_year = BlocYearFactory(members=3)
    units = [row.unit for row in bloc_year.memberships]
    following = BlocYearFactory(bloc=bloc_year.bloc, year=EmulationYearFactory(slug="2022"))
    for year, unit, person in ((bloc_year, units[0], "Bùi Đình Thi"), (following, units[2], "Nguyễn Thị Hải")):
        office = BlocOfficeFactory(bloc_year=year, unit=unit)
        OfficeHolder.objects.create(
            office=office, person_name=person, titles=["Tỉnh ủy viên", "Trưởng ban"], starts_on=office.starts_on
        )
    BlocOfficeFactory(bloc_year=bloc_year, unit=units[1], role=OfficeRole.DEPUTY)
    return bloc_year


@pytest.fixture
def giver(bloc_year):
    return staff_of(bloc_year.memberships[0].unit)


@pytest.fixture
def receiver(bloc_year):
    return staff_of(bloc_year.memberships[2].unit)


@pytest.fixture
def records(bloc_year):
    """Something of every app that a successor has to know of, and things that are done and do not go into the list."""
    version = CovenantVersion.objects.create(
        covenant=Covenant.objects.create(bloc_year=bloc_year), state=CovenantState.SIGNING
    )
    CovenantItem.objects.create(version=version, text="Sửa chữa nhà tình nghĩa", value=2, unit_of_measure="nhà")
    CovenantItem.objects.create(version=version, text="Giữ gìn đoàn kết nội bộ")
    for row in bloc_year.memberships:
        CovenantSignature.objects.create(version=version, unit=row.unit, state=SignatureState.SIGNED)
    meeting = MeetingFactory(bloc_year=bloc_year)
    PointFactory(meeting=meeting, section=PointSection.NEXT_TASK, text="Tổ chức kiểm tra chéo trong quý III")
    PointFactory(meeting=meeting, section=PointSection.REQUEST, text="Sửa quy chế khối", addressee="Hội đồng tỉnh")
    PointFactory(meeting=meeting, section=PointSection.RESULT, text="Hoàn thành nhiệm vụ")
    MeetingFactory(bloc_year=bloc_year, title="Hội nghị chuyên đề", status=MeetingStatus.ANNOUNCED)
    sent = ProposalFactory(bloc_year=bloc_year, received=True)
    ProposalItemFactory(line__proposal=sent, state=ItemState.RETURNED, return_reason="Thiếu báo cáo thành tích")
    ProposalItemFactory(line__proposal=sent, state=ItemState.REFUSED)
    ProposalItemFactory(line__proposal=ProposalFactory(bloc_year=bloc_year))
    ArticleFactory(bloc_year=bloc_year, title="Khối ký kết giao ước")
    ArticleFactory(bloc_year=bloc_year, title="Bài đã đăng", published=True)
    return bloc_year


def at(name, bloc_year, app="blocs"):
    return reverse(f"{app}:{name}", args=[bloc_year.bloc.slug, bloc_year.year.slug])


def test_the_list_holds_what_is_open_in_every_app_and_nothing_that_is_done(records):
    lines = pack_of(records)
    labels = [line.label for line in lines]
    assert len({line.key for line in lines}) == len(lines)
    assert "Giao ước thi đua năm 2021, bản số 1" in labels
    assert [line.detail for line in lines if line.key.startswith("target:")] == ["02 nhà"]
    assert "Danh sách 03 đơn vị thành viên và đầu mối liên hệ" in labels
    assert "Nhiệm vụ: Tổ chức kiểm tra chéo trong quý III" in labels
    assert "Kiến nghị với Hội đồng tỉnh: Sửa quy chế khối" in labels
    assert "Hội nghị chưa họp: Hội nghị chuyên đề" in labels
    assert [line.detail for line in lines if line.key.startswith("item:")] == ["Trả lại: Thiếu báo cáo thành tích"]
    assert labels.count("Tờ trình đang soạn, chưa trình") == 1
    assert labels.count("Bài đang soạn, chưa gửi duyệt") == 1
    assert not {"Khối ký kết giao ước", "Bài đã đăng", "Nhiệm vụ: Hoàn thành nhiệm vụ"} & set(labels)


def test_making_the_list_anew_keeps_ticks_and_notes_and_drops_what_is_settled(records, giver):
    refresh_handover(bloc_year=records, by=giver)
    ticked = records.handover_items.get(key__startswith="item:")
    noted = records.handover_items.get(key__startswith="article:")
    tick_handover(
        bloc_year=records, by=giver, changes=[PackChange(ticked, given=True), PackChange(noted, note="Ảnh gửi qua thư")]
    )
    before = records.handover_items.count()
    # Saving the minutes again makes their rows anew: the same words stay the same line.
    task = records.meetings.get(status=MeetingStatus.HELD).points.get(section=PointSection.NEXT_TASK)
    task.delete()
    PointFactory(meeting=task.meeting, section=PointSection.NEXT_TASK, text=task.text)
    records.articles.all().delete()
    records.meetings.filter(status=MeetingStatus.ANNOUNCED).delete()
    refresh_handover(bloc_year=records, by=giver)
    assert records.handover_items.count() == before - 1
    assert records.handover_items.get(pk=ticked.pk).given_by == giver
    assert records.handover_items.get(pk=noted.pk).note == "Ảnh gửi qua thư"
    assert AuditEvent.objects.filter(action="lập danh sách bàn giao", on_behalf=False).count() == 2


def test_each_unit_ticks_its_own_side_only(records, giver, receiver):
    item = refresh_handover(bloc_year=records, by=giver)[0]
    with pytest.raises(PermissionDenied):
        tick_handover(bloc_year=records, by=giver, changes=[PackChange(item, received=True)])
    with pytest.raises(PermissionDenied):
        tick_handover(bloc_year=records, by=receiver, changes=[PackChange(item, given=True)])
    tick_handover(bloc_year=records, by=receiver, changes=[PackChange(item, received=True)])
    item.refresh_from_db()
    assert (item.received_by, item.given_by) == (receiver, None)
    assert not AuditEvent.objects.filter(on_behalf=True).exists()
    tick_handover(bloc_year=records, by=receiver, changes=[PackChange(item, received=False)])
    item.refresh_from_db()
    assert (item.received_by, item.received_at) == (None, None)


def test_nobody_else_has_a_part_in_it(records, giver, receiver):
    item = refresh_handover(bloc_year=records, by=giver)[0]
    deputy = staff_of(records.memberships[1].unit)
    for user in (deputy, standing_agency_officer(), staff_of(MembershipFactory().unit)):
        with pytest.raises(PermissionDenied):
            refresh_handover(bloc_year=records, by=user)
        with pytest.raises(PermissionDenied):
            tick_handover(bloc_year=records, by=user, changes=[PackChange(item, note="x")])


def test_the_agency_ticks_for_units_without_an_account_and_it_is_marked(bloc_year):
    officer = standing_agency_officer()
    item = refresh_handover(bloc_year=bloc_year, by=officer)[0]
    tick_handover(bloc_year=bloc_year, by=officer, changes=[PackChange(item, given=True, received=True)])
    assert AuditEvent.objects.filter(action="xác nhận mục bàn giao").get().on_behalf


def test_a_note_that_somebody_changed_meanwhile_is_not_overwritten(records, giver, receiver):
    item = refresh_handover(bloc_year=records, by=giver)[0]
    tick_handover(bloc_year=records, by=giver, changes=[PackChange(item, note="Bản gốc ở văn thư")])
    with pytest.raises(StaleState) as refusal:
        tick_handover(bloc_year=records, by=receiver, changes=[PackChange(item, note="Chưa thấy bản gốc")])
    assert "Bản gốc ở văn thư" in refusal.value.message
    item.refresh_from_db()
    assert item.note == "Bản gốc ở văn thư"


def test_a_line_of_another_year_is_refused(records, giver):
    other = HandoverItem.objects.create(bloc_year=BlocYearFactory(), group="x", key="x", label="x")
    with pytest.raises(Invalid):
        tick_handover(bloc_year=records, by=giver, changes=[PackChange(other, given=True)])


def test_recording_warns_of_what_is_not_ticked_and_a_note_overrides_it(records, giver):
    refresh_handover(bloc_year=records, by=giver)
    count = records.handover_items.count()
    with pytest.raises(NotReady) as refusal:
        record_handover(bloc_year=records, handed_over_on=date(2022, 2, 15), by=giver)
    assert f"xác nhận của bên giao ở {count} mục" in refusal.value.message
    record_handover(bloc_year=records, handed_over_on=date(2022, 2, 15), note="Bên nhận đi công tác", by=giver)
    assert Handover.objects.get().note == "Bên nhận đi công tác"


def test_history_entered_by_the_agency_is_never_held_up(bloc_year):
    officer = standing_agency_officer()
    refresh_handover(bloc_year=bloc_year, by=officer)
    record_handover(bloc_year=bloc_year, handed_over_on=date(2022, 2, 15), by=officer)
    assert Handover.objects.filter(bloc_year=bloc_year).exists()


def test_after_the_record_the_list_stands_and_the_rights_have_passed(records, giver, receiver):
    following = records.bloc.years.get(year__slug="2022")
    assert may(giver, "blocs.work_on_blocyear", records)
    assert may(receiver, "blocs.work_on_blocyear", following)
    item = refresh_handover(bloc_year=records, by=giver)[0]
    record_handover(bloc_year=records, handed_over_on=date(2022, 2, 15), note="Đủ hồ sơ", by=giver)
    assert not may(giver, "blocs.work_on_blocyear", records)
    assert not may(giver, "blocs.give_handover", records)
    assert may(receiver, "blocs.work_on_blocyear", following)
    for user in (giver, receiver):
        with pytest.raises(StaleState):
            tick_handover(bloc_year=records, by=user, changes=[PackChange(item, note="muộn")])
    with pytest.raises(StaleState):
        refresh_handover(bloc_year=records, by=receiver)


def test_a_leader_that_followed_in_mid_year_gives(bloc_year, giver):
    BlocOffice.objects.filter(bloc_year=bloc_year).update(handed_over_on=date(2021, 6, 30), ends_on=date(2021, 6, 30))
    second = bloc_year.memberships[1].unit
    BlocOfficeFactory(bloc_year=bloc_year, unit=second, starts_on=date(2021, 7, 1))
    assert may(staff_of(second), "blocs.give_handover", bloc_year)
    assert not may(giver, "blocs.give_handover", bloc_year)
    assert may(giver, "blocs.issue_handover", bloc_year)


# The pages


def test_both_units_tick_on_the_page_and_only_what_they_changed_is_sent(client, records, giver, receiver):
    client.force_login(giver)
    assert client.post(at("handover-refresh", records, "portal")).status_code == 302
    first, second = records.handover_items.all()[:2]
    html = client.get(at("handover", records)).content.decode()
    assert f'name="given-{first.pk}"' in html
    assert f'name="received-{first.pk}"' not in html
    # While the giver's page stands open a colleague ticks the second line: sending the first undoes nothing.
    tick_handover(bloc_year=records, by=staff_of(records.memberships[0].unit), changes=[PackChange(second, given=True)])
    data = {f"given-{first.pk}": "on", f"initial-given-{first.pk}": "False", f"initial-given-{second.pk}": "False"}
    assert client.post(at("handover-list", records), data).status_code == 302
    assert records.handover_items.filter(given_at__isnull=False).count() == 2
    client.force_login(receiver)
    assert f'name="received-{first.pk}"' in client.get(at("handover", records)).content.decode()
    client.post(at("handover-list", records), {"tat_ca": "received"})
    assert not records.handover_items.filter(received_at__isnull=True).exists()


def test_a_receiver_cannot_tick_for_the_giver_by_a_made_up_field(client, records, giver, receiver):
    refresh_handover(bloc_year=records, by=giver)
    item = records.handover_items.first()
    client.force_login(receiver)
    client.post(at("handover-list", records), {f"given-{item.pk}": "on", "tat_ca": "given"})
    assert not records.handover_items.filter(given_at__isnull=False).exists()


def test_a_note_in_conflict_comes_back_with_what_was_typed(client, records, giver):
    item = refresh_handover(bloc_year=records, by=giver)[0]
    tick_handover(bloc_year=records, by=giver, changes=[PackChange(item, note="Bản gốc ở văn thư")])
    client.force_login(giver)
    data = {f"note-{item.pk}": "Thiếu bản gốc", f"initial-note-{item.pk}": ""}
    response = client.post(at("handover-list", records), data)
    assert response.status_code == 422
    html = response.content.decode()
    assert "Bản gốc ở văn thư" in html
    assert "Thiếu bản gốc" in html
    too_long = client.post(at("handover-list", records), {f"note-{item.pk}": "x" * 501})
    assert too_long.status_code == 422


def test_a_member_reads_the_list_and_cannot_tick(client, records, giver):
    refresh_handover(bloc_year=records, by=giver)
    client.force_login(staff_of(records.memberships[1].unit))
    html = client.get(at("handover", records)).content.decode()
    assert "Chưa xác nhận" in html
    assert "Làm mới danh sách" not in html
    assert client.post(at("handover-list", records), {}).status_code == 403
    assert client.post(at("handover-refresh", records, "portal")).status_code == 403


def test_recording_on_the_page_needs_the_note_and_says_so(client, records, giver):
    refresh_handover(bloc_year=records, by=giver)
    client.force_login(giver)
    assert "Danh sách chưa được xác nhận đủ" in client.get(at("handover", records)).content.decode()
    response = client.post(at("handover", records), {"handed_over_on": "15/02/2022"})
    assert response.status_code == 422
    assert "hoặc ghi chú vì sao bàn giao khi chưa đủ" in response.content.decode()
    response = client.post(at("handover", records), {"handed_over_on": "15/02/2022", "note": "Đã bàn giao trực tiếp"})
    assert response.status_code == 302
    html = client.get(at("handover", records)).content.decode()
    assert "Năm này chỉ còn để xem" in html
    late = client.post(at("handover-list", records), {"tat_ca": "given"})
    assert late.status_code == 422


def test_queries_of_the_page_do_not_grow_with_the_list(client, records, giver):
    client.force_login(giver)
    refresh_handover(bloc_year=records, by=giver)
    client.get(at("handover", records))
    with CaptureQueriesContext(connection) as few:
        client.get(at("handover", records))
    for number in range(5):
        HandoverItem.objects.create(
            bloc_year=records,
            group="Khác",
            key=f"k{number}",
            label=f"Mục {number}",
            given_by=staff_of(records.memberships[0].unit),
            given_at=timezone.now(),
        )
    with CaptureQueriesContext(connection) as many:
        client.get(at("handover", records))
    assert len(many) == len(few)


# The minutes


def test_the_minutes_name_both_units_and_every_line(client, records, giver, receiver):
    refresh_handover(bloc_year=records, by=giver)
    client.force_login(receiver)
    response = client.get(at("handover-pdf", records))
    assert response["Content-Type"] == "application/pdf"
    text = " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(response.getvalue())).pages).split())
    units = [row.unit for row in records.memberships]
    for part in ("BIÊN BẢN", "Bàn giao nhiệm vụ Khối trưởng năm 2021", str(units[0]), str(units[2]), "Bùi Đình Thi"):
        assert part in text
    assert "Tổ chức kiểm tra chéo trong quý III" in text
    assert "ĐẠI DIỆN BÊN GIAO" in text
    assert "ĐẠI DIỆN BÊN NHẬN" in text


def test_the_minutes_are_issued_by_the_giving_unit_also_after_the_record(client, records, giver, receiver):
    refresh_handover(bloc_year=records, by=giver)
    data = {"number": "03", "issued_on": "15/02/2022", "place": "Tỉnh ủy", "starts_at": "08:00", "ends_at": "09:30"}
    client.force_login(receiver)
    assert client.post(at("handover-issue", records), data).status_code == 403
    client.force_login(giver)
    assert client.post(at("handover-issue", records), {**data, "ends_at": "07:00"}).status_code == 422
    record_handover(bloc_year=records, handed_over_on=date(2022, 2, 15), note="Đủ hồ sơ", by=giver)
    assert client.post(at("handover-issue", records), data).status_code == 302
    paper = IssuedDocument.objects.get()
    assert (paper.form, paper.number) == ("bien-ban-ban-giao", "03/BB")
    assert paper.values["values"]["starts_at"] == "8 giờ 00"
    client.force_login(receiver)
    response = client.get(paper.get_absolute_url())
    assert b"".join(response.streaming_content).startswith(b"%PDF")
    response.close()
    assert paper.get_absolute_url() in client.get(at("handover", records)).content.decode()


def test_minutes_without_list_or_receiver_are_not_issued(client):
    bloc_year = BlocYearFactory(members=2)
    BlocOfficeFactory(bloc_year=bloc_year, unit=bloc_year.memberships[0].unit)
    client.force_login(AssignmentFactory(unit=bloc_year.memberships[0].unit).user)
    data = {"number": "03", "issued_on": "15/02/2022", "place": "Tỉnh ủy", "starts_at": "08:00", "ends_at": "09:30"}
    response = client.post(at("handover-issue", bloc_year), data)
    assert response.status_code == 422
    assert "danh sách bàn giao" in response.content.decode()
