"""What readers see: published articles with all that belongs to them, and nothing else."""

from datetime import date, datetime, timedelta
from urllib.parse import unquote

import pytest
from django.urls import reverse
from django.utils import timezone

from news.models import Article
from tests.factories.blocs import BlocYearFactory, editor
from tests.factories.news import ArticleFactory, AttachmentFactory, CategoryFactory, PhotoFactory

pytestmark = pytest.mark.django_db


def page(client, article):
    return client.get(article.get_public_url())


def published(days_ago=0, **kwargs):
    return ArticleFactory(published=True, published_at=timezone.now() - timedelta(days=days_ago), **kwargs)


def test_an_article_shows_its_days_author_source_pictures_and_files(client):
    article = published(
        event_on=date(2022, 1, 11), author_line="ThS Nguyễn Thị Nhàn", source="Cổng thông tin", source_url="https://vidu.vn/"
    )
    Article.objects.update(published_at=timezone.make_aware(datetime(2022, 1, 12, 14, 18)))
    PhotoFactory(article=article, caption="Lãnh đạo các đơn vị ký giao ước", credit="Văn A")
    AttachmentFactory(article=article)
    html = page(client, article).content.decode()
    for text in (
        "Thứ Tư, ngày 12 tháng 01 năm 2022, 14:18",
        "11/01/2022",
        "ThS Nguyễn Thị Nhàn",
        "Cổng thông tin",
        "Lãnh đạo các đơn vị ký giao ước",
        "Ảnh: Văn A",
        "Bản giao ước thi đua năm 2022",
        'property="og:image"',
    ):
        assert text in html
    assert "None" not in html


def test_an_almost_empty_article_has_no_empty_heading(client):
    article = published(author_line="", event_on=None)
    html = page(client, article).content.decode()
    for text in ("Tin liên quan", "Tin mới hơn", "Tin cũ hơn", "Tệp đính kèm", "Nguồn:", "Đính chính", "None", "og:image"):
        assert text not in html


@pytest.mark.parametrize("state", [{}, {"in_review": True}, {"withdrawn": True}])
def test_what_is_not_published_does_not_exist_for_readers(client, state):
    article = ArticleFactory(title="Bài chưa đăng", **state)
    photo, attachment = PhotoFactory(article=article), AttachmentFactory(article=article)
    for url in (
        article.get_public_url(),
        reverse("news:article-print", args=[article.slug]),
        photo.get_absolute_url(),
        photo.small_url,
        attachment.get_absolute_url(),
    ):
        assert client.get(url).status_code == 404
    for url in (reverse("news:articles"), reverse("news:feed"), article.category.get_absolute_url()):
        assert "Bài chưa đăng" not in client.get(url).content.decode()


def test_pictures_of_a_text_under_review_are_shown_to_its_editor(client):
    photo = PhotoFactory(article=ArticleFactory(in_review=True))
    client.force_login(editor())
    response = client.get(photo.get_absolute_url())
    response.close()
    assert response.status_code == 200
    assert "private" in response.headers["Cache-Control"]


def test_a_published_picture_is_asked_for_anew_and_not_sent_twice(client):
    photo = PhotoFactory(article=published())
    first = client.get(photo.small_url)
    first.close()
    assert first.headers["Content-Type"] == "image/jpeg"
    assert "no-cache" in first.headers["Cache-Control"]
    assert client.get(photo.small_url, headers={"If-None-Match": first.headers["ETag"]}).status_code == 304
    Article.objects.update(state="withdrawn")
    assert client.get(photo.small_url, headers={"If-None-Match": first.headers["ETag"]}).status_code == 404


def test_an_attachment_is_a_pdf_that_runs_nothing(client):
    attachment = AttachmentFactory(article=published())
    response = client.get(attachment.get_absolute_url())
    response.close()
    assert response.headers["Content-Type"] == "application/pdf"
    assert response.headers["Content-Security-Policy"] == "default-src 'none'; sandbox"
    assert response.headers["X-Content-Type-Options"] == "nosniff"


