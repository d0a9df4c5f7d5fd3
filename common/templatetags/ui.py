"""The components of every page (docs/components.md shows each with an example; /ui/ shows them all in development).

A component is a Python signature: a misspelt argument or an unknown tone is an error, never a silent
blank.
"""

import re

from django import template
from django.forms.utils import ErrorDict
from django.urls import NoReverseMatch, reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.http import urlencode
from django.utils.safestring import mark_safe

from common.asof import day_of
from common.forms import PickInput, form_helper
from common.templatetags.vi import dung_luong

register = template.Library()

TONES = ("neutral", "waiting", "ok", "warn", "bad", "done")
NOTICE_TONES = ("info", "ok", "warn", "bad")
BUTTON_TONES = ("primary", "secondary", "quiet", "danger")
STEP_STATES = ("done", "current", "todo", "skipped")
_NOTICE_ICONS = {"info": "info-circle", "ok": "check-circle", "warn": "exclamation-triangle", "bad": "x-octagon"}
_BADGE_ICONS = {
    "neutral": "circle",
    "waiting": "hourglass-split",
    "ok": "check-lg",
    "warn": "exclamation-lg",
    "bad": "x-lg",
    "done": "award",
}
_FILE_ICONS = {
    "pdf": "file-earmark-pdf",
    "docx": "file-earmark-word",
    "xlsx": "file-earmark-excel",
    "zip": "file-earmark-zip",
    "jpg": "file-earmark-image",
    "png": "file-earmark-image",
}
# The row and cell tags of a table's body; Django escapes ">" in attribute values, so the first one ends the tag.
_CELL = re.compile(r"<(tr|td|th)\b([^>]*)>", re.IGNORECASE)


def _one_of(value, allowed, what):
    if value not in allowed:
        raise template.TemplateSyntaxError(f"{what} must be one of {', '.join(allowed)}, not {value!r}.")
    return value


def _render(context, name, values):
    """Render a component's file with its own names only, plus what forms and links need from the page."""
    page = {key: context[key] for key in ("request", "csrf_token") if key in context}
    return context.template.engine.get_template(f"ui/{name}.html").render(context.new({**page, **values}))


def _trim(content):
    """Rendered content without the blanks around it, so that a template can ask whether there is any."""
    return mark_safe(content.strip())


def _number(context):
    """1, 2, 3 … within a page: for ids that no other part of the page may have."""
    page = context.get("request", context.render_context)
    number = getattr(page, "ui_number", 0) + 1
    page.ui_number = number
    return number


def _path(context):
    request = context.get("request")
    return request.path if request is not None else ""


def _query(context, **changes):
    """The page's query string with some arguments changed; None takes one out."""
    request = context.get("request")
    query = request.GET.copy() if request is not None else {}
    for key, value in changes.items():
        query.pop(key, None)
        if value is not None:
            query[key] = value
    encoded = query.urlencode() if hasattr(query, "urlencode") else urlencode(query)
    return f"?{encoded}" if encoded else "?"


# Small pieces


@register.simple_tag
def icon(name):
    """A decorative sign of Bootstrap Icons; never the only bearer of a meaning."""
    return format_html('<i class="bi bi-{}" aria-hidden="true"></i>', name)


@register.inclusion_tag("ui/badge.html")
def badge(label, tone="neutral"):
    """The coloured label of a state, in plain Vietnamese; the tone also has a sign, for those who see no colours."""
    return {"label": label, "tone": _one_of(tone, TONES, "tone"), "icon": _BADGE_ICONS[tone]}


@register.inclusion_tag("ui/progress.html")
def progress(done, total, label, tone="ok"):
    """“Đã ký 9/15”: a bar with its figures. A total of zero shows the figures alone."""
    return {"done": done, "total": total, "label": label, "tone": _one_of(tone, TONES, "tone")}


@register.inclusion_tag("ui/file_link.html")
def file_link(url, label, kind="", size=None, note=""):
    """A link to a file with its kind and size in bytes (the kind is read from the address when not given)."""
    kind = (kind or str(url).split("?")[0].rsplit(".", 1)[-1]).lower()
    known = kind in _FILE_ICONS
    return {
        "url": url,
        "label": label,
        "kind": kind.upper() if known else "",
        "icon": _FILE_ICONS.get(kind, "file-earmark-text"),
        "size": dung_luong(size) if size else "",
        "note": note,
    }


