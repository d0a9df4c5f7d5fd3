"""Addresses of the archive: the register of papers, one paper of it, whole dossiers."""

from django.urls import path

from portal.views import register

register_patterns = [
    path("lam-viec/van-ban/", register.papers, name="papers"),
    path("lam-viec/van-ban/so-van-ban.xlsx", register.papers_export, name="papers-export"),
    path("lam-viec/van-ban/<slug:code>/", register.paper, name="paper"),
    path("lam-viec/van-ban/<slug:code>/ban-ky/", register.paper_signed, name="paper-signed"),
]
