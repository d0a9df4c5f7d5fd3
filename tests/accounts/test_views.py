"""Signing in, the first password, one's own account."""

import pytest
from django.conf import settings
from django.urls import reverse

from accounts.models import User

PASSWORD = "mot-mat-khau-rat-dai-2026"


@pytest.fixture
def officer(db):
    user = User(username="thuky", full_name="Nguyễn Thị Phương Hạnh", must_change_password=False)
    user.set_password(PASSWORD)
    user.save()
    return user


def sign_in(client, password=PASSWORD, following="/tai-khoan/"):
    return client.post("/dang-nhap/", {"login": "thuky", "password": password, "next": following})


def test_sign_in_leads_to_the_page_one_wanted(client, officer):
    response = sign_in(client)
    assert (response.status_code, response.url) == (302, "/tai-khoan/")
    assert client.session["_auth_user_id"] == str(officer.pk)


def test_wrong_password_is_a_sentence_in_vietnamese_and_422(client, officer):
    response = sign_in(client, password="sai")
    assert response.status_code == 422
    assert "Tên đăng nhập hoặc mật khẩu không đúng." in response.text
    assert "_auth_user_id" not in client.session


def test_unknown_name_gets_the_same_answer_as_a_wrong_password(client, officer):
    wrong = sign_in(client, password="sai").context["form"].errors
    unknown = client.post("/dang-nhap/", {"login": "khong-co", "password": "sai"}).context["form"].errors
    assert wrong == unknown


def test_five_wrong_passwords_lock_the_account_for_a_while(client, officer):
    for _ in range(5):
        sign_in(client, password="sai")
    response = sign_in(client)
    assert response.status_code == 422
    assert "Đã nhập sai quá nhiều lần." in response.text


def test_inactive_account_cannot_sign_in(client, officer):
    officer.is_active = False
    officer.save()
    assert sign_in(client).status_code == 422


def test_empty_sign_in_names_both_fields(client, db):
    response = client.post("/dang-nhap/", {"login": "", "password": ""})
    assert response.status_code == 422
    assert response.context["form"].errors == {
        "login": ["Hãy nhập tên đăng nhập."],
        "password": ["Hãy nhập mật khẩu."],
    }


def test_sign_in_does_not_lead_to_another_site(client, officer, settings):
    settings.LOGIN_REDIRECT_URL = "/tai-khoan/"
    assert sign_in(client, following="https://example.com/").url == "/tai-khoan/"


def test_demo_accounts_are_shown_in_the_demo_only(client, db, settings):
    assert "Tài khoản trình diễn" not in client.get("/dang-nhap/").text
    settings.DEMO = True
    page = client.get("/dang-nhap/").text
    assert all(name in page for name in ("thuky", "phokhoi", "donvi", "hoidong", "uyvien", "bientap", "quantri"))


def test_sign_in_page_bears_the_name_of_the_site(client, db):
    assert f"<title>Đăng nhập – {settings.SITE_NAME}</title>" in client.get("/dang-nhap/").text


def test_signing_out_takes_a_button(client, officer, settings):
    settings.ACCOUNT_LOGOUT_REDIRECT_URL = "/dang-nhap/"
    client.force_login(officer)
    assert "Bạn muốn kết thúc phiên làm việc?" in client.get("/dang-xuat/").text
    assert "_auth_user_id" in client.session
    client.post("/dang-xuat/")
    assert "_auth_user_id" not in client.session


def change(client, first, second, old=PASSWORD):
    return client.post("/tai-khoan/mat-khau/", {"oldpassword": old, "password1": first, "password2": second})


def test_changing_the_password_ends_the_order_to_change_it(client, officer):
    officer.must_change_password = True
    officer.save()
    client.force_login(officer)
    assert client.get("/tai-khoan/").url == "/tai-khoan/mat-khau/"

    response = change(client, "mot-mat-khau-moi-hon-2027", "mot-mat-khau-moi-hon-2027")

    assert (response.status_code, response.url) == (302, "/tai-khoan/")
    officer.refresh_from_db()
    assert officer.must_change_password is False
    assert officer.check_password("mot-mat-khau-moi-hon-2027")
    assert client.get("/tai-khoan/").status_code == 200


@pytest.mark.parametrize(
    ("first", "second", "old", "field", "fault"),
    [
        ("mot-mat-khau-moi-2027", "khac", PASSWORD, "password2", "Hai lần nhập mật khẩu mới không giống nhau."),
        ("ngan", "ngan", PASSWORD, "password1", "Mật khẩu quá ngắn; phải có ít nhất 14 ký tự."),
        (PASSWORD, PASSWORD, PASSWORD, "password1", "Mật khẩu mới phải khác mật khẩu hiện tại."),
        ("mot-mat-khau-moi-2027", "mot-mat-khau-moi-2027", "sai", "oldpassword", "Mật khẩu hiện tại không đúng."),
    ],
)
def test_password_is_not_changed_with_a_fault(client, officer, first, second, old, field, fault):
    client.force_login(officer)
    response = change(client, first, second, old)
    assert response.status_code == 422
    assert response.context["form"].errors[field] == [fault]
    officer.refresh_from_db()
    assert officer.check_password(PASSWORD)


def test_account_without_a_password_is_told_so(client, officer):
    officer.set_unusable_password()
    officer.save()
    client.force_login(officer)
    assert client.get("/tai-khoan/mat-khau/").status_code == 403


def test_own_account_shows_its_data(client, officer):
    client.force_login(officer)
    assert "Nguyễn Thị Phương Hạnh" in client.get("/tai-khoan/").text


@pytest.mark.parametrize("path", ["/tai-khoan/", "/tai-khoan/mat-khau/"])
def test_account_pages_ask_for_signing_in(client, db, path):
    response = client.get(path)
    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


@pytest.mark.parametrize("name", ["account_signup", "account_reset_password", "account_email", "account_reauthenticate"])
def test_unused_features_of_allauth_have_no_address(name):
    with pytest.raises(Exception, match="not a valid view function or pattern name"):
        reverse(name)


def test_admin_has_no_door_of_its_own(client, officer):
    client.logout()
    assert client.get("/quan-tri/login/").url.startswith("/dang-nhap/?next=")
    client.force_login(officer)
    assert client.get("/quan-tri/login/").status_code == 403


def test_administrator_opens_the_register_of_accounts(client, officer):
    officer.is_superuser = officer.is_staff = True
    officer.save()
    client.force_login(officer)
    for path in ("", "add/", f"{officer.pk}/change/", f"{officer.pk}/history/"):
        assert client.get(f"/quan-tri/accounts/user/{path}").status_code == 200