@register.inclusion_tag("ui/link_button.html")
def link_button(label, url, icon="", tone="secondary", size=""):
    """A link that looks like a button: Thêm mới, Nhập Excel, Xuất Excel, In. `size="sm"` in tables."""
    return {
        "label": label,
        "url": url,
        "icon": icon,
        "tone": _one_of(tone, BUTTON_TONES, "tone"),
        "size": _one_of(size, ("", "sm"), "size"),
    }


@register.inclusion_tag("ui/action_button.html", takes_context=True)
def action_button(context, label, url, missing=(), tone="primary", icon="", name="", value="", size="", confirm="", note=""):
    """A button that acts (POST). With `missing` it cannot be pressed and says what is missing.

    `confirm` asks once more in the browser where scripts run; use the confirm page for what cannot be undone.
    """
    missing = [missing] if isinstance(missing, str) else list(missing or ())
    return {
        "csrf_token": context.get("csrf_token"),
        "label": label,
        "url": url,
        "missing": missing,
        "tone": _one_of(tone, BUTTON_TONES, "tone"),
        "icon": icon,
        "name": name,
        "value": value,
        "size": _one_of(size, ("", "sm"), "size"),
        "confirm": confirm,
        "note": note,
        "number": _number(context),
    }


@register.inclusion_tag("ui/empty_state.html")
def empty_state(title, hint="", action_label="", action_url="", icon="inbox"):
    """What stands where a list would be: says that there is nothing yet and what to do about it."""
    return {"title": title, "hint": hint, "action_label": action_label, "action_url": action_url, "icon": icon}


@register.inclusion_tag("ui/notice.html")
def notice(text, tone="info", title="", role=""):
    """One sentence the reader must not miss. `role="alert"` only for what has just happened."""
    return _notice(text, tone, title, role)


@register.simple_block_tag(takes_context=True)
def notice_block(context, content, tone="info", title="", role=""):
    """The same around content: lists, links, several sentences."""
    return _render(context, "notice", {**_notice(content, tone, title, role), "is_block": True})


def _notice(text, tone, title, role):
    tone = _one_of(tone, NOTICE_TONES, "tone")
    return {"text": text, "tone": tone, "title": title, "role": role, "icon": _NOTICE_ICONS[tone]}


@register.inclusion_tag("ui/messages.html", takes_context=True)
def page_messages(context):
    """What the last act left to say: role=alert for warnings and errors, role=status for the rest."""
    tones = {"error": "bad", "warning": "warn", "success": "ok"}
    rows = []
    for message in context.get("messages") or ():
        tone = tones.get(message.level_tag, "info")
        role = "alert" if tone in ("bad", "warn") else "status"
        rows.append({"text": str(message), "tone": tone, "icon": _NOTICE_ICONS[tone], "role": role})
    return {"rows": rows}


# Parts of a page


@register.simple_block_tag(takes_context=True)
def page_header(context, content, title, eyebrow="", lead="", badge_label="", badge_tone="neutral"):
    """The page's only h1, with its actions (the content) on the right."""
    return _render(
        context,
        "page_header",
        {
            "title": title,
            "eyebrow": eyebrow,
            "lead": lead,
            "badge_label": badge_label,
            "badge_tone": badge_tone,
            "content": _trim(content),
        },
    )


@register.simple_block_tag(takes_context=True)
def section(context, content, title, id="", note=""):
    """A part of a page under an h2."""
    return _render(context, "section", {"title": title, "id": id, "note": note, "content": content})


@register.simple_block_tag(takes_context=True)
def card(context, content, title="", url="", icon="", footer="", tone="plain"):
    """A box with a title. `tone="accent"` has the red edge, `tone="quiet"` the grey ground."""
    return _render(
        context,
        "card",
        {
            "title": title,
            "url": url,
            "icon": icon,
            "footer": footer,
            "tone": _one_of(tone, ("plain", "accent", "quiet"), "tone"),
            "content": content,
        },
    )


