"""Addresses of `blocs`."""

app_name = "blocs"
urlpatterns = []
