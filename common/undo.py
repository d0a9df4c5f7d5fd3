"""What an act changed, written down so that it can be taken back exactly, and asked whether anything was built on it.

An undo is a plain dictionary that fits a JSON field:

    made      rows the act added, with their values at its end
    changed   rows it changed: the values before, and those at its end
    watched   sets of rows beside it that must not have grown since
"""

import json

from django.apps import apps
from django.core.serializers.json import DjangoJSONEncoder


class Changes:
    """Collects one undo: call `made`, `change`, `noted`, `watch` while acting, then `as_undo`."""

    def __init__(self):
        self._made, self._changed, self._watched = [], [], []

    def made(self, record):
        """A row the act has just saved."""
        self._made.append({"model": record._meta.label_lower, "pk": record.pk, "values": {}})
        return record

    def change(self, record, **values):
        """Set these fields, save the row and remember what they were."""
        before = values_of(record, [_attname(record, name) for name in values])
        for name, value in values.items():
            setattr(record, name, value)
        record.save()
        self.noted(record, before)
        return record

    def noted(self, record, before):
        """A row that another service changed: `before` holds the values (by `values_of`) to come back to."""
        self._changed.append({"model": record._meta.label_lower, "pk": record.pk, "before": before, "after": {}})

    def watch(self, model, **filters):
        """The rows of this filter at the end of the act are all there may be when it is taken back."""
        self._watched.append((model, filters))

    def as_undo(self):
        return {
            "made": self._made,
            "changed": self._changed,
            "watched": [
                {"model": model._meta.label_lower, "filter": filters, "pks": []} for model, filters in self._watched
            ],
        }


def _attname(record, name):
    return record._meta.get_field(name).attname


def values_of(record, names=None):
    """Field values as JSON can hold them; all stored fields when none are named."""
    names = names or [field.attname for field in record._meta.concrete_fields]
    return json.loads(json.dumps({name: getattr(record, name) for name in names}, cls=DjangoJSONEncoder, default=str))


def freeze(undo):
    """Write the values at the end of the whole act into the undo; later parts of one act may touch the same rows."""
    for row in undo.get("made", ()):
        row["values"] = values_of(_find(row))
    for row in undo.get("changed", ()):
        row["after"] = values_of(_find(row), list(row["before"]))
    for row in undo.get("watched", ()):
        row["pks"] = list(_watched(row).values_list("pk", flat=True))
    return undo


def built_on(undos, own=frozenset()):
    """Vietnamese phrases for whatever stands on the rows of these undos now, or has changed since; empty when nothing.

    `own`: (model label, pk) of rows that belong to the act itself.
    """
    own = set(own) | {(row["model"], row["pk"]) for undo in undos for row in undo.get("made", ())}
    found = []
    for undo in undos:
        for row in undo.get("made", ()):
            found += _built_on_made(row, own)
        for row in undo.get("changed", ()):
            found += _changed_since(row, row["after"])
        for row in undo.get("watched", ()):
            grown = _watched(row).exclude(pk__in=row["pks"])
            found += [f"{record._meta.verbose_name} mới: {record}" for record in grown]
    return list(dict.fromkeys(found))


def _built_on_made(row, own):
    found = _changed_since(row, row["values"])
    model = apps.get_model(row["model"])
    for relation in model._meta.get_fields(include_hidden=True):
        if not (relation.auto_created and relation.is_relation and not relation.concrete):
            continue
        related = relation.related_model
        # The history of a record follows it and stands on nothing.
        if relation.many_to_many or related.__name__.startswith("Historical"):
            continue
        for record in related._base_manager.filter(**{relation.field.name: row["pk"]}):
            if (record._meta.label_lower, record.pk) not in own:
                found.append(f"{record._meta.verbose_name}: {record}")
    return found


def _changed_since(row, values):
    record = _find(row)
    if record is None:
        return [f"{apps.get_model(row['model'])._meta.verbose_name} số {row['pk']} không còn nữa"]
    now = values_of(record, list(values))
    names = [name for name in values if now[name] != values[name]]
    if not names:
        return []
    labels = {field.attname: str(field.verbose_name) for field in record._meta.concrete_fields}
    return [f"{record._meta.verbose_name} “{record}” đã đổi {', '.join(labels[name] for name in names)}"]


def revert(undo):
    """Put back what was changed and take out what was made, last first. Ask `built_on` before."""
    for row in reversed(undo.get("made", ())):
        record = _find(row)
        if record is not None:
            record.delete()
    for row in reversed(undo.get("changed", ())):
        record = _find(row)
        for field in record._meta.concrete_fields:
            if field.attname in row["before"]:
                target = field.target_field if field.is_relation else field
                setattr(record, field.attname, target.to_python(row["before"][field.attname]))
        record.save()


def _find(row):
    return apps.get_model(row["model"])._base_manager.filter(pk=row["pk"]).first()


def _watched(row):
    return apps.get_model(row["model"])._base_manager.filter(**row["filter"])
