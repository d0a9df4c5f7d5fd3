"""The numbers given so far become part of the series that new ones are compared with."""

import re

from django.db import migrations


def fill(apps, schema_editor):
    document = apps.get_model("documents", "IssuedDocument")
    seen = set()
    for row in document.objects.exclude(number="").order_by("pk"):
        running, _, symbol = row.number.partition("/")
        row.type = re.split(r"[-/]", symbol)[0][:10]
        row.period = str(row.issued_on.year)
        key = (row.issuer_id, row.type, row.period, running)
        # Two forms of one type could share a number before; the second keeps its paper and stays out of the series.
        if key not in seen:
            seen.add(key)
            row.running = running[:20]
        row.save(update_fields=["type", "period", "running"])


class Migration(migrations.Migration):
    dependencies = [("documents", "0005_numbering_signed_files_drafts_batches")]

    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
