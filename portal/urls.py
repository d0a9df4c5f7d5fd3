"""Home, dashboard, workplaces, and every public page composed of several apps."""

from django.conf import settings
from django.urls import path

from portal.gallery import gallery, gallery_suggest
from portal.urls_public import public_patterns
from portal.urls_register import register_patterns
from portal.urls_work import work_patterns
from portal.urls_years import year_patterns

app_name = "portal"
urlpatterns = [*public_patterns, *register_patterns, *work_patterns, *year_patterns]

if settings.DEBUG:
    urlpatterns += [
        path("ui/", gallery, name="gallery"),
        path("ui/goi-y/", gallery_suggest, name="gallery-suggest"),
    ]
