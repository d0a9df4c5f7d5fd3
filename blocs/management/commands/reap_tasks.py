"""A killed worker leaves its task running for ever; nobody else would tell the user (docs/deploy.md)."""

from datetime import timedelta

from django.conf import settings
from django.core.management.base import BaseCommand
from django.utils import timezone
from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from blocs.enums import ImportState
from blocs.models import ImportJob
from blocs.sheets import flow
from common.errors import DomainError
from documents.services.batches import give_back_left_items, remove_old_batches
from documents.tasks import begin_batch

_LEFT = "Tiến trình xử lý đã dừng giữa chừng; chưa lưu gì. Xin kiểm tra lại tệp này."


class Command(BaseCommand):
    help = "Kết thúc, làm tiếp các việc chạy nền mà tiến trình xử lý đã chết, xóa đợt văn bản cũ; chạy định kỳ."

    def add_arguments(self, parser):
        parser.add_argument("--minutes", type=int, default=60, help="việc chạy lâu hơn chừng này phút được coi là đã chết")

    def handle(self, *, minutes, verbosity, **options):
        # A paper that is still drawn was not left.
        minutes = max(minutes, settings.PAPER_BACKGROUND_SECONDS // 60 + 1)
        before = timezone.now() - timedelta(minutes=minutes)
        tasks = DBTaskResult.objects.filter(status=TaskResultStatus.RUNNING, started_at__lt=before)
        count = 0
        for task in tasks:
            # The library's own words for the end of a task; the import below carries the sentence for the user.
            task.set_failed(TimeoutError(_LEFT))
            count += 1
        ended = 0
        for job in ImportJob.objects.filter(
            state__in=(ImportState.CHECKING, ImportState.RUNNING), moved_at__lt=before
        ).select_related("created_by"):
            try:
                flow.fail(job, _LEFT)
            except DomainError:
                # Finished in the meantime.
                continue
            ended += 1
        left = give_back_left_items(before)
        for batch in left:
            begin_batch(batch)
        old = remove_old_batches(settings.PAPER_BATCH_DAYS)
        if verbosity:
            self.stdout.write(
                f"Đã kết thúc {count} việc chạy nền, {ended} lần nhập Excel bị bỏ dở; tạo tiếp {len(left)} đợt văn bản, "
                f"xóa {old} đợt đã quá hạn giữ."
            )
