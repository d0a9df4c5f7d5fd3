"""Addresses of the archive: the register of papers, one paper of it, whole dossiers."""

from django.urls import path

from portal.views import register
from portal.views.dossier import letter_dossier, year_dossier

register_patterns = [
    path("lam-viec/van-ban/", register.papers, name="papers"),
    path("lam-viec/van-ban/so-van-ban.xlsx", register.papers_export, name="papers-export"),
    path("lam-viec/van-ban/<slug:code>/", register.paper, name="paper"),
    path("lam-viec/van-ban/<slug:code>/ban-ky/", register.paper_signed, name="paper-signed"),
    path("lam-viec/khoi/<slug:slug>/<slug:year_slug>/ho-so.zip", year_dossier, name="year-dossier"),
    path("lam-viec/de-nghi/<int:pk>/ho-so.zip", letter_dossier, name="letter-dossier"),
]
