"""Every address of the project, asked as every role: who gets in, who is sent to sign in, who is refused.

A new address without a row fails. `after` is the secretariat after its hand-over and asks about its own bloc-year; all
others ask about one that is worked on. A row of POST is an act with what it needs; nothing of it is kept.
"""

import pytest
from django.contrib import admin
from django.db import transaction
from django.test import Client
from django.urls import get_resolver, reverse
from django.urls.resolvers import URLResolver

from tests.matrix_rows import ADMIN_ROWS, ARGUMENTS, FORMS, MOVED_ON, ROWS
from tests.world import ROLES, make_world

# The mark gives each row a savepoint of its own inside the transaction in which the world was made.
pytestmark = [pytest.mark.slow, pytest.mark.django_db]


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    """Made once for all rows; every request is undone after its answer."""
    with django_db_blocker.unblock():
        outer = transaction.atomic()
        outer.__enter__()
        try:
            yield make_world()
        finally:
            transaction.set_rollback(True)
            outer.__exit__(None, None, None)


@pytest.fixture(scope="module")
def clients(world):
    """Signed in once per role."""
    made = {"reader": Client()}
    for role, user in world.users.items():
        made[role] = Client()
        made[role].force_login(user, "django.contrib.auth.backends.ModelBackend")
    return made


def table(text):
    """Rows `method name statuses …` of a readable table; blank lines and `#` lines are for the reader."""
    rows = {}
    for line in filter(None, (line.split("#")[0].strip() for line in text.splitlines())):
        method, name, *statuses = line.split()
        assert (method, name) not in rows, f"{method} {name} stands twice"
        rows[method, name] = statuses
    return rows


EXPECTED = table(ROWS)
EXPECTED_ADMIN = table(ADMIN_ROWS)


def named_urls(resolver=None, namespace=""):
    """The name of every address, `app:name`."""
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{namespace}{pattern.namespace}:" if pattern.namespace else namespace
            yield from named_urls(pattern, inner)
        else:
            yield f"{namespace}{pattern.name}"


def url_name(name):
    """A row's name without its variant: `awards:proposal@draft` is `awards:proposal`."""
    return name.split("@")[0]


def address(world, name, role):
    make = ARGUMENTS.get(name) or ARGUMENTS.get(url_name(name))
    return reverse(url_name(name), kwargs=make(world, world.side_of(role)) if make else {})


def ask(world, clients, method, name, role):
    """The status, with everything the request did undone."""
    url = address(world, name, role)
    data = FORMS[name](world, world.side_of(role)) if name in FORMS else {}
    with transaction.atomic():
        response = clients[role].generic("GET", url) if method == "GET" else clients[role].post(url, data)
        if response.streaming:
            b"".join(response.streaming_content)
        response.close()
        transaction.set_rollback(True)
    return str(response.status_code)


@pytest.mark.parametrize(("method", "name"), EXPECTED, ids=" ".join)
def test_each_role_gets_the_answer_of_the_table(world, clients, method, name):
    answers = [ask(world, clients, method, name, role) for role in ROLES]
    assert dict(zip(ROLES, answers, strict=True)) == dict(zip(ROLES, EXPECTED[method, name], strict=True))


def test_every_address_has_a_row():
    named = {name for name in named_urls() if not name.startswith("admin:")}
    rows = {url_name(name) for _, name in EXPECTED}
    assert named - rows == set()
    assert rows - named == set()


def test_every_address_that_only_acts_has_a_row_of_its_act():
    acts = {url_name(name) for (method, name), statuses in EXPECTED.items() if method == "GET" and "405" in statuses}
    assert acts - {url_name(name) for method, name in EXPECTED if method == "POST"} == set()


@pytest.mark.parametrize("name", [name for method, name in EXPECTED if method == "GET"])
def test_who_may_not_see_a_form_may_not_send_it(world, clients, name):
    """422: who had the form open when the record moved on keeps what was typed, and is told; nothing is saved."""
    answers = {
        role: (status, ask(world, clients, "POST", name, role))
        for role, status in zip(ROLES, EXPECTED["GET", name], strict=True)
        if status in ("302", "403", "404") and ("POST", name) not in EXPECTED
    }
    allowed = {"405", "422"} if name in MOVED_ON else {"405"}
    assert {role: pair for role, pair in answers.items() if pair[1] not in allowed | {pair[0]}} == {}


# The administration: one row per model; everybody but the administrator is sent away from all of it.


def admin_urls():
    return [name for name in named_urls() if name.startswith("admin:") and not name.endswith(":None")]


def models_of_admin():
    return {f"{model._meta.app_label}.{model._meta.model_name}" for model in admin.site._registry}


def test_every_model_of_the_admin_has_a_row():
    assert {name for _, name in EXPECTED_ADMIN if "." in name} == models_of_admin()


@pytest.mark.parametrize("name", [name for _, name in EXPECTED_ADMIN])
def test_the_admin_shows_the_administrator_what_the_table_says(world, clients, name):
    expected = EXPECTED_ADMIN["ADMIN", name]
    if "." not in name:
        assert str(clients["admin"].get(reverse(f"admin:{name}")).status_code) == expected[0]
        return
    app, model = name.split(".")
    pk = next(iter(admin_model(name)._default_manager.values_list("pk", flat=True)), 1)
    answers = [
        str(clients["admin"].get(reverse(f"admin:{app}_{model}_{act}", args=args)).status_code)
        for act, args in (("changelist", ()), ("add", ()), ("change", (pk,)), ("delete", (pk,)), ("history", (pk,)))
    ]
    assert answers == expected


def admin_model(name):
    return next(model for model in admin.site._registry if model._meta.label_lower == name)


@pytest.mark.parametrize("role", [role for role in ROLES if role != "admin"])
def test_nobody_else_enters_the_admin(world, clients, role):
    for name in admin_urls():
        if name in ("admin:login", "admin:jsi18n"):
            continue
        arguments = ["blocs"] if name == "admin:app_list" else [1] * _count_of_arguments(name)
        with transaction.atomic():
            response = clients[role].get(reverse(name, args=arguments or None))
            transaction.set_rollback(True)
        assert (name, response.status_code) == (name, 302)


def _count_of_arguments(name):
    resolver = get_resolver()
    for part in name.split(":")[:-1]:
        resolver = resolver.namespace_dict[part][1]
    return len(resolver.reverse_dict[name.split(":")[-1]][0][0][1])
