"""The newsroom: who writes, who reviews, what is on the site."""

from django.contrib import messages
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from blocs.scope import visible_bloc_years
from common.audit import events_of
from common.errors import StaleState
from common.permissions import may, require
from common.text import fold_name
from common.views import bind, is_submitted, page_of, render_form
from meetings.models import Meeting
from news import services
from news.forms import (
    ArticleForm,
    AttachmentForm,
    CorrectionForm,
    DeskFilterForm,
    PhotoForm,
    PhotoWordsForm,
    ReasonForm,
)
from news.models import Article
from news.reports import desk_notes
from news.scope import writable_bloc_years


@require_safe
def desk(request):
    """The list of the newsroom; what waits for this user stands first."""
    require(request.user, "news.view_desk")
    rows = Article.objects.visible_to(request.user).for_desk()
    filters = DeskFilterForm(request.GET)
    if filters.is_valid():
        for word in fold_name(filters.cleaned_data["q"]).split():
            rows = rows.filter(search__contains=word)
        if state := filters.cleaned_data["trang_thai"]:
            rows = rows.filter(state=state)
    context = {"page": page_of(request, rows), "filter_form": filters, "can_add": may(request.user, "news.add_article")}
    return render(request, "news/desk.html", context)


@require_safe
def desk_article(request, pk):
    """One article at the desk: its state, what it lacks, its pictures and files, what was done with it."""
    article = _article(request, pk)
    may_change = may(request.user, "news.change_article", article)
    context = {
        "article": article,
        "photos": article.photos.all(),
        "attachments": article.attachments.all(),
        "notes": desk_notes(article),
        "events": _events(article),
        "can_change": may_change,
        "missing_to_submit": article.missing_to_submit,
        "missing_to_publish": article.missing_to_publish,
        "needs_correction": article.published_at is not None and not article.corrections.filter(published_at=None).exists(),
        "is_own": article.created_by_id == request.user.pk,
    }
    return render(request, "news/desk_article.html", context)


@require_safe
def article_preview(request, pk):
    """The article as readers will see it."""
    article = _article(request, pk)
    return render(request, "news/article_preview.html", {"article": article, "photos": article.photos.all()})


@require_http_methods(["GET", "HEAD", "POST"])
def article_create(request):
    require(request.user, "news.add_article")
    services.ensure_categories()
    instance = Article(author_line=str(request.user))
    form = bind(request, ArticleForm, instance=instance, user=request.user, bloc_years=writable_bloc_years(request.user))
    if is_submitted(request) and form.is_valid():
        article = services.save_article(article=form.instance, by=request.user)
        messages.success(request, "Đã lưu bài. Bạn có thể thêm ảnh, tệp đính kèm rồi gửi duyệt.")
        return redirect(article)
    return render_form(request, "news/article_form.html", form)


@require_http_methods(["GET", "HEAD", "POST"])
def article_edit(request, pk):
    """Edit the text. Whoever comes second is told who changed what, with all that was typed still in the form."""
    article = _article(request, pk)
    if not is_submitted(request):
        require(request.user, "news.change_article", article)
    form = bind(request, ArticleForm, instance=article, user=request.user, bloc_years=writable_bloc_years(request.user))
    context = {"article": article, "back": reverse("news:desk-article", args=[pk])}
    if not is_submitted(request) or not form.is_valid():
        return render_form(request, "news/article_form.html", form, context)
    try:
        if may(request.user, "news.submit_article", article) and not may(request.user, "news.change_article", article):
            # It was the writer's own until somebody sent it; a bare 403 would lose what was typed.
            raise StaleState(_describe_sent(article), subject=article)
        services.save_article(article=form.instance, by=request.user, version=form.cleaned_data["version"])
    except StaleState as conflict:
        return _show_conflict(request, form, conflict, context)
    messages.success(request, "Đã lưu bài.")
    return redirect(article)


def _describe_sent(article):
    return (
        f"Bài đang ở trạng thái “{article.get_state_display()}” nên chưa lưu được. "
        "Nội dung bạn vừa nhập vẫn còn nguyên bên dưới; hãy chép lại và gửi cho biên tập viên nếu cần."
    )


