"""Addresses of the workplace that are composed of several apps (design §5)."""

from django.urls import path

from portal.views import lineage, work, year_papers
from portal.views.handover import handover_refresh

_YEAR = "lam-viec/khoi/<slug:slug>/<slug:year_slug>/"

work_patterns = [
    path("lam-viec/", work.dashboard, name="dashboard"),
    path(_YEAR, work.bloc_year_overview, name="bloc-year-work"),
    path(f"{_YEAR}ban-giao/lam-moi/", handover_refresh, name="handover-refresh"),
    path(f"{_YEAR}van-ban/", work.bloc_year_papers, name="bloc-year-papers"),
    path(f"{_YEAR}van-ban/<slug:paper>/", year_papers.year_paper, name="year-paper"),
    path(f"{_YEAR}van-ban/<slug:paper>.pdf", year_papers.year_paper_pdf, name="year-paper-pdf"),
    path(f"{_YEAR}van-ban/<slug:paper>.docx", year_papers.year_paper_docx, name="year-paper-docx"),
    path(f"{_YEAR}van-ban/<slug:paper>/ban-hanh/", year_papers.year_paper_issue, name="year-paper-issue"),
    path("lam-viec/danh-muc/bien-dong/", lineage.successions, name="successions"),
    path("lam-viec/danh-muc/bien-dong/them/", lineage.succession_create, name="succession-create"),
    path("lam-viec/danh-muc/bien-dong/<int:pk>/", lineage.succession, name="succession"),
    path("lam-viec/danh-muc/bien-dong/<int:pk>/hoan-tac/", lineage.succession_undo, name="succession-undo"),
]
