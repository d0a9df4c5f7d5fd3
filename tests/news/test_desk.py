"""The pages of the newsroom: bad input comes back with everything typed, nothing is lost, nothing is hidden."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from awards.enums import ProposalState
from news.enums import ArticleState
from news.models import Article
from news.services import ensure_categories
from tests.factories.awards import (
    AwardKindFactory,
    ProposalFactory,
    ProposalItemFactory,
    ProposalLineFactory,
    small_pdf,
)
from tests.factories.blocs import BlocYearFactory, editor, secretary_of, staff_of
from tests.factories.meetings import MeetingFactory
from tests.factories.news import ArticleFactory, AttachmentFactory, PhotoFactory, picture

pytestmark = pytest.mark.django_db


@pytest.fixture
def bloc_year():
    return BlocYearFactory(members=2)


@pytest.fixture
def writer(bloc_year, client):
    user = secretary_of(bloc_year)
    client.force_login(user)
    return user


@pytest.fixture
def article(bloc_year, writer):
    return ArticleFactory(bloc_year=bloc_year, created_by=writer)


def typed(article=None, **changes):
    """What a form would post."""
    values = {
        "version": article.version if article else "",
        "title": article.title if article else "Khối thi đua ký kết giao ước năm 2022",
        "lead": "Sáng nay, khối thi đua ký kết giao ước.",
        "body": "Một đoạn.\n\nHai đoạn.",
        "category": ensure_categories()[0].pk,
        "bloc_year": article.bloc_year_id if article and article.bloc_year_id else "",
        "meeting": "",
        "event_on": "11/01/2022",
        "author_line": "Nguyễn Thị Nhàn",
        "source": "",
        "source_url": "",
    }
    return values | changes


def test_the_desk_lists_what_one_may_see(client, writer, article):
    ArticleFactory(title="Bài của khối khác")
    response = client.get(reverse("news:desk"))
    assert list(response.context["page"]) == [article]


def test_the_desk_is_filtered_by_state_and_title(client, writer, article):
    other = ArticleFactory(created_by=writer, title="Đại hội thi đua", in_review=True)
    assert list(client.get(reverse("news:desk"), {"trang_thai": "in_review"}).context["page"]) == [other]
    assert list(client.get(reverse("news:desk"), {"q": "dai hoi"}).context["page"]) == [other]
    assert client.get(reverse("news:desk"), {"trang_thai": "sai"}).status_code == 200


def test_the_desk_is_closed_to_staff_without_office(client):
    client.force_login(staff_of(BlocYearFactory(members=1).bloc.memberships.get().unit))
    assert client.get(reverse("news:desk")).status_code == 403


@pytest.mark.parametrize("count", [1, 3])
def test_the_desk_takes_a_constant_number_of_queries(client, writer, bloc_year, count, django_assert_max_num_queries):
    ArticleFactory.create_batch(count, bloc_year=bloc_year)
    client.get(reverse("news:desk"))
    with django_assert_max_num_queries(22):
        client.get(reverse("news:desk"))


def test_an_article_is_written(client, writer, bloc_year):
    response = client.post(reverse("news:article-create"), typed(bloc_year=bloc_year.pk))
    article = Article.objects.get()
    assert response.status_code == 302
    assert response.url == article.get_absolute_url()
    assert (article.created_by, article.bloc_year, article.state) == (writer, bloc_year, ArticleState.DRAFT)
    assert article.event_on.isoformat() == "2022-01-11"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "a" * 301}, "title"),
        ({"category": "999999"}, "category"),
        ({"category": "x"}, "category"),
        ({"bloc_year": "999999"}, "bloc_year"),
        ({"meeting": "999999"}, "meeting"),
        ({"event_on": "32/13/2022"}, "event_on"),
        ({"source_url": "javascript:alert(1)"}, "source_url"),
        ({"lead": "a" * 1001}, "lead"),
        ({"title": "a\0b"}, "title"),
    ],
)
def test_bad_input_comes_back_as_typed(client, writer, changes, field):
    response = client.post(reverse("news:article-create"), typed(body="Nội dung đã gõ rất lâu.", **changes))
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert "Nội dung đã gõ rất lâu." in response.content.decode()
    assert not Article.objects.exists()


def test_a_meeting_of_another_year_is_refused(client, writer, bloc_year):
    client.force_login(editor())
    meeting = MeetingFactory()
    response = client.post(reverse("news:article-create"), typed(bloc_year=bloc_year.pk, meeting=meeting.pk))
    assert response.context["form"].errors["meeting"] == ["Hội nghị này không thuộc khối và năm đã chọn."]


def test_the_second_of_two_is_told_and_loses_nothing(client, writer, article, bloc_year):
    first, second = typed(article, lead="Bản thứ nhất."), typed(article, lead="Bản thứ hai.")
    url = reverse("news:article-edit", args=[article.pk])
    assert client.post(url, first).status_code == 302
    other = staff_of(bloc_year.offices.get().unit)
    client.force_login(other)
    response = client.post(url, second)
    html = response.content.decode()
    assert response.status_code == 409
    assert f"{writer} đã lưu bản mới hơn" in html
    assert "Bản thứ hai." in html
    assert Article.objects.get().lead == "Bản thứ nhất."
    # Sending the form that came back is a decision, and it is kept.
    again = second | {"version": response.context["form"].data["version"]}
    assert client.post(url, again).status_code == 302
    assert Article.objects.get().lead == "Bản thứ hai."


@pytest.mark.parametrize("version", ["", "x", "99999999999999999999999"])
def test_a_broken_version_is_no_crash(client, writer, article, version):
    response = client.post(reverse("news:article-edit", args=[article.pk]), typed(article, version=version))
    assert response.status_code in (409, 422)


def test_a_form_sent_after_the_session_ended_stands_there_as_typed(client, writer, article):
    url = reverse("news:article-edit", args=[article.pk])
    client.get(url)
    del client.cookies["sessionid"]
    client.post(url, typed(article, body="Đã gõ cả buổi."))
    client.force_login(writer)
    assert client.get(url).context["form"]["body"].value() == "Đã gõ cả buổi."
    assert Article.objects.get().body == article.body


def test_an_article_sent_meanwhile_keeps_what_was_typed(client, writer, article):
    client.post(reverse("news:article-submit", args=[article.pk]))
    url = reverse("news:article-edit", args=[article.pk])
    first = client.post(url, typed(article, body="Đã gõ cả buổi."))
    again = client.post(url, dict(first.context["form"].data.items()))
    for response in (first, again):
        assert response.status_code == 409
        assert "Đã gõ cả buổi." in response.content.decode()
    assert "Chờ duyệt" in again.context["form"].non_field_errors()[0]
    assert Article.objects.get().body == article.body


def test_the_way_through_the_desk(client, writer, article):
    client.post(reverse("news:article-submit", args=[article.pk]))
    boss = editor()
    client.force_login(boss)
    returned = client.post(reverse("news:article-return", args=[article.pk]), {"reason": "Bổ sung ảnh."})
    assert returned.url == reverse("news:desk")
    client.force_login(writer)
    assert "Bổ sung ảnh." in client.get(article.get_absolute_url()).content.decode()
    client.post(reverse("news:article-submit", args=[article.pk]))
    client.force_login(boss)
    client.post(reverse("news:article-publish", args=[article.pk]))
    assert client.get(article.get_public_url()).status_code == 200
    client.post(reverse("news:article-withdraw", args=[article.pk]), {"reason": "Sai ngày."})
    assert client.get(article.get_public_url()).status_code == 404
    client.force_login(writer)
    client.post(reverse("news:article-reopen", args=[article.pk]))
    client.post(reverse("news:article-correct", args=[article.pk]), {"correction": "Ngày đúng là 11/01/2022."})
    assert Article.objects.get().state == ArticleState.IN_REVIEW


@pytest.mark.parametrize("name", ["news:article-return", "news:article-withdraw"])
def test_a_reason_must_be_given(client, name):
    state = {"in_review": True} if name == "news:article-return" else {"published": True}
    article = ArticleFactory(**state)
    client.force_login(editor())
    response = client.post(reverse(name, args=[article.pk]), {"reason": " "})
    assert response.status_code == 422
    assert Article.objects.get().state == article.state


def test_publishing_is_refused_with_the_list_of_what_is_missing(client):
    article = ArticleFactory(in_review=True, lead="")
    client.force_login(editor())
    html = client.get(article.get_absolute_url()).content.decode()
    assert "sapo" in html
    response = client.post(reverse("news:article-publish", args=[article.pk]))
    assert response.status_code == 422
    assert Article.objects.get().state == ArticleState.IN_REVIEW


def test_a_draft_from_a_meeting_warns_of_both_numbers(client, writer, bloc_year):
    meeting = MeetingFactory(bloc_year=bloc_year)
    proposal = ProposalFactory(bloc_year=bloc_year, meeting=meeting, state=ProposalState.DRAFT)
    line = ProposalLineFactory(proposal=proposal, award=AwardKindFactory(name="Bằng khen tỉnh"), declared_count=6)
    for _ in range(5):
        ProposalItemFactory(line=line)
    response = client.post(reverse("news:article-from-meeting", args=[meeting.pk]))
    article = Article.objects.get()
    assert response.url == article.get_absolute_url()
    assert "06 Bằng khen tỉnh" in article.body
    assert "biên bản ghi 06, danh sách có 05" in client.get(response.url).content.decode()
    assert client.post(reverse("news:article-from-meeting", args=[meeting.pk])).status_code == 409


def test_a_meeting_of_strangers_is_not_found(client, writer):
    assert client.post(reverse("news:article-from-meeting", args=[MeetingFactory().pk])).status_code == 404


def test_the_preview_shows_the_page_and_says_that_it_is_one(client, writer, article):
    html = client.get(reverse("news:article-preview", args=[article.pk])).content.decode()
    assert "Bản xem trước" in html
    assert article.lead in html


def test_a_picture_is_added_with_its_words(client, writer, article):
    url = reverse("news:photo-create", args=[article.pk])
    response = client.post(url, {"image": picture(), "alt": "Hội trường", "caption": "Quang cảnh", "credit": ""})
    assert response.url == article.get_absolute_url()
    photo = article.photos.get()
    assert (photo.alt, photo.caption, photo.width) == ("Hội trường", "Quang cảnh", 900)


@pytest.mark.parametrize(
    ("upload", "alt", "field"),
    [
        (lambda: picture(), "", "alt"),
        (lambda: None, "Hội trường", "image"),
        (lambda: SimpleUploadedFile("anh.jpg", b"%PDF-1.4 not a picture"), "Hội trường", "image"),
        (lambda: SimpleUploadedFile("anh.jpg", b""), "Hội trường", "image"),
        (lambda: picture("anh.jpg", kind="GIF"), "Hội trường", "image"),
    ],
)
def test_a_bad_picture_comes_back_with_its_words(client, writer, article, upload, alt, field):
    data = {"alt": alt, "caption": "Chú thích đã gõ"}
    if image := upload():
        data["image"] = image
    response = client.post(reverse("news:photo-create", args=[article.pk]), data)
    assert response.status_code == 422
    assert field in response.context["form"].errors
    assert "Chú thích đã gõ" in response.content.decode()
    assert not article.photos.exists()


def test_a_picture_over_the_limit_is_refused(client, writer, article, settings):
    settings.UPLOAD_LIMIT_PICTURE = 100
    response = client.post(reverse("news:photo-create", args=[article.pk]), {"image": picture(), "alt": "x"})
    assert response.status_code == 422
    assert "vượt giới hạn" in response.content.decode()


def test_words_of_a_picture_are_changed_and_the_picture_removed(client, writer, article):
    photo = PhotoFactory(article=article)
    url = reverse("news:photo-edit", args=[article.pk, photo.pk])
    assert client.get(url).status_code == 200
    assert client.post(url, {"alt": "", "caption": "", "credit": "", "position": "1"}).status_code == 422
    client.post(url, {"alt": "Mô tả mới", "caption": "", "credit": "", "position": "2"})
    assert article.photos.get().alt == "Mô tả mới"
    delete = reverse("news:photo-delete", args=[article.pk, photo.pk])
    assert client.get(delete).status_code == 200
    client.post(delete)
    assert not article.photos.exists()


def test_a_picture_is_reached_only_through_its_own_article(client, writer, article):
    strange = PhotoFactory()
    assert client.get(reverse("news:photo-edit", args=[article.pk, strange.pk])).status_code == 404
    assert client.post(reverse("news:photo-delete", args=[article.pk, strange.pk])).status_code == 404


def test_a_file_is_attached_and_removed(client, writer, article):
    url = reverse("news:attachment-create", args=[article.pk])
    assert client.post(url, {"file": SimpleUploadedFile("a.pdf", b"GIF89a"), "title": "x"}).status_code == 422
    pdf = SimpleUploadedFile("a.pdf", small_pdf().read())
    assert client.post(url, {"file": pdf, "title": "Bản giao ước"}).status_code == 302
    attachment = article.attachments.get()
    delete = reverse("news:attachment-delete", args=[article.pk, attachment.pk])
    assert client.get(delete).status_code == 200
    client.post(delete)
    assert not article.attachments.exists()


def test_the_page_of_an_article_shows_pictures_files_and_history(client, writer, article):
    PhotoFactory(article=article)
    AttachmentFactory(article=article)
    client.post(reverse("news:article-edit", args=[article.pk]), typed(article, lead="Sapo mới."))
    html = client.get(article.get_absolute_url()).content.decode()
    for text in ("Quang cảnh hội nghị", "Bản giao ước thi đua năm 2022", "Sửa bài", "sapo"):
        assert text in html


def test_a_draft_of_others_is_not_found(client, writer):
    article = ArticleFactory()
    for name in ("desk-article", "article-edit", "article-preview", "photo-create"):
        assert client.get(reverse(f"news:{name}", args=[article.pk])).status_code == 404