def _show_conflict(request, form, conflict, context):
    """409: the form with everything typed, now at the newest version, so that a second Lưu is a decision."""
    current = Article.objects.get(pk=form.instance.pk)
    form.data = form.data.copy()
    form.data["version"] = current.version
    form.add_error(None, conflict.message)
    context |= {"form": form, "formsets": (), "conflict": conflict.message}
    return render(request, "news/article_form.html", context, status=conflict.status)


@require_POST
def article_from_meeting(request, meeting_pk):
    """Write the first draft from a meeting's record."""
    years = visible_bloc_years(request.user)
    meeting = get_object_or_404(Meeting.objects.filter(bloc_year__in=years).for_table(), pk=meeting_pk)
    article = services.draft_article_from_meeting(meeting=meeting, by=request.user)
    messages.success(request, "Đã soạn bài từ biên bản hội nghị. Hãy đọc lại, thêm ảnh rồi gửi duyệt.")
    return redirect(article)


@require_POST
def article_submit(request, pk):
    article = _article(request, pk)
    services.submit_article(article=article, by=request.user)
    messages.success(request, "Đã gửi duyệt. Bài chờ biên tập viên.")
    return _to_desk(request, pk)


@require_http_methods(["GET", "HEAD", "POST"])
def article_correct(request, pk):
    """Send an article that was public before for review again, with a note of what is corrected."""
    article = _article(request, pk)
    require(request.user, "news.submit_article", article)
    form = bind(request, CorrectionForm)
    if is_submitted(request) and form.is_valid():
        services.submit_article(article=article, by=request.user, correction=form.cleaned_data["correction"])
        messages.success(request, "Đã gửi duyệt bài kèm nội dung đính chính.")
        return _to_desk(request, pk)
    return _ask(
        request,
        form,
        title="Gửi duyệt bài đã đính chính",
        question=f"Bài “{article.title}” đã từng đăng; độc giả cần biết điều gì đã sửa.",
        action_label="Gửi duyệt",
        article=article,
        tone="primary",
    )


@require_http_methods(["GET", "HEAD", "POST"])
def article_return(request, pk):
    article = _article(request, pk)
    require(request.user, "news.return_article", article)
    form = bind(request, ReasonForm, label="Lý do trả lại")
    if is_submitted(request) and form.is_valid():
        services.return_article(article=article, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, "Đã trả lại bài cho người viết.")
        return _to_desk(request, pk)
    return _ask(
        request,
        form,
        title="Trả lại bài",
        question=f"Trả lại bài “{article.title}” cho người viết?",
        action_label="Trả lại",
        article=article,
    )


@require_POST
def article_publish(request, pk):
    article = _article(request, pk)
    services.publish_article(article=article, by=request.user)
    messages.success(request, "Đã đăng bài lên trang công khai.")
    return _to_desk(request, pk)


@require_http_methods(["GET", "HEAD", "POST"])
def article_withdraw(request, pk):
    article = _article(request, pk)
    require(request.user, "news.withdraw_article", article)
    form = bind(request, ReasonForm, label="Lý do gỡ bài")
    if is_submitted(request) and form.is_valid():
        services.withdraw_article(article=article, by=request.user, reason=form.cleaned_data["reason"])
        messages.success(request, "Đã gỡ bài khỏi trang công khai.")
        return _to_desk(request, pk)
    return _ask(
        request,
        form,
        title="Gỡ bài",
        question=f"Gỡ bài “{article.title}” khỏi trang công khai?",
        consequences=["Địa chỉ của bài, ảnh và tệp đính kèm không mở được nữa cho tới khi bài được đăng lại."],
        action_label="Gỡ bài",
        article=article,
    )


@require_POST
def article_reopen(request, pk):
    article = _article(request, pk)
    services.reopen_article(article=article, by=request.user)
    messages.success(request, "Bài đã trở về trạng thái đang soạn.")
    return redirect(article)


