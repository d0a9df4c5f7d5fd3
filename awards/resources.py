"""The register of grants as an Excel sheet: numbers and dates typed, text as text."""

from import_export import resources
from import_export.fields import Field
from import_export.widgets import DateWidget, IntegerWidget, Widget

from awards.models import Grant


class Text(Widget):
    """Text as it is, “=…” too: the sheet marks it as text, nothing is cut off."""

    def render(self, value, obj=None, **kwargs):
        return "" if value is None else str(value)


class TypedDate(DateWidget):
    """A date cell, not a text that looks like one."""

    def render(self, value, obj=None, **kwargs):
        return value


class TypedNumber(IntegerWidget):
    def render(self, value, obj=None, **kwargs):
        return value


class GrantResource(resources.ModelResource):
    """Sổ khen thưởng: one row per grant."""

    pk = Field("pk", "Mã", TypedNumber())
    recipient = Field("recipient_name", "Tên được khen thưởng", Text())
    subject = Field(column_name="Đối tượng", widget=Text())
    unit_code = Field("unit__code", "Mã đơn vị", Text())
    award_code = Field("award__code", "Mã hình thức", Text())
    award = Field("award__name", "Danh hiệu, hình thức khen thưởng", Text())
    kind = Field(column_name="Loại hình", widget=Text())
    period = Field("period", "Thành tích", Text())
    bloc = Field("bloc_year__bloc__name", "Khối thi đua", Text())
    number = Field("decision__paper__number", "Số quyết định", Text())
    issued_on = Field("decision__paper__issued_on", "Ngày quyết định", TypedDate())
    issuer = Field("decision__paper__issuer__name", "Cơ quan ban hành", Text())
    revoked_on = Field("revoked_on", "Thu hồi ngày", TypedDate())

    class Meta:
        model = Grant
        fields = [
            "pk",
            "recipient",
            "subject",
            "unit_code",
            "award_code",
            "award",
            "kind",
            "period",
            "bloc",
            "number",
            "issued_on",
            "issuer",
            "revoked_on",
        ]
        export_order = fields

    def dehydrate_subject(self, grant):
        return "cá nhân" if grant.is_person else "tập thể"

    def dehydrate_kind(self, grant):
        return grant.get_reward_kind_display()
