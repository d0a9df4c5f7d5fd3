"""Forms of the letter, the board, decisions, the register and the catalogue."""

import hashlib
import re

from crispy_forms.layout import Column, Fieldset, Row
from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import MaxLengthValidator
from django.utils import timezone

from awards.enums import AwardCategory, AwardSubject, ItemState, ProposalState, RewardKind
from awards.models import AwardKind, Proposal
from awards.reports import number_is_used
from awards.services import LineInput, NomineeInput, nominee_key
from blocs.models import EmulationYear, Unit
from common.forms import CleanTextMixin, DateInput, form_helper
from common.text import clean_text, fold, fold_name
from common.uploads import check_pdf
from documents.models import Issuer, Paper

# "Nguyễn Văn An – Trưởng phòng": the first dash with blanks around it parts the name from the post.
_DASH = re.compile(r"\s+[-–—]\s+")
_AS_TYPED = "nhu-da-go"
_MOST_NOMINEES = 300


class NomineesMixin:
    """A text box with one nominee a line, matched leniently against the units of the bloc (F2).

    A line that surely is a unit becomes it; one that is like no unit stays a name; a doubtful one brings a field that asks
    what was meant. Needs the fields `nominees` and `nominee_kind`; `clean_nominees_of` gives the NomineeInputs.
    """

    def ask_about_doubts(self, matcher):
        """Add a question for every doubtful line of a bound form; call it at the end of `__init__`."""
        self.matches = {}
        if not self.is_bound:
            return
        if self.data.get(self.add_prefix("nominee_kind")) == AwardSubject.PERSON:
            return
        for text in self.typed_lines(self.data.get(self.add_prefix("nominees")) or ""):
            match = matcher.match(text)
            self.matches[text] = match
            if match.unit is None and match.suggestions:
                choices = [(str(unit.pk), str(unit)) for unit in match.suggestions]
                self.fields[self.question_name(text)] = forms.ChoiceField(
                    label=f"“{text}” là đơn vị nào?",
                    choices=[*choices, (_AS_TYPED, f"Giữ nguyên như đã gõ: {text}")],
                    widget=forms.RadioSelect,
                    error_messages={"required": f"Hãy chọn đơn vị cho “{text}”, hoặc giữ nguyên như đã gõ."},
                )

    @staticmethod
    def typed_lines(text):
        """The lines that say something; nothing is ever split but at line ends (case: “Văn hóa, Thể thao và Du lịch”)."""
        text = clean_text(text.replace("\r", "\n").replace("\x00", ""))
        return [line for line in text.split("\n") if line][: _MOST_NOMINEES + 1]

    @staticmethod
    def question_name(text):
        return f"chon_{hashlib.sha256(fold_name(text).encode()).hexdigest()[:12]}"

    def clean_nominees_of(self, cleaned, *, is_person):
        """The NomineeInputs of the box, faults added to it; None when a doubt is still open."""
        lines = self.typed_lines(cleaned.get("nominees") or "")
        if len(lines) > _MOST_NOMINEES:
            self.add_error("nominees", f"Mỗi dòng đề nghị nhận tối đa {_MOST_NOMINEES} tên; hãy tách thành nhiều dòng.")
            return None
        nominees, seen = [], set()
        for text in lines:
            nominee = _person(text) if is_person else self._collective(text, cleaned)
            if nominee is None:
                continue
            if len(nominee.nominee_name) > 200 or len(nominee.person_title) > 250:
                self.add_error("nominees", f"Dòng “{text[:60]}…” quá dài: tên tối đa 200 ký tự, chức vụ tối đa 250 ký tự.")
                continue
            if nominee.key in seen:
                self.add_error("nominees", f"“{nominee.unit or text}” ghi hai lần trong cùng một dòng đề nghị.")
                continue
            seen.add(nominee.key)
            nominees.append(nominee)
        return nominees

    def _collective(self, text, cleaned):
        match = self.matches.get(text)
        if match is None:
            return NomineeInput(nominee_name=text)
        if match.unit is not None:
            return NomineeInput(unit=match.unit)
        if not match.suggestions:
            return NomineeInput(nominee_name=text)
        chosen = cleaned.get(self.question_name(text))
        if chosen is None:
            return None
        by_pk = {str(unit.pk): unit for unit in match.suggestions}
        return NomineeInput(unit=by_pk[chosen]) if chosen in by_pk else NomineeInput(nominee_name=text)


