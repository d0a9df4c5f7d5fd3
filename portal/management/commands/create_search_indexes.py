"""Make the indexes for search that PostgreSQL could not make while migrating; nothing to do on SQLite."""

from django.core.management.base import BaseCommand
from django.db import connection

from common.trigrams import all_searched_models, create_trigram_indexes


class Command(BaseCommand):
    help = "Index the columns that search reads (PostgreSQL with pg_trgm). May be run as often as wanted."

    def handle(self, *args, **options):
        count = create_trigram_indexes(connection, all_searched_models())
        self.stdout.write(f"{count} columns are indexed." if count else "Nothing was indexed.")
