"""Addresses of the registry about the tree and the kinds of units; below /lam-viec/danh-muc/."""

from django.urls import path

from blocs.views import unit_kinds

unit_pages = [
    path("don-vi/cay/", unit_kinds.tree, name="unit-tree"),
    path("loai-don-vi/", unit_kinds.unit_kinds, name="unit-kinds"),
    path("loai-don-vi/them/", unit_kinds.unit_kind_create, name="unit-kind-create"),
    path("loai-don-vi/<int:pk>/sua/", unit_kinds.unit_kind_edit, name="unit-kind-edit"),
]
