"""What must hold everywhere: who may read without signing in, names, tables of states, formats, clean templates."""

import importlib
import re
from datetime import date
from decimal import Decimal
from enum import Enum

import pytest
from django import forms
from django.apps import apps
from django.conf import settings
from django.contrib.auth.models import AbstractUser
from django.urls import get_resolver
from django.urls.resolvers import URLResolver
from django.utils import formats

OURS = ("common", "accounts", "documents", "blocs", "meetings", "awards", "news", "portal")
TEMPLATES = settings.BASE_DIR / "templates"

# Every address that is answered without signing in; what it answers is another question (a draft's picture is 404).
PUBLIC = {
    "account_login",
    "account_logout",
    "awards:grants",
    "documents:issued-file",
    "documents:made-file",
    "documents:paper-file",
    "news:article",
    "news:article-print",
    "news:articles",
    "news:attachment",
    "news:category",
    "news:feed",
    "news:photo",
    "portal:bloc",
    "portal:bloc-list",
    "portal:bloc-year",
    "portal:healthz",
    "portal:home",
    "portal:proof",
    "portal:proof-find",
    "portal:robots",
    "portal:search",
    "portal:sitemap",
    "portal:unit",
}


def views(resolver=None, namespace=""):
    """(name, view) of every address."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from views(pattern, inner)
        else:
            yield f"{namespace}{pattern.name}", pattern.callback


def test_the_public_addresses_are_these():
    public = {name for name, view in views() if not getattr(view, "login_required", True)}
    assert public == PUBLIC


# Names


def models():
    return [model for app in OURS for model in apps.get_app_config(app).get_models() if not hasattr(model, "instance_type")]


def begins_lower(text):
    """Lower case at the beginning; a word all in capitals (SHA-256) is a name."""
    first = str(text).split()[0]
    return first[0].islower() or first.isupper() or not first[0].isalpha()


@pytest.mark.parametrize("model", models(), ids=lambda model: model._meta.label)
def test_names_of_models_and_fields_are_vietnamese_in_lower_case(model):
    names = [model._meta.verbose_name, model._meta.verbose_name_plural]
    # An English default is the field's own name with blanks.
    fields = [row for row in model._meta.fields if row.editable and not row.primary_key and row.name not in INHERITED]
    assert [row.name for row in fields if str(row.verbose_name) == row.name.replace("_", " ")] == []
    names += [row.verbose_name for row in fields]
    assert [str(name) for name in names if not begins_lower(name)] == []


# Columns of Django's own user, named by Django.
INHERITED = {field.name for field in AbstractUser._meta.fields}


# Tables of states


def tables(ending):
    """(app.NAME, table) of every table of states whose name ends so."""
    for app in OURS:
        try:
            module = importlib.import_module(f"{app}.enums")
        except ModuleNotFoundError:
            continue
        for name, value in vars(module).items():
            if name.endswith(ending) and isinstance(value, dict):
                yield pytest.param(value, id=f"{app}.{name}")


@pytest.mark.parametrize("table", [*tables("TRANSITIONS"), *tables("WAITING_FOR"), *tables("TONES")])
def test_a_table_of_states_names_every_state(table):
    states = type(next(iter(table)))
    assert issubclass(states, Enum)
    assert set(table) == set(states)


@pytest.mark.parametrize("table", list(tables("TRANSITIONS")))
def test_steps_lead_to_states_of_the_same_list(table):
    states = type(next(iter(table)))
    assert {type(target) for targets in table.values() for target in targets} <= {states}
    assert [state for state, targets in table.items() if state in targets] == []


@pytest.mark.parametrize("app", ["awards", "meetings", "news", "blocs"])
def test_nobody_is_waited_for_only_where_no_step_is_left(app):
    """Whoever holds a record can do something with it."""
    module = importlib.import_module(f"{app}.enums")
    for name, waiting in vars(module).items():
        if name.endswith("WAITING_FOR"):
            steps = getattr(module, name.replace("WAITING_FOR", "TRANSITIONS"))
            assert [state for state, holder in waiting.items() if holder and not steps[state]] == [], name


# Formats


def test_a_date_is_day_month_year():
    assert forms.DateField().clean("05/06/2021") == date(2021, 6, 5)
    assert formats.date_format(date(2021, 6, 5), "SHORT_DATE_FORMAT") == "05/06/2021"
    assert formats.localize_input(date(2021, 6, 5)) == "05/06/2021"


def test_a_number_has_dots_for_thousands_and_a_decimal_comma():
    assert forms.DecimalField(localize=True).clean("1.234.567,5") == Decimal("1234567.5")
    assert formats.number_format(Decimal("1234567.5"), force_grouping=True) == "1.234.567,5"


# Templates


def templates():
    return sorted(path for path in TEMPLATES.rglob("*") if path.suffix in (".html", ".txt", ".xml"))


def test_every_template_is_used():
    code = [path for app in (*OURS, "config") for path in (settings.BASE_DIR / app).rglob("*.py")]
    text = "\n".join(path.read_text(encoding="utf-8") for path in [*code, *templates()])
    # Found by name by Django, its admin and allauth, and components by their file name (`_render(context, "section", …)`).
    by_convention = re.compile(r"^(\d{3}\.html|admin/|account/|allauth/|registration/|errors/|bootstrap5/|import_export/)")
    unused = []
    for path in templates():
        name = path.relative_to(TEMPLATES).as_posix()
        is_component = name.startswith("ui/") and f'"{path.stem}"' in text
        is_letterhead = path.stem.startswith("_letterhead_")
        if not (name in text or by_convention.match(name) or is_component or is_letterhead):
            unused.append(name)
    assert unused == []


FORBIDDEN = {
    "inline script": re.compile(r"<script(?![^>]*\bsrc=)(?![^>]*type=.application/json)", re.IGNORECASE),
    "inline style": re.compile(r"<style\b|\sstyle\s*=", re.IGNORECASE),
    "inline handler": re.compile(r"\son[a-z]+\s*=\s*[\"']", re.IGNORECASE),
    "javascript address": re.compile(r"javascript:", re.IGNORECASE),
    "unescaped text": re.compile(r"\|\s*safe\b|{%\s*autoescape off"),
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_template_has_it(what):
    found = [path.name for path in templates() if FORBIDDEN[what].search(path.read_text(encoding="utf-8"))]
    assert found == []