@register.inclusion_tag("ui/breadcrumbs.html")
def breadcrumbs(*parts):
    """`{% breadcrumbs "Khối thi đua" url_a "Khối số 1" url_b "Năm 2021" %}`: label, address, …, a last label."""
    if len(parts) % 2 == 0:
        raise template.TemplateSyntaxError("breadcrumbs takes label, address, label, address, …, and a last label.")
    return {"links": list(zip(parts[0:-1:2], parts[1::2], strict=True)), "here": parts[-1]}


@register.simple_block_tag(takes_context=True)
def tabs(context, content, label="Các phần"):
    """A row of `{% tab %}` links."""
    return _render(context, "tabs", {"label": label, "content": content})


@register.inclusion_tag("ui/tab.html", takes_context=True)
def tab(context, label, url, count=None, active=None, below=False):
    """One link of `{% tabs %}`; active when it leads to this very page (with `below` or to one under it), unless told."""
    is_here = _is_here(context, url) if active is None else active
    if below and url:
        is_here = is_here or _path(context).startswith(str(url))
    return {"label": label, "url": url, "count": count, "active": is_here}


def _is_here(context, url):
    url = str(url)
    if "?" not in url:
        return url == _path(context)
    request = context.get("request")
    return request is not None and url in (request.get_full_path(), f"?{request.GET.urlencode()}")


@register.inclusion_tag("ui/menu_item.html", takes_context=True)
def menu_item(context, label, url, icon="dot", count=0, active=None):
    """One line of the menu on the left; marked when the page lies at or below its address, unless told."""
    here = _path(context)
    is_here = here == url or (url.count("/") > 2 and here.startswith(url)) if active is None else active
    return {"label": label, "url": url, "icon": icon, "count": count, "active": is_here}


@register.inclusion_tag("ui/choice_menu.html")
def choice_menu(label, items, caption="", icon=""):
    """A small menu that opens without scripts (unit, year): items have `label`, `url` and `active`."""
    return {"label": label, "items": items, "caption": caption, "icon": icon}


@register.simple_block_tag(takes_context=True)
def stats(context, content, label="Số liệu chính"):
    """A row of `{% stat %}` tiles."""
    return _render(context, "stats", {"content": content, "label": label})


@register.inclusion_tag("ui/stat.html")
def stat(value, label, url="", tone="neutral", note="", icon=""):
    """A figure and what it counts; leads to the list it was counted from."""
    return {
        "value": value,
        "label": label,
        "url": url,
        "tone": _one_of(tone, TONES, "tone"),
        "note": note,
        "icon": icon,
    }


@register.simple_block_tag(takes_context=True)
def facts(context, content, label=""):
    """A list of `{% fact %}`: names on the left, values on the right."""
    return _render(context, "facts", {"content": content, "label": label})


@register.inclusion_tag("ui/fact.html")
def fact(label, value="", empty="Chưa có", url="", note=""):
    """One line of `{% facts %}`; an empty value says so."""
    return {"label": label, "value": value, "empty": empty, "url": url, "note": note}


@register.simple_block_tag(takes_context=True)
def fact_block(context, content, label):
    """The same with content of its own (badges, links, several lines)."""
    return _render(context, "fact", {"label": label, "value": content})


@register.inclusion_tag("ui/stepper.html")
def stepper(steps, label="Các bước"):
    """The stages of a bloc-year or dossier: each has `label`, `state` (see STEP_STATES), `note`, `url`."""
    rows = [
        {
            "label": _get(step, "label"),
            "state": _one_of(_get(step, "state") or "todo", STEP_STATES, "state"),
            "note": _get(step, "note"),
            "url": _get(step, "url"),
        }
        for step in steps
    ]
    return {"steps": rows, "label": label}


@register.inclusion_tag("ui/timeline.html")
def timeline(items, empty="Chưa có bước xử lý nào."):
    """What happened, newest or oldest first as given: items have `at`, `title`, `text`, `by`, `tone`, `url`."""
    rows = [
        {
            "at": _get(item, "at"),
            "title": _get(item, "title"),
            "text": _get(item, "text"),
            "by": _get(item, "by"),
            "url": _get(item, "url"),
            "tone": _one_of(_get(item, "tone") or "neutral", TONES, "tone"),
        }
        for item in items
    ]
    return {"items": rows, "empty": empty}


