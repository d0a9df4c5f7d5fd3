"""Addresses of the workplace that are composed of several apps (design §5)."""

from django.urls import path

from portal.views import lineage, work
from portal.views.handover import handover_refresh

_YEAR = "lam-viec/khoi/<slug:slug>/<slug:year_slug>/"

work_patterns = [
    path("lam-viec/", work.dashboard, name="dashboard"),
    path(_YEAR, work.bloc_year_overview, name="bloc-year-work"),
    path(f"{_YEAR}ban-giao/lam-moi/", handover_refresh, name="handover-refresh"),
    path(f"{_YEAR}van-ban/", work.bloc_year_papers, name="bloc-year-papers"),
    path("lam-viec/danh-muc/bien-dong/", lineage.successions, name="successions"),
    path("lam-viec/danh-muc/bien-dong/them/", lineage.succession_create, name="succession-create"),
    path("lam-viec/danh-muc/bien-dong/<int:pk>/", lineage.succession, name="succession"),
    path("lam-viec/danh-muc/bien-dong/<int:pk>/hoan-tac/", lineage.succession_undo, name="succession-undo"),
]
