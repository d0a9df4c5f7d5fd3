"""The standing agency's registry: units, blocs, years, members, papers."""

from crispy_forms.layout import Column, Fieldset, Row
from django import forms
from django.urls import reverse
from django.utils import timezone

from blocs.enums import BlocKind, BlocWord, RotationPolicy, YearState
from blocs.fields import UnitPickField
from blocs.forms.texts import LinesField, check_order
from blocs.models import Bloc, BlocYear, EmulationYear, Unit
from blocs.reports import same_named_units
from common.forms import CleanTextMixin, DateInput, form_helper
from common.text import slugify_vi
from documents.models import Issuer, Paper

MOST_LINES = 200


class UnitForm(CleanTextMixin, forms.ModelForm):
    code = forms.SlugField(
        label="Mã đơn vị",
        max_length=40,
        required=False,
        help_text="Chữ thường không dấu, số và gạch nối. Để trống thì hệ thống lập từ tên.",
    )
    parent = UnitPickField(label="Đơn vị cấp trên", required=False)
    aliases = LinesField(
        label="Tên gọi khác",
        required=False,
        help_text="Mỗi dòng một tên: tên viết tắt, cách gọi cũ, cách viết thường gặp.",
    )
    is_another = forms.BooleanField(label="Đây là đơn vị khác, vẫn lưu", required=False)

    class Meta:
        model = Unit
        fields = [
            "name",
            "short_name",
            "code",
            "kind",
            "parent",
            "province",
            "issuer",
            "functions",
            "address",
            "phone",
            "email",
            "starts_on",
            "ends_on",
        ]
        widgets = {"starts_on": DateInput, "ends_on": DateInput, "functions": forms.Textarea(attrs={"rows": 3})}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["ends_on"].help_text = "Khi đơn vị sáp nhập, giải thể, hãy ghi ở mục Biến động để không sót việc nào."
        if self.instance.pk:
            self.fields["code"].required = True
            self.fields["code"].help_text = "Mã nằm trong địa chỉ trang của đơn vị; chỉ sửa khi thật cần."
            self.fields["name"].help_text = "Chỉ sửa lỗi viết. Nếu đơn vị đổi tên, dùng nút Đổi tên để giữ tên cũ."
            self.initial.setdefault("aliases", [row.text for row in self.instance.aliases.all()])
        self.ask_again = False
        self._lay_out()

    def _lay_out(self):
        rows = [
            "name",
            Row(Column("short_name"), Column("code")),
            Row(Column("kind"), Column("province")),
            Row(Column("parent"), Column("issuer")),
            "aliases",
            "functions",
            Fieldset("Liên hệ", "address", Row(Column("phone"), Column("email"))),
            Fieldset("Thời gian tồn tại", Row(Column("starts_on"), Column("ends_on"))),
        ]
        if self.ask_again:
            rows.insert(1, "is_another")
        self.helper = form_helper(*rows)

    def clean(self):
        cleaned = super().clean()
        parent = cleaned.get("parent")
        if parent is not None and self.instance.pk and parent.pk == self.instance.pk:
            self.add_error("parent", "Đơn vị không thể là cấp trên của chính mình.")
        check_order(self, "starts_on", "ends_on")
        self._ask_about_the_same_name(cleaned)
        return cleaned

    def _ask_about_the_same_name(self, cleaned):
        """Two units may bear one name, so it is a question, not a fault that cannot be passed."""
        name = cleaned.get("name")
        if not name or (self.instance.pk and "name" not in self.changed_data):
            return
        same = same_named_units(name, cleaned.get("province", ""), exclude=self.instance)
        if not same:
            return
        self.ask_again = True
        self._lay_out()
        if not cleaned.get("is_another"):
            names = "; ".join(f"{unit} ({unit.code})" for unit in same)
            self.add_error("name", f"Đã có đơn vị {names}. Nếu đây là đơn vị khác, hãy đánh dấu ô bên dưới rồi lưu lại.")

    def values(self):
        """What the services take."""
        values = {name: self.cleaned_data[name] for name in self.Meta.fields}
        return {**values, "aliases": self.cleaned_data["aliases"]}


class UnitRenameForm(CleanTextMixin, forms.Form):
    name = forms.CharField(label="Tên mới", max_length=200)
    short_name = forms.CharField(label="Tên ngắn mới", max_length=80, required=False)
    on = forms.DateField(label="Từ ngày", widget=DateInput, help_text="Ngày đầu tiên mang tên mới.")

    helper = form_helper("name", Row(Column("short_name"), Column("on")))


