import pytest
from django.db import connection, transaction
from django.db.utils import DatabaseError

from common import audit
from common.errors import DomainError
from common.models import AuditEvent
from tests.factories.blocs import UnitFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def event():
    return audit.record("đổi tên", UnitFactory(), by=UserFactory(), before={"name": "A"}, after={"name": "B"})


def test_record_keeps_who_what_before_and_after():
    user, unit = UserFactory(full_name="Trần Thị Mai"), UnitFactory(name="Báo Phú Thọ")
    audit.record("đổi tên", unit, by=user, before={"name": "Báo"}, after={"name": "Báo Phú Thọ"}, note="theo quyết định")
    event = audit.events_of(unit).get()
    assert (event.actor_id, event.actor_label, event.object_label) == (user.pk, "Trần Thị Mai", "Báo Phú Thọ")
    assert (event.before, event.after, event.note) == ({"name": "Báo"}, {"name": "Báo Phú Thọ"}, "theo quyết định")


@pytest.mark.parametrize("act", [lambda e: e.delete(), lambda e: AuditEvent.objects.all().delete()])
def test_python_refuses_to_delete_a_row(event, act):
    with pytest.raises(DomainError):
        act(event)
    assert AuditEvent.objects.filter(pk=event.pk).exists()


@pytest.mark.parametrize("sql", ["UPDATE {} SET note = 'x' WHERE id = %s", "DELETE FROM {} WHERE id = %s"])
def test_the_database_itself_refuses_to_touch_a_row(event, sql):
    with pytest.raises(DatabaseError, match="append-only"), transaction.atomic(), connection.cursor() as cursor:
        cursor.execute(sql.format(audit.TABLE), [event.pk])
    assert AuditEvent.objects.get(pk=event.pk).note == ""
