"""Addresses of the decision that divides the blocs of a year; below /lam-viec/danh-muc/."""

from django.urls import path

from blocs.views import division

division_pages = [
    path("nam/<slug:slug>/phan-chia-khoi/", division.division, name="division"),
    path("nam/<slug:slug>/phan-chia-khoi.pdf", division.division_pdf, name="division-pdf"),
    path("nam/<slug:slug>/phan-chia-khoi.docx", division.division_docx, name="division-docx"),
    path("nam/<slug:slug>/phan-chia-khoi/ban-hanh/", division.division_issue, name="division-issue"),
]
