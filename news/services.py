"""Every write of the newsroom: texts, pictures, attached files, and the one door for the state of an article."""

from django.db import transaction
from django.db.models import F, Max
from django.utils import timezone

from common.audit import record
from common.errors import DomainError, IllegalStep, NotReady, StaleState
from common.permissions import require
from common.text import slugify_vi
from common.versions import claim, describe_conflict
from meetings.enums import MeetingStatus
from news.drafting import draft_from_meeting, read_meeting
from news.enums import TRANSITIONS, ArticleState
from news.models import Article, Attachment, Category, Correction, Photo
from news.nominees import hidden_names_in
from news.pictures import make_sizes

# The order of the public menu; the editor renames them in the administration.
CATEGORIES = (
    ("tin-hoat-dong-khoi", "Tin hoạt động cụm, khối thi đua"),
    ("phong-trao-thi-dua", "Phong trào thi đua"),
    ("khen-thuong", "Công tác khen thưởng"),
    ("dien-hinh-tien-tien", "Điển hình tiên tiến"),
    ("thong-bao", "Thông báo"),
)
_TEXT_FIELDS = (
    "title",
    "lead",
    "body",
    "category",
    "bloc_year",
    "meeting",
    "event_on",
    "author_line",
    "source",
    "source_url",
)
_SLUG_LENGTH = 100


def ensure_categories():
    """The standard categories, made where missing; called again it changes nothing. Returns them in their order."""
    slugs = [slug for slug, _ in CATEGORIES]
    found = Category.objects.in_bulk(slugs, field_name="slug")
    missing = [
        Category(slug=slug, name=name, position=position)
        for position, (slug, name) in enumerate(CATEGORIES, 1)
        if slug not in found
    ]
    if missing:
        # Somebody else may make them at the same moment.
        Category.objects.bulk_create(missing, ignore_conflicts=True)
        found = Category.objects.in_bulk(slugs, field_name="slug")
    return [found[slug] for slug in slugs if slug in found]


@transaction.atomic
def draft_article_from_meeting(*, meeting, by):
    """A draft written from the record of a meeting (F103, N21). Raises PermissionDenied, NotReady, DomainError.

    The facts are taken as they stand today; later changes of the record do not change the article. One meeting has one
    article at a time: a second one would tell the same story twice.
    """
    require(by, "news.draft_article", meeting.bloc_year)
    if meeting.status == MeetingStatus.ANNOUNCED:
        raise NotReady(["kết quả hội nghị (hội nghị chưa được ghi là đã họp)"], subject=meeting)
    existing = Article.objects.filter(meeting=meeting).exclude(state=ArticleState.WITHDRAWN).first()
    if existing is not None:
        raise DomainError(f"Hội nghị này đã có bài “{existing.title}”.", subject=existing)
    text = draft_from_meeting(read_meeting(meeting.pk))
    article = Article(
        title=text.title,
        lead=text.lead,
        body=text.body,
        category=ensure_categories()[0],
        bloc_year=meeting.bloc_year,
        meeting=meeting,
        event_on=meeting.starts_on,
        author_line=str(by),
    )
    return _create(article, by=by, action="soạn bài từ hội nghị")


@transaction.atomic
def save_article(*, article, by, version=None):
    """Save what a form put into `article`: a new one, or one opened at `version`.

    Only texts and links are written, never the state. Raises PermissionDenied, StaleState.
    """
    if article.pk is None:
        require(by, "news.add_article")
        _require_subject(article, by)
        return _create(article, by=by, action="soạn bài")
    stored = Article.objects.get(pk=article.pk)
    if version != stored.version:
        raise StaleState(describe_conflict(stored, version), subject=article)
    require(by, "news.change_article", stored)
    if article.bloc_year_id != stored.bloc_year_id:
        _require_subject(article, by)
    before = {name: str(getattr(stored, name) or "") for name in _TEXT_FIELDS}
    after = {name: str(getattr(article, name) or "") for name in _TEXT_FIELDS}
    changed = [name for name in _TEXT_FIELDS if before[name] != after[name]]
    claim(article, version=version, by=by)
    article.refresh_from_db(fields=["state", "published_at", "published_by", "return_reason", "slug"])
    fields = [*_TEXT_FIELDS, "search"]
    # An address that readers may have is never changed.
    if stored.published_at is None and "title" in changed:
        article.slug = _free_slug(article.title, article.pk)
        fields.append("slug")
    article.save(update_fields=fields)
    if changed:
        record(
            "sửa bài",
            article,
            by=by,
            before={name: before[name] for name in changed},
            after={name: after[name] for name in changed},
        )
    return article


