from django.core.management.base import BaseCommand, CommandError

from portal.demo.build import build_demo
from portal.seeding import foreign_records


class Command(BaseCommand):
    help = "Nhập tỉnh trình diễn vào một cơ sở dữ liệu trống; từ chối khi đã có dữ liệu khác."

    def handle(self, **options):
        if found := foreign_records():
            raise CommandError(
                f"Cơ sở dữ liệu đã có {', '.join(found)}; dữ liệu trình diễn chỉ nhập vào cơ sở dữ liệu trống."
            )
        build_demo()
        if options["verbosity"]:
            self.stdout.write("Đã nhập tỉnh trình diễn.")