def _get(thing, name):
    """A dict's key or an object's attribute; None when it has neither."""
    value = thing.get(name) if isinstance(thing, dict) else getattr(thing, name, None)
    return value() if callable(value) else value


# Lists


@register.simple_block_tag(takes_context=True)
def table(context, content, caption, columns, stack=True, caption_hidden=False, foot=""):
    """A list. `columns` is "STT|Tên đơn vị|Điểm#|Trạng thái|Thao tác"; the content is the rows of the body.

    A column ending in "#" is numeric, the first other one names the row; "Tên@ten" is sorted by `?sap_xep=ten` (and
    `-ten`). On a phone each row becomes a small card that names its columns; with `stack=False` (matrices of figures)
    the table scrolls in its own region.
    """
    heads = [_head(context, column) for column in columns.split("|")]
    names = [head for head in heads if head["kind"] == "text"]
    if names:
        names[0]["kind"] = "name"
    return _render(
        context,
        "table",
        {
            "caption": caption,
            "caption_hidden": caption_hidden,
            "heads": heads,
            "body": _label_cells(content, heads),
            "stack": stack,
            "foot": foot,
            "number": _number(context),
        },
    )


def _head(context, column):
    column, _, key = column.strip().partition("@")
    if key.endswith("#"):
        key, column = key[:-1], column + "#"
    label = column.removesuffix("#").strip()
    kind = "text"
    if column.endswith("#"):
        kind = "number"
    elif label == "STT":
        kind = "order"
    elif label == "Thao tác":
        kind = "actions"
    head = {"label": label, "kind": kind, "sort_url": "", "sorted": ""}
    if key:
        request = context.get("request")
        now = request.GET.get("sap_xep", "") if request is not None else ""
        head["sorted"] = {key: "ascending", f"-{key}": "descending"}.get(now, "")
        head["sort_url"] = _query(context, sap_xep=f"-{key}" if now == key else key, trang=None)
    return head


def _label_cells(body, heads):
    """Give every cell the title and kind of its column, so that style sheets can stack and align it."""
    column = 0

    def label(match):
        nonlocal column
        tag, attributes = match.group(1), match.group(2)
        if tag.lower() == "tr":
            column = 0
            return match.group(0)
        if "colspan" in attributes.lower() or column >= len(heads):
            return match.group(0)
        head = heads[column]
        column += 1
        attributes += format_html(' data-kind="{}" data-label="{}"', head["kind"], head["label"])
        return f"<{tag}{attributes}>"

    return mark_safe(_CELL.sub(label, body))


@register.inclusion_tag("ui/pager.html", takes_context=True)
def pager(context, page, what="dòng"):
    """Under a list of several pages: `?trang=`, every other argument of the address kept; nothing for one page."""
    numbers = []
    if page.paginator.num_pages > 1:
        for number in page.paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1):
            is_gap = number == page.paginator.ELLIPSIS
            numbers.append({"number": number, "url": "" if is_gap else _query(context, trang=number), "gap": is_gap})
    return {
        "page": page,
        "what": what,
        "numbers": numbers,
        "previous": _query(context, trang=page.number - 1) if page.has_previous() else "",
        "next": _query(context, trang=page.number + 1) if page.has_next() else "",
    }


@register.simple_block_tag(takes_context=True)
def filter_bar(context, content, form=None, count=None, what="kết quả", submit="Lọc", target=""):
    """What a list is filtered by, sent by GET so that the list has an address. `target="#id"` lets htmx refresh it."""
    request = context.get("request")
    return _render(
        context,
        "filter_bar",
        {
            "fields": [_styled(field) for field in form] if form is not None else [],
            "content": _trim(content),
            "count": count,
            "what": what,
            "submit": submit,
            "target": target,
            "path": _path(context),
            "is_filtered": bool(request is not None and any(request.GET.values())),
            "sort": request.GET.get("sap_xep", "") if request is not None else "",
        },
    )


