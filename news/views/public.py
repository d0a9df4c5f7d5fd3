"""What a reader without an account sees: published articles and nothing else."""

from urllib.parse import quote

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponseNotModified
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_cache_control
from django.views.decorators.http import conditional_page, require_safe

from common.permissions import may
from common.text import fold_name, slugify_vi
from common.views import page_of, send_file
from news.models import Article, Attachment, Category, Photo
from news.reports import around

_PAGE_SIZE = 12


@login_not_required
@require_safe
@conditional_page
def article_list(request):
    """All news, newest first; `?q=` looks into titles without regard to marks."""
    return _list(request, Article.objects.published(), category=None)


@login_not_required
@require_safe
@conditional_page
def category(request, slug):
    """The news of one category."""
    found = get_object_or_404(Category, slug=slug)
    return _list(request, Article.objects.published().filter(category=found), category=found)


def _list(request, rows, *, category):
    query = request.GET.get("q", "")[:200].replace("\0", "").strip()
    for word in fold_name(query).split():
        rows = rows.filter(search__contains=word)
    page = page_of(request, rows.for_list(), _PAGE_SIZE)
    context = {"page": page, "category": category, "categories": Category.objects.all(), "query": query}
    return render(request, "news/article_list.html", context)


@login_not_required
@require_safe
@conditional_page
def article(request, slug):
    """One article with its pictures, files, neighbours and relatives."""
    found = _published(slug)
    context = {
        "article": found,
        "photos": found.photos.all(),
        "around": around(found),
        "mail_url": _mail_url(request, found),
        "page_url": request.build_absolute_uri(found.get_public_url()),
        "image_url": request.build_absolute_uri(found.cover.get_absolute_url()) if found.cover else "",
    }
    return render(request, "news/article_detail.html", context)


@login_not_required
@require_safe
@conditional_page
def article_print(request, slug):
    """The article alone, for paper or for keeping."""
    found = _published(slug)
    context = {
        "article": found,
        "photos": found.photos.all(),
        "page_url": request.build_absolute_uri(found.get_public_url()),
    }
    return render(request, "news/article_print.html", context)


@login_not_required
@require_safe
def photo(request, pk):
    """A picture, `?co=nho` for the small one: of published articles to everybody, of others to who may see them."""
    found = get_object_or_404(Photo.objects.select_related("article__bloc_year"), pk=pk)
    stored = found.small if request.GET.get("co") == "nho" and found.small else found.image
    return _file_of(request, found.article, stored, filename=f"anh-{found.pk}.jpg", content_type="image/jpeg")


@login_not_required
@require_safe
def attachment(request, pk):
    """An attached PDF, under the same rule as the pictures."""
    found = get_object_or_404(Attachment.objects.select_related("article__bloc_year"), pk=pk)
    name = f"{slugify_vi(found.title) or 'tep'}.pdf"
    return _file_of(request, found.article, found.file, filename=name, content_type="application/pdf")


def _published(slug):
    rows = Article.objects.published().for_list().prefetch_related("attachments", "corrections")
    return get_object_or_404(rows, slug=slug)


def _file_of(request, article, stored, *, filename, content_type):
    if not article.is_published and not may(request.user, "news.view_article", article):
        raise Http404("Không có tệp này.")
    if not stored or not stored.storage.exists(stored.name):
        raise Http404("Tệp này không còn.")
    # A stored file never changes, its name is its mark; but whether it may be seen is asked each time.
    etag = f'"{stored.name.rsplit("/", 1)[-1]}"'
    if request.headers.get("If-None-Match") == etag:
        response = HttpResponseNotModified()
    else:
        response = send_file(stored, filename=filename, content_type=content_type)
    response.headers["ETag"] = etag
    patch_cache_control(response, private=not article.is_published, no_cache=True)
    return response


def _mail_url(request, article):
    address = request.build_absolute_uri(article.get_public_url())
    body = f"{article.title}\n\n{article.lead}\n\n{address}\n"
    return f"mailto:?subject={quote(article.title)}&body={quote(body)}"
