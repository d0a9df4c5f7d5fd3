"""Guessing passwords past the lock, and what stays behind in a browser or in another session."""

import pytest
from django.test import Client
from zeal import zeal_ignore

from accounts.models import User
from common.middleware import address_of
from config.settings import base

PASSWORD = "mot-mat-khau-rat-dai-2026"
WRONG = 5


@pytest.fixture
def officer(db):
    user = User(username="thuky", full_name="Nguyễn Thị Phương Hạnh", must_change_password=False)
    user.set_password(PASSWORD)
    user.save()
    return user


def sign_in(client, password=PASSWORD, login="thuky", **headers):
    return client.post("/dang-nhap/", {"login": login, "password": password, "next": "/tai-khoan/"}, **headers)


def is_locked(response):
    return "Đã nhập sai quá nhiều lần." in response.text


def test_a_made_up_port_in_the_host_begins_no_new_count(client, officer):
    for number in range(WRONG):
        sign_in(client, "sai", HTTP_HOST=f"testserver:{8000 + number}")
    assert is_locked(sign_in(client))


def test_another_way_of_writing_the_name_begins_no_new_count(client, officer):
    for name in ("thuky", "THUKY", " thuky ", "ThuKy", "thukY"):
        sign_in(client, "sai", login=name)
    assert is_locked(sign_in(client))


def test_a_forged_address_begins_no_new_count(client, officer):
    for number in range(WRONG):
        sign_in(client, "sai", HTTP_X_FORWARDED_FOR=f"10.0.0.{number}")
    assert is_locked(sign_in(client))


def test_guesses_at_other_names_do_not_push_the_count_out_of_the_cache():
    # Of a cache that is full, Django throws a third away; its own limit is 300 rows.
    assert base.CACHES["default"]["OPTIONS"]["MAX_ENTRIES"] >= 100_000


@pytest.mark.parametrize(
    ("proxies", "header", "expected"),
    [
        (0, "203.0.113.7", "127.0.0.1"),
        (1, "203.0.113.7", "203.0.113.7"),
        # What the visitor wrote stands before what the proxy added.
        (1, "198.51.100.1, 203.0.113.7", "203.0.113.7"),
        (2, "198.51.100.1, 203.0.113.7, 192.0.2.1", "203.0.113.7"),
        (2, "203.0.113.7", "127.0.0.1"),
        (1, "", "127.0.0.1"),
        (1, "<script>", None),
    ],
)
def test_the_log_takes_the_address_that_the_trusted_proxy_gives(rf, settings, proxies, header, expected):
    settings.ALLAUTH_TRUSTED_PROXY_COUNT = proxies
    assert address_of(rf.get("/", HTTP_X_FORWARDED_FOR=header)) == expected


@pytest.mark.parametrize(
    "following",
    [
        "https://example.com/",
        "//example.com/",
        "/\\example.com",
        "https:example.com",
        "javascript:alert(1)",
        "\t//example.com",
        "http:///example.com",
    ],
)
def test_signing_in_never_leads_away_from_the_site(client, officer, following):
    response = client.post("/dang-nhap/", {"login": "thuky", "password": PASSWORD, "next": following})
    assert (response.status_code, response.url) == (302, "/lam-viec/")


def test_the_session_key_changes_when_one_signs_in(client, officer):
    client.get("/dang-nhap/")
    session = client.session
    session["fixed"] = True
    session.save()
    before = session.session_key
    client.cookies["sessionid"] = before
    sign_in(client)
    assert client.session.session_key != before


def test_a_new_password_ends_the_other_sessions(client, officer):
    elsewhere = Client()
    sign_in(client)
    sign_in(elsewhere)
    new = "mot-mat-khau-moi-rat-dai-2027"
    client.post("/tai-khoan/mat-khau/", {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert client.get("/tai-khoan/").status_code == 200
    # Django reads a session twice before it throws it away.
    with zeal_ignore([{"model": "sessions.Session", "field": "get()"}]):
        assert elsewhere.get("/tai-khoan/").status_code == 302


def test_a_closed_account_is_out_at_its_next_click(client, officer):
    sign_in(client)
    User.objects.update(is_active=False)
    assert client.get("/tai-khoan/").status_code == 302


@pytest.mark.parametrize("path", ["/tai-khoan/", "/lam-viec/", "/", "/khong-co/", "/lam-viec/danh-muc/", "/quan-tri/"])
def test_no_browser_keeps_what_a_signed_in_person_saw(client, officer, path):
    sign_in(client)
    assert "no-store" in client.get(path).headers["Cache-Control"]


def test_a_public_page_may_be_kept_by_a_reader_without_account(client, db):
    assert "no-store" not in client.get("/").headers.get("Cache-Control", "")