def test_related_articles_are_of_the_bloc_first_and_neighbours_are_others(client):
    bloc_year = BlocYearFactory()
    other = CategoryFactory(slug="thong-bao", name="Thông báo")
    article = published(5, bloc_year=bloc_year)
    same_category = published(1)
    same_bloc = published(9, bloc_year=bloc_year, category=other)
    newer, older = published(2, category=other), published(8, category=other)
    ArticleFactory(bloc_year=bloc_year)
    around = page(client, article).context["around"]
    assert (around.related, around.newer, around.older) == ([same_bloc, same_category], [newer], [older])


def test_a_correction_is_shown_when_published_and_not_before(client):
    article = published()
    article.corrections.create(note="Ngày đúng là 11/01/2022.", written_by=article.created_by)
    assert "Ngày đúng" not in page(client, article).content.decode()
    article.corrections.update(published_at=timezone.now())
    assert "Ngày đúng là 11/01/2022." in page(client, article).content.decode()


def test_the_print_view_is_the_article_alone(client):
    article = published()
    html = client.get(reverse("news:article-print", args=[article.slug])).content.decode()
    assert article.lead in html
    assert f"http://testserver{article.get_public_url()}" in html
    assert "Tin liên quan" not in html


def test_sending_by_mail_names_title_and_address(client):
    article = published()
    mail = unquote(page(client, article).context["mail_url"])
    assert mail.startswith("mailto:?subject=" + article.title)
    assert f"http://testserver{article.get_public_url()}" in mail


def test_the_list_is_newest_first_in_pages_and_searched_without_marks(client):
    articles = [published(day, title=f"Tin số {day}") for day in range(14)]
    found = published(20, title="Đại hội điển hình tiên tiến")
    first = client.get(reverse("news:articles"))
    assert list(first.context["page"]) == articles[:12]
    assert list(client.get(reverse("news:articles"), {"trang": 2}).context["page"]) == [*articles[12:], found]
    assert list(client.get(reverse("news:articles"), {"q": "dai hoi dien hinh"}).context["page"]) == [found]
    assert "Không có tin nào" in client.get(reverse("news:articles"), {"q": "\0xyz"}).content.decode()


def test_a_category_holds_its_own_articles(client):
    mine = published()
    published(category=CategoryFactory(slug="thong-bao", name="Thông báo"))
    assert list(client.get(mine.category.get_absolute_url()).context["page"]) == [mine]
    assert client.get(reverse("news:category", args=["khong-co"])).status_code == 404


def test_the_feed_has_title_lead_and_author(client):
    article = published(author_line="Nguyễn Thị Nhàn")
    response = client.get(reverse("news:feed"))
    body = response.content.decode()
    assert response.headers["Content-Type"].startswith("application/rss+xml")
    for text in (article.title, article.lead, f"http://testserver{article.get_public_url()}", "Nguyễn Thị Nhàn"):
        assert text in body


@pytest.mark.parametrize("count", [1, 3])
@pytest.mark.parametrize(("name", "queries"), [("news:articles", 6), ("news:feed", 1)])
def test_lists_take_a_constant_number_of_queries(client, django_assert_max_num_queries, count, name, queries):
    for _ in range(count):
        PhotoFactory(article=published(bloc_year=BlocYearFactory()))
    with django_assert_max_num_queries(queries):
        assert client.get(reverse(name)).status_code == 200


@pytest.mark.parametrize("count", [1, 3])
def test_an_article_takes_a_constant_number_of_queries(client, django_assert_max_num_queries, count):
    article = published(1, bloc_year=BlocYearFactory())
    for _ in range(count):
        PhotoFactory(article=article)
        AttachmentFactory(article=article)
        article.corrections.create(note="x", written_by=article.created_by, published_at=timezone.now())
        PhotoFactory(article=published(2, bloc_year=article.bloc_year))
        published(0, category=CategoryFactory(slug=f"c{count}", name=f"C{count}"))
    with django_assert_max_num_queries(8):
        assert page(client, article).status_code == 200
