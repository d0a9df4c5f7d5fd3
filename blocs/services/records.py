"""Saving one record so that what the database would refuse comes back as a sentence."""

from django.core.exceptions import NON_FIELD_ERRORS, ValidationError
from django.db import IntegrityError, transaction

from blocs.errors import Invalid, Taken


def save_checked(record):
    """Validate and save; Invalid says what is wrong, Taken that somebody was quicker with the same key."""
    try:
        record.full_clean()
    except ValidationError as error:
        raise Invalid(" ".join(sentences(record, error))) from error
    try:
        with transaction.atomic():
            record.save()
    except IntegrityError as error:
        name = str(record._meta.verbose_name)
        raise Taken(f"Không lưu được: {name} trùng với một bản ghi vừa được người khác lưu.") from error
    return record


def sentences(record, error):
    """The faults of a record, each with the Vietnamese name of its field."""
    rows = []
    for name, texts in error.message_dict.items():
        if name == NON_FIELD_ERRORS:
            rows += texts
        else:
            label = str(record._meta.get_field(name).verbose_name)
            rows += [f"{label[:1].upper()}{label[1:]}: {text}" for text in texts]
    return rows
