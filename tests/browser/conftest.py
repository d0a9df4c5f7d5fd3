"""A real browser: Debian's Chromium, Vietnamese, failing on whatever it writes to its console as an error.

Every test below this folder carries the marker `browser`. The fixtures `page`, `context` and `browser` come from
pytest-playwright, `live_server` from pytest-django.
"""

import os
import shutil
from pathlib import Path

import pytest
from django.conf import settings as django_settings
from django.test import Client

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


@pytest.fixture
def clean_page(page):
    """A page that fails the test if it logs an error, be it a script's or a breach of the content policy."""
    errors = []
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    yield page
    assert errors == []


@pytest.fixture
def log_in(context, live_server):
    """`log_in(user)`: the browser is signed in as this user, without passing through the form."""

    def sign_in(user):
        client = Client()
        client.force_login(user)
        name = django_settings.SESSION_COOKIE_NAME
        context.add_cookies([{"name": name, "value": client.cookies[name].value, "url": live_server.url}])

    return sign_in


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
