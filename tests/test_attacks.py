"""A hostile reader of the addresses: nonsense in them, changes past the services, what a browser may keep."""

import pytest
from django.contrib import admin
from django.test import Client
from django.urls import reverse
from simple_history.admin import SimpleHistoryAdmin

from awards.models import CouncilMember
from common.admin import HistoryAdmin
from common.models import AuditEvent
from documents.enums import PaperCustody
from meetings.enums import MeetingStatus
from meetings.models import Meeting
from tests.factories.blocs import AdministratorFactory, PaperFactory, UserFactory
from tests.factories.meetings import MeetingFactory

pytestmark = pytest.mark.django_db


def signed_in(user):
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


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
