"""Columns that are calculated from another column whenever a row is saved, `bulk_create` included."""

from django.db import models

from common import text


class DerivedTextField(models.TextField):
    """Holds `derive(getattr(row, source))`; never edited, never shown."""

    derive = None

    def __init__(self, *args, source=None, **kwargs):
        self.source = source
        kwargs.setdefault("editable", False)
        kwargs.setdefault("blank", True)
        kwargs.setdefault("default", "")
        super().__init__(*args, **kwargs)

    def deconstruct(self):
        name, path, args, kwargs = super().deconstruct()
        kwargs["source"] = self.source
        return name, path, args, kwargs

    def pre_save(self, model_instance, add):
        if hasattr(model_instance, "history_id"):
            # A history row has the columns of its record but not its properties; what it copied stays.
            return getattr(model_instance, self.attname)
        value = type(self).derive(getattr(model_instance, self.source) or "")
        setattr(model_instance, self.attname, value)
        return value


class FoldedField(DerivedTextField):
    """The source without case and marks: filter it with `contains`."""

    derive = staticmethod(text.fold_name)


class SortKeyField(DerivedTextField):
    """The source as a key in Vietnamese dictionary order: `order_by` it."""

    derive = staticmethod(text.sort_key)
