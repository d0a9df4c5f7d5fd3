"""Reads about issued papers."""

import hashlib

from django.contrib.contenttypes.models import ContentType

from documents.models import IssuedDocument


def documents_of(record):
    """The papers issued for one record, newest first."""
    return IssuedDocument.objects.filter(
        subject_type=ContentType.objects.get_for_model(record), subject_id=record.pk
    ).select_related("issuer")


def is_intact(document):
    """Whether the stored file is still the one that was issued."""
    try:
        # From the storage: the field would hand back a file it has open already.
        with document.file.storage.open(document.file.name) as stored:
            return hashlib.file_digest(stored, "sha256").hexdigest() == document.sha256
    except FileNotFoundError:
        return False
