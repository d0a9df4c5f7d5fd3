"""Registry and repair. Offices, covenants and hand-overs can be looked at; what they decide is done in the workplace."""

from django.contrib import admin

from blocs.models import (
    Assignment,
    Bloc,
    BlocAlias,
    BlocOffice,
    BlocYear,
    Covenant,
    CovenantItem,
    CovenantSignature,
    CovenantVersion,
    EmulationYear,
    Handover,
    Membership,
    Movement,
    OfficeHolder,
    Unit,
    UnitAlias,
    UnitKind,
    UnitName,
)
from common.admin import HistoryAdmin, Logged


class ReadOnly:
    """No office, state or signature is changed past the services."""

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class Rows(admin.TabularInline):
    """Rows of a record; `select_related` names what their titles need, so that a long list takes one query."""

    extra = 0
    view_on_site = False
    select_related = ()

    def get_queryset(self, request):
        rows = super().get_queryset(request)
        return rows.select_related(*self.select_related) if self.select_related else rows


class ReadOnlyRows(ReadOnly, Rows):
    can_delete = False


class KeptAdmin(HistoryAdmin):
    """Nothing that papers and awards point to is deleted; it is given an end instead."""

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(UnitKind)
class UnitKindAdmin(admin.ModelAdmin):
    list_display = ["name", "position"]
    list_editable = ["position"]
    search_fields = ["name"]


class UnitNameRows(Rows):
    model = UnitName


class UnitAliasRows(Rows):
    model = UnitAlias


@admin.register(Unit)
class UnitAdmin(Logged, KeptAdmin):
    list_display = ["name", "code", "kind", "province", "is_standing_agency", "ends_on"]
    list_filter = ["is_standing_agency", "kind", "province"]
    list_select_related = ["kind"]
    search_fields = ["code", "name", "search", "aliases__search"]
    autocomplete_fields = ["parent", "issuer"]
    inlines = [UnitNameRows, UnitAliasRows]
    logged_fields = ("code", "name", "is_standing_agency")
    logged_action = "đơn vị (quản trị)"


@admin.register(Assignment)
class AssignmentAdmin(Logged, HistoryAdmin):
    list_display = ["user", "unit", "role", "starts_on", "ends_on"]
    list_filter = ["role"]
    list_select_related = ["user", "unit"]
    search_fields = ["user__username", "user__full_name", "unit__search"]
    autocomplete_fields = ["user", "unit"]
    logged_fields = ("user", "unit", "role", "starts_on", "ends_on")
    logged_action = "phân công"


class BlocAliasRows(Rows):
    model = BlocAlias


class MembershipRows(Rows):
    model = Membership
    select_related = ("unit", "bloc", "paper")
    autocomplete_fields = ["unit", "paper"]


@admin.register(Bloc)
class BlocAdmin(KeptAdmin):
    list_display = ["name", "word", "kind", "number", "organiser", "dissolved_on"]
    list_filter = ["word", "kind"]
    list_select_related = ["organiser"]
    search_fields = ["name", "search", "aliases__search"]
    autocomplete_fields = ["organiser", "founding_paper"]
    inlines = [BlocAliasRows, MembershipRows]


@admin.register(EmulationYear)
class EmulationYearAdmin(KeptAdmin):
    list_display = ["label", "kind", "starts_on", "ends_on", "state"]
    list_filter = ["kind", "state"]
    search_fields = ["label"]
    readonly_fields = ["state"]


class OfficeRows(ReadOnlyRows):
    model = BlocOffice
    fields = ["unit", "role", "order", "starts_on", "ends_on", "basis", "handed_over_on"]
    readonly_fields = ["handed_over_on"]
    select_related = ("unit", "bloc_year__bloc", "bloc_year__year")


class MovementRows(Rows):
    model = Movement
    select_related = ("unit",)
    autocomplete_fields = ["unit"]


@admin.register(BlocYear)
class BlocYearAdmin(KeptAdmin):
    list_display = ["bloc", "year", "theme", "declared_members"]
    list_filter = ["year"]
    list_select_related = ["bloc", "year"]
    search_fields = ["bloc__search", "year__label"]
    autocomplete_fields = ["bloc", "year"]
    inlines = [OfficeRows, MovementRows]


class HolderRows(ReadOnlyRows):
    model = OfficeHolder


@admin.register(BlocOffice)
class BlocOfficeAdmin(ReadOnly, HistoryAdmin):
    list_display = ["unit", "role", "order", "bloc_year", "starts_on", "ends_on", "handed_over_on"]
    list_filter = ["role", "bloc_year__year"]
    list_select_related = ["unit", "bloc_year__bloc", "bloc_year__year"]
    search_fields = ["unit__search", "bloc_year__bloc__search"]
    inlines = [HolderRows]


@admin.register(Handover)
class HandoverAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["bloc_year", "handed_over_on", "from_unit", "to_unit", "recorded_by"]
    list_select_related = ["bloc_year__bloc", "bloc_year__year", "from_unit", "to_unit", "recorded_by"]


class VersionRows(ReadOnlyRows):
    model = CovenantVersion
    fields = ["number", "state", "theme", "signed_on", "sent_at", "sent_by"]
    readonly_fields = ["state", "sent_at", "sent_by"]
    select_related = ("covenant__bloc_year__bloc", "covenant__bloc_year__year", "sent_by")
    show_change_link = True


@admin.register(Covenant)
class CovenantAdmin(ReadOnly, admin.ModelAdmin):
    list_display = ["bloc_year"]
    list_select_related = ["bloc_year__bloc", "bloc_year__year"]
    search_fields = ["bloc_year__bloc__search"]
    inlines = [VersionRows]


class ItemRows(ReadOnlyRows):
    model = CovenantItem


class SignatureRows(ReadOnlyRows):
    model = CovenantSignature
    fields = ["position", "unit", "state", "signer_name", "signer_title", "signed_on", "recorded_by"]
    readonly_fields = ["state", "recorded_by"]
    select_related = ("unit", "recorded_by")


@admin.register(CovenantVersion)
class CovenantVersionAdmin(ReadOnly, HistoryAdmin):
    list_display = ["covenant", "number", "state", "signed_on", "sent_at"]
    list_filter = ["state"]
    list_select_related = ["covenant__bloc_year__bloc", "covenant__bloc_year__year"]
    # Without the scan's storage link: uploads are served by our own view alone.
    exclude = ["scan"]
    inlines = [ItemRows, SignatureRows]
