"""A hostile reader of the addresses: nonsense in them, changes past the services, what a browser may keep."""

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse
from simple_history.admin import SimpleHistoryAdmin

from awards.models import CouncilMember
from common.admin import HistoryAdmin
from common.middleware import page_before
from common.models import AuditEvent
from documents.enums import PaperCustody
from meetings.enums import MeetingStatus
from meetings.models import Meeting
from tests.factories.blocs import AdministratorFactory, PaperFactory, UserFactory, standing_agency_officer
from tests.factories.meetings import MeetingFactory

pytestmark = pytest.mark.django_db


def signed_in(user):
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


# Nonsense in addresses


@pytest.mark.parametrize(
    "path",
    [
        "/tim-kiem/?q=a%00b&loai=%00",
        "/khen-thuong/?nam=%00&hinh_thuc=%00",
        "/khoi/?q=%00bc",
        "/lam-viec/?nam=%00",
        "/lam-viec/goi-y/don-vi/?q=b%00&cho=%00",
        "/lam-viec/danh-muc/don-vi/?q=%00bc",
        "/lam-viec/danh-muc/bien-dong/them/?loai=%00&don-vi=%00",
        "/lam-viec/so-khen-thuong/?don_vi=%00&nam=%00",
        "/lam-viec/van-ban/?q=%00&khoi=%00&co_quan=%00&sap_xep=%00",
        "/lam-viec/danh-muc/chung-thu-so/?q=%00&tinh_trang=%00",
    ],
)
def test_a_zero_byte_in_a_filter_is_no_error_of_ours(path):
    assert signed_in(standing_agency_officer()).get(path).status_code == 200


@pytest.mark.parametrize("number", [str(10**30), "9" * 5000, "0", str(2**63)])
@pytest.mark.parametrize(
    "path",
    [
        "/lam-viec/de-nghi/{}/",
        "/lam-viec/tham-dinh/quyet-dinh/{}/",
        "/lam-viec/tin-tuc/{}/",
        "/van-ban-goc/{}.pdf",
        "/lam-viec/tao-van-ban/{}/",
        "/lam-viec/danh-muc/van-ban/{}/sua/",
        "/lam-viec/danh-muc/co-quan/{}/sua/",
        "/lam-viec/danh-muc/co-quan/{}/",
        "/lam-viec/danh-muc/chung-thu-so/{}/thu-hoi/",
        "/lam-viec/de-nghi/{}/ho-so.zip",
        "/lam-viec/van-ban/{}/",
        "/lam-viec/danh-muc/nhap-excel/{}/",
        "/lam-viec/danh-muc/bien-dong/{}/",
        "/quan-tri/blocs/unit/{}/change/",
    ],
)
def test_a_number_that_no_database_holds_is_an_address_that_does_not_exist(path, number):
    client = signed_in(AdministratorFactory() if path.startswith("/quan-tri") else standing_agency_officer())
    assert client.get(path.format(number)).status_code in (302, 404)


def test_a_body_larger_than_any_upload_is_refused_before_it_is_read():
    answer = Client().post("/dang-nhap/", {"login": "a"}, CONTENT_LENGTH=str(10**10))
    assert answer.status_code == 400


@pytest.mark.parametrize(
    ("before", "back"),
    [
        ("http://testserver/lam-viec/", "http://testserver/lam-viec/"),
        ("https://example.com/", "/"),
        ("javascript:alert(1)", "/"),
        ("", "/"),
    ],
)
def test_the_way_back_from_a_refusal_stays_on_the_site(rf, before, back):
    assert page_before(rf.get("/", HTTP_REFERER=before)) == back


# What every answer bears, errors too


@pytest.mark.parametrize("path", ["/", "/khong-co/", "/lam-viec/danh-muc/", "/quan-tri/", "/lam-viec/", "/dang-nhap/"])
def test_every_answer_says_that_no_foreign_script_runs_and_no_frame_shows_it(path):
    for client in (Client(), signed_in(UserFactory())):
        headers = client.get(path).headers
        policy = headers["Content-Security-Policy"]
        assert "script-src 'self'" in policy
        assert "unsafe" not in policy
        assert (headers["X-Frame-Options"], headers["X-Content-Type-Options"]) == ("DENY", "nosniff")


