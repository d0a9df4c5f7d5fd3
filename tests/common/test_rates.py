"""Tries are counted on the cache that an installation without Redis has: a table."""

import datetime

import pytest
import time_machine
from django.core.cache import cache
from django.core.management import call_command

from accounts.passwords import WrongPassword, confirm_password
from common.rates import give_back, is_spent, spend
from tests.factories.blocs import UserFactory

pytestmark = pytest.mark.django_db
START = datetime.datetime(2026, 11, 22, 8, 0, tzinfo=datetime.UTC)
FEW = {"most": 3, "seconds": 900}


@pytest.fixture(autouse=True)
def table(settings):
    settings.CACHES = {"default": {"BACKEND": "django.core.cache.backends.db.DatabaseCache", "LOCATION": "cache"}}
    call_command("createcachetable", verbosity=0)
    cache.clear()


def test_tries_are_counted_per_address_until_their_time_is_over():
    with time_machine.travel(START, tick=False) as clock:
        assert [spend("thu", "203.0.113.9", **FEW) for _ in range(5)] == [True, True, True, False, False]
        assert is_spent("thu", "203.0.113.9", most=3)
        assert not is_spent("thu", "203.0.113.8", most=3)
        clock.shift(datetime.timedelta(minutes=14))
        assert not spend("thu", "203.0.113.9", **FEW)
        clock.shift(datetime.timedelta(minutes=2))
        assert not is_spent("thu", "203.0.113.9", most=3)
        assert spend("thu", "203.0.113.9", **FEW)


def test_a_try_that_another_process_counts_meanwhile_is_not_lost(monkeypatch):
    """Both have read that nothing was tried yet; each takes a place of its own."""
    monkeypatch.setattr(type(cache._connections["default"]), "get_many", lambda self, keys, version=None: {})
    assert [spend("thu", "203.0.113.9", **FEW) for _ in range(4)] == [True, True, True, False]


def test_what_is_given_back_may_be_tried_again():
    for _ in range(3):
        spend("thu", "203.0.113.9", **FEW)
    give_back("thu", "203.0.113.9", most=3)
    assert spend("thu", "203.0.113.9", **FEW)


def test_after_five_wrong_passwords_the_right_one_waits_a_quarter_of_an_hour():
    user = UserFactory()
    user.set_password("mat-khau-thu-nghiem-2026")
    user.save()
    with time_machine.travel(START, tick=False) as clock:
        for _ in range(5):
            with pytest.raises(WrongPassword, match="không đúng"):
                confirm_password(user, "sai")
        clock.shift(datetime.timedelta(minutes=10))
        with pytest.raises(WrongPassword, match="thử lại sau 15 phút"):
            confirm_password(user, "mat-khau-thu-nghiem-2026")
        clock.shift(datetime.timedelta(minutes=6))
        confirm_password(user, "mat-khau-thu-nghiem-2026")
