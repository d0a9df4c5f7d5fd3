"""Migrating takes most of a short test run, so its result is kept between runs and loaded instead.

SQLite: a copy of the freshly migrated database in pytest's cache folder, good as long as no migration, no module of
ours that a migration imports, and no pinned package has changed. PostgreSQL: `TEST_TEMPLATE` names a migrated
database from which the server copies (scripts/run_tests.py).
"""

import ast
import contextlib
import hashlib
import os
import sqlite3
from pathlib import Path

from django.apps import apps
from django.conf import settings


def fingerprint():
    """What the schema after `migrate` depends on, as one hash."""
    root = Path(settings.BASE_DIR)
    files = {root / "requirements-dev.txt"}
    for app in apps.get_app_configs():
        if Path(app.path).parent == root:
            files.update(Path(app.path, "migrations").glob("*.py"))
    for migration in sorted(files):
        if migration.suffix == ".py":
            files.update(_own_modules(root, migration))
    digest = hashlib.sha256()
    for file in sorted(files):
        digest.update(str(file.relative_to(root)).encode() + file.read_bytes())
    return digest.hexdigest()[:20]


def _own_modules(root, source):
    for node in ast.walk(ast.parse(source.read_bytes())):
        names = [alias.name for alias in node.names] if isinstance(node, ast.Import) else []
        if isinstance(node, ast.ImportFrom) and node.module:
            names = [node.module, *(f"{node.module}.{alias.name}" for alias in node.names)]
        for name in names:
            base = root.joinpath(*name.split("."))
            yield from (path for path in (base.with_suffix(".py"), base / "__init__.py") if path.is_file())


def fill_from(connection, kept):
    """Let the test database in memory start as the file `kept`; return what keeps it alive until Django connects."""
    create = connection.creation._create_test_db
    alive = contextlib.ExitStack()
    alive.callback(setattr, connection.creation, "_create_test_db", create)

    def create_filled(*args, **kwargs):
        name = create(*args, **kwargs)
        if connection.creation.is_in_memory_db(name):
            # A shared database in memory lives as long as somebody is connected to it.
            target = alive.enter_context(contextlib.closing(sqlite3.connect(name, uri=True)))
            with contextlib.closing(sqlite3.connect(kept)) as source:
                source.backup(target)
        return name

    connection.creation._create_test_db = create_filled
    return alive


def keep(connection, kept):
    """Save the freshly migrated database in memory as the file `kept`, and forget older ones."""
    connection.ensure_connection()
    unfinished = kept.with_suffix(f".{os.getpid()}")
    with contextlib.closing(sqlite3.connect(unfinished)) as target:
        connection.connection.backup(target)
    for old in kept.parent.glob("*.sqlite3"):
        old.unlink(missing_ok=True)
    unfinished.replace(kept)
