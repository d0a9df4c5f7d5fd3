"""The covenants of all blocs of a year: how far each has come, and all of them as one ZIP."""

import io
import zipfile
from datetime import date, timedelta

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from blocs.enums import CovenantStage, CovenantState, SignatureState
from blocs.models import Covenant, CovenantItem, CovenantRevision, CovenantSignature, CovenantVersion
from blocs.year_covenants import covenants_of_year
from documents.batches import file_digest
from documents.models import PaperBatch
from tests.documents.reading import text_of
from tests.factories.blocs import (
    BlocFactory,
    BlocYearFactory,
    EmulationYearFactory,
    UnitFactory,
    UserFactory,
    secretary_of,
    standing_agency_officer,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def year():
    return EmulationYearFactory(slug="2022")


@pytest.fixture
def agency(client):
    user = standing_agency_officer(UnitFactory(name="Phòng Thi đua", is_standing_agency=True))
    client.force_login(user)
    return user


def version_of(bloc_year, state, signed=0, waiting=0, number=1, **more):
    covenant, _ = Covenant.objects.get_or_create(bloc_year=bloc_year)
    version = CovenantVersion.objects.create(
        covenant=covenant, number=number, state=state, edited_at=timezone.now(), edited_by=UserFactory(), **more
    )
    CovenantItem.objects.create(version=version, text="Hoàn thành nhiệm vụ chính trị được giao.")
    states = [SignatureState.SIGNED] * signed + [SignatureState.WAITING] * waiting
    for position, given in enumerate(states, 1):
        CovenantSignature.objects.create(version=version, unit=UnitFactory(), position=position, state=given)
    return version


def opened(year, number):
    return BlocYearFactory(year=year, bloc=BlocFactory(name=f"Khối thi đua số {number}", slug=f"khoi-{number}"))


def test_each_bloc_stands_with_its_stage(year, agency):
    today = timezone.localdate()
    none, draft, signing, late, signed, revised = [opened(year, number) for number in range(1, 7)]
    version_of(draft, CovenantState.DRAFT)
    version_of(signing, CovenantState.SIGNING, 1, 2, sign_by=today)
    version_of(late, CovenantState.SIGNING, 0, 2, sign_by=today - timedelta(days=3))
    version_of(signed, CovenantState.SIGNED, 2, sign_by=date(2022, 1, 31))
    version_of(revised, CovenantState.SIGNED, 2)
    version_of(revised, CovenantState.DRAFT, number=2)
    lines = covenants_of_year(year, agency)
    assert [line.bloc_year for line in lines] == [none, draft, signing, late, signed, revised]
    assert [line.stage for line in lines] == [
        CovenantStage.NONE,
        CovenantStage.DRAFT,
        CovenantStage.SIGNING,
        CovenantStage.LATE,
        CovenantStage.SIGNED,
        CovenantStage.SIGNED,
    ]
    assert [line.deadline for line in lines] == ["", "", "Hôm nay là hạn cuối", "Quá hạn 03 ngày", "", ""]
    assert (lines[2].progress.signed, lines[2].progress.total) == (1, 3)
    assert [line.draft_number for line in lines] == [None, None, None, None, None, 2]


def test_the_table_is_narrowed_by_state(client, year, agency):
    one, two = opened(year, 1), opened(year, 2)
    version_of(one, CovenantState.SIGNED, 1)
    version_of(two, CovenantState.SIGNING, 1, 2)
    address = reverse("blocs:year-covenants", args=["2022"])
    text = client.get(address).content.decode()
    assert "Khối thi đua số 1" in text
    assert "1/3" in text
    text = client.get(f"{address}?trang_thai=dang-ky").content.decode()
    assert "Khối thi đua số 1" not in text
    assert "Khối thi đua số 2" in text
    text = client.get(f"{address}?trang_thai=qua-han").content.decode()
    assert "Không có khối nào ở trạng thái này." in text
    assert client.get(f"{address}?trang_thai=%00xyz").status_code == 200


def test_another_agency_does_not_see_the_bloc(client, year, agency):
    other = UnitFactory(name="Sở Giáo dục và Đào tạo", is_standing_agency=True)
    own, foreign = opened(year, 1), opened(year, 2)
    foreign.bloc.organiser = other
    foreign.bloc.save()
    assert [line.bloc_year for line in covenants_of_year(year, agency)] == [own]


def test_nobody_else_opens_the_page(client, year):
    bloc_year = opened(year, 1)
    client.force_login(secretary_of(bloc_year))
    assert client.get(reverse("blocs:year-covenants", args=["2022"])).status_code == 403
    assert client.post(reverse("blocs:year-covenants-pack", args=["2022"])).status_code == 403


def test_the_page_costs_the_same_for_one_bloc_and_for_three(client, year, agency):
    def count():
        address = reverse("blocs:year-covenants", args=["2022"])
        client.get(address)
        with CaptureQueriesContext(connection) as queries:
            assert client.get(address).status_code == 200
        return len(queries)

    version_of(opened(year, 1), CovenantState.SIGNING, 1, 2)
    one = count()
    for number in (2, 3):
        version_of(opened(year, number), CovenantState.SIGNING, 1, 2)
    assert count() == one


def test_the_zip_holds_the_signed_file_as_it_is_and_drafts_as_they_would_print(client, year, agency):
    signed, draft, _ = opened(year, 1), opened(year, 2), opened(year, 3)
    version = version_of(signed, CovenantState.SIGNED, 2)
    for number in range(2):
        revision = CovenantRevision(version=version, number=number, created_by=agency)
        revision.file.save("giao-uoc.pdf", ContentFile(f"%PDF revision {number}".encode()), save=False)
        revision.sha256 = file_digest(revision.file)
        revision.save()
    version_of(draft, CovenantState.DRAFT)
    answer = client.post(reverse("blocs:year-covenants-pack", args=["2022"]), follow=True)
    assert answer.status_code == 200
    batch = PaperBatch.objects.get()
    assert batch.title == "Giao ước thi đua năm 2022 của 02 khối, cụm"
    answer = client.get(reverse("documents:batch-file", args=[batch.pk]))
    archive = zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))
    assert archive.namelist() == ["00-danh-sach.txt", "giao-uoc-khoi-1-2022.pdf", "giao-uoc-khoi-2-2022.pdf"]
    assert archive.read("giao-uoc-khoi-1-2022.pdf") == b"%PDF revision 1"
    assert "Hoàn thành nhiệm vụ chính trị" in text_of(archive.read("giao-uoc-khoi-2-2022.pdf"))


def test_without_any_covenant_there_is_nothing_to_pack(client, year, agency):
    opened(year, 1)
    page = client.get(reverse("blocs:year-covenants", args=["2022"])).content.decode()
    assert "Còn thiếu: giao ước đã gửi ký của ít nhất một khối." in page
    assert client.post(reverse("blocs:year-covenants-pack", args=["2022"])).status_code == 422