def _person(text):
    name, *title = _DASH.split(text, maxsplit=1)
    return NomineeInput(nominee_name=name, is_person=True, person_title=title[0] if title else "")


def nominees_text(items):
    """Items as the text box shows them; what has no name has no line."""
    lines = []
    for item in items:
        if item.nameless_count is None:
            lines.append(f"{item.nominee_name} – {item.person_title}" if item.person_title else str(item))
    return "\n".join(lines)


NOMINEE_KINDS = [(AwardSubject.COLLECTIVE.value, "tập thể"), (AwardSubject.PERSON.value, "cá nhân")]


def _nominees_field():
    return forms.CharField(
        label="Tên tập thể, cá nhân (mỗi dòng một tên)",
        required=False,
        max_length=60000,
        widget=forms.Textarea(attrs={"rows": 5}),
    )


def _declared_field():
    return forms.IntegerField(
        label="Số trong biên bản",
        required=False,
        min_value=1,
        max_value=9999,
        widget=forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off"}),
        error_messages={"invalid": "Hãy ghi một số nguyên, ví dụ 06."},
    )


def grouped_awards(awards):
    """Choices by category: danh hiệu thi đua and hình thức khen thưởng never share a list (F7)."""
    groups = []
    for category in AwardCategory:
        rows = [(str(award.pk), award.name) for award in awards if award.category == category]
        if rows:
            groups.append((str(category.label).capitalize(), rows))
    return groups


