"""Addresses of the registry of years that ask every app."""

from django.urls import path

from portal.views import years

year_patterns = [path("lam-viec/danh-muc/nam/<slug:slug>/dong/", years.year_close, name="year-close")]
