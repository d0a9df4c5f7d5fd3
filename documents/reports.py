"""Reads about issued papers."""

import hashlib

from django.contrib.contenttypes.models import ContentType

from documents.models import IssuedDocument, PaperDraft


def documents_of(record):
    """The papers issued for one record, newest first."""
    return IssuedDocument.objects.filter(
        subject_type=ContentType.objects.get_for_model(record), subject_id=record.pk
    ).select_related("issuer")


def draft_of(form, record):
    """The PaperDraft of the form (its code) for this record, or None while nothing was typed."""
    return PaperDraft.objects.filter(
        form=form, subject_type=ContentType.objects.get_for_model(record), subject_id=record.pk
    ).first()


def is_intact(document):
    """Whether the stored file is still the one that was issued."""
    return is_stored_as(document.file, document.sha256)


def is_stored_as(stored, sha256):
    """Whether a stored file is there and has this digest."""
    try:
        # From the storage: the field would hand back a file it has open already.
        with stored.storage.open(stored.name) as opened:
            return hashlib.file_digest(opened, "sha256").hexdigest() == sha256
    except (FileNotFoundError, ValueError):
        return False
