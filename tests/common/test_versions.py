import pytest

from blocs.models import Covenant, CovenantVersion
from common.errors import StaleState
from common.versions import claim
from tests.factories.blocs import BlocYearFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def version():
    return CovenantVersion.objects.create(covenant=Covenant.objects.create(bloc_year=BlocYearFactory()), theme="Cũ")


def save(record, by, theme):
    claim(record, version=record.version, by=by)
    record.theme = theme
    record.save()


def test_claim_raises_the_version_and_names_the_editor(version):
    user = UserFactory()
    save(version, user, "Mới")
    version.refresh_from_db()
    assert (version.version, version.edited_by, version.theme) == (2, user, "Mới")


def test_the_second_of_two_people_is_told_who_saved_what_and_when(version):
    first, second = (CovenantVersion.objects.get(pk=version.pk) for _ in range(2))
    save(first, UserFactory(full_name="Trần Thị Mai"), "Đoàn kết, sáng tạo")
    with pytest.raises(StaleState) as caught:
        claim(second, version=second.version, by=UserFactory())
    assert "Trần Thị Mai đã lưu bản mới hơn lúc" in caught.value.message
    assert "đã sửa: chủ đề" in caught.value.message
    version.refresh_from_db()
    assert version.theme == "Đoàn kết, sáng tạo"
