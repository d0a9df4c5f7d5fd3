"""Workbooks for tests: made from rows, sent through the pages, read back.

A service locks and checks its record once a row, so a sheet of many rows asks once a row when it writes; the tests of
reading count their queries themselves.
"""

from io import BytesIO

import openpyxl
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from zeal import zeal_ignore

from blocs.models import ImportJob
from common.workbooks import read_sheet


def workbook(headers, rows, title="Đơn vị"):
    """The bytes of a plain workbook, as a person would make it."""
    book = openpyxl.Workbook()
    book.active.title = title
    book.active.append(headers)
    for row in rows:
        book.active.append(row)
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def upload(client, word, body, name="danh-sach.xlsx"):
    """Send the file; the job that it made, or the response when the form refused it."""
    before = set(ImportJob.objects.values_list("pk", flat=True))
    with zeal_ignore():
        response = client.post(reverse("blocs:import-create", args=[word]), {"file": SimpleUploadedFile(name, body)})
    made = ImportJob.objects.exclude(pk__in=before).first()
    return made or response


def confirm(client, job, answers=None):
    """Press “Xác nhận nhập”; the job as it is then, with the response as `response`."""
    data = {f"hoi-{key}": value for key, value in (answers or {}).items()}
    with zeal_ignore():
        response = client.post(reverse("blocs:import-confirm", args=[job.pk]), data)
    job.refresh_from_db()
    job.response = response
    return job


def take_in(client, word, body, answers=None):
    """Upload and confirm; fails when the preview has faults."""
    job = upload(client, word, body)
    assert isinstance(job, ImportJob), job.context["form"].errors
    assert (job.state, job.report.get("faults")) == ("ready", [])
    return confirm(client, job, answers)


def export(client, word, **params):
    """The bytes of the exported list."""
    response = client.get(reverse("blocs:import-export", args=[word]), params)
    assert response.status_code == 200
    return b"".join(response.streaming_content)


def cells(body):
    """The first sheet as a list of rows, titles first."""
    sheet = read_sheet(body)
    return [sheet.headers, *(row for _, row in sheet.rows)]


def edited(body, changes):
    """The workbook with cells changed: {(row number, title of the column): value}; the hidden column stays."""
    book = openpyxl.load_workbook(BytesIO(body))
    data = book.worksheets[0]
    columns = {cell.value: cell.column for cell in data[1]}
    for (row, title), value in changes.items():
        data.cell(row, columns[title]).value = value
    stream = BytesIO()
    book.save(stream)
    return stream.getvalue()


def faults(job):
    return [tuple(fault) for fault in job.report["faults"]]


def line_of(job, number):
    """(action, label, cells) of what the preview says of a row."""
    return next((action, label, cells) for row, action, label, cells in job.report["lines"] if row == number)
