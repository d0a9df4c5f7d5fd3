"""The process that draws papers: what goes wrong there ends in a sentence, and the next paper is made."""

import logging
import os
import subprocess
import sys
import threading
import time

import pytest

from documents.engine import process
from documents.engine.render import RenderingError, in_background, render_pdf
from tests.documents.reading import reader, text_of

PAGE = '<!DOCTYPE html><html lang="vi"><head><title>Thử</title>{}</head><body><div class="text">{}</div></body></html>'
LETTER = PAGE.format("", "<p>Khối thi đua các cơ quan Đảng tỉnh Phú Thọ</p>")
ROW = "<tr><td>{}</td><td>Ủy ban Mặt trận Tổ quốc tỉnh</td><td>Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh</td></tr>"


def table(rows):
    return PAGE.format("", '<table class="data">' + "".join(ROW.format(number) for number in range(rows)) + "</table>")


@pytest.fixture(autouse=True)
def drawer(settings, monkeypatch):
    settings.PAPER_IN_PROCESS = False
    own = process.Drawer()
    monkeypatch.setattr(process, "drawer", own)
    yield own
    own.close()


def test_the_process_makes_the_same_bytes_as_our_own(settings):
    beside = render_pdf(LETTER)
    settings.PAPER_IN_PROCESS = True
    assert render_pdf(LETTER) == beside
    assert "Khối thi đua các cơ quan Đảng tỉnh Phú Thọ" in text_of(beside)


def test_the_process_stays_warm(drawer):
    render_pdf(LETTER)
    first = drawer._process.pid
    render_pdf(LETTER)
    assert drawer._process.pid == first


@pytest.mark.slow
def test_a_web_process_does_not_load_weasyprint():
    code = (
        "import django, sys; django.setup(); from django.conf import settings; settings.PAPER_IN_PROCESS = False\n"
        "from documents.engine.render import render_pdf\n"
        f"assert render_pdf({LETTER!r}).startswith(b'%PDF')\n"
        "print([name for name in ('weasyprint', 'pydyf', 'tinyhtml5') if name in sys.modules])"
    )
    env = {**os.environ, "DJANGO_SETTINGS_MODULE": "config.settings.test"}
    answer = subprocess.run([sys.executable, "-c", code], env=env, capture_output=True, text=True, timeout=60, check=True)
    assert answer.stdout.strip() == "[]"
    # Its own process ended with it, without a word.
    assert answer.stderr == ""


@pytest.mark.slow
def test_the_process_knows_no_secret(drawer, monkeypatch):
    monkeypatch.setenv("SECRET_KEY", "khong-ai-duoc-biet")
    monkeypatch.setenv("DATABASE_URL", "sqlite:///khong-ai-duoc-biet")
    render_pdf(LETTER)
    with open(f"/proc/{drawer._process.pid}/environ", encoding="utf-8") as stream:
        assert "khong-ai-duoc-biet" not in stream.read()


def test_a_paper_that_takes_too_long_is_stopped_and_the_next_one_is_made(settings, caplog):
    render_pdf(LETTER)
    settings.PAPER_SECONDS = 1
    started = time.monotonic()
    with caplog.at_level(logging.ERROR), pytest.raises(RenderingError) as refusal:
        render_pdf(table(4000), name="danh sách")
    assert time.monotonic() - started < 15
    assert refusal.value.message == (
        "Văn bản quá dài nên không tạo xong tệp PDF trong 1 giây; hãy rút gọn nội dung hoặc tách bớt phụ lục."
    )
    assert "danh sách: not drawn within 1 seconds" in caplog.messages
    settings.PAPER_SECONDS = 20
    assert "Khối thi đua" in text_of(render_pdf(LETTER))


@pytest.mark.slow
def test_work_in_the_background_has_a_limit_of_its_own(settings):
    settings.PAPER_SECONDS, settings.PAPER_BACKGROUND_SECONDS = 0.01, 30
    with pytest.raises(RenderingError):
        render_pdf(LETTER)
    with in_background():
        assert render_pdf(LETTER).startswith(b"%PDF")
        settings.PAPER_BACKGROUND_SECONDS = 0.01
        with pytest.raises(RenderingError):
            render_pdf(table(500))


@pytest.mark.slow
def test_a_paper_that_takes_too_much_memory_is_stopped_and_the_next_one_is_made(settings, drawer):
    # At rest it takes 260 MB of addresses; the table below would take 600.
    settings.PAPER_MEMORY_MB = 400
    render_pdf(LETTER)
    with in_background(), pytest.raises(RenderingError) as refusal:
        render_pdf(table(9000))
    assert refusal.value.message.startswith(("Văn bản quá dài, cần nhiều bộ nhớ", "Chương trình tạo tệp PDF dừng"))
    assert "Khối thi đua" in text_of(render_pdf(LETTER))