@register.inclusion_tag("ui/asof_bar.html", takes_context=True)
def asof_bar(context, label="Xem tại ngày", what="Danh sách"):
    """The day a list is shown for (`common.asof.day_of` in the view): a field to change it, a notice, the way back."""
    request = context["request"]
    if not hasattr(request, "as_of"):
        day_of(request)
    asof = request.as_of
    kept = [(name, value) for name, values in request.GET.lists() for value in values if name not in ("ngay", "trang")]
    return {
        "asof": asof,
        "label": label,
        "what": what,
        "kept": kept,
        "path": request.path,
        "back": _query(context, ngay=None, trang=None),
        "back_label": "Về ngày hôm nay" if asof.default == timezone.localdate() else "Về ngày của năm",
        "field_id": f"ngay-{_number(context)}",
    }


@register.simple_tag(takes_context=True)
def keep_day(context, url):
    """The address with the day the page is shown for, where one was asked for; so that its links stay on that day."""
    asof = getattr(context.get("request"), "as_of", None)
    if asof is None or not asof.is_asked:
        return url
    path, hash_sign, part = str(url).partition("#")
    return f"{path}{'&' if '?' in path else '?'}ngay={asof.day:%d/%m/%Y}{hash_sign}{part}"


# Forms


def _styled(field, show_errors=True):
    """A bound field with its widget in our classes, and what stands around it."""
    kind = getattr(field.field.widget, "input_type", "")
    if kind == "checkbox" and hasattr(field.field.widget, "check_test"):
        css, shape = "form-check-input", "check"
    elif kind in ("radio", "checkbox"):
        css, shape = "form-check-input", "choices"
    elif kind == "select":
        css, shape = "form-select", "field"
    else:
        css, shape = "form-control", "field"
    errors = list(field.errors) if show_errors and field.form.is_bound else []
    attrs = {"class": f"{field.field.widget.attrs.get('class', '')} {css}{' is-invalid' if errors else ''}".strip()}
    described = [f"{field.auto_id}_helptext"] if field.help_text else []
    described += [f"{field.auto_id}_error"] if errors else []
    attrs["aria-describedby"] = " ".join(described) or None
    attrs["aria-invalid"] = "true" if errors else None
    widget = field.as_widget(attrs={key: value for key, value in attrs.items() if value is not None})
    if shape == "choices":
        # Django gives the box around the choices the class that is meant for each of them.
        widget = mark_safe(re.sub(r'^(\s*<div[^>]*?) class="[^"]*"', r"\1", widget, count=1))
    if not described:
        # Django names an element that a suppressed fault does not have.
        widget = mark_safe(re.sub(r' aria-(?:describedby|invalid)="[^"]*"', "", widget))
    return {
        "field": field,
        "widget": widget,
        "shape": shape,
        "errors": errors,
        "hidden": field.is_hidden,
        "required": field.field.required,
        "wide": getattr(field.field.widget, "template_name", "").endswith("textarea.html"),
    }


@register.inclusion_tag("ui/field.html", takes_context=True)
def field(context, bound_field):
    """One field outside a crispy layout, in the same look."""
    return _styled(bound_field, not context.get("is_adding_row"))


@register.inclusion_tag("ui/error_summary.html", takes_context=True)
def error_summary(context, form, formsets=()):
    """All faults of a form in one box at its top, each leading to its field; nothing when there is none."""
    return {"faults": [] if context.get("is_adding_row") else _faults(form, formsets)}


def _faults(form, formsets=()):
    faults = []
    if form is not None and form.is_bound:
        faults += _faults_of_form(form)
    for formset in formsets or ():
        if not formset.is_bound:
            continue
        # A page of several lists says in which of them the row stands.
        name = getattr(formset, "title", "")
        faults += [{"label": name, "text": text, "id": ""} for text in formset.non_form_errors()]
        for number, row in enumerate(formset.forms, 1):
            faults += [{**fault, "row": number, "list": name} for fault in _faults_of_form(row)]
    return faults


def _faults_of_form(form):
    faults = [{"label": "", "text": text, "id": ""} for text in form.non_field_errors()]
    for bound in form:
        faults += [{"label": bound.label, "text": text, "id": bound.id_for_label or bound.auto_id} for text in bound.errors]
    return faults


