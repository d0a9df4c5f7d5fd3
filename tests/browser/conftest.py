"""A real browser: Debian's Chromium, Vietnamese, failing on whatever it writes to its console as an error.

Every test below this folder carries the marker `browser`. The fixtures `page`, `context` and `browser` come from
pytest-playwright, `live_server` from pytest-django.
"""

import os
import shutil
from pathlib import Path
from types import SimpleNamespace

import pytest
from django.conf import settings as django_settings
from django.test import Client

from accounts.models import User
from portal.demo.build import build_before_year_end, build_demo

# Playwright's synchronous interface keeps an event loop in this thread, which Django takes for asynchronous code.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "true")

HERE = Path(__file__).parent
WCAG = ("wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa")


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items):
    for item in items:
        if item.path.is_relative_to(HERE):
            item.add_marker("browser")


@pytest.fixture(scope="session")
def browser_type_launch_args(browser_type_launch_args):
    chromium = os.environ.get("CHROMIUM") or shutil.which("chromium")
    if not chromium:
        pytest.fail("chromium was not found; run 'scripts/setup test' or name it with CHROMIUM=")
    arguments = ["--disable-dev-shm-usage", "--disable-gpu"]
    if os.geteuid() == 0:
        arguments.append("--no-sandbox")
    return {**browser_type_launch_args, "executable_path": chromium, "args": arguments}


@pytest.fixture(scope="session")
def browser_context_args(browser_context_args):
    return {**browser_context_args, "locale": "vi-VN", "timezone_id": "Asia/Ho_Chi_Minh"}


def _is_error(message):
    """A form with faults comes back with 422, which the browser remarks on; that is an answer, not a fault of ours."""
    return message.type == "error" and "the server responded with a status of 422" not in message.text


def _collect_errors(page, errors):
    page.on("console", lambda message: errors.append(message.text) if _is_error(message) else None)
    page.on("pageerror", lambda error: errors.append(str(error)))


@pytest.fixture
def clean_page(page):
    """A page that fails the test if it logs an error, be it a script's or a breach of the content policy."""
    errors = []
    _collect_errors(page, errors)
    yield page
    assert errors == []


def _add_session(context, user, url):
    client = Client()
    client.force_login(user, "django.contrib.auth.backends.ModelBackend")
    name = django_settings.SESSION_COOKIE_NAME
    context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": url}])


@pytest.fixture
def log_in(context, live_server):
    """`log_in(user)`: the browser is signed in as this user, without passing through the form."""
    return lambda user: _add_session(context, user, live_server.url)


@pytest.fixture
def people(new_context, live_server):
    """`people(name)`: the page of one person at a computer of their own, signed in; of a reader when no name is given.

    Fails the test as `clean_page` does.
    """
    errors, pages = [], {}

    def at_own_computer(username="", *, signed_in=True):
        if username not in pages:
            context = new_context(base_url=live_server.url, viewport={"width": 1280, "height": 900})
            context.set_default_timeout(10_000)
            if username and signed_in:
                _add_session(context, User.objects.get(username=username), live_server.url)
            pages[username] = context.new_page()
            _collect_errors(pages[username], errors)
        return pages[username]

    yield at_own_computer
    assert errors == []


@pytest.fixture
def before_year_end(transactional_db):
    """The demo province before its meeting of 11/01/2022: `people`, `units` by name, `bloc_years` by year."""
    people, units, bloc_years = build_before_year_end()
    return SimpleNamespace(people=people, units=units, bloc_years=bloc_years)


@pytest.fixture
def demo_world(transactional_db):
    """The demo province at its living moment."""
    build_demo()


@pytest.fixture(scope="session")
def _axe_source():
    return (Path(django_settings.NODE_MODULES) / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


@pytest.fixture
def axe(_axe_source):
    """`axe(page)`: what axe-core finds against WCAG 2.2 AA, one line per fault; [] when there is none."""

    def faults(page, tags=WCAG):
        # evaluate() passes by the content policy, a script tag would not.
        page.evaluate(_axe_source)
        found = page.evaluate("tags => axe.run(document, {runOnly: {type: 'tag', values: tags}})", list(tags))
        return [
            f"{violation['id']}: {node['html'][:120]} ({violation['help']})"
            for violation in found["violations"]
            for node in violation["nodes"]
        ]

    return faults
