"""Decisions in two steps, the register with its Excel file, and what the public may read."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook

from awards import services
from awards.enums import DecisionState
from awards.models import AwardKind, Decision, Grant
from documents.models import Issuer
from tests.factories.awards import (
    AwardKindFactory,
    CouncilMemberFactory,
    DecisionFactory,
    GrantFactory,
    ProposalItemFactory,
    small_pdf,
)
from tests.factories.blocs import BlocYearFactory, EmulationYearFactory, UnitFactory, UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(hoidong):
    client = Client()
    client.force_login(hoidong)
    return client


@pytest.fixture
def accepted(received, hoidong, items_of):
    services.accept_items(items=items_of(received, 1), by=hoidong)
    return items_of(received, 1)


def pdf(name="quyet-dinh.pdf"):
    return SimpleUploadedFile(name, small_pdf().read(), content_type="application/pdf")


def decision_data(chosen, **changes):
    values = {
        "number": "512/QĐ-UBND",
        "issued_on": "01/03/2022",
        "issuer": "Chủ tịch Ủy ban nhân dân tỉnh Phú Thọ",
        "subject": "Tặng Cờ thi đua cho các tập thể có thành tích xuất sắc năm 2021",
        "signer_name": "Bùi Văn Quang",
        "signer_title": "Chủ tịch",
        "items": [item.pk for item in chosen],
        "file": pdf(),
    }
    return values | changes


CREATE = "awards:decision-create"


def test_a_decision_is_recorded_then_published(desk, client, accepted):
    desk.post(reverse(CREATE), decision_data(accepted))
    decision = Decision.objects.get()
    assert (decision.state, decision.paper.issuer.name) == ("draft", "Chủ tịch Ủy ban nhân dân tỉnh Phú Thọ")
    assert "512/QĐ-UBND" not in client.get(reverse("awards:grants")).content.decode()
    publish = reverse("awards:decision-publish", args=[decision.pk])
    assert "ghi 02 khen thưởng vào sổ" in desk.get(publish).content.decode()
    assert Decision.objects.get().state == DecisionState.DRAFT
    shown = desk.post(publish, follow=True).content.decode()
    assert "02 khen thưởng đã ghi vào sổ" in shown
    public = client.get(reverse("awards:grants")).content.decode()
    for text in ("512/QĐ-UBND", "Văn phòng Tỉnh ủy", "Hội Nông dân tỉnh", f"/van-ban-goc/{decision.paper.pk}.pdf"):
        assert text in public
    scan = client.get(reverse("documents:paper-file", args=[decision.paper.pk]))
    assert (scan.status_code, scan.headers["Content-Type"]) == (200, "application/pdf")
    scan.close()


def test_a_published_decision_is_locked(desk, accepted, hoidong):
    desk.post(reverse(CREATE), decision_data(accepted))
    decision = Decision.objects.get()
    services.publish_decision(decision=decision, by=hoidong)
    assert desk.get(reverse("awards:decision-edit", args=[decision.pk])).status_code == 403
    assert desk.post(reverse("awards:decision-edit", args=[decision.pk]), decision_data(accepted)).status_code == 403
    assert desk.post(reverse("awards:decision-publish", args=[decision.pk])).status_code == 409
    assert Grant.objects.count() == 2


def test_a_draft_decision_can_be_corrected_without_the_file_again(desk, accepted):
    desk.post(reverse(CREATE), decision_data(accepted))
    decision = Decision.objects.get()
    address = reverse("awards:decision-edit", args=[decision.pk])
    assert desk.get(address).context["form"]["number"].value() == "512/QĐ-UBND"
    data = decision_data(accepted[:1], number="521/QĐ-UBND", version=decision.version)
    del data["file"]
    assert desk.post(address, data).status_code == 302
    decision = Decision.objects.get()
    assert (decision.paper.number, decision.items.count(), bool(decision.paper.file)) == ("521/QĐ-UBND", 1, True)


def test_the_second_of_two_colleagues_is_told_and_keeps_what_was_typed(desk, accepted, hoidong):
    desk.post(reverse(CREATE), decision_data(accepted))
    decision = Decision.objects.get()
    address = reverse("awards:decision-edit", args=[decision.pk])
    opened = decision.version
    desk.post(address, decision_data(accepted, number="521/QĐ-UBND", version=opened))
    late = desk.post(address, decision_data(accepted, number="530/QĐ-UBND", version=opened))
    assert late.status_code == 409
    assert f"{hoidong} đã lưu bản mới hơn lúc" in late.content.decode()
    assert late.context["form"]["number"].value() == "530/QĐ-UBND"
    assert Decision.objects.get().paper.number == "521/QĐ-UBND"
    again = decision_data(accepted, number="530/QĐ-UBND", version=late.context["form"]["version"].value())
    assert desk.post(address, again).status_code == 302
    assert Decision.objects.get().paper.number == "530/QĐ-UBND"


def fault(response):
    return [text for texts in response.context["form"].errors.values() for text in texts]


def tomorrow():
    return timezone.localdate() + timedelta(days=1)


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"items": []}, "Hãy chọn ít nhất một đề nghị đủ điều kiện."),
        ({"items": ["999999"]}, "Có đề nghị không còn ở trạng thái đủ điều kiện; xin tải lại trang."),
        ({"file": SimpleUploadedFile("a.pdf", b"PK\x03\x04 not a pdf")}, "Tệp “a.pdf” không phải là PDF"),
        ({"number": "x" * 61}, "60 ký tự"),
    ],
)
def test_bad_input_comes_back_with_one_sentence(desk, accepted, changes, sentence):
    response = desk.post(reverse(CREATE), decision_data(accepted, **changes))
    assert (response.status_code, Decision.objects.count()) == (422, 0)
    assert len(fault(response)) == 1
    assert sentence in fault(response)[0] or "60" in fault(response)[0]
    assert response.context["form"]["subject"].value().startswith("Tặng Cờ thi đua")


def test_a_date_in_the_future_is_refused(desk, accepted):
    response = desk.post(reverse(CREATE), decision_data(accepted, issued_on=f"{tomorrow():%d/%m/%Y}"))
    assert fault(response) == [f"Ngày quyết định {tomorrow():%d/%m/%Y} ở sau ngày hôm nay."]


def test_a_missing_file_is_refused(desk, accepted):
    data = decision_data(accepted)
    del data["file"]
    assert desk.post(reverse(CREATE), data).status_code == 422


def test_a_number_used_already_says_where(desk, accepted):
    issuer = Issuer.objects.create(name="Chủ tịch Ủy ban nhân dân tỉnh Phú Thọ")
    DecisionFactory(paper__number="512/QĐ-UBND", paper__issuer=issuer, paper__issued_on=date(2022, 2, 1))
    response = desk.post(reverse(CREATE), decision_data(accepted))
    assert response.status_code == 422
    assert fault(response) == [
        "Số 512/QĐ-UBND đã dùng cho quyết định số 512/QĐ-UBND ngày 01/02/2022 của Chủ tịch Ủy ban nhân dân tỉnh Phú Thọ."
    ]


def test_only_the_agency_records_and_sees_drafts(client, received):
    draft, published = DecisionFactory(), DecisionFactory(published=True)
    member = CouncilMemberFactory().user
    client.force_login(member)
    listed = client.get(reverse("awards:decisions"))
    assert [row.pk for row in listed.context["page"]] == [published.pk]
    assert client.get(draft.get_absolute_url()).status_code == 404
    assert client.get(reverse(CREATE)).status_code == 403
    client.force_login(UserFactory())
    assert client.get(reverse("awards:decisions")).status_code == 403
    assert client.post(reverse("awards:decision-publish", args=[draft.pk])).status_code == 403


def test_pending_refused_and_withdrawn_names_never_show_in_public(client, received, accepted, hoidong, thuky, items_of):
    services.return_items(items=items_of(received, 4), by=hoidong, reason="Rà soát lại")
    services.refuse_items(items=items_of(received, 2), by=hoidong, reason="Chưa đủ điều kiện")
    services.withdraw_items(items=items_of(received, 3)[:1], by=thuky, reason="Đơn vị xin rút")
    hidden = DecisionFactory(items=accepted, paper__number="777/QĐ-UBND")
    GrantFactory(recipient_name="Nguyễn Thị Mật", unit=None, decision=hidden)
    GrantFactory(recipient_name="Trần Văn Thu Hồi", unit=None, revoked_on=date(2023, 1, 1))
    GrantFactory(recipient_name="Đơn vị được khen thật", unit=None)
    address = reverse("awards:grants")
    for query in ("", "?q=a", "?q=777", "?nam=2021", "?q=nguyen+thi+mat"):
        shown = client.get(address + query).content.decode()
        for item in items_of(received):
            assert str(item) not in shown
        assert "Nguyễn Thị Mật" not in shown
        assert "Trần Văn Thu Hồi" not in shown
        assert "777/QĐ-UBND" not in shown
    assert "Đơn vị được khen thật" in client.get(address).content.decode()
    paper_file = reverse("documents:paper-file", args=[hidden.paper.pk])
    assert client.get(paper_file).status_code in (302, 404)


def test_the_public_list_is_searched_and_filtered(client):
    flag = AwardKindFactory(code="CO", name="Cờ thi đua")
    year = EmulationYearFactory(slug="2019")
    GrantFactory(recipient_name="Ủy ban nhân dân xã Hòa Bình", unit=None, award=flag)
    GrantFactory(recipient_name="Báo Phú Thọ", unit=None, bloc_year=BlocYearFactory(year=year))

    def names(query):
        return [grant.recipient_name for grant in client.get(reverse("awards:grants") + query).context["page"]]

    assert names("?q=uy ban xa hoa binh") == ["Ủy ban nhân dân xã Hòa Bình"]
    assert names("?hinh_thuc=CO") == ["Ủy ban nhân dân xã Hòa Bình"]
    assert names("?nam=2019") == ["Báo Phú Thọ"]
    assert len(names("?nam=nonsense&hinh_thuc=nonsense&trang=xyz")) == 2


def queries_of(client, address):
    client.get(address)
    with CaptureQueriesContext(connection) as queries:
        response = client.get(address)
    return len(response.context["page"].object_list), len(queries)


@pytest.mark.parametrize("name", ["grants", "grant-register"])
def test_lists_of_grants_have_constant_queries(desk, name):
    GrantFactory()
    one = queries_of(desk, reverse(f"awards:{name}"))
    GrantFactory.create_batch(2)
    assert (one[0], queries_of(desk, reverse(f"awards:{name}"))) == (1, (3, one[1]))


def test_the_list_of_decisions_has_constant_queries(desk):
    DecisionFactory(items=[ProposalItemFactory()])
    one = queries_of(desk, reverse("awards:decisions"))
    DecisionFactory.create_batch(2)
    assert (one[0], queries_of(desk, reverse("awards:decisions"))) == (1, (3, one[1]))


def test_the_register_filters_by_unit(desk):
    unit = UnitFactory(code="bao-phu-tho", name="Báo Phú Thọ")
    GrantFactory(unit=unit)
    GrantFactory()
    page = desk.get(reverse("awards:grant-register") + "?don_vi=bao-phu-tho").context["page"]
    assert [grant.recipient_name for grant in page] == ["Báo Phú Thọ"]


def test_the_excel_file_keeps_types_and_text(desk):
    paper = {"paper__number": "=512/QĐ", "paper__issued_on": date(2022, 3, 1)}
    decision = DecisionFactory(published=True, **paper)
    grant = GrantFactory(recipient_name="=SUM(A1)", unit=None, is_person=True, decision=decision)
    GrantFactory(recipient_name="Báo Phú Thọ", unit=None)
    response = desk.get(reverse("awards:grant-export") + "?q=sum")
    sheet = load_workbook(BytesIO(b"".join(response.streaming_content))).active
    header, row = (list(cells) for cells in sheet.iter_rows())
    values = {head.value: cell for head, cell in zip(header, row, strict=True)}
    assert (values["Tên được khen thưởng"].value, values["Tên được khen thưởng"].data_type) == ("=SUM(A1)", "s")
    assert (values["Số quyết định"].value, values["Số quyết định"].data_type) == ("=512/QĐ", "s")
    assert (values["Mã"].value, values["Mã"].data_type) == (grant.pk, "n")
    assert (values["Ngày quyết định"].value.date(), values["Ngày quyết định"].data_type) == (date(2022, 3, 1), "d")
    assert values["Đối tượng"].value == "cá nhân"


def test_the_register_is_for_the_agency_and_the_council(client):
    client.force_login(UserFactory())
    assert client.get(reverse("awards:grant-register")).status_code == 403
    assert client.get(reverse("awards:grant-export")).status_code == 403


def test_the_catalogue_is_kept_by_the_agency(desk, client, bloc_year):
    shown = desk.get(reverse("awards:catalogue"))
    assert [len(group["kinds"]) for group in shown.context["groups"]] == [
        AwardKind.objects.filter(category="title").count(),
        AwardKind.objects.filter(category="form").count(),
    ]
    data = {
        "code": "BKT",
        "name": "Bằng ghi công",
        "synonyms": "",
        "category": "form",
        "subject": "both",
        "level": "province",
        "decider": "Chủ tịch Ủy ban nhân dân tỉnh",
        "coefficient_person": "1,5",
        "rank": "55",
        "is_active": "on",
    }
    assert desk.post(reverse("awards:award-kind-create"), data).status_code == 302
    kind = AwardKind.objects.get(code="BKT")
    edit = reverse("awards:award-kind-edit", args=[kind.pk])
    assert desk.post(edit, data | {"name": "Bằng ghi công của tỉnh"}).status_code == 302
    assert AwardKind.objects.get(code="BKT").name == "Bằng ghi công của tỉnh"
    response = desk.post(reverse("awards:award-kind-create"), data | {"coefficient_person": "nhiều"})
    assert response.status_code == 422
    assert set(response.context["form"].errors) == {"code", "coefficient_person"}
    client.force_login(UserFactory())
    assert client.get(reverse("awards:catalogue")).status_code == 403
    assert client.get(edit).status_code == 403
