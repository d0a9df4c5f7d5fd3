"""Importing 10.000 units from Excel against a plain bulk_create of the same rows. Used by scripts/bench.

Both on the database of DATABASE_URL, by turns, each in a transaction that is undone. The import is what the user waits
for after the confirmation: read, validated, matched with the units that exist, with names, search columns and history.
The exit code is 1 if the medians are more than ten times apart or the process took more than 300 MB.
"""

import resource
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import django

django.setup()

from django.core.files.base import ContentFile  # noqa: E402  after setup, like the rest
from django.db import connection, transaction  # noqa: E402
from django.utils import timezone  # noqa: E402
from openpyxl import Workbook  # noqa: E402

from accounts.models import User  # noqa: E402
from blocs.models import Assignment, ImportJob, Unit  # noqa: E402
from blocs.services.imports import confirm_import  # noqa: E402
from blocs.sheets import flow  # noqa: E402

ROWS = 10_000
TURNS = 5
MOST_TIMES = 10
MOST_MEGABYTES = 300
KINDS = ("Sở", "Hội", "Trường Trung học phổ thông", "Ủy ban nhân dân xã", "Công ty trách nhiệm hữu hạn")
HEADERS = ["Mã đơn vị", "Tên đơn vị", "Tên ngắn", "Tỉnh, thành phố", "Địa chỉ", "Điện thoại", "Thành lập ngày"]


def rows():
    for number in range(ROWS):
        name = f"{KINDS[number % len(KINDS)]} Văn hóa, Thể thao và Du lịch số {number}"
        yield (
            f"bench-{number}",
            name,
            f"Số {number}",
            "Phú Thọ",
            f"Số {number}, đường Hùng Vương",
            "0210 384 5678",
            "05/03/2021",
        )


def workbook():
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Đơn vị")
    sheet.append(HEADERS)
    for row in rows():
        sheet.append(row)
    file = ContentFile(b"", name="bench.xlsx")
    book.save(file.file)
    return ContentFile(file.file.getvalue(), name="bench.xlsx")


def plain():
    units = [
        Unit(code=code, name=name, short_name=short, province=province, address=address, phone=phone, starts_on="2021-03-05")
        for code, name, short, province, address, phone, _ in rows()
    ]
    Unit.objects.bulk_create(units, batch_size=500)


def timed(act):
    start = time.perf_counter()
    act()
    return time.perf_counter() - start


def main():
    standing, _ = Unit.objects.get_or_create(code="bench-standing", defaults={"name": "Bench", "is_standing_agency": True})
    user, _ = User.objects.get_or_create(username="bench", defaults={"full_name": "Bench"})
    Assignment.objects.get_or_create(user=user, unit=standing, starts_on=timezone.localdate())
    body = workbook()
    job = ImportJob.objects.create(kind="units", file=body, filename="bench.xlsx", total=ROWS, created_by=user)
    checked = timed(lambda: flow.check(job))
    if job.state != "ready":
        print(job.state, job.report.get("faults", [])[:3])
        return 1
    plain_times, import_times = [], []
    for _ in range(TURNS):
        with transaction.atomic():
            plain_times.append(timed(plain))
            transaction.set_rollback(True)
        with transaction.atomic():
            again = ImportJob.objects.select_related("created_by").get(pk=job.pk)
            confirm_import(job=again, by=user, answers={})
            import_times.append(timed(lambda again=again: flow.run(again, user)))
            made = Unit.objects.filter(code__startswith="bench-").count()
            state = again.state
            transaction.set_rollback(True)
        if (state, made >= ROWS) != ("done", True):
            print(state, made)
            return 1
    job.file.delete(save=False)
    own, other = statistics.median(import_times), statistics.median(plain_times)
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"{connection.vendor}: {ROWS} units, medians of {TURNS} turns")
    print(f"  plain bulk_create          {other:6.2f} s")
    print(f"  import after confirmation  {own:6.2f} s   {own / other:.1f} times (at most {MOST_TIMES})")
    print(f"  check with rehearsal       {checked:6.2f} s   once, before")
    print(f"  peak memory of the process {memory:6.0f} MB  (at most {MOST_MEGABYTES})")
    return int(own > MOST_TIMES * other or memory > MOST_MEGABYTES)


if __name__ == "__main__":
    with transaction.atomic():
        code = main()
        transaction.set_rollback(True)
    sys.exit(code)
