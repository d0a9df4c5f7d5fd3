"""Addresses of `blocs`: the registry of the standing agency, and the pages of one bloc-year."""

from django.urls import include, path

from blocs.urls_division import division_pages
from blocs.urls_issuers import issuer_pages
from blocs.urls_life import life_pages
from blocs.urls_sheets import sheet_pages
from blocs.urls_signing import signing_pages
from blocs.urls_targets import target_pages, template_pages
from blocs.urls_units import unit_pages
from blocs.views import (
    covenant,
    covenant_draft,
    covenant_files,
    covenant_word,
    handover,
    members,
    registry,
    rotation,
    suggest,
)

app_name = "blocs"

registry_pages = [
    path("nhap-excel/", include(sheet_pages)),
    path("", registry.registry, name="registry"),
    path("don-vi/", registry.units, name="units"),
    path("don-vi/them/", registry.unit_create, name="unit-create"),
    path("don-vi/<slug:code>/sua/", registry.unit_edit, name="unit-edit"),
    path("don-vi/<slug:code>/doi-ten/", registry.unit_rename, name="unit-rename"),
    path("khoi/", registry.blocs, name="blocs"),
    path("khoi/them/", registry.bloc_create, name="bloc-create"),
    path("khoi/<slug:slug>/sua/", registry.bloc_edit, name="bloc-edit"),
    path("khoi/<slug:slug>/mo-nam/", registry.bloc_year_create, name="bloc-year-create"),
    path("khoi/<slug:slug>/thanh-vien/", registry.bloc_members, name="bloc-members"),
    path("khoi/<slug:slug>/thanh-vien/nhap-danh-sach/", registry.bloc_members_paste, name="bloc-members-paste"),
    path("khoi/<slug:slug>/thanh-vien/<int:pk>/ket-thuc/", registry.membership_end, name="membership-end"),
    path("nam/", registry.years, name="years"),
    path("nam/them/", registry.year_create, name="year-create"),
    path("nam/<slug:slug>/sua/", registry.year_edit, name="year-edit"),
    path("nam/<slug:slug>/trang-thai/<slug:target>/", registry.year_state, name="year-state"),
    path("van-ban/", registry.papers, name="papers"),
    path("van-ban/them/", registry.paper_create, name="paper-create"),
    path("van-ban/<int:pk>/sua/", registry.paper_edit, name="paper-edit"),
    path("co-quan/", registry.issuers, name="issuers"),
    path("co-quan/them/", registry.issuer_create, name="issuer-create"),
    path("co-quan/<int:pk>/sua/", registry.issuer_edit, name="issuer-edit"),
    *issuer_pages,
]

bloc_year_pages = [
    path("thanh-vien/", members.members, name="members"),
    path("thanh-vien/thong-tin/", members.bloc_year_edit, name="bloc-year-edit"),
    path("chuc-vu/them/", members.office_appoint, name="office-appoint"),
    path("chuc-vu/<int:pk>/ket-thuc/", members.office_end, name="office-end"),
    path("chuc-vu/<int:pk>/nguoi/them/", members.holder_create, name="holder-create"),
    path("thanh-vien/luan-phien/", rotation.rotation, name="rotation"),
    path("phong-trao/sua/", members.movement_edit, name="movement-edit"),
    path("giao-uoc/", covenant.covenant, name="covenant"),
    path("giao-uoc/sua/", covenant_draft.covenant_edit, name="covenant-edit"),
    path("giao-uoc/ban-moi/", covenant.covenant_revise, name="covenant-revise"),
    path("giao-uoc.pdf", covenant_files.covenant_pdf, name="covenant-pdf"),
    path("giao-uoc.docx", covenant_word.covenant_docx, name="covenant-docx"),
    path("giao-uoc/", include(signing_pages)),
    *target_pages,
    path("ban-giao/", handover.handover, name="handover"),
    path("ban-giao/danh-sach/", handover.handover_list, name="handover-list"),
    path("ban-giao/bien-ban.pdf", handover.handover_pdf, name="handover-pdf"),
    path("ban-giao/bien-ban.docx", handover.handover_docx, name="handover-docx"),
    path("ban-giao/bien-ban/ban-hanh/", handover.handover_issue, name="handover-issue"),
]

urlpatterns = [
    path("lam-viec/goi-y/don-vi/", suggest.unit_suggest, name="unit-suggest"),
    path("lam-viec/danh-muc/", include([*registry_pages, *life_pages, *division_pages, *unit_pages, *template_pages])),
    path("lam-viec/khoi/<slug:slug>/<slug:year_slug>/", include(bloc_year_pages)),
]
