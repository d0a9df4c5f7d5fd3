"""Nonsense put into every form of the project: never an error of ours, never lost, never saved.

The pages are those that the table of addresses knows; a new form is tested without being written down here.
"""

import re

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.test import Client
from django.utils.html import escape

from tests.factories.awards import small_pdf
from tests.form_fields import TYPED, own_form
from tests.test_url_matrix import EXPECTED, address
from tests.world import ROLES, make_world

pytestmark = [pytest.mark.slow, pytest.mark.django_db]

# Those who work first: they have the forms.
WHO_WORKS = ("secretary", "agency", "editor", "admin", "staff")
# allauth's own pages have their own tests.
NOT_OURS = {"account_login", "account_logout", "account_change_password"}
# A page that shows its form only when asked for it.
QUERIES = {"blocs:covenant-scan": "?tai-len=1"}
TOO_LONG = "Rất dài. " * 9000
NO_SUCH_ID = "2147483646"
NO_SUCH_DAY = "31/02/2022"


@pytest.fixture(scope="module")
def forms(django_db_setup, django_db_blocker):
    """(name, user, address, form) of every page that has a form of its own."""
    with django_db_blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
        try:
            yield list(_forms_of(make_world()))
        finally:
            transaction.set_rollback(True)
            outer.__exit__(None, None, None)


def _forms_of(world):
    for (method, name), statuses in EXPECTED.items():
        answers = dict(zip(ROLES, statuses, strict=True))
        role = next((role for role in WHO_WORKS if answers[role] == "200"), None)
        if method != "GET" or role is None or name in NOT_OURS:
            continue
        url = address(world, name, role) + QUERIES.get(name, "")
        response = _signed_in(world.users[role]).get(url)
        if response.streaming or not response.headers["Content-Type"].startswith("text/html"):
            response.close()
            continue
        form = own_form(response)
        if form is not None:
            yield name, world.users[role], url, form


def _signed_in(user, client=None):
    client = client or Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    return client


def _send(user, url, data):
    """The answer to this form, with everything undone."""
    with transaction.atomic():
        response = _signed_in(user).post(url, data)
        response.content  # noqa: B018  read before it is undone
        transaction.set_rollback(True)
    return response


def _one_row(fields):
    """One row of a list stands for all its rows."""
    return list({re.sub("[0-9]+", "0", field): field for field in fields}.values())


def test_the_table_leads_to_the_forms(forms):
    names = {name for name, *_ in forms}
    assert {"meetings:meeting-create", "awards:proposal-edit", "blocs:covenant-edit", "news:article-edit"} <= names
    assert len(names) >= 45


def test_an_empty_form_is_no_error(forms):
    answers = {name: _send(user, url, {}).status_code for name, user, url, _ in forms}
    assert {name: status for name, status in answers.items() if status not in (302, 409, 422)} == {}


def test_a_text_that_is_too_long_is_a_sentence_at_its_field_and_comes_back(forms):
    faults = {}
    for name, user, url, form in forms:
        # Not all at once: what a browser sends in one piece has its own limit.
        typed = _one_row(form.of_kind(*TYPED))
        for start in range(0, len(typed), 12):
            fields = tuple(typed[start : start + 12])
            response = _send(user, url, form.data | dict.fromkeys(fields, TOO_LONG))
            back = own_form(response) if response.status_code == 422 else None
            if back is None:
                faults[name, fields] = response.status_code
            elif silent := set(fields) - back.faulty:
                faults[name, fields] = f"no limit: {silent}"
            # What is secret never comes back.
            elif lost := [
                field
                for field in set(fields) - set(form.of_kind("password"))
                if back.data[field].strip() != TOO_LONG.strip()
            ]:
                faults[name, fields] = f"lost: {lost}"
    assert faults == {}


def test_what_is_no_date_is_a_sentence_at_its_field(forms):
    faults = {}
    for name, user, url, form in forms:
        for field in _one_row(form.of_kind("date")):
            response = _send(user, url, form.data | {field: NO_SUCH_DAY})
            back = own_form(response) if response.status_code == 422 else None
            if back is None or field not in back.faulty or back.data[field] != NO_SUCH_DAY:
                faults[name, field] = response.status_code
    assert faults == {}


