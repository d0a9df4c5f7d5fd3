"""Meetings can be looked at by the administrator; what they decided is entered in the workplace alone (design §4)."""

from django.contrib import admin

from common.admin import HistoryAdmin
from meetings.models import AgendaItem, Attendance, Election, Figure, Meeting, MeetingPurpose, Participant, Point


class ReadOnly:
    """No state, figure or election is changed past the services."""

    def has_add_permission(self, request, obj=None):
        return False

    def has_change_permission(self, request, obj=None):
        return False

    def has_delete_permission(self, request, obj=None):
        return False


class ReadOnlyRows(ReadOnly, admin.TabularInline):
    extra = 0
    can_delete = False


class PurposeRows(ReadOnlyRows):
    model = MeetingPurpose


class ParticipantRows(ReadOnlyRows):
    model = Participant


class AttendanceRows(ReadOnlyRows):
    model = Attendance


class AgendaRows(ReadOnlyRows):
    model = AgendaItem


class FigureRows(ReadOnlyRows):
    model = Figure


class PointRows(ReadOnlyRows):
    model = Point


class ElectionRows(ReadOnlyRows):
    model = Election


@admin.register(Meeting)
class MeetingAdmin(ReadOnly, HistoryAdmin):
    list_display = ["title", "bloc_year", "starts_on", "status", "entered_on_behalf"]
    list_filter = ["status", "entered_on_behalf"]
    list_select_related = ["bloc_year__bloc", "bloc_year__year"]
    search_fields = ["title"]
    date_hierarchy = "starts_on"
    inlines = [PurposeRows, ParticipantRows, AttendanceRows, AgendaRows, FigureRows, PointRows, ElectionRows]
