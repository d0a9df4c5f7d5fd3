import logging
import subprocess
import sys
from pathlib import Path

import pytest
from django.conf import settings as django_settings

from common.errors import DomainError
from documents.engine import fonts, render
from documents.engine.render import RenderingError, render_pdf
from tests.documents import sample_form
from tests.documents.reading import text_of

PAGE = '<!DOCTYPE html><html lang="vi"><head><title>Thử</title>{}</head><body><p>Khối thi đua</p>{}</body></html>'


@pytest.mark.parametrize(
    ("head", "body"),
    [
        ("", '<img alt="" src="file:///etc/passwd">'),
        ("", '<img alt="" src="http://example.com/a.png">'),
        ("", '<img alt="" src="https://example.com/a.png">'),
        ("", '<img alt="" src="data:image/png;base64,AAAA">'),
        ("", '<img alt="" src="../manage.py">'),
        ("", '<img alt="" src="img/..%2f..%2fmanage.py">'),
        ("", '<img alt="" src="https://static.invalid/khong-co.png">'),
        ("", '<img alt="" src="https://static.invalid/css/paper.txt">'),
        ('<link rel="stylesheet" href="file:///etc/passwd">', ""),
        ('<link rel="stylesheet" href="http://example.com/a.css">', ""),
        ("<style>@import url(http://example.com/a.css);</style>", ""),
        ("<style>@font-face{font-family:X;src:url(file:///etc/passwd)}p{font-family:X}</style>", ""),
        ('<base href="file:///etc/">', '<img alt="" src="passwd">'),
    ],
)
def test_nothing_but_static_files_is_read(head, body):
    with pytest.raises(RenderingError) as refusal:
        render_pdf(PAGE.format(head, body))
    assert isinstance(refusal.value, DomainError)
    assert "không được phép" in refusal.value.message


@pytest.mark.parametrize(
    "name", ["../manage.py", "css/../../manage.py", "/etc/passwd", "..%2fmanage.py", "css/paper.css\0.png", "css"]
)
def test_the_fetcher_finds_no_file_outside_static(name):
    from weasyprint.urls import FatalURLFetchingError

    from documents.engine.fetcher import BASE, StaticOnlyFetcher

    with pytest.raises(FatalURLFetchingError):
        StaticOnlyFetcher().fetch(BASE + name)


def test_a_complaint_of_weasyprint_fails_the_tests_and_is_logged_in_use(settings, caplog):
    odd = PAGE.format("<style>p{colour:red}</style>", "")
    with pytest.raises(AssertionError, match="colour"):
        render_pdf(odd, name="to-trinh")
    settings.PAPER_WARNINGS_ARE_ERRORS = False
    with caplog.at_level(logging.ERROR, "documents.engine.render"):
        assert render_pdf(odd, name="to-trinh").startswith(b"%PDF-1.7")
    assert [record.getMessage()[:9] for record in caplog.records if record.name == render.__name__] == ["to-trinh:"]


def test_a_letter_that_the_font_lacks_is_a_complaint():
    with pytest.raises(AssertionError, match="notdef"):
        render_pdf(PAGE.format("", "<p>☑</p>"))


def test_a_paper_without_end_is_refused_in_words():
    with pytest.raises(RenderingError) as refusal:
        render_pdf(PAGE.format("", "<p>Khối</p>" * 400_000))
    assert refusal.value.message.startswith("Văn bản quá dài")


def test_a_paper_nested_without_end_is_refused_in_words():
    with pytest.raises(RenderingError) as refusal:
        render_pdf(PAGE.format("", '<div class="letterhead">' * 400 + "</div>" * 400))
    assert "lồng quá nhiều cấp" in refusal.value.message


def test_the_font_configuration_knows_our_font_alone(settings, tmp_path, monkeypatch):
    monkeypatch.setenv("FONTCONFIG_FILE", "")
    settings.DATA_DIR = tmp_path
    fonts.use_own_fonts()
    import os

    text = Path(os.environ["FONTCONFIG_FILE"]).read_text(encoding="utf-8")
    assert text.count("<dir>") == 4
    assert text.count("tinos") >= 4
    assert f"<cachedir>{tmp_path}/fontconfig/cache</cachedir>" in text


def test_without_a_folder_to_write_the_fonts_still_work(settings, tmp_path, monkeypatch):
    monkeypatch.setenv("FONTCONFIG_FILE", "")
    (tmp_path / "tep").write_text("")
    settings.DATA_DIR = tmp_path / "tep"
    fonts.use_own_fonts()


@pytest.mark.slow
def test_processes_started_together_print_the_same_bytes(tmp_path):
    code = (
        "import os, sys, hashlib, django; from django.conf import settings\n"
        f"settings.TEMPLATES[0]['DIRS'].append({str(Path(sample_form.__file__).parent / 'templates')!r})\n"
        "django.setup()\n"
        "from tests.documents.sample_form import SampleLetter\n"
        "print(hashlib.sha256(SampleLetter().pdf(number='5')).hexdigest())"
    )
    env = {"PATH": "/usr/bin:/bin", "DJANGO_SETTINGS_MODULE": "config.settings.test", "DATA_DIR": str(tmp_path)}
    root = django_settings.BASE_DIR
    runs = [
        subprocess.Popen([sys.executable, "-c", code], cwd=root, env=env, stdout=subprocess.PIPE, text=True)
        for _ in range(3)
    ]
    answers = [run.communicate(timeout=120)[0].strip() for run in runs]
    assert [run.returncode for run in runs] == [0, 0, 0]
    assert len(answers[0]) == 64
    assert answers == [answers[0]] * 3


def test_a_static_file_is_found_by_its_name_alone():
    assert fonts.find_static("css/paper.css").name == "paper.css"
    assert fonts.find_static("khong-co.css") is None


def test_text_is_read_back_letter_for_letter():
    assert text_of(render_pdf(PAGE.format("", ""))).strip() == "Khối thi đua"
