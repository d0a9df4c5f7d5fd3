"""Fixtures for every test. Those that need a browser are in tests/browser/conftest.py."""

import os
import shutil
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.core.cache import cache
from django.db import connection
from django.db.backends.base.base import BaseDatabaseWrapper
from hypothesis import settings as hypothesis_settings

from tests import migrated_database

# The same examples on every machine; a slow machine is no failure.
hypothesis_settings.register_profile("project", deadline=None, derandomize=True, print_blob=True)
hypothesis_settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "project"))


# Half of the testing time, beside the modules that mark themselves: `make check` leaves them to `make test`.
SLOW = {
    "awards/test_letter_pages.py",
    "blocs/test_new_year.py",
    "blocs/test_target_pages.py",
    "blocs/test_templates.py",
    "blocs/test_year_views.py",
    "documents/test_printed.py",
    "meetings/test_views.py",
    "news/test_drafting.py",
    "portal/test_demo.py",
    "portal/test_dossier.py",
    "portal/test_large.py",
    "portal/test_lineage_histories.py",
    "portal/test_lineage_pages.py",
    "portal/test_search.py",
}


# What these judge is a file, not a query: the same on every database.
FILES_ONLY = {
    "documents/test_forms_standards.py",
    "documents/test_pdf_standards.py",
    "documents/test_word_forms.py",
    "documents/test_word_tables.py",
}


def pytest_addoption(parser):
    parser.addoption("--database-only", action="store_true", help="leave out what does not touch the database")


def pytest_collection_modifyitems(config, items):
    tests = Path(__file__).parent
    for item in items:
        if item.path.relative_to(tests).as_posix() in SLOW:
            item.add_marker("slow")
    if config.getoption("--database-only"):
        kept = [item for item in items if touches_database(item, tests)]
        config.hook.pytest_deselected(items=[item for item in items if item not in set(kept)])
        items[:] = kept


def touches_database(item, tests):
    """Whether a second database could make a difference to this test."""
    if item.path.relative_to(tests).as_posix() in FILES_ONLY:
        return False
    fixtures = {"db", "transactional_db", "django_db_setup", "live_server"}
    return bool(item.get_closest_marker("django_db") or fixtures & set(getattr(item, "fixturenames", ())))


def pytest_unconfigure(config):
    if django_settings.configured and django_settings.SETTINGS_MODULE == "config.settings.test":
        shutil.rmtree(django_settings.MEDIA_ROOT, ignore_errors=True)


@pytest.fixture(scope="session")
def _kept_database(request):
    """The file with the migrated SQLite database of an earlier run, there or not; None where none can be kept."""
    on_sqlite = connection.vendor == "sqlite" and not connection.settings_dict["TEST"]["NAME"]
    if not on_sqlite or request.config.option.nomigrations or not hasattr(request.config, "cache"):
        return None
    folder = request.config.cache.mkdir("migrated-database")
    return folder / f"{migrated_database.fingerprint()}.sqlite3"


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings, _kept_database):
    if _kept_database is None or not _kept_database.is_file():
        yield
    else:
        with migrated_database.fill_from(connection, _kept_database):
            yield


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup, django_db_blocker, _kept_database):
    """Keep what migrating made, and let tests with real transactions empty the database despite its append-only logs.

    PostgreSQL's TRUNCATE passes by the row triggers. SQLite empties with DELETE, so there the triggers step
    aside for the flush alone: inside a test they hold as they do in use.
    """
    if connection.vendor != "sqlite":
        return
    if _kept_database is not None and not _kept_database.is_file():
        with django_db_blocker.unblock():
            migrated_database.keep(connection, _kept_database)
    # The class, not this connection: a browser keeps an event loop in the thread, and Django then opens another connection.
    operations = type(connection.ops)
    flush = operations.execute_sql_flush

    def flush_without_triggers(self, sql_list):
        with self.connection.cursor() as cursor:
            cursor.execute(
                "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND sql LIKE '%append-only%' ORDER BY name"
            )
            triggers = cursor.fetchall()
            for name, _ in triggers:
                cursor.execute(f'DROP TRIGGER "{name}"')
            flush(self, sql_list)
            for _, sql in triggers:
                cursor.execute(sql)

    operations.execute_sql_flush = flush_without_triggers


@pytest.fixture(scope="session", autouse=True)
def _keep_connection_in_transaction():
    """A test that closes a streamed response ends the request, and with it Django would end the test's transaction."""
    close = BaseDatabaseWrapper.close_if_unusable_or_obsolete

    def close_outside_transactions(self):
        if not self.in_atomic_block:
            close(self)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(BaseDatabaseWrapper, "close_if_unusable_or_obsolete", close_outside_transactions)
        yield


@pytest.fixture(autouse=True)
def _empty_cache():
    """Attempts to sign in are counted in the cache; no test may spend another's."""
    cache.clear()
