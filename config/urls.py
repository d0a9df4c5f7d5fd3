"""Every address of the site; each app names its own below (design §5)."""

from django.contrib import admin
from django.urls import include, path

urlpatterns = [
    path("", include("accounts.urls")),
    path("", include("documents.urls")),
    path("", include("blocs.urls")),
    path("", include("meetings.urls")),
    path("", include("awards.urls")),
    path("", include("news.urls")),
    path("", include("portal.urls")),
    path("quan-tri/", admin.site.urls),
]

handler400 = "portal.errors.bad_request"
handler403 = "portal.errors.forbidden"
handler404 = "portal.errors.not_found"
handler500 = "portal.errors.server_error"
