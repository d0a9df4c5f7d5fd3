"""Repair of catalogue and council; letters, decisions and grants can be looked at, never touched."""

from django.contrib import admin

from awards.models import AwardKind, CouncilMember, Decision, Grant, Proposal, ProposalItem, ProposalLine, ProposalStep
from common.admin import HistoryAdmin, Logged


class ReadOnlyAdmin(admin.ModelAdmin):
    """The state of the work is changed by those who do the work, through the services (design §4)."""

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


@admin.register(AwardKind)
class AwardKindAdmin(HistoryAdmin):
    list_display = ["name", "category", "subject", "level", "decider", "is_confirmed", "is_active", "rank"]
    list_filter = ["category", "level", "is_confirmed", "is_active"]
    search_fields = ["code", "search"]


@admin.register(CouncilMember)
class CouncilMemberAdmin(Logged, HistoryAdmin):
    list_display = ["user", "title", "unit", "starts_on", "ends_on"]
    list_select_related = ["user", "unit"]
    raw_id_fields = ["user", "unit"]
    logged_fields = ("user", "unit", "starts_on", "ends_on")
    logged_action = "ủy viên Hội đồng"


class ProposalLineInline(admin.TabularInline):
    model = ProposalLine
    extra = 0
    can_delete = False

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False


@admin.register(Proposal)
class ProposalAdmin(ReadOnlyAdmin):
    list_display = ["__str__", "state", "sent_at", "received_at", "entered_on_behalf"]
    list_filter = ["state"]
    list_select_related = ["bloc_year__bloc", "bloc_year__year"]
    readonly_fields = ["state", "sent_at", "sent_by", "received_at", "received_by", "entered_on_behalf", "version"]
    inlines = [ProposalLineInline]


@admin.register(ProposalItem)
class ProposalItemAdmin(ReadOnlyAdmin):
    list_display = ["__str__", "line", "state", "return_reason"]
    list_filter = ["state"]
    list_select_related = ["unit", "line__award"]
    readonly_fields = ["state", "return_reason"]
    search_fields = ["nominee_name", "unit__search"]


@admin.register(ProposalStep)
class ProposalStepAdmin(ReadOnlyAdmin):
    list_display = ["at", "proposal", "item", "from_state", "to_state", "by", "note"]
    list_select_related = ["proposal__bloc_year__bloc", "proposal__bloc_year__year", "item__unit", "by"]


@admin.register(Decision)
class DecisionAdmin(ReadOnlyAdmin):
    list_display = ["__str__", "state", "recorded_by", "recorded_at", "published_by", "published_at"]
    list_filter = ["state"]
    list_select_related = ["paper", "recorded_by", "published_by"]
    readonly_fields = ["state", "published_at", "published_by"]
    raw_id_fields = ["items"]


@admin.register(Grant)
class GrantAdmin(ReadOnlyAdmin):
    list_display = ["recipient_name", "award", "decision", "period", "revoked_on"]
    list_filter = ["award"]
    list_select_related = ["award", "decision__paper"]
    search_fields = ["search"]
    readonly_fields = ["revoked_on", "revocation_note"]
