"""Addresses of Excel in and out, below the registry."""

from django.urls import path

from blocs.views import sheets

sheet_pages = [
    path("", sheets.imports, name="imports"),
    path("lan/<int:pk>/", sheets.import_detail, name="import"),
    path("lan/<int:pk>/xac-nhan/", sheets.import_confirm, name="import-confirm"),
    path("lan/<int:pk>/chuyen-ma/", sheets.import_convert, name="import-convert"),
    path("lan/<int:pk>/kiem-tra-lai/", sheets.import_recheck, name="import-recheck"),
    path("lan/<int:pk>/dung/", sheets.import_cancel, name="import-cancel"),
    path("lan/<int:pk>/mat-khau/", sheets.import_passwords, name="import-passwords"),
    path("<slug:kind>/", sheets.import_create, name="import-create"),
    path("<slug:kind>/tep-mau/", sheets.import_template, name="import-template"),
    path("<slug:kind>/xuat/", sheets.import_export, name="import-export"),
]
