from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from portal.demo import facts
from portal.demo.large import LargeProvince
from portal.seeding import foreign_records

_WIDTH = 40


class Command(BaseCommand):
    help = "Tạo một tỉnh lớn với nhiều năm dữ liệu để đo tốc độ; chỉ nhập vào cơ sở dữ liệu trống."

    def add_arguments(self, parser):
        parser.add_argument("--blocs", type=int, default=35, help="số cụm, khối thi đua")
        parser.add_argument("--units", type=int, default=274, help="số đơn vị thành viên")
        parser.add_argument("--years", type=int, default=10, help="số năm")
        parser.add_argument("--seed", type=int, default=1, help="cùng số này thì được cùng một tỉnh")

    def handle(self, *, blocs, units, years, seed, **options):
        if blocs < 1 or years < 1 or not 3 * blocs <= units <= 400:
            raise CommandError("Cần ít nhất 01 khối, 01 năm, 03 đơn vị cho mỗi khối và không quá 400 đơn vị.")
        if found := foreign_records():
            raise CommandError(
                f"Cơ sở dữ liệu đã có {', '.join(found)}; dữ liệu đo tốc độ chỉ nhập vào cơ sở dữ liệu trống."
            )
        # Outside the demo nobody can sign in with what is known to everybody.
        password = facts.PASSWORD if settings.DEMO else None
        tell = _Bar(self.stdout) if options["verbosity"] else None
        LargeProvince(blocs, units, years, seed, password=password, tell=tell).fill()
        if options["verbosity"]:
            self.stdout.write(f"Đã nhập {blocs} cụm, khối, {units} đơn vị, {years} năm.")


class _Bar:
    """Progress in one line: it grows by a mark, so it reads the same in a terminal and in a log file."""

    def __init__(self, stdout):
        self.stdout, self.shown = stdout, 0
        stdout.write(f"[{'.' * _WIDTH}]\n ", ending="")

    def __call__(self, done, total):
        marks = done * _WIDTH // total - self.shown
        if marks:
            self.stdout.write("#" * marks, ending="\n" if done == total else "")
            self.stdout.flush()
            self.shown += marks
