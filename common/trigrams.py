"""Indexes by groups of three letters: PostgreSQL finds a part of a word among 100.000 names without reading them all.

On SQLite there is nothing to make. The extension `pg_trgm` comes with PostgreSQL; where the account of the application
may not create it, searching works and is slower, and `manage.py create_search_indexes` makes the indexes later.
"""

import sys

from django.apps import apps as installed
from django.db import DatabaseError, migrations, transaction

from common.fields import FoldedField

NOTE = (
    "The extension pg_trgm could not be created: search works without its indexes. Let a database administrator run "
    "'CREATE EXTENSION pg_trgm' in this database, then 'manage.py create_search_indexes'."
)


def create_trigram_indexes(connection, models):
    """Index every FoldedField of these models; the number of columns indexed, 0 where the database cannot.

    What is there already stays, so it may be called as often as wanted.
    """
    if connection.vendor != "postgresql" or not _has_extension(connection):
        return 0
    columns = [(model._meta.db_table, field.column) for model in models for field in folded_fields(model)]
    with connection.cursor() as cursor:
        for table, column in columns:
            name = connection.ops.quote_name(f"{table}_{column}_trgm"[:63])
            where = f"{connection.ops.quote_name(table)} USING gin ({connection.ops.quote_name(column)} gin_trgm_ops)"
            cursor.execute(f"CREATE INDEX IF NOT EXISTS {name} ON {where}")
    return len(columns)


def folded_fields(model):
    """The columns that search reads; nobody searches the rows of a history."""
    if any(field.name == "history_id" for field in model._meta.local_fields):
        return []
    return [field for field in model._meta.local_fields if isinstance(field, FoldedField)]


def _has_extension(connection):
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_extension WHERE extname = 'pg_trgm'")
        if cursor.fetchone():
            return True
    try:
        with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
            cursor.execute("CREATE EXTENSION pg_trgm")
    except DatabaseError:
        print(NOTE, file=sys.stderr)
        return False
    return True


def add_trigram_indexes(app_label):
    """The operation of a migration: indexes for the folded columns that the app has at that point."""

    def forwards(apps, schema_editor):
        create_trigram_indexes(schema_editor.connection, apps.get_app_config(app_label).get_models())

    return migrations.RunPython(forwards, migrations.RunPython.noop)


def all_searched_models():
    """Every installed model with a folded column."""
    return [model for model in installed.get_models() if folded_fields(model)]
