from django.core.management.base import BaseCommand

from portal.seeding import seed_reference


class Command(BaseCommand):
    help = "Thêm danh mục dùng chung còn thiếu: hình thức khen thưởng, loại đơn vị, chuyên mục, cơ quan ban hành."

    def handle(self, **options):
        seed_reference()
        if options["verbosity"]:
            self.stdout.write("Đã có đủ danh mục dùng chung.")
