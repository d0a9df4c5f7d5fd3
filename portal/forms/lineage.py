"""The wizard of a change of units: what happens, then every open item of the old units."""

from crispy_forms.layout import Column, Fieldset, Row
from django import forms
from django.core.exceptions import ValidationError
from django.utils import timezone

from blocs.enums import OpenItemChoice, SuccessionKind
from blocs.fields import UnitPickField
from blocs.models import Unit, UnitName
from blocs.reports import same_named_units
from common.errors import DomainError
from common.forms import CleanTextMixin, DateInput, form_helper
from documents.models import Paper
from portal.lineage import MAY_STAY, Choice, NewUnit, refuse_impossible

MOST_UNITS = 30
KIND_LABELS = {
    SuccessionKind.RENAME: "Đổi tên: vẫn là đơn vị ấy, mang tên mới",
    SuccessionKind.MERGE: "Sáp nhập, hợp nhất: một hoặc nhiều đơn vị nhập vào một đơn vị đã có hoặc mới lập",
    SuccessionKind.SPLIT: "Chia tách: một đơn vị thành nhiều đơn vị",
    SuccessionKind.TAKE_OVER: "Chuyển giao chức năng: đơn vị khác nhận nhiệm vụ",
    SuccessionKind.DISSOLVE: "Giải thể: không có đơn vị kế thừa",
}


class SuccessionForm(CleanTextMixin, forms.Form):
    """Step 1: what happens, from which day, by which paper; the units stand in two lists below it."""

    kind = forms.ChoiceField(label="Loại biến động", choices=KIND_LABELS.items(), widget=forms.RadioSelect)
    effective_on = forms.DateField(
        label="Có hiệu lực từ ngày", widget=DateInput, help_text="Đơn vị cũ kết thúc vào cuối ngày liền trước."
    )
    paper = forms.ModelChoiceField(
        label="Theo văn bản", queryset=Paper.objects.none(), required=False, empty_label="Chưa có trong sổ văn bản"
    )
    stays = forms.BooleanField(
        label="Đơn vị cũ vẫn hoạt động", required=False, help_text="Chỉ khi chia tách hoặc chuyển giao chức năng."
    )
    new_name = forms.CharField(label="Tên mới", required=False, max_length=200, help_text="Chỉ khi đổi tên.")
    new_short_name = forms.CharField(label="Tên ngắn mới", required=False, max_length=80)
    note = forms.CharField(
        label="Ghi chú", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 2}), strip=True
    )

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["paper"].queryset = Paper.objects.select_related("issuer")
        self.helper = form_helper(
            "kind",
            Row(Column("effective_on"), Column("paper")),
            "stays",
            Fieldset("Khi đổi tên", Row(Column("new_name"), Column("new_short_name"))),
            "note",
        )

    def clean(self):
        cleaned = super().clean()
        kind = cleaned.get("kind")
        if kind == SuccessionKind.RENAME and not cleaned.get("new_name") and "new_name" not in self.errors:
            self.add_error("new_name", "Xin ghi tên mới của đơn vị.")
        if kind and kind != SuccessionKind.RENAME and cleaned.get("new_name"):
            self.add_error("new_name", "Tên mới chỉ ghi khi đổi tên; đơn vị mới lập xin ghi ở danh sách kế thừa.")
        if cleaned.get("stays") and kind not in MAY_STAY:
            self.add_error("stays", "Chỉ đánh dấu khi chia tách hoặc chuyển giao chức năng.")
        return cleaned


class OldUnitForm(CleanTextMixin, forms.Form):
    unit = UnitPickField(label="Đơn vị có biến động", required=False)


