"""/ui/ shows every component; it exists in development only."""

import re
from pathlib import Path

from django.conf import settings
from django.http import HttpResponse
from django.test import RequestFactory

from common.templatetags import ui
from portal.gallery import gallery, gallery_suggest


def test_gallery_shows_every_component():
    source = Path(settings.BASE_DIR, "templates/portal/ui_gallery.html").read_text(encoding="utf-8")
    shown = set(re.findall(r"{% (\w+)", source))
    # These are used by the base page, or are what others are made of.
    elsewhere = {"icon", "page_messages", "menu_item", "field", "error_summary", "url_or_blank"}
    assert set(ui.register.tags) - elsewhere <= shown


def test_gallery_renders(db):
    response = gallery(RequestFactory().get("/ui/"))
    assert response.status_code == 200
    assert "Văn phòng Đoàn đại biểu Quốc hội" in response.text


def test_gallery_form_comes_back_with_its_faults(db):
    data = {"title": "", "items-TOTAL_FORMS": "1", "items-INITIAL_FORMS": "0", "items-0-content": ""}
    response = gallery(RequestFactory().post("/ui/", data))
    assert response.status_code == 422
    assert "Hãy nhập tên cuộc họp." in response.text


def test_gallery_suggests_without_marks():
    response = gallery_suggest(RequestFactory().get("/ui/goi-y/?q=phu nu"))
    assert b"H\\u1ed9i Li\\u00ean hi\\u1ec7p Ph\\u1ee5 n\\u1eef" in response.content
    assert isinstance(response, HttpResponse)


def test_gallery_has_no_address_outside_development(client, db):
    assert client.get("/ui/").status_code == 404
