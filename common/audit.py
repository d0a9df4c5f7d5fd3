"""Writing the audit log, and the database triggers that keep it append-only."""

from common.actor import current_address
from common.models import AuditEvent

TABLE = "common_auditevent"
_SQLITE = """CREATE TRIGGER IF NOT EXISTS {table}_no_{verb} BEFORE {verb} ON {table}
BEGIN SELECT RAISE(ABORT, 'append-only'); END"""
_POSTGRESQL = """CREATE OR REPLACE FUNCTION {table}_append_only() RETURNS trigger LANGUAGE plpgsql AS
$$ BEGIN RAISE EXCEPTION 'append-only'; END $$;
DROP TRIGGER IF EXISTS {table}_append_only ON {table};
CREATE TRIGGER {table}_append_only BEFORE UPDATE OR DELETE ON {table}
FOR EACH ROW EXECUTE FUNCTION {table}_append_only();"""


def record(action, obj, *, by=None, before=None, after=None, note="", on_behalf=False):
    """Append one row: `action` is a Vietnamese phrase, `before` and `after` are plain dictionaries of what changed."""
    return AuditEvent.objects.create(
        actor_id=getattr(by, "pk", None),
        actor_label=str(by) if by else "hệ thống",
        address=current_address(),
        action=action,
        object_type=obj._meta.label_lower,
        object_id=str(obj.pk),
        object_label=str(obj)[:500],
        before=before or {},
        after=after or {},
        note=note,
        on_behalf=on_behalf,
    )


def events_of(obj):
    """The log of one record, newest first."""
    return AuditEvent.objects.filter(object_type=obj._meta.label_lower, object_id=str(obj.pk))


def create_triggers(connection, table=TABLE):
    """Let the database refuse UPDATE and DELETE of log rows, on SQLite and PostgreSQL alike."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for verb in ("UPDATE", "DELETE"):
                cursor.execute(_SQLITE.format(table=table, verb=verb))
        elif connection.vendor == "postgresql":
            cursor.execute(_POSTGRESQL.format(table=table))


def drop_triggers(connection, table=TABLE):
    """Take the SQLite triggers away: they also stop the `flush` that tests with real transactions need."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for verb in ("UPDATE", "DELETE"):
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{verb}")
        elif connection.vendor == "postgresql":
            cursor.execute(f"DROP TRIGGER IF EXISTS {table}_append_only ON {table}")