@register.simple_block_tag(takes_context=True)
def form_page(
    context,
    content,
    form,
    submit="Lưu",
    back="",
    formsets=(),
    save_and_add=False,
    action="",
    multipart=None,
    narrow=False,
    back_label="Quay lại",
):
    """A whole form: faults on top, fields by their crispy helper, the content (formset rows), then the buttons.

    Takes `is_kept`, `lost_files` and `is_adding_row` from the page (common.views.render_form sets the first two). “Lưu
    và thêm” is sent as `luu_va_them`. `submit=""` leaves the buttons out, for a helper that brings its own.
    """
    if not hasattr(form, "helper"):
        form.helper = form_helper()
    is_adding_row = bool(context.get("is_adding_row"))
    if is_adding_row:
        # Nothing has been sent to be judged yet; crispy marks a field as faulty wherever its form knows a fault.
        form._errors = ErrorDict()
    parts = [form, *formsets]
    return _render(
        context,
        "form_page",
        {
            "form": form,
            "content": content,
            "faults": [] if is_adding_row else _faults(form, formsets),
            "summary_shown": True,
            "submit": submit,
            "back": back,
            "back_label": back_label,
            "save_and_add": save_and_add,
            "action": action,
            "multipart": any(part.is_multipart() for part in parts) if multipart is None else multipart,
            "narrow": narrow,
            "has_required": any(bound.field.required for bound in form) or bool(formsets),
            "is_kept": context.get("is_kept"),
            "lost_files": context.get("lost_files"),
        },
    )


@register.inclusion_tag("ui/formset_rows.html", takes_context=True)
def formset_rows(context, formset, title, add_label="Thêm dòng", hint="", layout="line", numbered=True):
    """The rows of a formset. `layout="line"`: one line per row; `layout="box"`: a box per row, for many fields.

    “Thêm dòng” is sent as `them_dong=<prefix>` where scripts do not run (common.formsets.add_row answers it); with
    scripts the row appears at once. A row is taken out by its “Xóa dòng” box.
    """
    show = not context.get("is_adding_row")
    return {
        "formset": formset,
        "title": title,
        "add_label": add_label,
        "hint": hint,
        "layout": _one_of(layout, ("line", "box"), "layout"),
        "numbered": numbered,
        "rows": [_row(form, formset, show) for form in formset.forms],
        "empty_row": _row(formset.empty_form, formset, False),
        "non_form_errors": list(formset.non_form_errors()) if show and formset.is_bound else [],
    }


def _row(form, formset, show_errors):
    fields = [_styled(bound, show_errors) for bound in form if bound.name != "DELETE"]
    delete = form["DELETE"] if "DELETE" in form.fields else None
    return {
        "form": form,
        "hidden": [item for item in fields if item["hidden"]],
        "fields": [item for item in fields if not item["hidden"]],
        "delete": delete,
        "is_deleted": bool(delete is not None and form.is_bound and delete.value()),
        "errors": list(form.non_field_errors()) if show_errors and form.is_bound else [],
    }


@register.inclusion_tag("ui/field.html", takes_context=True)
def unit_picker(context, bound_field, options=(), suggestions=(), suggest_url=""):
    """A text field shown as a PickInput (common.forms); a `blocs.fields.UnitPickField` needs no tag."""
    item = _styled(bound_field, not context.get("is_adding_row"))
    attrs = {"class": "form-control" + (" is-invalid" if item["errors"] else "")}
    widget = PickInput(options=options, suggestions=suggestions, suggest_url=suggest_url)
    return {**item, "widget": bound_field.as_widget(widget, attrs=attrs)}


@register.simple_block_tag(takes_context=True)
def confirm_box(context, content, title, action_label, back, tone="danger", url="", consequences=(), form=None):
    """“Bạn có chắc …?” as a page part: what will happen, a reason if a form is given, two buttons."""
    # A page without a form hands over the blank of a missing variable.
    form = form or None
    return _render(
        context,
        "confirm_box",
        {
            "title": title,
            "action_label": action_label,
            "back": back,
            "tone": _one_of(tone, ("danger", "primary"), "tone"),
            "url": url,
            "consequences": consequences,
            "fields": [_styled(bound) for bound in form] if form is not None else [],
            "faults": _faults(form),
            "is_kept": context.get("is_kept"),
            "lost_files": context.get("lost_files"),
            "content": _trim(content),
        },
    )


@register.simple_tag
def url_or_blank(name, *args):
    """The address of a view, or nothing while no app has it; for menus that outlive single apps."""
    try:
        return reverse(name, args=args)
    except NoReverseMatch:
        return ""
