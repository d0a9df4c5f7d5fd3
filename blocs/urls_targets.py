"""Addresses of the ledger of targets, below a bloc-year, and of the templates of covenants, below the registry."""

from django.urls import path

from blocs.views import targets, templates

target_pages = [
    path("chi-tieu/", targets.targets, name="targets"),
    path("chi-tieu/so-theo-doi.xlsx", targets.targets_export, name="targets-export"),
    path("chi-tieu/khoi/ket-qua-chung/", targets.target_bloc_results, name="target-bloc-results"),
    path("chi-tieu/<slug:code>/", targets.target_results, name="target-results"),
]

template_pages = [
    path("mau-giao-uoc/", templates.templates, name="covenant-templates"),
    path("mau-giao-uoc/them/", templates.template_create, name="covenant-template-create"),
    path("mau-giao-uoc/<int:pk>/sua/", templates.template_edit, name="covenant-template-edit"),
    path("mau-giao-uoc/<int:pk>/<slug:choice>/", templates.template_active, name="covenant-template-active"),
]
