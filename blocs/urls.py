"""Addresses of `blocs`."""

from django.urls import path

from blocs.views import suggest

app_name = "blocs"
urlpatterns = [
    path("lam-viec/goi-y/don-vi/", suggest.unit_suggest, name="unit-suggest"),
]
