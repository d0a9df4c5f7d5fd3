"""The typed part of a paper while it is written."""

from django.contrib.contenttypes.models import ContentType
from django.db import IntegrityError, transaction
from django.utils import timezone

from common.errors import StaleState
from common.permissions import require
from common.versions import claim
from documents.models import PaperDraft


@transaction.atomic
def save_draft(*, form, subject, values, version, by, permission):
    """Keep what was typed for the form `form` (its code) of this record; `version` is what the page was opened with, 0
    for the first.

    Raises PermissionDenied (`permission` on the record), StaleState (somebody saved meanwhile; the sentence says who).
    """
    require(by, permission, subject)
    found = PaperDraft.objects.filter(
        form=form, subject_type=ContentType.objects.get_for_model(subject), subject_id=subject.pk
    ).first()
    if found is None:
        return _begin(form, subject, values, by)
    claim(found, version=version, by=by)
    found.values = values
    found.save(update_fields=["values"])
    return found


def _begin(form, subject, values, by):
    try:
        # A savepoint: of two who begin at once the second gets a sentence, not a broken transaction.
        with transaction.atomic():
            return PaperDraft.objects.create(
                form=form, subject=subject, values=values, edited_by=by, edited_at=timezone.now()
            )
    except IntegrityError as error:
        raise StaleState("Người khác vừa lưu bản thảo này; hãy đối chiếu rồi bấm Lưu lại.", subject=subject) from error
