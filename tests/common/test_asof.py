"""`?ngay=`: the day a list is shown for."""

from datetime import date

import pytest
import time_machine
from django.template import RequestContext, Template
from django.test import RequestFactory

from common.asof import day_of, read_day

pytestmark = pytest.mark.usefixtures("_today")


@pytest.fixture
def _today():
    with time_machine.travel("2022-03-01 08:00+07:00", tick=False):
        yield


@pytest.mark.parametrize("text", ["31/12/2021", "2021-12-31", "31-12-2021", "31.12.2021"])
def test_a_day_is_read_as_people_write_it(text):
    assert read_day(text) == date(2021, 12, 31)


@pytest.mark.parametrize("text", ["", "31/02/2021", "hôm qua", "2021", "12/31/2021", "01/01/0001", "31/12/9999", "\x00"])
def test_what_is_no_day_is_none(text):
    assert read_day(text) is None


def render(source, query):
    request = RequestFactory().get("/khoi/", query)
    return Template("{% load ui %}" + source).render(RequestContext(request, {})), request


def test_without_a_question_the_page_shows_its_own_day():
    request = RequestFactory().get("/khoi/")
    assert day_of(request) == date(2022, 3, 1)
    assert day_of(request, default=date(2021, 12, 31)) == date(2021, 12, 31)
    assert not request.as_of.is_asked


def test_asking_for_the_pages_own_day_is_no_question():
    request = RequestFactory().get("/khoi/", {"ngay": "31/12/2021"})
    assert day_of(request, default=date(2021, 12, 31)) == date(2021, 12, 31)
    assert not request.as_of.is_asked


def test_the_bar_says_the_day_and_leads_back_keeping_the_rest():
    text, _ = render("{% asof_bar %}", {"ngay": "31/12/2021", "q": "hội", "trang": "2"})
    assert "Danh sách tại ngày 31/12/2021." in text
    assert 'href="?q=h%E1%BB%99i"' in text
    assert '<input type="hidden" name="q" value="hội">' in text
    assert 'name="trang"' not in text


def test_nonsense_shows_today_and_says_so():
    text, request = render("{% asof_bar %}", {"ngay": "<b>mai</b>"})
    assert request.as_of.day == date(2022, 3, 1)
    assert "“&lt;b&gt;mai&lt;/b&gt;” không phải là một ngày" in text
    assert "Đang xem ngày hôm nay." in text


def test_links_keep_the_day_that_was_asked_for():
    source = '{% asof_bar %}<a href="{% keep_day "/khoi/a/" %}"><a href="{% keep_day "/x/?a=1#b" %}">'
    text, _ = render(source, {"ngay": "2021-12-31"})
    assert 'href="/khoi/a/?ngay=31/12/2021"' in text
    assert 'href="/x/?a=1&amp;ngay=31/12/2021#b"' in text
    assert 'href="/khoi/a/"' in render(source, {})[0]
