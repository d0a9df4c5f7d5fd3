"""Addresses of `meetings`."""

from django.urls import path

from meetings import views, views_invitation

PREFIX = "lam-viec/khoi/<slug:slug>/<slug:year_slug>/hoi-nghi/"

app_name = "meetings"
urlpatterns = [
    path(PREFIX, views.MeetingListView.as_view(), name="meetings"),
    path(f"{PREFIX}them/", views.meeting_create, name="meeting-create"),
    path(f"{PREFIX}<int:pk>/", views.meeting_detail, name="meeting"),
    path(f"{PREFIX}<int:pk>/sua/", views.meeting_edit, name="meeting-edit"),
    path(f"{PREFIX}<int:pk>/khoa/", views.meeting_close, name="meeting-close"),
    path(f"{PREFIX}<int:pk>/mo-lai/", views.meeting_reopen, name="meeting-reopen"),
    path(f"{PREFIX}<int:pk>/bao-cao.pdf", views.meeting_report_pdf, name="meeting-report-pdf"),
    path(f"{PREFIX}<int:pk>/bao-cao.docx", views.meeting_report_docx, name="meeting-report-docx"),
    path(f"{PREFIX}<int:pk>/bao-cao/ban-hanh/", views.meeting_report_issue, name="meeting-report-issue"),
    path(f"{PREFIX}<int:pk>/giay-moi/", views_invitation.invitation, name="invitation"),
    path(f"{PREFIX}<int:pk>/giay-moi.pdf", views_invitation.invitation_pdf, name="invitation-pdf"),
    path(f"{PREFIX}<int:pk>/giay-moi.docx", views_invitation.invitation_docx, name="invitation-docx"),
    path(f"{PREFIX}<int:pk>/giay-moi/ban-hanh/", views_invitation.invitation_issue, name="invitation-issue"),
]
