"""The typed part of a paper: kept once per form and record, never overwritten unseen."""

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError

from common.errors import StaleState
from documents.models import PaperDraft
from documents.reports import draft_of
from documents.services import save_draft
from tests.factories.blocs import EmulationYearFactory, UserFactory, standing_agency_officer

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return standing_agency_officer()


@pytest.fixture
def save(officer):
    year = EmulationYearFactory()

    def act(text, version, by=officer, form="phan-chia-khoi"):
        values = {"grounds": text}
        return save_draft(form=form, subject=year, values=values, version=version, by=by, permission="blocs.manage_registry")

    act.year = year
    return act


def test_the_first_and_each_later_text_is_kept_with_its_writer(save, officer):
    first = save("Căn cứ Luật", 0)
    assert (first.version, first.edited_by) == (1, officer)
    second = save("Căn cứ Luật Thi đua, khen thưởng", 1)
    assert (second.pk, second.version) == (first.pk, 2)
    assert draft_of("phan-chia-khoi", save.year).values == {"grounds": "Căn cứ Luật Thi đua, khen thưởng"}


def test_each_form_of_a_record_has_its_own_draft(save):
    save("Một", 0)
    save("Hai", 0, form="quy-che")
    assert sorted(PaperDraft.objects.values_list("form", flat=True)) == ["phan-chia-khoi", "quy-che"]


@pytest.mark.parametrize("version", [0, 1, 7])
def test_an_old_page_does_not_overwrite_and_names_who_saved(save, version):
    save("Một", 0)
    save("Hai", 1)
    other = standing_agency_officer()
    with pytest.raises(StaleState, match="đã lưu bản mới hơn"):
        save("Ba", version, by=other)
    assert draft_of("phan-chia-khoi", save.year).values == {"grounds": "Hai"}


def test_of_two_who_begin_at_once_the_second_is_told(save, monkeypatch):
    def too_late(**kwargs):
        raise IntegrityError

    monkeypatch.setattr(PaperDraft.objects, "create", too_late)
    with pytest.raises(StaleState, match="Người khác vừa lưu bản thảo này"):
        save("Một", 0)


def test_who_may_not_write_it_is_refused(save):
    with pytest.raises(PermissionDenied):
        save("Một", 0, by=UserFactory())
    assert not PaperDraft.objects.exists()
