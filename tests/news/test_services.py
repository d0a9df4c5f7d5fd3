"""Every step of an article: who may, what must be there, from where to where, and what is written down."""

import pytest
from django.core.exceptions import PermissionDenied
from django.core.files.storage import default_storage

from blocs.models import BlocOffice
from common.audit import events_of
from common.errors import DomainError, IllegalStep, NotReady, StaleState
from meetings.enums import MeetingStatus
from news import services
from news.enums import TRANSITIONS, WAITING_FOR, ArticleState
from news.models import Article, Category
from tests.factories.awards import small_pdf
from tests.factories.blocs import BlocYearFactory, editor, secretary_of, staff_of, standing_agency_officer
from tests.factories.meetings import MeetingFactory
from tests.factories.news import ArticleFactory, PhotoFactory, picture

pytestmark = pytest.mark.django_db
S = ArticleState


@pytest.fixture
def bloc_year():
    return BlocYearFactory(members=2)


@pytest.fixture
def writer(bloc_year):
    return secretary_of(bloc_year)


@pytest.fixture
def draft(bloc_year, writer):
    return ArticleFactory(bloc_year=bloc_year, created_by=writer)


@pytest.fixture
def in_review(draft, writer):
    return services.submit_article(article=draft, by=writer)


@pytest.fixture
def published(in_review):
    return services.publish_article(article=in_review, by=editor())


def test_both_tables_name_every_state():
    assert set(TRANSITIONS) == set(WAITING_FOR) == set(ArticleState)


def test_categories_are_made_once():
    first = services.ensure_categories()
    assert services.ensure_categories() == first
    assert Category.objects.count() == len(first)


def test_a_meeting_becomes_a_draft_of_its_secretary(bloc_year, writer):
    meeting = MeetingFactory(bloc_year=bloc_year)
    article = services.draft_article_from_meeting(meeting=meeting, by=writer)
    assert (article.state, article.created_by, article.meeting, article.bloc_year) == (S.DRAFT, writer, meeting, bloc_year)
    assert article.event_on == meeting.starts_on
    assert [event.action for event in events_of(article)] == ["soạn bài từ hội nghị"]


def test_a_meeting_gets_one_article_until_it_is_withdrawn(bloc_year, writer):
    meeting = MeetingFactory(bloc_year=bloc_year)
    first = services.draft_article_from_meeting(meeting=meeting, by=writer)
    with pytest.raises(DomainError) as caught:
        services.draft_article_from_meeting(meeting=meeting, by=writer)
    assert caught.value.subject == first
    Article.objects.filter(pk=first.pk).update(state=S.WITHDRAWN)
    second = services.draft_article_from_meeting(meeting=meeting, by=writer)
    assert second.slug == f"{first.slug}-2"


def test_an_announced_meeting_has_nothing_to_tell(bloc_year, writer):
    meeting = MeetingFactory(bloc_year=bloc_year, status=MeetingStatus.ANNOUNCED)
    with pytest.raises(NotReady):
        services.draft_article_from_meeting(meeting=meeting, by=writer)


def test_a_stranger_drafts_nothing(bloc_year):
    with pytest.raises(PermissionDenied):
        services.draft_article_from_meeting(meeting=MeetingFactory(bloc_year=bloc_year), by=secretary_of(BlocYearFactory()))


def test_after_the_hand_over_the_writer_reads_and_changes_nothing(bloc_year, writer, draft):
    BlocOffice.objects.update(handed_over_on="2022-02-01")
    with pytest.raises(PermissionDenied):
        services.save_article(article=draft, by=writer, version=draft.version)


def test_saving_writes_the_text_and_what_changed(draft, writer):
    draft.title = "Hội nghị tổng kết năm 2021"
    services.save_article(article=draft, by=writer, version=1)
    stored = Article.objects.get(pk=draft.pk)
    assert (stored.title, stored.version, stored.edited_by) == ("Hội nghị tổng kết năm 2021", 2, writer)
    assert stored.slug == "hoi-nghi-tong-ket-nam-2021"
    event = events_of(stored).first()
    assert (event.action, set(event.before), event.after) == ("sửa bài", {"title"}, {"title": stored.title})


def test_saving_an_older_version_names_who_was_quicker(draft, writer):
    other = staff_of(BlocOffice.objects.get().unit)
    first, second = Article.objects.get(pk=draft.pk), Article.objects.get(pk=draft.pk)
    first.lead = "Bản của người thứ nhất."
    services.save_article(article=first, by=other, version=1)
    second.lead = "Bản của người thứ hai."
    with pytest.raises(StaleState, match=other.full_name):
        services.save_article(article=second, by=writer, version=1)
    assert Article.objects.get(pk=draft.pk).lead == "Bản của người thứ nhất."


def test_saving_never_moves_the_state(draft, writer):
    stale = Article.objects.get(pk=draft.pk)
    services.submit_article(article=draft, by=writer)
    stale.version = draft.version
    with pytest.raises(PermissionDenied):
        services.save_article(article=stale, by=writer, version=draft.version)
    assert Article.objects.get(pk=draft.pk).state == S.IN_REVIEW


def test_nobody_writes_under_a_year_that_is_not_theirs(writer):
    article = ArticleFactory.build(bloc_year=BlocYearFactory(), category=services.ensure_categories()[0])
    with pytest.raises(PermissionDenied):
        services.save_article(article=article, by=writer)


def test_submitting_names_everything_missing(draft, writer):
    draft.lead = draft.body = ""
    PhotoFactory(article=draft, alt="")
    with pytest.raises(NotReady) as caught:
        services.submit_article(article=draft, by=writer)
    assert caught.value.missing == ["sapo", "nội dung bài", "mô tả cho người khiếm thị của ảnh thứ 1"]