class SuccessorForm(CleanTextMixin, forms.Form):
    """A unit that exists, or one that begins with the act."""

    unit = UnitPickField(label="Đơn vị đã có", required=False)
    name = forms.CharField(label="Hoặc tên đơn vị mới lập", required=False, max_length=200)
    code = forms.SlugField(
        label="Mã đơn vị mới", required=False, max_length=40, help_text="Để trống thì hệ thống lập từ tên."
    )
    is_another = forms.BooleanField(label="Lập đơn vị mới dù trùng tên", required=False)

    def clean_code(self):
        code = self.cleaned_data["code"]
        if code and Unit.objects.filter(code=code).exists():
            raise ValidationError(f"Mã “{code}” đã dùng cho một đơn vị khác, kể cả khi đơn vị đó đã kết thúc.")
        return code

    def clean(self):
        cleaned = super().clean()
        unit, name = cleaned.get("unit"), cleaned.get("name")
        if unit and name:
            self.add_error("name", "Xin chọn đơn vị đã có hoặc ghi tên đơn vị mới, không ghi cả hai.")
        elif cleaned.get("code") and not name:
            self.add_error("code", "Mã chỉ ghi cho đơn vị mới lập.")
        elif name and not cleaned.get("is_another") and (same := same_named_units(name)):
            names = "; ".join(f"{one} ({one.code})" for one in same)
            self.add_error("name", f"Đã có đơn vị {names}. Hãy chọn đơn vị đó, hoặc đánh dấu “Lập đơn vị mới dù trùng tên”.")
        return cleaned


class UnitRows(forms.BaseFormSet):
    """Rows with a unit in them, in their order."""

    title = ""

    @property
    def given(self):
        rows = [row.cleaned_data for row in self.forms if row not in self.deleted_forms]
        return [row for row in rows if row.get("unit") or row.get("name")]


class OldUnitRows(UnitRows):
    title = "Đơn vị cũ"


class SuccessorRows(UnitRows):
    title = "Đơn vị kế thừa"


_LIMITS = {"can_delete": True, "max_num": MOST_UNITS, "validate_max": True, "absolute_max": MOST_UNITS + 10}
OldUnitFormSet = forms.formset_factory(OldUnitForm, formset=OldUnitRows, extra=1, **_LIMITS)
SuccessorFormSet = forms.formset_factory(SuccessorForm, formset=SuccessorRows, extra=1, **_LIMITS)


class Act:
    """Step 1 as a whole: the form and the two lists, valid together."""

    def __init__(self, data=None, initial=None):
        initial = initial or {}
        self.form = SuccessionForm(data, initial=initial.get("form"))
        self.olds = OldUnitFormSet(data, prefix="cu", initial=initial.get("olds"))
        self.news = SuccessorFormSet(data, prefix="moi", initial=initial.get("news"))
        self.formsets = [self.olds, self.news]

    def is_valid(self):
        """Also whether such an act can be at all; the sentence then stands on top of the form."""
        if not all([self.form.is_valid(), self.olds.is_valid(), self.news.is_valid()]):
            return False
        try:
            if self.is_rename:
                self._check_rename()
            else:
                refuse_impossible(**self.units, kind=self.kind, on=self.on, stays=self.form.cleaned_data["stays"])
        except DomainError as error:
            self.form.add_error(None, error.message)
        return not self.form.errors

    def _check_rename(self):
        units = self.units
        if len(units["from_units"]) != 1 or units["to_units"] or units["new_units"]:
            self.form.add_error(None, "Đổi tên chỉ ghi cho một đơn vị, không có đơn vị kế thừa.")
            return
        unit, name = units["from_units"][0], self.form.cleaned_data["new_name"]
        present = UnitName.objects.filter(unit=unit, ends_on=None).first()
        if unit.ends_on:
            self.form.add_error(None, f"{unit} đã kết thúc hoạt động ngày {unit.ends_on:%d/%m/%Y}.")
        elif name == unit.name:
            self.form.add_error("new_name", "Tên mới giống hệt tên đang dùng.")
        elif self.on > timezone.localdate():
            self.form.add_error("effective_on", f"Ngày đổi tên {self.on:%d/%m/%Y} ở sau ngày hôm nay.")
        elif present and self.on <= present.starts_on:
            text = f"Ngày đổi tên phải sau ngày {present.starts_on:%d/%m/%Y} là ngày tên đang dùng bắt đầu."
            self.form.add_error("effective_on", text)

    @property
    def kind(self):
        return SuccessionKind(self.form.cleaned_data["kind"])

    @property
    def is_rename(self):
        return self.kind == SuccessionKind.RENAME

    @property
    def on(self):
        return self.form.cleaned_data["effective_on"]

    @property
    def units(self):
        """from_units, to_units, new_units as the service takes them; a new unit has kind and place of the first old one."""
        olds = [row["unit"] for row in self.olds.given]
        first = olds[0] if olds else Unit()
        news = [
            NewUnit(row["name"], row["code"], kind=first.kind, province=first.province, parent=first.parent)
            for row in self.news.given
            if not row["unit"]
        ]
        return {
            "from_units": olds,
            "to_units": [row["unit"] for row in self.news.given if row["unit"]],
            "new_units": news,
        }

    @property
    def successors(self):
        """In the order in which a Choice counts them."""
        return [*self.units["to_units"], *self.units["new_units"]]

    def values(self):
        """What `record_succession` takes of step 1."""
        cleaned = self.form.cleaned_data
        return {
            **self.units,
            "kind": self.kind,
            "effective_on": self.on,
            **{name: cleaned[name] for name in ("paper", "note", "stays", "new_name", "new_short_name")},
        }


