"""Production refuses to start unsafely, and what starts is safe by Django's own list."""

import os
import subprocess
import sys

import pytest
from django.conf import settings

from config.settings import base

pytestmark = pytest.mark.slow

GOOD = {
    "SECRET_KEY": "kU4vXw7Zq2Rt9Yp1Ls6Nd3Fg8Hj5Kb0Mc-Ve_Ta.Wi+Ox=Eu~Pz",
    "ALLOWED_HOSTS": "thiduakhenthuong.example.vn",
}


def check(tmp_path, *arguments, **environment):
    """`manage.py check` in a process of its own, with only these settings in the environment."""
    kept = {name: os.environ[name] for name in ("PATH", "HOME", "LD_LIBRARY_PATH") if name in os.environ}
    environment = {
        **kept,
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "DATA_DIR": str(tmp_path),
        "STATIC_ROOT": str(tmp_path / "static"),
        **environment,
    }
    return subprocess.run(
        [sys.executable, "manage.py", "check", *arguments],
        cwd=settings.BASE_DIR,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
    )


@pytest.mark.parametrize(
    ("changed", "sentence"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY phải có ít nhất 50 ký tự ngẫu nhiên"),
        ({"SECRET_KEY": "a" * 60}, "SECRET_KEY phải có ít nhất 50 ký tự ngẫu nhiên"),
        ({"SECRET_KEY": "ngắn-quá-0123456789"}, "SECRET_KEY phải có ít nhất 50 ký tự ngẫu nhiên"),
        ({"SECRET_KEY": "django-insecure-" + GOOD["SECRET_KEY"]}, "SECRET_KEY phải có ít nhất 50 ký tự ngẫu nhiên"),
        ({"ALLOWED_HOSTS": ""}, "ALLOWED_HOSTS phải ghi rõ từng tên miền"),
        ({"ALLOWED_HOSTS": "*"}, "ALLOWED_HOSTS phải ghi rõ từng tên miền"),
        ({"DEBUG": "True"}, "Không được bật DEBUG"),
    ],
)
def test_production_refuses_to_start(tmp_path, changed, sentence):
    result = check(tmp_path, **{**GOOD, **changed})
    assert result.returncode != 0
    assert sentence in result.stderr


def test_production_passes_the_deployment_check_without_a_warning(tmp_path):
    result = check(tmp_path, "--deploy", "--fail-level", "WARNING", **GOOD)
    assert (result.returncode, result.stdout.strip()) == (0, "System check identified no issues (0 silenced).")


def test_debug_and_demo_are_off_unless_a_settings_module_turns_them_on():
    assert (base.DEBUG, base.DEMO) == (False, False)