@transaction.atomic
def submit_article(*, article, by, correction=""):
    """Draft → in review. An article that was public before needs a note of what is corrected.

    Raises PermissionDenied, NotReady, IllegalStep, StaleState.
    """
    require(by, "news.submit_article", article)
    missing = article.missing_to_submit
    if article.published_at is not None and not correction.strip() and not _has_waiting_correction(article):
        missing = [*missing, "nội dung đính chính (bài đã từng đăng)"]
    if correction.strip():
        # It cannot be edited any more once it is sent, and stands below the article as it is.
        missing = [*missing, *(name.sentence for name in hidden_names_in(article, correction))]
    if missing:
        raise NotReady(missing, subject=article)
    move(article, ArticleState.IN_REVIEW, by=by, action="gửi duyệt bài", return_reason="")
    if correction.strip():
        Correction.objects.create(article=article, note=correction.strip(), written_by=by)
    return article


@transaction.atomic
def return_article(*, article, by, reason):
    """In review → draft, with the reason that the writer reads.

    Raises PermissionDenied, NotReady, IllegalStep, StaleState.
    """
    require(by, "news.return_article", article)
    if not reason.strip():
        raise NotReady(["lý do trả lại"], subject=article)
    return move(article, ArticleState.DRAFT, by=by, action="trả lại bài", note=reason.strip(), return_reason=reason.strip())


@transaction.atomic
def publish_article(*, article, by):
    """In review → published, never by the one who wrote it (WEB-4).

    The day of first publication stays when an article is published again after a correction. Raises PermissionDenied,
    NotReady, IllegalStep, StaleState.
    """
    require(by, "news.publish_article", article)
    if missing := article.missing_to_publish:
        raise NotReady(missing, subject=article)
    now = timezone.now()
    stamps = {} if article.published_at else {"published_at": now, "published_by": by}
    move(article, ArticleState.PUBLISHED, by=by, action="đăng bài", **stamps)
    article.corrections.filter(published_at=None).update(published_at=now)
    return article


@transaction.atomic
def withdraw_article(*, article, by, reason):
    """Published → withdrawn, with a reason. Raises PermissionDenied, NotReady, IllegalStep, StaleState."""
    require(by, "news.withdraw_article", article)
    if not reason.strip():
        raise NotReady(["lý do gỡ bài"], subject=article)
    return move(article, ArticleState.WITHDRAWN, by=by, action="gỡ bài", note=reason.strip(), return_reason=reason.strip())


@transaction.atomic
def reopen_article(*, article, by):
    """Withdrawn → draft, to be corrected and sent for review again. Raises PermissionDenied, IllegalStep, StaleState."""
    require(by, "news.reopen_article", article)
    return move(article, ArticleState.DRAFT, by=by, action="mở lại bài đã gỡ")


def move(article, target, *, by, action, note="", **stamps):
    """The one door by which an article changes its state; inside the caller's transaction."""
    before = article.state
    if target not in TRANSITIONS[before]:
        raise IllegalStep(article, target)
    # Compare-and-set: of two editors one wins; who has the text open is told that it moved.
    unchanged = Article.objects.filter(pk=article.pk, state=before, version=article.version)
    stamps |= {"version": F("version") + 1, "edited_at": timezone.now(), "edited_by": by}
    if not unchanged.update(state=target, **stamps):
        raise StaleState(_describe_race(article), subject=article)
    article.refresh_from_db()
    record(action, article, by=by, before={"state": before}, after={"state": target}, note=note)
    return article


