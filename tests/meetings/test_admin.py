import pytest
from django.urls import reverse

from tests.factories.blocs import AdministratorFactory
from tests.factories.meetings import AttendanceFactory, FigureFactory, MeetingFactory

pytestmark = pytest.mark.django_db


def test_the_administrator_looks_at_meetings_and_changes_nothing(client):
    client.force_login(AdministratorFactory())
    meeting = MeetingFactory()
    FigureFactory(meeting=meeting)
    AttendanceFactory(meeting=meeting)
    assert client.get(reverse("admin:meetings_meeting_changelist")).status_code == 200
    page = client.get(reverse("admin:meetings_meeting_change", args=[meeting.pk]))
    assert page.status_code == 200
    assert 'name="_save"' not in page.content.decode()
    assert client.get(reverse("admin:meetings_meeting_add")).status_code == 403
    assert client.post(reverse("admin:meetings_meeting_change", args=[meeting.pk]), {"title": "Khác"}).status_code == 403
    assert client.post(reverse("admin:meetings_meeting_delete", args=[meeting.pk]), {"post": "yes"}).status_code == 403
    meeting.refresh_from_db()
    assert meeting.title != "Khác"