class BlocForm(CleanTextMixin, forms.ModelForm):
    slug = forms.SlugField(
        label="Phần địa chỉ",
        max_length=80,
        required=False,
        help_text="Ví dụ: khoi-so-1. Để trống thì hệ thống lập từ tên.",
    )
    aliases = LinesField(label="Tên gọi khác", required=False, line_length=250, help_text="Mỗi dòng một tên.")
    run_by = UnitPickField(
        label="Cơ quan tổ chức khối",
        required=False,
        help_text="Chỉ ghi khi khối do cơ quan được ủy quyền, hoặc do bộ, ngành trung ương tổ chức.",
    )

    class Meta:
        model = Bloc
        fields = [
            "name",
            "short_name",
            "word",
            "kind",
            "number",
            "slug",
            "organiser",
            "run_by",
            "province",
            "founding_paper",
            "founded_on",
            "dissolved_on",
        ]
        widgets = {"founded_on": DateInput, "dissolved_on": DateInput}

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["organiser"].queryset = Unit.objects.filter(is_standing_agency=True).in_order()
        self.fields["founding_paper"].queryset = Paper.objects.unsealed().select_related("issuer")
        if self.instance.pk:
            self.fields["slug"].required = True
            self.fields["name"].help_text = "Chỉ sửa lỗi viết. Nếu khối đổi tên, dùng trang Tên gọi để giữ tên cũ."
            self.initial.setdefault("aliases", [row.text for row in self.instance.aliases.all()])
        self.helper = form_helper(
            "name",
            Row(Column("short_name"), Column("slug")),
            Row(Column("word"), Column("kind"), Column("number")),
            "aliases",
            Row(Column("organiser"), Column("province")),
            "run_by",
            Fieldset("Thành lập", "founding_paper", Row(Column("founded_on"), Column("dissolved_on"))),
        )

    def clean(self):
        cleaned = super().clean()
        check_order(self, "founded_on", "dissolved_on", "Ngày giải thể không được trước ngày thành lập.")
        return cleaned

    def values(self):
        values = {name: self.cleaned_data[name] for name in self.Meta.fields}
        return {**values, "aliases": self.cleaned_data["aliases"]}


class YearForm(CleanTextMixin, forms.ModelForm):
    slug = forms.SlugField(
        label="Phần địa chỉ", max_length=60, required=False, help_text="Ví dụ: 2021. Để trống thì lập từ tên năm."
    )

    class Meta:
        model = EmulationYear
        fields = ["label", "kind", "slug", "starts_on", "ends_on"]
        widgets = {"starts_on": DateInput, "ends_on": DateInput}

    helper = form_helper(
        Row(Column("label"), Column("kind")), Row(Column("starts_on"), Column("ends_on")), Row(Column("slug"), Column())
    )

    def clean_slug(self):
        return self.cleaned_data["slug"] or slugify_vi(self.cleaned_data.get("label", ""))[:60]

    def clean(self):
        cleaned = super().clean()
        check_order(self, "starts_on", "ends_on")
        return cleaned


class PaperForm(CleanTextMixin, forms.ModelForm):
    class Meta:
        model = Paper
        fields = [
            "kind",
            "number",
            "issuer",
            "issued_on",
            "effective_on",
            "subject",
            "file",
            "replaces",
            "is_public",
        ]
        widgets = {
            "issued_on": DateInput,
            "effective_on": DateInput,
            "subject": forms.Textarea(attrs={"rows": 2}),
            "file": forms.FileInput(attrs={"accept": "application/pdf"}),
        }

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["number"].help_text = "Ví dụ: 543/QĐ-UBND."
        self.fields["file"].help_text = "Bản số hóa: PDF quét màu, từ 200 dpi trở lên (Nghị định 30/2020/NĐ-CP)."
        self.fields["is_public"].label = "Đăng công khai bản quét trên cổng"
        if self.instance.pk:
            self.fields["replaces"].queryset = Paper.objects.unsealed().exclude(pk=self.instance.pk)
            if self.instance.file:
                self.fields["file"].help_text = "Đã có bản quét. Chọn tệp mới chỉ khi muốn thay bản đang giữ."
        self.helper = form_helper(
            Row(Column("kind"), Column("number")),
            "issuer",
            "subject",
            Row(Column("issued_on"), Column("effective_on")),
            "file",
            "replaces",
            "is_public",
        )

    def clean_issued_on(self):
        day = self.cleaned_data["issued_on"]
        if day > timezone.localdate():
            raise forms.ValidationError(f"Ngày ban hành {day:%d/%m/%Y} ở sau ngày hôm nay.")
        return day

    def clean(self):
        cleaned = super().clean()
        check_order(self, "issued_on", "effective_on", "Ngày có hiệu lực không được trước ngày ban hành.")
        return cleaned


class IssuerForm(CleanTextMixin, forms.ModelForm):
    class Meta:
        model = Issuer
        fields = ["name", "superior_name", "symbol", "profile", "place"]

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["symbol"].help_text = "Phần sau dấu gạch của ký hiệu, ví dụ UBND trong 543/QĐ-UBND."
        self.fields["place"].help_text = "In trước ngày tháng, ví dụ: Phú Thọ."
        self.helper = form_helper(
            "name", "superior_name", Row(Column("symbol"), Column("place")), Row(Column("profile"), Column())
        )


