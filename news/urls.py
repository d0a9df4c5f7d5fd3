"""Addresses of `news`."""

app_name = "news"
urlpatterns = []