class ReviewForm(forms.Form):
    """Step 2: one question per open item, none of them answered beforehand."""

    def __init__(self, data=None, *, groups, successors):
        super().__init__(data)
        self.groups, self.successors = groups, successors
        self.items = {}
        for group in groups:
            for item in group.items:
                name = field_name(item)
                self.items[name] = item
                self.fields[name] = forms.ChoiceField(
                    label=f"{item.label} ({group.unit})" if len(groups) > 1 else item.label,
                    choices=list(self._choices(item)),
                    widget=forms.RadioSelect,
                    error_messages={"required": "Xin chọn cách xử lý.", "invalid_choice": "Xin chọn lại cách xử lý."},
                )

    def _choices(self, item):
        recommended = self.recommended_of(item)
        for choice in item.choices:
            if choice == OpenItemChoice.CARRY:
                options = [(f"carry:{place}", f"Chuyển cho {unit}") for place, unit in enumerate(self.successors)]
            else:
                label = OpenItemChoice(choice).label
                options = [(choice.value, label[:1].upper() + label[1:])]
            for value, label in options:
                yield value, f"{label} (gợi ý)" if value == recommended else label

    def recommended_of(self, item):
        """The value that is suggested; with several successors nobody but the user knows who takes it."""
        if item.recommended != OpenItemChoice.CARRY:
            return item.recommended.value
        return "carry:0" if len(self.successors) == 1 else ""

    def rows(self):
        """Per old unit its items with their bound fields, for the page."""
        return [
            {"unit": group.unit, "rows": [{"item": item, "field": self[field_name(item)]} for item in group.items]}
            for group in self.groups
        ]

    def filled(self, data):
        """The data with the suggestion wherever nothing is chosen yet."""
        data = data.copy()
        for name, item in self.items.items():
            if not data.get(name) and (value := self.recommended_of(item)):
                data[name] = value
        return data

    def decisions(self):
        """Item id → Choice; for the service."""
        found = {}
        for name, item in self.items.items():
            word, _, place = self.cleaned_data[name].partition(":")
            found[item.id] = Choice(OpenItemChoice(word), int(place) if place else None)
        return found

    def summary(self):
        """Per old unit (item, words of the choice, whether it is only put off)."""
        lines = []
        for group in self.groups:
            rows = []
            for item in group.items:
                choice = self.decisions()[item.id]
                carried = choice.choice == OpenItemChoice.CARRY
                words = f"chuyển cho {self.successors[choice.successor]}" if carried else choice.choice.label
                rows.append({"item": item, "words": words, "choice": choice.choice})
            lines.append({"unit": group.unit, "rows": rows})
        return lines


def field_name(item):
    return "muc-" + item.id.replace(":", "-")
