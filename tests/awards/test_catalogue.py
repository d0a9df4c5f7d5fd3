"""The catalogue a province starts from."""

from decimal import Decimal

import pytest

from awards.catalogue import seed_catalogue
from awards.enums import AwardCategory
from awards.models import AwardKind

pytestmark = pytest.mark.django_db


def test_seeding_twice_adds_nothing_and_keeps_edits():
    assert seed_catalogue() == 25
    AwardKind.objects.filter(code="GOV_FLAG").update(name="Cờ thi đua của Chính phủ (sửa)")
    assert seed_catalogue() == 0
    assert AwardKind.objects.get(code="GOV_FLAG").name == "Cờ thi đua của Chính phủ (sửa)"


def test_titles_and_forms_are_kept_apart():
    seed_catalogue()
    titles = set(AwardKind.objects.filter(category=AwardCategory.TITLE).values_list("code", flat=True))
    assert {"GOV_FLAG", "PROV_FLAG", "FIGHTER_PROV"} < titles
    assert {"PM_CERT", "PROV_CERT", "LABOUR_ORDER_1"} & titles == set()


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("co thi dua cua thu tuong chinh phu", "GOV_FLAG"),
        ("bang khen cua ubnd tinh", "PROV_CERT"),
        ("co thi dua cua ubnd tinh", "PROV_FLAG"),
    ],
)
def test_synonyms_find_the_award(text, code):
    seed_catalogue()
    assert [kind.code for kind in AwardKind.objects.filter(search__contains=text)] == [code]


def test_coefficients_are_exact_and_uncertain_standards_are_marked():
    seed_catalogue()
    assert AwardKind.objects.get(code="FIGHTER_NATIONAL").coefficient_person == Decimal("4.5")
    assert AwardKind.objects.get(code="LABOUR_ORDER_2").coefficient_collective == Decimal("15")
    assert AwardKind.objects.get(code="PM_CERT").is_confirmed is False
