"""Addresses of the registry about the life of a bloc and of an emulation year; below /lam-viec/danh-muc/."""

from django.urls import path

from blocs.views import bloc_life, year_covenants, years

life_pages = [
    path("khoi/<slug:slug>/ten-goi/", bloc_life.bloc_names, name="bloc-names"),
    path("khoi/<slug:slug>/van-ban/", bloc_life.bloc_papers, name="bloc-papers"),
    path("khoi/<slug:slug>/van-ban/<int:pk>/go/", bloc_life.bloc_paper_remove, name="bloc-paper-remove"),
    path("khoi/<slug:slug>/nhom/", bloc_life.bloc_groups, name="bloc-groups"),
    path("khoi/<slug:slug>/giai-the/", bloc_life.bloc_dissolve, name="bloc-dissolve"),
    path("nam/<slug:slug>/han/", years.year_deadlines, name="year-deadlines"),
    path("nam/<slug:slug>/giao-uoc/", year_covenants.year_covenants, name="year-covenants"),
    path("nam/<slug:slug>/giao-uoc/tai/", year_covenants.year_covenants_pack, name="year-covenants-pack"),
    path("nam/<slug:slug>/mo-nam-moi/", years.new_year, name="new-year"),
]
