import pytest
from django.core.management import call_command
from django.db import DatabaseError, connection

from common.audit import TABLE, record
from common.models import AuditEvent
from tests.factories.blocs import UserFactory


@pytest.mark.django_db(transaction=True)
def test_emptying_the_test_database_leaves_the_log_append_only():
    record("thử nghiệm", UserFactory())
    call_command("flush", interactive=False, verbosity=0)
    assert AuditEvent.objects.count() == 0

    record("thử nghiệm", UserFactory())
    with pytest.raises(DatabaseError, match="append-only"), connection.cursor() as cursor:
        cursor.execute(f"DELETE FROM {TABLE}")
    assert AuditEvent.objects.count() == 1