@require_http_methods(["GET", "HEAD", "POST"])
def photo_create(request, pk):
    article = _changeable(request, pk)
    form = bind(request, PhotoForm)
    if is_submitted(request) and form.is_valid():
        services.add_photo(article=article, by=request.user, **form.cleaned_data)
        messages.success(request, "Đã thêm ảnh.")
        return redirect(article)
    return render_form(request, "news/photo_form.html", form, {"article": article, "title": "Thêm ảnh"})


@require_http_methods(["GET", "HEAD", "POST"])
def photo_edit(request, pk, photo_pk):
    article = _changeable(request, pk)
    photo = get_object_or_404(article.photos, pk=photo_pk)
    form = bind(request, PhotoWordsForm, instance=photo)
    if is_submitted(request) and form.is_valid():
        services.save_photo(photo=form.instance, by=request.user)
        messages.success(request, "Đã lưu chú thích ảnh.")
        return redirect(article)
    return render_form(
        request, "news/photo_form.html", form, {"article": article, "photo": photo, "title": "Sửa chú thích ảnh"}
    )


@require_http_methods(["GET", "HEAD", "POST"])
def photo_delete(request, pk, photo_pk):
    article = _changeable(request, pk)
    photo = get_object_or_404(article.photos, pk=photo_pk)
    if is_submitted(request):
        services.remove_photo(photo=photo, by=request.user)
        messages.success(request, "Đã bỏ ảnh.")
        return redirect(article)
    return _ask(
        request, None, title="Bỏ ảnh", question=f"Bỏ ảnh “{photo}” khỏi bài?", action_label="Bỏ ảnh", article=article
    )


@require_http_methods(["GET", "HEAD", "POST"])
def attachment_create(request, pk):
    article = _changeable(request, pk)
    form = bind(request, AttachmentForm)
    if is_submitted(request) and form.is_valid():
        services.add_attachment(article=article, by=request.user, **form.cleaned_data)
        messages.success(request, "Đã đính kèm tệp.")
        return redirect(article)
    return render_form(request, "news/photo_form.html", form, {"article": article, "title": "Đính kèm tệp PDF"})


@require_http_methods(["GET", "HEAD", "POST"])
def attachment_delete(request, pk, attachment_pk):
    article = _changeable(request, pk)
    attachment = get_object_or_404(article.attachments, pk=attachment_pk)
    if is_submitted(request):
        services.remove_attachment(attachment=attachment, by=request.user)
        messages.success(request, "Đã bỏ tệp đính kèm.")
        return redirect(article)
    question = f"Bỏ tệp “{attachment.title}” khỏi bài?"
    return _ask(request, None, title="Bỏ tệp đính kèm", question=question, action_label="Bỏ tệp", article=article)


def _article(request, pk):
    rows = (
        Article.objects.visible_to(request.user)
        .for_desk()
        .select_related("meeting__bloc_year__bloc", "meeting__bloc_year__year")
        .prefetch_related("photos")
    )
    return get_object_or_404(rows, pk=pk)


def _changeable(request, pk):
    article = _article(request, pk)
    require(request.user, "news.change_article", article)
    return article


def _events(article):
    return [
        {"at": event.at, "title": event.action[:1].upper() + event.action[1:], "by": event.actor_label, "text": _told(event)}
        for event in events_of(article)[:50]
    ]


def _told(event):
    """The note, or which parts of the text were changed."""
    if event.note or not event.before:
        return event.note
    names = {field.name: str(field.verbose_name) for field in Article._meta.fields if field.name != "state"}
    return ", ".join(names[key] for key in event.after if key in names)


def _to_desk(request, pk):
    """Back to the article where the user still sees it (an editor does not see what went back to the writer)."""
    if Article.objects.visible_to(request.user).filter(pk=pk).exists():
        return redirect("news:desk-article", pk)
    return redirect("news:desk")


def _ask(request, form, *, title, question, action_label, article, consequences=(), tone="danger"):
    context = {
        "title": title,
        "question": question,
        "action_label": action_label,
        "back": article.get_absolute_url(),
        "consequences": consequences,
        "tone": tone,
    }
    return render_form(request, "ui/confirm_page.html", form, context)