def test_submitting_twice_is_no_step(in_review, writer):
    with pytest.raises(IllegalStep):
        services.submit_article(article=in_review, by=writer)


def test_of_two_who_act_at_once_one_is_told(in_review):
    first, second = Article.objects.get(pk=in_review.pk), Article.objects.get(pk=in_review.pk)
    services.publish_article(article=first, by=editor())
    with pytest.raises(StaleState):
        services.return_article(article=second, by=editor(), reason="Thiếu ảnh.")


def test_returning_needs_a_reason_and_brings_it_to_the_writer(in_review):
    boss = editor()
    with pytest.raises(NotReady):
        services.return_article(article=in_review, by=boss, reason=" ")
    services.return_article(article=in_review, by=boss, reason="Bổ sung ảnh.")
    assert (in_review.state, in_review.return_reason) == (S.DRAFT, "Bổ sung ảnh.")
    event = events_of(in_review).first()
    assert (event.action, event.note, event.before, event.after) == (
        "trả lại bài",
        "Bổ sung ảnh.",
        {"state": "in_review"},
        {"state": "draft"},
    )


def test_publishing_stamps_who_and_when(in_review):
    boss = editor()
    services.publish_article(article=in_review, by=boss)
    assert (in_review.state, in_review.published_by) == (S.PUBLISHED, boss)
    assert in_review.published_at is not None


def test_nobody_publishes_what_they_wrote():
    boss = editor()
    article = ArticleFactory(in_review=True, created_by=boss)
    with pytest.raises(PermissionDenied):
        services.publish_article(article=article, by=boss)
    with pytest.raises(PermissionDenied):
        services.return_article(article=article, by=boss, reason="x")


@pytest.mark.parametrize("make_user", [standing_agency_officer, lambda: secretary_of(BlocYearFactory())])
def test_only_an_editor_publishes(in_review, make_user):
    with pytest.raises(PermissionDenied):
        services.publish_article(article=in_review, by=make_user())


def test_a_draft_is_not_published_directly(draft):
    with pytest.raises(IllegalStep):
        services.publish_article(article=draft, by=editor())


def test_a_withdrawn_article_comes_back_only_with_a_correction(published, writer):
    first_day = published.published_at
    with pytest.raises(NotReady):
        services.withdraw_article(article=published, by=editor(), reason="")
    services.withdraw_article(article=published, by=editor(), reason="Ghi nhầm ngày họp.")
    services.reopen_article(article=published, by=writer)
    with pytest.raises(NotReady) as caught:
        services.submit_article(article=published, by=writer)
    assert caught.value.missing == ["nội dung đính chính (bài đã từng đăng)"]
    services.submit_article(article=published, by=writer, correction="Ngày họp đúng là 11/01/2022.")
    assert [row.published_at for row in published.corrections.all()] == [None]
    services.publish_article(article=published, by=editor())
    assert published.published_at == first_day
    assert published.corrections.get().published_at is not None


def test_withdrawing_and_reopening_have_their_own_people(published, writer):
    with pytest.raises(PermissionDenied):
        services.withdraw_article(article=published, by=writer, reason="x")
    services.withdraw_article(article=published, by=editor(), reason="x")
    with pytest.raises(PermissionDenied):
        services.reopen_article(article=published, by=editor())


def test_a_picture_is_stored_twice_and_removed_with_its_files(draft, writer, django_capture_on_commit_callbacks):
    photo = services.add_photo(article=draft, by=writer, image=picture(), alt="Hội trường", caption="Quang cảnh")
    second = services.add_photo(article=draft, by=writer, image=picture(), alt="Bàn ký")
    assert (photo.position, second.position, photo.width, photo.height) == (1, 2, 900, 600)
    names = [photo.image.name, photo.small.name]
    assert all(default_storage.exists(name) for name in names)
    with django_capture_on_commit_callbacks(execute=True):
        services.remove_photo(photo=photo, by=writer)
    assert not any(default_storage.exists(name) for name in names)
    assert [event.action for event in events_of(draft)][:2] == ["bỏ ảnh", "thêm ảnh"]


def test_words_of_a_picture_are_changed_by_writers_only(draft, writer):
    photo = PhotoFactory(article=draft)
    photo.caption = "Chú thích mới"
    with pytest.raises(PermissionDenied):
        services.save_photo(photo=photo, by=editor())
    services.save_photo(photo=photo, by=writer)
    assert draft.photos.get().caption == "Chú thích mới"


def test_files_come_and_go(draft, writer):
    attachment = services.add_attachment(article=draft, by=writer, file=small_pdf(), title="Giao ước")
    assert draft.attachments.get() == attachment
    services.remove_attachment(attachment=attachment, by=writer)
    assert not draft.attachments.exists()


def test_pictures_and_files_of_a_published_article_stay(published, writer):
    for act in (
        lambda: services.add_photo(article=published, by=writer, image=picture(), alt="x"),
        lambda: services.add_attachment(article=published, by=writer, file=small_pdf(), title="x"),
    ):
        with pytest.raises(PermissionDenied):
            act()


def test_an_address_ends_with_a_whole_word(writer, bloc_year):
    title = "Khối thi đua tổng kết " + "công tác thi đua, khen thưởng " * 5 + "năm 2022"
    article = ArticleFactory.build(title=title, bloc_year=bloc_year, category=services.ensure_categories()[0])
    slug = services.save_article(article=article, by=writer).slug
    assert len(slug) <= 100
    assert slug.endswith(("-cong", "-tac", "-thi", "-dua", "-khen", "-thuong"))