class BlocYearForm(CleanTextMixin, forms.ModelForm):
    """Opening a year of a bloc, and correcting what is declared about it."""

    declared_members = forms.IntegerField(
        label="Số thành viên ghi trong văn bản",
        required=False,
        min_value=0,
        max_value=9999,
        help_text="Ghi đúng con số trong văn bản, kể cả khi khác danh sách.",
    )
    term_years = forms.IntegerField(
        label="Nhiệm kỳ của khối trưởng (năm)",
        required=False,
        min_value=1,
        max_value=5,
        help_text="Để trống khi mỗi năm đổi một lần.",
    )

    class Meta:
        model = BlocYear
        fields = ["year", "theme", "declared_members", "leader_counted", "rotation_policy", "term_years"]

    def __init__(self, *args, bloc=None, **kwargs):
        super().__init__(*args, **kwargs)
        rows = ["theme", Row(Column("rotation_policy"), Column("term_years")), "declared_members", "leader_counted"]
        if bloc is None:
            del self.fields["year"]
        else:
            open_years = EmulationYear.objects.filter(state=YearState.OPEN)
            self.fields["year"].queryset = open_years.exclude(bloc_years__bloc=bloc)
            self.fields["year"].help_text = "Chỉ gồm các năm đang mở mà khối chưa có."
            # Of a POST for a year that somebody has just opened, the sentence of the constraint says more.
            self.instance.bloc = bloc
            rows.insert(0, "year")
        self.fields["rotation_policy"].initial = RotationPolicy.FREE
        self.helper = form_helper(*rows)

    def clean_term_years(self):
        return self.cleaned_data["term_years"] or 1

    def values(self):
        return {name: self.cleaned_data[name] for name in self.fields}


class BlocSearchForm(forms.Form):
    """What the list of blocs is filtered by."""

    q = forms.CharField(label="Tìm", required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"}))
    ten_goi = forms.ChoiceField(label="Tên gọi", required=False, choices=[("", "Khối và cụm"), *BlocWord.choices])
    loai = forms.ChoiceField(label="Loại", required=False, choices=[("", "Tất cả các loại"), *BlocKind.choices])
    tat_ca = forms.BooleanField(label="Cả khối không còn hoặc chưa có", required=False)


class MemberForm(CleanTextMixin, forms.Form):
    unit = UnitPickField(label="Đơn vị")
    position = forms.IntegerField(
        label="Thứ tự", required=False, min_value=1, max_value=999, help_text="Để trống: xếp cuối danh sách."
    )
    starts_on = forms.DateField(label="Từ ngày", widget=DateInput)
    ends_on = forms.DateField(
        label="Đến ngày", widget=DateInput, required=False, help_text="Để trống khi còn là thành viên."
    )
    paper = forms.ModelChoiceField(label="Theo văn bản", queryset=Paper.objects.unsealed(), required=False)
    is_counted = forms.BooleanField(label="Tính vào số thành viên", required=False, initial=True)

    helper = form_helper(
        Row(Column("unit", css_class="col-md-9"), Column("position", css_class="col-md-3")),
        Row(Column("starts_on"), Column("ends_on")),
        "paper",
        "is_counted",
    )

    def __init__(self, *args, bloc, **kwargs):
        super().__init__(*args, **kwargs)
        # Units that no other bloc has are offered first (F2).
        self.fields["unit"].widget.suggest_url = f"{reverse('blocs:unit-suggest')}?cho={bloc.slug}"

    def clean(self):
        cleaned = super().clean()
        check_order(self, "starts_on", "ends_on")
        return cleaned


class MembersPasteForm(CleanTextMixin, forms.Form):
    names = LinesField(
        label="Danh sách đơn vị",
        rows=10,
        help_text="Mỗi dòng một đơn vị, theo đúng thứ tự trong quyết định. Tên có dấu phẩy được giữ nguyên; "
        "một dòng ghi nhiều đơn vị đã biết thì trang xem trước hỏi có tách không.",
    )
    starts_on = forms.DateField(label="Từ ngày", widget=DateInput)
    paper = forms.ModelChoiceField(label="Theo văn bản", queryset=Paper.objects.unsealed(), required=False)

    helper = form_helper("names", Row(Column("starts_on"), Column("paper")))

    def clean_names(self):
        names = self.cleaned_data["names"]
        if len(names) > MOST_LINES:
            raise forms.ValidationError(f"Danh sách có {len(names)} dòng; mỗi lần nhập tối đa {MOST_LINES} dòng.")
        return names


class MembershipEndForm(forms.Form):
    ends_on = forms.DateField(label="Ngày cuối cùng là thành viên", widget=DateInput)


class SearchForm(forms.Form):
    """The search box of every list of the registry; nonsense in the address finds nothing and breaks nothing."""

    q = forms.CharField(label="Tìm", required=False, max_length=100, widget=forms.TextInput(attrs={"type": "search"}))
