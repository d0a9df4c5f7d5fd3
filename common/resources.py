"""What every Excel sheet shares: typed cells out, trimmed text in, faults as Vietnamese sentences (house-style §6)."""

from datetime import date, datetime
from decimal import Decimal, InvalidOperation

from django.core import signing
from import_export import resources
from import_export.widgets import Widget

from common.text import clean_text, fold_name

MARK_TITLE = "Mã dòng (không sửa)"


class Text(Widget):
    """Text in NFC, trimmed; “=…” stays text; a number typed as 2018 is the text "2018". `lines`: keeps line ends."""

    def __init__(self, *, lines=False, **kwargs):
        super().__init__(**kwargs)
        self.lines = lines

    def clean(self, value, row=None, **kwargs):
        if value is None or value == "":
            return ""
        if isinstance(value, bool):
            value = "có" if value else "không"
        if isinstance(value, date):
            value = f"{value:%d/%m/%Y}"
        text = clean_text(str(value))
        if "\0" in text:
            raise ValueError("Ô có ký tự không in được.")
        return text if self.lines else " ".join(text.split("\n"))

    def render(self, value, obj=None, **kwargs):
        return "" if value is None else str(value)


class TextLines(Text):
    """Several texts in one cell, one per line; cleans to a list without empty ones (names hold commas and semicolons)."""

    def __init__(self, **kwargs):
        super().__init__(lines=True, **kwargs)

    def clean(self, value, row=None, **kwargs):
        return [line for line in super().clean(value, row, **kwargs).split("\n") if line]

    def render(self, value, obj=None, **kwargs):
        return "\n".join(value or ())


class TypedDate(Widget):
    """A date cell, or the text dd/mm/yyyy."""

    def clean(self, value, row=None, **kwargs):
        if value is None or value == "":
            return None
        if isinstance(value, datetime):
            return value.date()
        if isinstance(value, date):
            return value
        text = clean_text(str(value))
        for form in ("%d/%m/%Y", "%d-%m-%Y", "%d.%m.%Y", "%Y-%m-%d"):
            try:
                return datetime.strptime(text, form).date()
            except ValueError:
                continue
        raise ValueError(f"“{text}” không phải là ngày; hãy ghi dạng ngày/tháng/năm, ví dụ 05/03/2021.")

    def render(self, value, obj=None, **kwargs):
        return value


class TypedNumber(Widget):
    """A number cell, or a text with a decimal comma and dots for thousands; exact. `whole`: no fraction, not negative."""

    def __init__(self, *, whole=False, **kwargs):
        super().__init__(**kwargs)
        self.whole = whole

    def clean(self, value, row=None, **kwargs):
        if value is None or value == "":
            return None
        if isinstance(value, bool | date):
            raise ValueError(f"“{value}” không phải là số.")
        number = Decimal(repr(value)) if isinstance(value, int | float) else self._read(clean_text(str(value)))
        if not self.whole:
            return number
        if number != number.to_integral_value() or number < 0:
            raise ValueError(f"“{value}” phải là số nguyên không âm.")
        return int(number)

    def _read(self, text):
        plain = text.replace(" ", "")
        if "," in plain or (plain.count(".") >= 1 and all(len(part) == 3 for part in plain.split(".")[1:])):
            plain = plain.replace(".", "").replace(",", ".")
        try:
            number = Decimal(plain)
        except InvalidOperation:
            raise ValueError(f"“{text}” không phải là số.") from None
        if not number.is_finite():
            raise ValueError(f"“{text}” không phải là số.")
        return number

    def render(self, value, obj=None, **kwargs):
        return value


class YesNo(Widget):
    """“có” or “không”; empty is what the field says."""

    WORDS = {"co": True, "x": True, "dung": True, "1": True, "khong": False, "sai": False, "0": False}

    def __init__(self, *, empty=True, **kwargs):
        super().__init__(**kwargs)
        self.empty = empty

    def clean(self, value, row=None, **kwargs):
        if value is None or value == "":
            return self.empty
        word = fold_name(str(int(value) if isinstance(value, bool) else value))
        if word not in self.WORDS:
            raise ValueError(f"“{value}” không rõ; hãy ghi “có” hoặc “không”.")
        return self.WORDS[word]

    def render(self, value, obj=None, **kwargs):
        return "có" if value else "không"


class Choice(Widget):
    """One of a closed list, written by its Vietnamese label; `also` maps further folded words to values."""

    def __init__(self, choices, *, also=None, default="", **kwargs):
        super().__init__(**kwargs)
        self.labels = dict(choices.choices)
        self.default = default
        self.values = {fold_name(str(label)): value for value, label in self.labels.items()}
        self.values |= {fold_name(value): value for value in self.labels} | (also or {})

    @property
    def allowed(self):
        return [str(label) for label in self.labels.values()]

    def clean(self, value, row=None, **kwargs):
        text = clean_text(str(value)) if value not in (None, "") else ""
        if not text:
            return self.default
        if fold_name(text) not in self.values:
            raise ValueError(f"Không có lựa chọn “{text}”; chỉ nhận: {'; '.join(self.allowed)}.")
        return self.values[fold_name(text)]

    def render(self, value, obj=None, **kwargs):
        return str(self.labels.get(value, "")) if value else ""


class ByCode(Widget):
    """A record named by its code (or other unique text); "Không có mã …" when there is none.

    All codes are read with one query at the first cell: a sheet names the same few records again and again.
    """

    def __init__(self, model, *, key="code", label="mã", folded=False, **kwargs):
        super().__init__(**kwargs)
        self.model, self.key, self.label, self.folded = model, key, label, folded
        self._known = None

    def forget(self):
        """Before another sheet: records may have come or gone."""
        self._known = None

    def _norm(self, text):
        return fold_name(text) if self.folded else text.casefold()

    @property
    def known(self):
        if self._known is None:
            self._known = {self._norm(str(getattr(row, self.key))): row for row in self.model._default_manager.all()}
        return self._known

    def clean(self, value, row=None, **kwargs):
        text = clean_text(str(value)) if value not in (None, "") else ""
        if not text:
            return None
        found = self.known.get(self._norm(text))
        if found is None:
            raise ValueError(f"Không có {self.label} “{text}”.")
        return found

    def render(self, value, obj=None, **kwargs):
        return "" if value is None else str(getattr(value, self.key))


class BaseResource(resources.ModelResource):
    """One sheet: Vietnamese titles, cells typed, each row of an export signed so that it is known when it comes back."""

    class Meta:
        skip_unchanged = True
        report_skipped = True
        rollback_on_validation_errors = True

    title = ""

    def fields_in_order(self):
        """(name, field) of every column."""
        return [(name, self.fields[name]) for name in self.get_export_order()]

    def cells_of(self, row):
        """Name of the field → its cell, typed as in the sheet."""
        return {name: field.widget.render(self._value(name, field, row)) for name, field in self.fields_in_order()}

    def _value(self, name, field, row):
        method = getattr(self, f"dehydrate_{name}", None)
        return method(row) if method else field.get_value(row)


def sign_mark(kind, text):
    """What stands in the hidden column: the text and our signature for that kind of sheet."""
    return signing.Signer(salt=f"sheet.{kind}").sign(text)


def read_mark(kind, mark):
    """The signed text, or None when nobody of ours wrote it."""
    try:
        return signing.Signer(salt=f"sheet.{kind}").unsign(str(mark))
    except signing.BadSignature:
        return None
