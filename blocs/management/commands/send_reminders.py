"""Nhắc các đơn vị chưa ký giao ước; chạy mỗi ngày một lần."""

from django.core.management.base import BaseCommand, CommandError

from blocs.reminders import due_signatures, remind


class Command(BaseCommand):
    help = "Gửi thư nhắc các đơn vị chưa ký giao ước (chạy mỗi ngày một lần)."

    def handle(self, **options):
        outcome = remind(due_signatures())
        for unit in outcome.without_address:
            self.stderr.write(f"{unit}: chưa có địa chỉ thư điện tử")
        self.stdout.write(f"{len(outcome.sent)} đơn vị được nhắc, {len(outcome.without_address)} chưa có địa chỉ.")
        if outcome.failed:
            names = "; ".join(str(unit) for unit in outcome.failed)
            raise CommandError(f"Máy chủ thư không nhận thư gửi: {names}. Lần chạy sau sẽ gửi lại.")