# An administrator does no state of the work


def test_the_admin_does_not_put_a_closed_meeting_back_through_its_history():
    meeting = MeetingFactory(status=MeetingStatus.HELD)
    old = meeting.history.first()
    meeting.status = MeetingStatus.CLOSED
    meeting.save()
    client = signed_in(AdministratorFactory())
    url = reverse("admin:meetings_meeting_simple_history", args=[meeting.pk, old.pk])
    assert client.get(url).status_code == 200
    form = {"bloc_year": meeting.bloc_year_id, "title": meeting.title, "starts_on": "11/01/2022"}
    assert client.post(url, form).status_code == 403
    assert Meeting.objects.get(pk=meeting.pk).status == MeetingStatus.CLOSED


def test_no_model_of_the_admin_can_be_put_back_through_its_history():
    open_doors = [
        model._meta.label
        for model, site in admin.site._registry.items()
        if isinstance(site, SimpleHistoryAdmin) and not isinstance(site, HistoryAdmin)
    ]
    assert open_doors == []


def test_the_administrator_does_not_change_the_paper_of_a_decision():
    client = signed_in(AdministratorFactory())
    for custody in (PaperCustody.SEALED, PaperCustody.LOCKED):
        paper = PaperFactory(custody=custody)
        form = {
            "kind": paper.kind,
            "number": "1/QĐ-UBND",
            "issuer": paper.issuer_id,
            "issued_on": "05/03/2021",
            "subject": paper.subject,
            "is_public": "on",
        }
        assert client.post(reverse("admin:documents_paper_change", args=[paper.pk]), form).status_code == 403
        paper.refresh_from_db()
        assert not paper.is_public


def test_a_seat_on_the_council_and_its_end_stand_in_the_log():
    admin_user, user = AdministratorFactory(), UserFactory()
    client = signed_in(admin_user)
    form = {"user": user.pk, "unit": "", "title": "Ủy viên", "starts_on": "01/01/2022", "ends_on": ""}
    assert client.post(reverse("admin:awards_councilmember_add"), form).status_code == 302
    seat = CouncilMember.objects.get()
    client.post(reverse("admin:awards_councilmember_delete", args=[seat.pk]), {"post": "yes"})
    actions = AuditEvent.objects.filter(object_type="awards.councilmember").order_by("pk").values_list("action", "actor_id")
    assert list(actions) == [("thêm ủy viên Hội đồng", admin_user.pk), ("xóa ủy viên Hội đồng", admin_user.pk)]


def test_what_is_done_to_an_account_stands_in_the_log():
    admin_user, user = AdministratorFactory(), UserFactory(is_active=True)
    client = signed_in(admin_user)
    form = {"username": user.username, "full_name": user.full_name, "phone": "", "email": "", "is_superuser": "on"}
    assert client.post(reverse("admin:accounts_user_change", args=[user.pk]), form).status_code == 302
    new = {"password1": "Mat khau rat dai 2022!", "password2": "Mat khau rat dai 2022!", "usable_password": "true"}
    url = reverse("admin:auth_user_password_change", args=[user.pk])
    assert client.post(url, new).status_code == 302
    events = list(AuditEvent.objects.filter(object_type="accounts.user").order_by("pk"))
    assert [event.action for event in events] == ["sửa tài khoản", "đặt lại mật khẩu"]
    assert (events[0].before["is_superuser"], events[0].after["is_superuser"]) == ("False", "True")
    assert events[0].after["is_active"] == "False"


def test_no_account_is_deleted():
    user = UserFactory()
    client = signed_in(AdministratorFactory())
    assert client.post(reverse("admin:accounts_user_delete", args=[user.pk]), {"post": "yes"}).status_code == 403
    form = {"action": "delete_selected", "_selected_action": [user.pk], "post": "yes"}
    client.post(reverse("admin:accounts_user_changelist"), form)
    assert type(user).objects.filter(pk=user.pk).exists()
