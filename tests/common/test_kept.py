"""A session that ends in the middle of a form: what was typed stands there again after signing in."""

import pytest
from django import forms
from django.contrib.sessions.models import Session
from django.http import HttpResponse
from django.urls import get_resolver, path

from common.kept import SECRET_NAME, form_data
from tests.factories.blocs import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.urls(__name__)]


def form_page(request):
    data = form_data(request)
    kept = "-" if data is None else data.get("noi_dung")
    return HttpResponse(f"{request.method} {kept} {request.kept_form_lost_files}")


def login_page(request):
    return HttpResponse("đăng nhập")


login_page.login_required = False
urlpatterns = [
    path("bien-ban/", form_page),
    path("khac/", form_page),
    path("dang-nhap/", login_page, name="account_login"),
    path("doi-mat-khau/", form_page, name="account_change_password"),
    path("dang-xuat/", form_page, name="account_logout"),
]


@pytest.fixture
def user(client):
    user = UserFactory()
    client.force_login(user)
    client.get("/khac/")
    return user


def end_session(client):
    del client.cookies["sessionid"]


def test_typed_text_comes_back_once_after_signing_in(client, user):
    end_session(client)
    assert client.post("/bien-ban/", {"noi_dung": "Đồng chí kết luận"}).status_code == 302
    client.force_login(user)
    assert client.get("/bien-ban/").content.decode() == "GET Đồng chí kết luận False"
    assert client.get("/bien-ban/").content.decode() == "GET - False"


def test_it_comes_back_only_at_its_own_address(client, user):
    end_session(client)
    client.post("/bien-ban/", {"noi_dung": "Đồng chí kết luận"})
    client.force_login(user)
    assert client.get("/khac/").content.decode() == "GET - False"
    assert client.get("/bien-ban/").content.decode() == "GET Đồng chí kết luận False"


def test_a_file_cannot_be_kept_and_the_page_knows(client, user, tmp_path):
    end_session(client)
    scan = tmp_path / "quyet-dinh.pdf"
    scan.write_bytes(b"%PDF-")
    with scan.open("rb") as file:
        client.post("/bien-ban/", {"noi_dung": "a", "tep": file})
    client.force_login(user)
    assert client.get("/bien-ban/").content.decode() == "GET a True"


def test_the_next_person_at_the_computer_does_not_see_it(client, user):
    end_session(client)
    client.post("/bien-ban/", {"noi_dung": "Đồng chí kết luận"})
    client.force_login(UserFactory())
    assert client.get("/bien-ban/").content.decode() == "GET - False"


def test_a_stranger_who_never_signed_in_leaves_nothing_behind(client, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert client.post("/bien-ban/", {"noi_dung": "rác"}).status_code == 302


def test_a_password_is_never_kept(client, user):
    end_session(client)
    typed = {"noi_dung": "Đã đọc", "password": "bi-mat-1", "passphrase": "bi-mat-2", "ky-3-old_Password": "bi-mat-3"}
    client.post("/bien-ban/", typed)
    kept = [row.get_decoded()["kept_form"] for row in Session.objects.all() if "kept_form" in row.get_decoded()]
    assert len(kept) == 1
    assert "bi-mat" not in str(kept)
    client.force_login(user)
    assert client.get("/bien-ban/").content.decode() == "GET Đã đọc False"


def _form_classes(parent=forms.BaseForm):
    for child in parent.__subclasses__():
        yield child
        yield from _form_classes(child)


@pytest.mark.urls("config.urls")
def test_every_field_that_takes_a_secret_bears_a_name_that_is_not_kept():
    # Loads every module with a form.
    assert get_resolver().url_patterns
    ours = ("accounts", "awards", "blocs", "common", "documents", "meetings", "news", "portal")
    found = {
        (row.__name__, name)
        for row in _form_classes()
        if row.__module__.startswith(ours)
        for name, field in getattr(row, "base_fields", {}).items()
        if isinstance(field.widget, forms.PasswordInput) and not SECRET_NAME.search(name)
    }
    assert found == set()
