"""The admin under our own site class: `/quan-tri/`, in Vietnamese, in the look of the rest."""

from django.contrib.admin.apps import AdminConfig as DjangoAdminConfig


class AdminConfig(DjangoAdminConfig):
    default_site = "config.admin.AdminSite"
