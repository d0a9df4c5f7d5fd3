"""Addresses of `accounts`."""

urlpatterns = []