def test_what_is_no_number_is_a_sentence_at_its_field(forms):
    faults = {}
    for name, user, url, form in forms:
        for field in _one_row(form.of_kind("number")):
            if field.endswith("_on") or field in form.of_kind("date"):
                continue
            for value in ("mười hai", "-1", "9" * 30):
                response = _send(user, url, form.data | {field: value})
                back = own_form(response) if response.status_code == 422 else None
                if back is None or back.data[field] != value:
                    faults[name, field, value] = response.status_code
    assert faults == {}


def _is_in_blank_row(form, field):
    """A row of a list into which nothing is typed is no row: what is chosen in it does not count."""
    row = re.match(r".+-[0-9]+-", field)
    if row is None:
        return False
    typed = [name for name in form.of_kind("text", "textarea", "number") if name.startswith(row[0])]
    return bool(typed) and not any(form.data[name] for name in typed)


def test_an_id_that_was_not_offered_is_refused(forms):
    faults = {}
    for name, user, url, form in forms:
        fields = [field for field in form.of_kind("select", "radio") if not _is_in_blank_row(form, field)]
        for field in _one_row(fields):
            status = _send(user, url, form.data | {field: NO_SUCH_ID}).status_code
            if status not in (409, 422):
                faults[name, field] = status
    assert faults == {}


def test_a_broken_hidden_field_is_no_error(forms):
    """Versions, row ids and numbers of rows, as a forged or an old page sends them."""
    faults = {}
    for name, user, url, form in forms:
        for field in _one_row(form.of_kind("hidden")):
            for value in ("x", "-1", "9" * 30, NO_SUCH_ID):
                status = _send(user, url, form.data | {field: value}).status_code
                # The first step of opening a year answers with its preview.
                if status not in (302, 403, 404, 409, 422) and (name, status) != ("blocs:new-year", 200):
                    faults[name, field, value] = status
    assert faults == {}


def _files_of(forms):
    return [(name, user, url, form, field) for name, user, url, form in forms for field in form.of_kind("file")]


def test_there_are_uploads_in_these_forms(forms):
    assert {name for name, *_ in _files_of(forms)} >= {
        "awards:decision-create",
        "awards:decision-edit",
        "blocs:covenant-scan",
        "blocs:paper-create",
        "blocs:paper-edit",
        "news:photo-create",
        "news:attachment-create",
    }


@pytest.mark.parametrize(
    ("file", "body"),
    [("quyet-dinh.pdf", b"GIF89a no paper"), ("anh.jpg", b"%PDF-1.4 no picture"), ("trang.html", b"<script></script>")],
)
def test_a_file_that_lies_about_its_type_is_refused(forms, file, body):
    faults = {}
    for name, user, url, form, field in _files_of(forms):
        response = _send(user, url, form.data | {field: SimpleUploadedFile(file, body)})
        if response.status_code != 422 or escape(f"“{file}”") not in response.content.decode():
            faults[name] = response.status_code
    assert faults == {}


def test_a_file_over_its_limit_is_refused(forms, settings):
    settings.UPLOAD_LIMIT_PAPER = settings.UPLOAD_LIMIT_PICTURE = settings.UPLOAD_LIMIT_SHEET = 100
    faults = {}
    for name, user, url, form, field in _files_of(forms):
        response = _send(user, url, form.data | {field: small_pdf("lon.pdf")})
        if response.status_code != 422 or "vượt giới hạn" not in response.content.decode():
            faults[name] = response.status_code
    assert faults == {}


def test_every_form_stands_as_typed_when_the_session_ended(forms):
    faults = {}
    for name, user, url, form in forms:
        fields = form.of_kind("text", "textarea")
        if not fields:
            continue
        typed = dict.fromkeys(fields, "Chữ gõ dở 25%")
        files = {field: small_pdf() for field in form.of_kind("file")}
        if fault := _after_session_end(user, url, form.data | typed | files, typed, bool(files)):
            faults[name] = fault
    assert faults == {}


def _after_session_end(user, url, data, typed, with_files):
    """What is wrong with the page after signing in again; None when all is well."""
    with transaction.atomic():
        client = _signed_in(user)
        client.get(url)
        del client.cookies["sessionid"]
        refused = client.post(url, data)
        back = _signed_in(user, client).get(url)
        transaction.set_rollback(True)
    form, text = own_form(back), back.content.decode()
    if (refused.status_code, back.status_code) != (302, 200) or form is None:
        return refused.status_code, back.status_code
    if "Phiên làm việc trước đã hết" not in text:
        return "not told"
    if with_files and "xin chọn lại tệp" not in text:
        return "not told about the file"
    return {name: form.data.get(name) for name in typed if form.data.get(name) != typed[name]} or None
