from pathlib import Path

import pytest
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.finders import get_finder
from django.core.management import call_command
from django.test import override_settings

from config.finders import NodeModulesFinder
from config.node_files import NODE_FILES


@pytest.fixture
def empty_node_modules(settings, tmp_path):
    settings.NODE_MODULES = tmp_path
    return tmp_path


def test_a_static_name_leads_to_the_file_of_the_package():
    found = Path(finders.find("vendor/bootstrap.min.css"))
    assert found.parts[-4:] == ("bootstrap", "dist", "css", "bootstrap.min.css")
    assert found.is_file()


def test_files_that_are_not_listed_are_not_served():
    assert finders.find("bootstrap/dist/css/bootstrap.css") is None
    assert finders.find("bootstrap/package.json") is None


def test_listing_yields_exactly_the_listed_files_with_a_readable_path():
    listed = {name: storage.path(name) for name, storage in get_finder("config.finders.NodeModulesFinder").list([])}
    assert listed.keys() == NODE_FILES.keys()
    assert all(Path(path).is_file() for path in listed.values())


def test_every_listed_file_is_there_after_set_up():
    assert NodeModulesFinder().check() == []


def test_missing_packages_are_reported_with_what_to_do(empty_node_modules):
    (error,) = NodeModulesFinder().check()
    assert error.id == "config.E001"
    assert error.hint == "Run scripts/setup."


def test_a_missing_file_is_not_found(empty_node_modules):
    finder = NodeModulesFinder()
    assert finder.find("vendor/bootstrap.min.css") == []
    assert finder.find("vendor/bootstrap.min.css", find_all=True) == []


@pytest.mark.slow
def test_production_can_collect_and_hash_every_static_file(tmp_path):
    with override_settings(
        STATIC_ROOT=str(tmp_path),
        STORAGES={
            "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
            "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.ManifestStaticFilesStorage"},
        },
    ):
        call_command("collectstatic", interactive=False, verbosity=0)
    assert (tmp_path / "staticfiles.json").is_file()
    assert len(list((tmp_path / "vendor").glob("bootstrap.min.*.css"))) == 1
