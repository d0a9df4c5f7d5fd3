"""Addresses of `awards`."""

app_name = "awards"
urlpatterns = []