class ProposalForm(CleanTextMixin, forms.ModelForm):
    """The letter itself; `version` is what the page was opened with."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31 - 1)

    class Meta:
        model = Proposal
        fields = ["meeting", "addressee", "grounds", "opening"]
        widgets = {"grounds": forms.Textarea(attrs={"rows": 4}), "opening": forms.Textarea(attrs={"rows": 5})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["meeting"].queryset = self.instance.bloc_year.meetings.order_by("-starts_on", "-pk")
        self.fields["meeting"].empty_label = "Không qua hội nghị"
        self.fields["meeting"].label = "Hội nghị bình xét"
        self.fields["opening"].help_text = "Tóm tắt kết quả của khối và việc bình xét; mỗi đoạn một dòng."
        self.fields["version"].initial = self.instance.version
        self.helper = form_helper(
            "version",
            Fieldset("Nơi nhận và căn cứ", Row(Column("meeting", css_class="col-md-6"), Column("addressee")), "grounds"),
            "opening",
        )


class LineForm(NomineesMixin, CleanTextMixin, forms.Form):
    """One award of the letter with its nominees."""

    award = forms.ChoiceField(label="Danh hiệu, hình thức đề nghị")
    nominee_kind = forms.ChoiceField(label="Đề nghị cho", choices=NOMINEE_KINDS, initial=AwardSubject.COLLECTIVE)
    reward_kind = forms.ChoiceField(label="Loại hình", choices=RewardKind.choices, initial=RewardKind.MERIT)
    declared_count = _declared_field()
    wording = forms.CharField(label="Cách ghi trong biên bản, nếu khác tên trên", required=False, max_length=200)
    nominees = _nominees_field()

    def __init__(self, *args, awards, matcher, **kwargs):
        super().__init__(*args, **kwargs)
        self.awards = {str(award.pk): award for award in awards}
        self.fields["award"].choices = [("", "Chọn danh hiệu, hình thức"), *grouped_awards(awards)]
        self.ask_about_doubts(matcher)

    def clean(self):
        cleaned = super().clean()
        award = self.awards.get(cleaned.get("award"))
        if award is None or not {"nominee_kind", "nominees", "declared_count"} <= set(cleaned):
            return cleaned
        is_person = cleaned["nominee_kind"] == AwardSubject.PERSON or award.subject == AwardSubject.PERSON
        if award.subject in (AwardSubject.COLLECTIVE, AwardSubject.HOUSEHOLD) and is_person:
            self.add_error("nominee_kind", f"“{award}” chỉ dành cho {award.get_subject_display()}.")
        nominees = self.clean_nominees_of(cleaned, is_person=is_person)
        if nominees == [] and not self.errors:
            if cleaned["declared_count"] is None:
                self.add_error("nominees", "Hãy ghi tên từng tập thể, cá nhân, hoặc ghi số lượng khi chưa có tên.")
            else:
                nominees = [NomineeInput(nameless_count=cleaned["declared_count"], is_person=is_person)]
        cleaned["entered"] = nominees
        return cleaned

    def as_input(self):
        """The LineInput of a valid row."""
        cleaned = self.cleaned_data
        return LineInput(
            award=self.awards[cleaned["award"]],
            declared_count=cleaned["declared_count"],
            wording=cleaned["wording"],
            reward_kind=cleaned["reward_kind"],
            nominees=cleaned["entered"],
        )

    @staticmethod
    def initial_of(line):
        """A saved line as its form shows it."""
        items = list(line.items.all())
        is_person = any(item.is_person for item in items)
        return {
            "award": str(line.award_id),
            "wording": line.wording,
            "reward_kind": line.reward_kind,
            "declared_count": line.declared_count,
            "nominee_kind": AwardSubject.PERSON.value if is_person else AwardSubject.COLLECTIVE.value,
            "nominees": nominees_text(items),
        }


class BaseLineFormSet(forms.BaseFormSet):
    def line_inputs(self):
        """LineInputs of the rows that stand, in their order."""
        rows = [row for row in self.forms if row.has_changed() and row not in self.deleted_forms]
        return [row.as_input() for row in rows]


LineFormSet = forms.formset_factory(
    LineForm, formset=BaseLineFormSet, extra=1, can_delete=True, max_num=60, validate_max=True, absolute_max=100
)


class CorrectionForm(NomineesMixin, CleanTextMixin, forms.Form):
    """The returned items of one line, and its declared number (F73); `seen` is the last step the page knew of."""

    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**62)
    declared_count = _declared_field()
    nominee_kind = forms.ChoiceField(label="Đề nghị cho", choices=NOMINEE_KINDS)
    nominees = _nominees_field()

    def __init__(self, *args, line, matcher, **kwargs):
        self.line = line
        super().__init__(*args, **kwargs)
        self.fields["nominees"].label = "Tên bị trả lại"
        self.fields[
            "nominees"
        ].help_text = "Mỗi dòng một tên. Tên giữ lại được trình lại, tên bỏ đi coi như rút, tên mới được thêm vào tờ trình."
        self.ask_about_doubts(matcher)
        # Built last, so that the questions stand under the box they ask about.
        questions = [name for name in self.fields if name.startswith("chon_")]
        self.helper = form_helper("seen", Row(Column("declared_count"), Column("nominee_kind")), "nominees", *questions)

    def clean(self):
        cleaned = super().clean()
        if not {"nominee_kind", "nominees", "declared_count"} <= set(cleaned):
            return cleaned
        is_person = cleaned["nominee_kind"] == AwardSubject.PERSON
        if self.line.award.subject == AwardSubject.COLLECTIVE and is_person:
            self.add_error("nominee_kind", f"“{self.line.award}” chỉ dành cho tập thể.")
        nominees = self.clean_nominees_of(cleaned, is_person=is_person)
        if nominees == [] and cleaned["declared_count"] and not self._others():
            nominees = [NomineeInput(nameless_count=cleaned["declared_count"], is_person=is_person)]
        standing = {nominee_key(item): item for item in self._others()}
        for nominee in nominees or []:
            if nominee.key in standing:
                text = f"“{standing[nominee.key]}” đã có trong dòng này và không bị trả lại, xin bỏ khỏi ô này."
                self.add_error("nominees", text)
        cleaned["entered"] = nominees
        return cleaned

    def _others(self):
        """Items of the line that the board did not return and that still stand."""
        gone = (ItemState.RETURNED, ItemState.WITHDRAWN)
        return [item for item in self.line.items.all() if item.state not in gone]


class AchievementsForm(CleanTextMixin, forms.Form):
    """One box per nominee: what the annexed list prints beside the name (FRM-13)."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31 - 1)

    def __init__(self, *args, proposal, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["version"].initial = proposal.version
        self.items = {}
        for line in proposal.lines.all():
            for item in line.items.all():
                if item.nameless_count is None:
                    name = f"de_nghi_{item.pk}"
                    self.items[name] = item
                    self.fields[name] = forms.CharField(
                        label=f"{item} – {line}",
                        required=False,
                        max_length=4000,
                        initial=item.achievements,
                        widget=forms.Textarea(attrs={"rows": 3}),
                    )
        self.helper = form_helper(*self.fields)

    def texts(self):
        """Item pk → text."""
        return {item.pk: self.cleaned_data[name] for name, item in self.items.items()}


class ItemsActForm(CleanTextMixin, forms.Form):
    """Which items of the letter the act is for, and why."""

    items = forms.MultipleChoiceField(
        error_messages={
            "required": "Hãy đánh dấu ít nhất một đề nghị.",
            "invalid_choice": "Có đề nghị không thuộc tờ trình này; xin tải lại trang.",
        }
    )
    reason = forms.CharField(
        label="Lý do, ý kiến", required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    legal_ground = forms.CharField(label="Căn cứ pháp lý", required=False, max_length=300)

    def __init__(self, *args, proposal, needs_reason="", **kwargs):
        super().__init__(*args, **kwargs)
        found = [item for line in proposal.lines.all() for item in line.items.all()]
        self.by_pk = {str(item.pk): item for item in found}
        self.fields["items"].choices = [(pk, str(item)) for pk, item in self.by_pk.items()]
        if needs_reason:
            self.fields["reason"].required = True
            self.fields["reason"].error_messages["required"] = f"Hãy ghi {needs_reason}."

    def chosen(self):
        return [self.by_pk[pk] for pk in self.cleaned_data["items"]]


class DecisionForm(CleanTextMixin, forms.Form):
    """A signed decision: its paper, and the accepted items it grants; `version` is what the page was opened with."""

    version = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**31 - 1)
    number = forms.CharField(label="Số, ký hiệu", max_length=60, help_text="Ví dụ: 512/QĐ-UBND")
    issued_on = forms.DateField(label="Ngày quyết định", widget=DateInput)
    issuer = forms.CharField(label="Cơ quan, người ban hành", max_length=200, help_text="Chọn tên đã có hoặc ghi tên mới.")
    subject = forms.CharField(label="Trích yếu", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
    signer_name = forms.CharField(label="Người ký", required=False, max_length=120)
    signer_title = forms.CharField(label="Chức vụ người ký", required=False, max_length=200)
    file = forms.FileField(label="Bản quét quyết định (PDF)", validators=[check_pdf])
    items = forms.MultipleChoiceField(
        label="Đề nghị được khen thưởng",
        widget=forms.CheckboxSelectMultiple,
        error_messages={
            "required": "Hãy chọn ít nhất một đề nghị đủ điều kiện.",
            "invalid_choice": "Có đề nghị không còn ở trạng thái đủ điều kiện; xin tải lại trang.",
        },
    )

    def __init__(self, *args, items, issuers, decision=None, **kwargs):
        self.decision = decision
        self.by_pk = {str(item.pk): item for item in items}
        if decision:
            kwargs.setdefault("initial", self._initial_of(decision))
        super().__init__(*args, **kwargs)
        groups = {}
        for pk, item in self.by_pk.items():
            groups.setdefault(item.line.award.name, []).append((pk, f"{item} – {item.line.proposal.bloc_year}"))
        self.fields["items"].choices = list(groups.items())
        self.issuers = {issuer.search: issuer for issuer in issuers}
        self.fields["issuer"].widget.attrs.update({"list": "co-quan-ban-hanh", "autocomplete": "off"})
        if decision:
            self.fields["file"].required = False
            self.fields["file"].help_text = "Bỏ trống nếu giữ bản quét đã có."
        self.helper = form_helper(
            "version",
            Fieldset(
                "Quyết định",
                Row(Column("number", css_class="col-md-6"), Column("issued_on")),
                "issuer",
                "subject",
                Row(Column("signer_name", css_class="col-md-6"), Column("signer_title")),
                "file",
            ),
            "items",
        )

    @staticmethod
    def _initial_of(decision):
        paper = decision.paper
        return {
            "number": paper.number,
            "issued_on": paper.issued_on,
            "issuer": paper.issuer.name,
            "subject": paper.subject,
            "signer_name": decision.signer_name,
            "signer_title": decision.signer_title,
            "version": decision.version,
            "items": [str(pk) for pk in decision.items.values_list("pk", flat=True)],
        }

    def clean_issued_on(self):
        day = self.cleaned_data["issued_on"]
        if day > timezone.localdate():
            raise ValidationError(f"Ngày quyết định {day:%d/%m/%Y} ở sau ngày hôm nay.")
        return day

    def clean(self):
        cleaned = super().clean()
        if {"number", "issued_on", "issuer"} <= set(cleaned) and (used := number_is_used(self.as_paper())):
            self.add_error("number", used)
        return cleaned

    def as_paper(self):
        """The Paper as typed, not saved; its issuer may be new as well."""
        cleaned = self.cleaned_data
        paper = self.decision.paper if self.decision else Paper()
        name = cleaned["issuer"]
        paper.issuer = self.issuers.get(fold_name(name)) or Issuer(name=name)
        paper.number, paper.issued_on = cleaned["number"], cleaned["issued_on"]
        paper.subject = cleaned.get("subject", "")
        if cleaned.get("file"):
            paper.file = cleaned["file"]
        return paper

    def chosen(self):
        return [self.by_pk[pk] for pk in self.cleaned_data["items"]]


class _Filter(forms.Form):
    """What a list is filtered by; a nonsense value filters nothing."""

    q = forms.CharField(label="Tìm", required=False, max_length=200, widget=forms.TextInput(attrs={"type": "search"}))

    def value(self, name):
        self.is_valid()
        return self.cleaned_data.get(name)

    @property
    def text(self):
        return fold(self.value("q") or "")


class BoardFilter(_Filter):
    """Letters that have arrived."""

    q = forms.CharField(
        label="Tìm khối",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "Tên khối"}),
    )
    trang_thai = forms.ChoiceField(
        label="Trạng thái",
        required=False,
        choices=[("", "Tất cả"), *[choice for choice in ProposalState.choices if choice[0] != ProposalState.DRAFT]],
    )
    nam = forms.ModelChoiceField(
        label="Năm thi đua", required=False, queryset=EmulationYear.objects, to_field_name="slug", empty_label="Tất cả"
    )