def test_a_killed_process_is_replaced(drawer):
    render_pdf(LETTER)
    drawer._process.kill()
    drawer._process.wait()
    assert "Khối thi đua" in text_of(render_pdf(LETTER))


@pytest.mark.slow
def test_a_process_that_dies_at_work_is_told_of_and_replaced(drawer, caplog):
    render_pdf(LETTER)
    threading.Timer(0.3, drawer._process.kill).start()
    with caplog.at_level(logging.ERROR), pytest.raises(RenderingError) as refusal:
        render_pdf(table(3000))
    assert refusal.value.message.startswith("Chương trình tạo tệp PDF dừng giữa chừng")
    assert "the process that draws papers ended with -9" in caplog.messages
    assert "Khối thi đua" in text_of(render_pdf(LETTER))


def test_a_process_that_cannot_be_started_is_told_of(drawer, monkeypatch, caplog):
    monkeypatch.setattr(process.sys, "executable", "/khong/co/python")
    with caplog.at_level(logging.ERROR), pytest.raises(RenderingError):
        render_pdf(LETTER)
    assert "cannot be started" in caplog.text
    monkeypatch.undo()


@pytest.mark.slow
def test_a_process_grown_large_is_replaced(drawer, monkeypatch):
    # The child reads its own copy of the limit, so the answer is changed on the way.
    real = process._receive
    monkeypatch.setattr(process, "_receive", lambda pipe: ({**(answer := real(pipe))[0], "is_last": True}, answer[1]))
    assert render_pdf(LETTER).startswith(b"%PDF")
    assert drawer._process is None
    assert render_pdf(LETTER).startswith(b"%PDF")


@pytest.mark.slow
def test_threads_wait_for_one_another_and_each_gets_its_own_paper():
    texts = {}

    def make(number):
        texts[number] = text_of(render_pdf(PAGE.format("", f"<p>Văn bản thứ {number}</p>" * 20)))

    threads = [threading.Thread(target=make, args=[number]) for number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sorted(texts) == list(range(8))
    assert [text.count(f"Văn bản thứ {number}") for number, text in sorted(texts.items())] == [20] * 8


def test_who_waits_too_long_for_others_is_told(settings, drawer):
    settings.PAPER_SECONDS = 0.05
    with drawer._lock, pytest.raises(RenderingError) as refusal:
        render_pdf(LETTER)
    assert refusal.value.message == "Đang có nhiều văn bản chờ tạo; xin thử lại sau ít phút."


@pytest.mark.slow
def test_a_forked_process_starts_a_child_of_its_own(drawer):
    """gunicorn with `--preload` forks after the site is loaded."""
    render_pdf(LETTER)
    parents = drawer._process.pid
    code = os.fork()
    if code == 0:
        drawer.forget()
        good = render_pdf(LETTER).startswith(b"%PDF") and drawer._process.pid != parents
        drawer.close()
        os._exit(0 if good else 1)
    assert os.waitstatus_to_exitcode(os.waitpid(code, 0)[1]) == 0
    assert render_pdf(LETTER).startswith(b"%PDF")
    assert drawer._process.pid == parents


@pytest.mark.slow
def test_a_refused_address_and_a_complaint_come_back_as_from_our_own_process(settings, caplog):
    with pytest.raises(RenderingError) as refusal:
        render_pdf(PAGE.format("", '<img alt="" src="file:///etc/passwd">'))
    assert "không được phép" in refusal.value.message
    with pytest.raises(RenderingError) as refusal:
        render_pdf(PAGE.format("", "<div class=letterhead>" * 400))
    assert "lồng quá nhiều cấp" in refusal.value.message
    with pytest.raises(AssertionError, match="notdef"):
        render_pdf(PAGE.format("", "<p>☑</p>"))
    settings.PAPER_WARNINGS_ARE_ERRORS = False
    with caplog.at_level(logging.ERROR):
        assert render_pdf(PAGE.format("", "<p>☑</p>")).startswith(b"%PDF")
    assert "notdef" in caplog.text


@pytest.mark.slow
def test_the_way_to_the_process_and_back_costs_milliseconds(settings):
    spent = {True: [], False: []}
    for _ in range(15):
        for inside in spent:
            settings.PAPER_IN_PROCESS = inside
            started = time.perf_counter()
            render_pdf(LETTER)
            spent[inside].append(time.perf_counter() - started)
    # The best of each: on a busy machine the others tell of its other work.
    assert min(spent[False]) - min(spent[True]) < 0.02


@pytest.mark.slow
def test_a_paper_of_two_hundred_pages_is_made():
    with in_background():
        pages = reader(render_pdf(table(7100))).pages
    assert len(pages) >= 200
