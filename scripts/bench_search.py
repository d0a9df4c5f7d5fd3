"""Search over 100.000 units and their names on PostgreSQL. Used by scripts/bench, on a throw-away database.

Each text is searched as the page does it: every kind of record counted, the first hits of each read. Medians of nine. The
exit code is 1 if a text takes more than 100 ms, or if units are not found by the index.
"""

import itertools
import os
import statistics
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import django

django.setup()

from django.contrib.auth.models import AnonymousUser  # noqa: E402  after setup, like the rest
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402

from blocs.models import Unit, UnitAlias, UnitName  # noqa: E402
from blocs.services.units import FROM_THE_START  # noqa: E402
from portal.search import folded, search_all  # noqa: E402

NAMES = 100_000
TURNS = 9
MOST_MILLISECONDS = 100
KINDS = (
    "Sở", "Ban", "Hội", "Trường Tiểu học", "Trường Trung học cơ sở", "Trường Mầm non", "Ủy ban nhân dân xã", "Đảng ủy xã",
    "Hội Nông dân xã", "Đoàn Thanh niên xã", "Trạm Y tế xã", "Công ty trách nhiệm hữu hạn", "Hợp tác xã", "Chi cục Thuế",
)  # fmt: skip
FIRST = (
    "Thanh", "Phú", "Đồng", "Hương", "Lâm", "Tân", "Vĩnh", "Hạ", "Xuân", "Yên", "Cẩm", "Đại", "Hùng", "Kim", "Lương", "Minh",
    "Ngọc", "Quang", "Sơn", "Thạch", "Thượng", "Tiên", "Trung", "Văn", "Việt", "An", "Bình", "Châu", "Đức", "Giang",
)  # fmt: skip
SECOND = (
    "Ba", "Thao", "Hòa", "Lộc", "Phong", "Thủy", "Lâm", "Sơn", "Hà", "Khê", "Lạc", "Nông", "Cường", "Thịnh", "Lập", "Xá",
    "Động", "Điền", "Lĩnh", "Quang",
)  # fmt: skip
TEXTS = (
    "hội nông dân xã cẩm khê",
    "Trường tiểu học Thanh Ba",
    "thanh thuy",
    "cẩm khê 137",
    "Đảng uỷ xã Phú Thọ",
    "chi cuc thue van lang",
    "sở hạ hòa",
    "nông dân",
    "khong co don vi nay",
)


def fill():
    """100.000 different names, each with its row of time; every tenth with another name that people type."""
    places = itertools.product(range(1, 20), KINDS, FIRST, SECOND)
    units = []
    for number, (turn, kind, first, second) in enumerate(itertools.islice(places, NAMES)):
        units.append(Unit(code=f"dv-{number}", name=f"{kind} {first} {second} {turn}", province="Phú Thọ"))
    units = Unit.objects.bulk_create(units, batch_size=5000)
    names = (UnitName(unit=unit, name=unit.name, starts_on=FROM_THE_START) for unit in units)
    UnitName.objects.bulk_create(names, batch_size=5000)
    UnitAlias.objects.bulk_create((UnitAlias(unit=unit, text=f"{unit.name} cũ") for unit in units[::10]), batch_size=5000)
    with connection.cursor() as cursor:
        cursor.execute("VACUUM ANALYZE")


def milliseconds(user, text):
    times = []
    for _ in range(TURNS):
        start = time.perf_counter()
        search_all(user, text)
        times.append((time.perf_counter() - start) * 1000)
    return statistics.median(times)


def main():
    if connection.vendor != "postgresql":
        print("bench: search is measured on PostgreSQL only")
        return 0
    call_command("migrate", verbosity=0)
    fill()
    print(
        f"\nsearch over {Unit.objects.count()} units, {UnitName.objects.count()} names, {UnitAlias.objects.count()} aliases"
    )
    print(f"{'ms':>7} {'units':>7}  index  text")
    failed, user = False, AnonymousUser()
    for typed in TEXTS:
        text = folded(typed)
        plan = Unit.objects.matching(text).explain()
        by_index = all(f"{table}_search_trgm" in plan for table in ("blocs_unit", "blocs_unitname", "blocs_unitalias"))
        taken = milliseconds(user, text)
        print(
            f"{taken:>7.1f} {Unit.objects.matching(text).count():>7}  {'yes' if by_index else 'no':<5}  {typed}", flush=True
        )
        failed |= taken > MOST_MILLISECONDS or not by_index
    return 1 if failed else 0


if __name__ == "__main__":
    # A database somebody works with is not filled with made-up names.
    if "--throw-away" not in sys.argv or not os.environ.get("DATABASE_URL"):
        sys.exit("Used by scripts/bench: python scripts/pg_cluster.py python scripts/bench_search.py --throw-away")
    sys.exit(main())