class GrantFilter(_Filter):
    """Grants, public or in the register."""

    q = forms.CharField(
        label="Tìm",
        required=False,
        max_length=200,
        widget=forms.TextInput(attrs={"type": "search", "placeholder": "Tên được khen, số hoặc trích yếu quyết định"}),
    )
    nam = forms.ModelChoiceField(
        label="Năm thi đua", required=False, queryset=EmulationYear.objects, to_field_name="slug", empty_label="Tất cả"
    )
    hinh_thuc = forms.ModelChoiceField(
        label="Danh hiệu, hình thức",
        required=False,
        queryset=AwardKind.objects,
        to_field_name="code",
        empty_label="Tất cả",
    )


class RegisterFilter(GrantFilter):
    don_vi = forms.ModelChoiceField(
        label="Đơn vị",
        required=False,
        queryset=Unit.objects.filter(grants__isnull=False).distinct().in_order(),
        to_field_name="code",
        empty_label="Tất cả",
    )


class AwardKindForm(CleanTextMixin, forms.ModelForm):
    """One row of the catalogue."""

    class Meta:
        model = AwardKind
        fields = [
            "code",
            "name",
            "synonyms",
            "category",
            "subject",
            "level",
            "decider",
            "standard",
            "source",
            "is_confirmed",
            "coefficient_person",
            "coefficient_collective",
            "rank",
            "is_active",
        ]
        # "1,5" as the office writes it.
        localized_fields = ["coefficient_person", "coefficient_collective"]
        widgets = {"synonyms": forms.Textarea(attrs={"rows": 3}), "standard": forms.Textarea(attrs={"rows": 4})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for name in ("synonyms", "standard"):
            self.fields[name].validators.append(MaxLengthValidator(4000))
        self.helper = form_helper(
            Fieldset(
                "Tên gọi",
                Row(Column("code", css_class="col-md-4"), Column("name")),
                "synonyms",
                Row(Column("category"), Column("subject"), Column("level")),
            ),
            Fieldset("Thẩm quyền và tiêu chuẩn", "decider", "standard", "source", "is_confirmed"),
            Fieldset(
                "Mức thưởng và thứ tự",
                Row(Column("coefficient_person"), Column("coefficient_collective"), Column("rank")),
                "is_active",
            ),
        )
