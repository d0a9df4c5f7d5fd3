"""Public addresses of the portal."""

from django.urls import path

from portal.views import public
from portal.views.proof import proof, proof_find
from portal.views.search import search

public_patterns = [
    path("", public.home, name="home"),
    path("khoi/", public.bloc_list, name="bloc-list"),
    path("khoi/<slug:slug>/", public.bloc, name="bloc"),
    path("khoi/<slug:slug>/<slug:year_slug>/", public.bloc_year, name="bloc-year"),
    path("don-vi/<slug:code>/", public.unit, name="unit"),
    path("xac-minh/", proof_find, name="proof-find"),
    path("xac-minh/<str:code>/", proof, name="proof"),
    path("tim-kiem/", search, name="search"),
    path("robots.txt", public.robots, name="robots"),
    path("sitemap.xml", public.sitemap, name="sitemap"),
    path("healthz", public.healthz, name="healthz"),
]