@transaction.atomic
def add_photo(*, article, by, image, alt, caption="", credit=""):
    """Store a picture in two sizes without its camera data. `image` has passed `check_picture`. Raises PermissionDenied."""
    require(by, "news.change_article", article)
    sizes = make_sizes(image)
    photo = Photo(
        article=article,
        alt=alt,
        caption=caption,
        credit=credit,
        width=sizes.width,
        height=sizes.height,
        position=_next_position(article.photos),
    )
    photo.image.save("anh.jpg", sizes.large, save=False)
    photo.small.save("anh.jpg", sizes.small, save=False)
    photo.save()
    record("thêm ảnh", article, by=by, after={"caption": caption, "alt": alt})
    return photo


@transaction.atomic
def save_photo(*, photo, by):
    """Save changed words or order of a picture. Raises PermissionDenied."""
    require(by, "news.change_article", photo.article)
    photo.save(update_fields=["caption", "credit", "alt", "position"])
    record("sửa chú thích ảnh", photo.article, by=by, after={"caption": photo.caption, "alt": photo.alt})
    return photo


@transaction.atomic
def remove_photo(*, photo, by):
    """Take a picture and its files away. Raises PermissionDenied."""
    require(by, "news.change_article", photo.article)
    record("bỏ ảnh", photo.article, by=by, before={"caption": photo.caption, "alt": photo.alt})
    _delete_with_files(photo, photo.image, photo.small)


@transaction.atomic
def add_attachment(*, article, by, file, title):
    """Attach a PDF that has passed `check_pdf`. Raises PermissionDenied."""
    require(by, "news.change_article", article)
    attachment = Attachment.objects.create(
        article=article, file=file, title=title, position=_next_position(article.attachments)
    )
    record("thêm tệp đính kèm", article, by=by, after={"title": title})
    return attachment


@transaction.atomic
def remove_attachment(*, attachment, by):
    """Take an attached file away. Raises PermissionDenied."""
    require(by, "news.change_article", attachment.article)
    record("bỏ tệp đính kèm", attachment.article, by=by, before={"title": attachment.title})
    _delete_with_files(attachment, attachment.file)


def _create(article, *, by, action):
    article.created_by = article.edited_by = by
    article.edited_at = timezone.now()
    article.slug = _free_slug(article.title)
    article.save()
    record(action, article, by=by, after={"title": article.title})
    return article


def _require_subject(article, by):
    if article.bloc_year_id is not None:
        require(by, "news.write_about", article.bloc_year)


def _free_slug(title, own=None):
    base = slugify_vi(title) or "tin"
    if len(base) > _SLUG_LENGTH:
        # Between two words, so that no address ends in half a word or half a year.
        base = base[: _SLUG_LENGTH + 1].rpartition("-")[0] or base[:_SLUG_LENGTH]
    taken = set(Article.objects.filter(slug__startswith=base).exclude(pk=own).values_list("slug", flat=True))
    slug, number = base, 2
    while slug in taken:
        slug, number = f"{base}-{number}", number + 1
    return slug


def _describe_race(article):
    current = Article.objects.select_related("edited_by").get(pk=article.pk)
    when = timezone.localtime(current.edited_at or current.created_at).strftime("%H:%M ngày %d/%m/%Y")
    who = current.edited_by or "Người khác"
    state = current.get_state_display()
    return f"{who} vừa thay đổi bài này lúc {when}; bài đang ở trạng thái “{state}”. Hãy xem lại rồi thực hiện."


def _has_waiting_correction(article):
    return article.corrections.filter(published_at=None).exists()


def _next_position(rows):
    return (rows.aggregate(last=Max("position"))["last"] or 0) + 1


def _delete_with_files(row, *files):
    stored = [(file.storage, file.name) for file in files if file]
    row.delete()
    # Only when the row is really gone: a rolled back deletion must still find its file.
    for storage, name in stored:
        transaction.on_commit(lambda storage=storage, name=name: storage.delete(name))
