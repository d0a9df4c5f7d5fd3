"""Public pages composed of several apps: home, blocs and their years, units, and what machines ask for."""

from django import forms
from django.contrib.auth.decorators import login_not_required
from django.contrib.sitemaps.views import sitemap as build_sitemap
from django.db import DatabaseError, connection
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.views.decorators.http import conditional_page, require_safe

from blocs.enums import BlocKind, BlocWord
from blocs.models import Bloc, BlocYear, Unit
from blocs.totals import bloc_totals
from common.asof import day_of
from common.views import page_of
from portal.reports import public
from portal.reports.terms import terms_of
from portal.sitemaps import SITEMAPS

_PAGE_SIZE = 24
_HOME_BLOCS = 6


class BlocFilterForm(forms.Form):
    """Tìm khối theo tên, số, tên gọi khác hoặc đơn vị thành viên."""

    q = forms.CharField(label="Tên khối hoặc đơn vị", required=False, max_length=200, widget=forms.SearchInput)
    loai = forms.ChoiceField(label="Loại khối", required=False, choices=[("", "Tất cả các loại"), *BlocKind.choices])
    ten_goi = forms.ChoiceField(label="Tên gọi", required=False, choices=[("", "Khối và cụm"), *BlocWord.choices])


@login_not_required
@require_safe
@conditional_page
def home(request):
    """The newest story, the news, the blocs, what was decided, four figures."""
    news = public.home_news()
    blocs = public.bloc_rows()
    context = {
        "lead_story": news[0] if news else None,
        "news": news[1:],
        "cards": public.bloc_cards(blocs[:_HOME_BLOCS]),
        "decisions": public.recent_decisions(),
        "facts": public.quick_facts(),
    }
    return render(request, "portal/public/home.html", context)


@login_not_required
@require_safe
@conditional_page
def bloc_list(request):
    """All blocs that exist today or on `?ngay=`; `?q=` is searched without regard to marks."""
    day = day_of(request)
    form = BlocFilterForm(request.GET)
    chosen = form.cleaned_data if form.is_valid() else {}
    rows = public.bloc_rows(text=chosen.get("q", ""), kind=chosen.get("loai", ""), word=chosen.get("ten_goi", ""), day=day)
    page = page_of(request, rows, _PAGE_SIZE)
    context = {
        "filter_form": form,
        "page": page,
        "cards": public.bloc_cards(page.object_list, day),
        "totals": bloc_totals(day),
        "is_filtered": any(chosen.values()),
    }
    return render(request, "portal/public/bloc_list.html", context)


@login_not_required
@require_safe
@conditional_page
def bloc(request, slug):
    """The time line of a bloc; members and name as of `?ngay=`."""
    rows = Bloc.objects.select_related("founding_paper__issuer", "run_by").prefetch_related("aliases", "names")
    found = get_object_or_404(rows, slug=slug)
    page = public.bloc_page(found, day_of(request))
    context = {"bloc": found, "page": page, "terms": terms_of(page.eras, request.user)}
    return render(request, "portal/public/bloc.html", context)


@login_not_required
@require_safe
@conditional_page
def bloc_year(request, slug, year_slug):
    """One year of a bloc: members, leaders, covenant, movements, meetings, awards, papers, news."""
    found = get_object_or_404(BlocYear.objects.for_work(), bloc__slug=slug, year__slug=year_slug)
    day = day_of(request, default=found.reference_day)
    page = public.bloc_year_page(found, day if request.as_of.is_asked else None)
    context = {"bloc_year": found, "bloc": found.bloc, "page": page}
    return render(request, "portal/public/bloc_year.html", context)


@login_not_required
@require_safe
@conditional_page
def unit(request, code):
    """A unit: its names, blocs, offices and awards; of `?ngay=` the blocs and offices of that day."""
    day = day_of(request)
    found = get_object_or_404(Unit.objects.select_related("kind", "parent").named_on(day), code=code)
    page = public.unit_page(found, day if request.as_of.is_asked else None)
    return render(request, "portal/public/unit.html", {"unit": found, "page": page})


@login_not_required
@require_safe
def robots(request):
    lines = [
        "User-agent: *",
        "Disallow: /lam-viec/",
        "Disallow: /tai-khoan/",
        "Disallow: /quan-tri/",
        "Disallow: /dang-nhap/",
        f"Sitemap: {request.build_absolute_uri(reverse('portal:sitemap'))}",
    ]
    return HttpResponse("\n".join(lines) + "\n", content_type="text/plain; charset=utf-8")


@login_not_required
@require_safe
def sitemap(request):
    return build_sitemap(request, SITEMAPS)


@login_not_required
@require_safe
def healthz(request):
    """“ok” while the database answers, else 503; says nothing more to anybody."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except DatabaseError:
        return HttpResponse("database\n", content_type="text/plain", status=503)
    response = HttpResponse("ok\n", content_type="text/plain")
    response.headers["Cache-Control"] = "no-store"
    return response
