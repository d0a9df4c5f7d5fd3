"""The standing agency's registry by page: lists, forms, and every kind of bad input."""

from datetime import date

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from blocs.enums import YearState
from blocs.models import Bloc, BlocYear, EmulationYear, Membership, Unit, UnitAlias
from documents.models import Issuer, Paper
from tests.factories.blocs import (
    AdministratorFactory,
    BlocFactory,
    BlocYearFactory,
    EmulationYearFactory,
    IssuerFactory,
    MembershipFactory,
    PaperFactory,
    UnitFactory,
    UserFactory,
    secretary_of,
    standing_agency_officer,
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer():
    return standing_agency_officer()


@pytest.fixture
def agency(client, officer):
    """A browser in which an officer of the standing agency is signed in."""
    client.force_login(officer)
    return client


def refused(response, *sentences):
    """The form came back with these sentences."""
    assert response.status_code == 422
    page = response.content.decode()
    for sentence in sentences:
        assert sentence in page, sentence
    return page


LISTS = ["registry", "units", "blocs", "years", "papers", "issuers"]
FORMS = ["unit-create", "bloc-create", "year-create", "paper-create", "issuer-create"]


@pytest.mark.parametrize("name", LISTS + FORMS)
def test_every_page_of_the_registry_stands_for_the_agency_also_when_empty(agency, name):
    response = agency.get(reverse(f"blocs:{name}"))
    assert response.status_code == 200
    assert "None" not in response.content.decode()


@pytest.mark.parametrize("name", LISTS + FORMS)
@pytest.mark.parametrize("make_user", [UserFactory, AdministratorFactory, lambda: secretary_of(BlocYearFactory(members=1))])
def test_nobody_else_opens_the_registry(client, name, make_user):
    client.force_login(make_user())
    assert client.get(reverse(f"blocs:{name}")).status_code == 403


def test_the_registry_counts_what_it_holds(agency):
    BlocFactory.create_batch(2)
    response = agency.get(reverse("blocs:registry"))
    assert response.context["counts"]["blocs"] == 2
    assert response.context["counts"]["blocs_without_members"] == 2


@pytest.mark.parametrize("count", [1, 3])
def test_lists_take_the_same_number_of_queries(agency, django_assert_max_num_queries, count):
    for _ in range(count):
        bloc = BlocYearFactory(members=2).bloc
        old = PaperFactory()
        PaperFactory(replaces=old)
        MembershipFactory(bloc=bloc, ends_on=date(2021, 6, 30))
    EmulationYearFactory(slug="2022")
    for name in LISTS:
        agency.get(reverse(f"blocs:{name}"))
    seen = {}
    for name in LISTS:
        with django_assert_max_num_queries(25) as queries:
            assert agency.get(reverse(f"blocs:{name}")).status_code == 200
        seen[name] = len(queries)
    assert seen == QUERIES.setdefault("lists", seen)


@pytest.mark.parametrize("count", [1, 3])
def test_the_members_page_takes_the_same_number_of_queries(agency, django_assert_max_num_queries, count):
    bloc = BlocYearFactory(members=count).bloc
    for row in bloc.memberships.all():
        row.paper = PaperFactory()
        row.save()
    with django_assert_max_num_queries(25) as queries:
        agency.get(reverse("blocs:bloc-members", args=[bloc.slug]))
    assert len(queries) == QUERIES.setdefault("members", len(queries))


# Filled by whichever size runs first; the other one must agree.
QUERIES = {}


@pytest.mark.parametrize("typed", ["nông dân", "NONG DAN", "hội nd", "hoi nong dan tinh"])
def test_units_are_found_without_marks_and_by_other_names(agency, typed):
    unit = UnitFactory(name="Hội Nông dân tỉnh")
    UnitAlias.objects.create(unit=unit, text="Hội ND")
    UnitFactory(name="Báo Phú Thọ")
    response = agency.get(reverse("blocs:units"), {"q": typed})
    assert list(response.context["page"]) == [unit]


@pytest.mark.parametrize("query", ["q=%00", "q=" + "a" * 500, "trang=xyz", "trang=-5", "q=%ff"])
@pytest.mark.parametrize("name", ["units", "blocs", "papers", "issuers"])
def test_nonsense_in_the_address_breaks_no_list(agency, name, query):
    UnitFactory()
    assert agency.get(reverse(f"blocs:{name}") + "?" + query).status_code == 200


# Units


def test_a_unit_is_added_with_its_other_names(agency):
    data = {
        "name": "Đảng ủy khối các cơ quan tỉnh",
        "province": "Phú Thọ",
        "aliases": "Đảng ủy khối cơ quan tỉnh\nĐảng ủy các cơ quan, tỉnh\n",
    }
    response = agency.post(reverse("blocs:unit-create"), data)
    assert response.status_code == 302
    unit = Unit.objects.get(province="Phú Thọ", is_standing_agency=False)
    assert [row.text for row in unit.aliases.all()] == ["Đảng ủy các cơ quan, tỉnh", "Đảng ủy khối cơ quan tỉnh"]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"name": ""}, "Tên đơn vị"),
        ({"name": "Đ" * 201}, "200"),
        ({"name": "Báo\x00Phú Thọ"}, "Nội dung có ký tự không dùng được."),
        ({"name": "Báo Phú Thọ", "code": "có dấu"}, "Mã đơn vị"),
        ({"name": "Báo Phú Thọ", "code": "bao"}, "Đã có"),
        ({"name": "Báo Phú Thọ", "kind": "999999"}, "Loại đơn vị"),
        ({"name": "Báo Phú Thọ", "kind": "abc"}, "Loại đơn vị"),
        ({"name": "Báo Phú Thọ", "parent": "Không có đơn vị này"}, "Không tìm thấy đơn vị tên"),
        ({"name": "Báo Phú Thọ", "starts_on": "31/02/2021"}, "Thành lập ngày"),
        (
            {"name": "Báo Phú Thọ", "starts_on": "05/03/2021", "ends_on": "04/03/2021"},
            "Ngày kết thúc không được trước ngày bắt đầu.",
        ),
        ({"name": "Báo Phú Thọ", "aliases": "Đ" * 201}, "quá 200 ký tự"),
        ({"name": "Báo Phú Thọ", "email": "không phải thư"}, "Thư điện tử"),
    ],
)
def test_a_bad_unit_comes_back_with_a_sentence_and_everything_typed(agency, data, sentence):
    UnitFactory(code="bao")
    count = Unit.objects.count()
    page = refused(agency.post(reverse("blocs:unit-create"), {**data, "phone": "0210 3846 547"}), sentence)
    assert 'value="0210 3846 547"' in page
    assert Unit.objects.count() == count


def test_a_second_unit_of_one_name_in_a_province_is_asked_about(agency):
    UnitFactory(name="Sở Tài chính", code="stc", province="Phú Thọ")
    data = {"name": "Sở tài chính", "province": "Phú Thọ"}
    page = refused(agency.post(reverse("blocs:unit-create"), data), "Đã có đơn vị Sở Tài chính (stc).")
    assert 'name="is_another"' in page
    assert agency.post(reverse("blocs:unit-create"), {**data, "is_another": "on"}).status_code == 302
    assert Unit.objects.filter(province="Phú Thọ", name__iexact="Sở Tài chính").count() == 2


def test_the_same_name_in_another_province_is_no_question(agency):
    UnitFactory(name="Sở Tài chính", province="Phú Thọ")
    data = {"name": "Sở Tài chính", "province": "Vĩnh Phúc"}
    assert agency.post(reverse("blocs:unit-create"), data).status_code == 302


def test_a_unit_is_corrected_and_is_not_its_own_superior(agency):
    unit = UnitFactory(name="Báo Phu Thọ", code="bao")
    url = reverse("blocs:unit-edit", args=["bao"])
    assert "Tên qua các thời kỳ" in agency.get(url).content.decode()
    refused(agency.post(url, {"name": unit.name, "code": "bao", "parent": unit.name}), "cấp trên của chính mình")
    refused(agency.post(url, {"name": "Báo Phú Thọ", "code": ""}), "Mã đơn vị")
    assert agency.post(url, {"name": "Báo Phú Thọ", "code": "bao"}).status_code == 302
    assert Unit.objects.get(code="bao").name == "Báo Phú Thọ"


def test_a_unit_gets_a_new_name_from_a_day_on(agency):
    unit = UnitFactory(name="Ban Dân vận Tỉnh ủy", code="bdv")
    url = reverse("blocs:unit-rename", args=["bdv"])
    assert agency.get(url).status_code == 200
    refused(agency.post(url, {"name": "Ban Dân vận Tỉnh ủy", "on": "03/02/2025"}), "giống hệt tên đang dùng")
    refused(agency.post(url, {"name": "Ban khác", "on": "03/02/2999"}), "ở sau ngày hôm nay")
    refused(agency.post(url, {"name": "", "on": ""}), "Tên mới", "Từ ngày")
    data = {"name": "Ban Tuyên giáo và Dân vận Tỉnh ủy", "on": "03/02/2025"}
    assert agency.post(url, data).status_code == 302
    assert unit.names.count() == 2


@pytest.mark.parametrize("name", ["unit-edit", "unit-rename", "bloc-edit", "bloc-members", "bloc-year-create", "year-edit"])
def test_what_is_not_there_is_not_found(agency, name):
    assert agency.get(reverse(f"blocs:{name}", args=["khong-co"])).status_code == 404


@pytest.mark.parametrize("name", ["paper-edit", "issuer-edit"])
def test_records_that_are_not_there_are_not_found(agency, name):
    assert agency.get(reverse(f"blocs:{name}", args=[10**20])).status_code == 404


# Blocs, years


def test_a_bloc_is_added_and_leads_on_to_its_members(agency):
    data = {"name": "Khối thi đua số 1", "word": "khoi", "kind": "party", "founded_on": "05/03/2021"}
    response = agency.post(reverse("blocs:bloc-create"), data)
    assert response.url == reverse("blocs:bloc-members", args=["khoi-thi-dua-so-1"])


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"name": ""}, "Tên đầy đủ"),
        ({"slug": "da-co"}, "Đã có"),
        ({"word": "lạ"}, "Tên gọi"),
        ({"founding_paper": "999999"}, "Quyết định thành lập"),
        ({"founded_on": "05/03/2021", "dissolved_on": "05/03/2020"}, "Ngày giải thể không được trước ngày thành lập."),
        ({"aliases": "Đ" * 251}, "quá 250 ký tự"),
    ],
)
def test_a_bad_bloc_comes_back(agency, data, sentence):
    BlocFactory(slug="da-co")
    base = {"name": "Khối 1", "word": "khoi", "kind": "party"}
    refused(agency.post(reverse("blocs:bloc-create"), {**base, **data}), sentence)
    assert Bloc.objects.count() == 1


def test_a_bloc_of_another_agency_is_not_to_be_edited(agency):
    bloc = BlocFactory(organiser=UnitFactory(is_standing_agency=True))
    for name in ("bloc-edit", "bloc-members", "bloc-members-paste", "bloc-year-create"):
        assert agency.get(reverse(f"blocs:{name}", args=[bloc.slug])).status_code == 403


def test_a_bloc_is_edited(agency):
    bloc = BlocFactory()
    data = {"name": "Khối số 2", "word": "cum", "kind": "locality", "slug": bloc.slug}
    assert agency.post(reverse("blocs:bloc-edit", args=[bloc.slug]), data).status_code == 302
    assert (Bloc.objects.get().name, Bloc.objects.get().word) == ("Khối số 2", "cum")


def test_a_year_of_a_bloc_is_opened_once(agency):
    bloc, year = BlocFactory(), EmulationYearFactory()
    url = reverse("blocs:bloc-year-create", args=[bloc.slug])
    data = {
        "year": year.pk,
        "theme": "Đoàn kết",
        "leader_counted": "on",
        "declared_members": "15",
        "rotation_policy": "deputy_succeeds",
    }
    refused(agency.post(url, {**data, "declared_members": "-1"}), "Số thành viên ghi trong văn bản")
    refused(agency.post(url, {**data, "declared_members": "99999999999"}), "Số thành viên ghi trong văn bản")
    assert agency.post(url, data).url == reverse("blocs:members", args=[bloc.slug, "2021"])
    assert BlocYear.objects.get().declared_members == 15
    refused(agency.post(url, data), "Năm thi đua")


def test_a_year_is_added_closed_opened_and_archived(agency):
    data = {"label": "2021", "kind": "calendar", "starts_on": "01/01/2021", "ends_on": "31/12/2021"}
    url = reverse("blocs:year-create")
    refused(agency.post(url, {**data, "ends_on": "31/12/2020"}), "Ngày kết thúc không được trước ngày bắt đầu.")
    assert agency.post(url, data).status_code == 302
    refused(agency.post(url, data), "Đã có")
    year = EmulationYear.objects.get()
    assert year.slug == "2021"
    for target in ("closed", "open", "closed", "archived"):
        agency.post(reverse("blocs:year-state", args=["2021", target]))
        year.refresh_from_db()
        assert year.state == target
    assert agency.post(reverse("blocs:year-state", args=["2021", "open"])).status_code == 409
    assert agency.post(reverse("blocs:year-state", args=["2021", "la"])).status_code == 404
    assert agency.get(reverse("blocs:year-state", args=["2021", "open"])).status_code == 405
    assert EmulationYear.objects.get().state == YearState.ARCHIVED


def test_a_year_is_edited(agency):
    EmulationYearFactory()
    data = {"label": "2021", "slug": "2021", "kind": "calendar", "starts_on": "01/01/2021", "ends_on": "30/12/2021"}
    assert agency.post(reverse("blocs:year-edit", args=["2021"]), data).status_code == 302
    assert EmulationYear.objects.get().ends_on == date(2021, 12, 30)


# Members


def test_typing_a_known_unit_loosely_offers_it_and_makes_no_new_one(agency):
    """Scenario S1: no sixteenth unit arises."""
    bloc = BlocFactory()
    unit = UnitFactory(name="Đảng ủy khối các cơ quan tỉnh")
    url = reverse("blocs:bloc-members", args=[bloc.slug])
    data = {"unit": "Đảng ủy khối cơ quan tỉnh", "starts_on": "05/03/2021", "is_counted": "on"}
    count = Unit.objects.count()
    page = refused(agency.post(url, data), "Có phải ý bạn là: Đảng ủy khối các cơ quan tỉnh?")
    assert 'type="radio"' in page
    data |= {"unit_hoi": data["unit"], "unit_chon": "Đảng ủy khối các cơ quan tỉnh"}
    assert agency.post(url, data).status_code == 302
    assert Membership.objects.get().unit == unit
    assert Unit.objects.count() == count


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"unit": ""}, "Đơn vị"),
        ({"unit": "Báo Phú Thọ"}, "đã là thành viên của khối từ 05/03/2021"),
        ({"starts_on": ""}, "Từ ngày"),
        ({"starts_on": "2021"}, "Từ ngày"),
        ({"ends_on": "01/01/2020"}, "Ngày kết thúc không được trước ngày bắt đầu."),
        ({"position": "0"}, "Thứ tự"),
        ({"position": "99999"}, "Thứ tự"),
        ({"paper": "999"}, "Theo văn bản"),
    ],
)
def test_a_bad_member_comes_back(agency, data, sentence):
    bloc = BlocFactory()
    MembershipFactory(bloc=bloc, unit=UnitFactory(name="Báo Phú Thọ"))
    UnitFactory(name="Hội Nông dân tỉnh")
    base = {"unit": "Hội Nông dân tỉnh", "starts_on": "05/03/2021"}
    refused(agency.post(reverse("blocs:bloc-members", args=[bloc.slug]), {**base, **data}), sentence)
    assert bloc.memberships.count() == 1


def test_a_membership_ends_on_a_day(agency):
    membership = MembershipFactory()
    url = reverse("blocs:membership-end", args=[membership.bloc.slug, membership.pk])
    assert agency.get(url).status_code == 200
    refused(agency.post(url, {"ends_on": ""}), "Ngày cuối cùng là thành viên")
    refused(agency.post(url, {"ends_on": "01/01/2021"}), "không được trước ngày vào khối")
    assert agency.post(url, {"ends_on": "31/12/2021"}).status_code == 302
    refused(agency.post(url, {"ends_on": "31/12/2022"}), "đã thôi là thành viên")
    other = MembershipFactory()
    assert agency.get(reverse("blocs:membership-end", args=[membership.bloc.slug, other.pk])).status_code == 404


NAMES = "Ban Tổ chức Tỉnh ủy\nĐảng ủy khối cơ quan tỉnh\nSở Văn hóa, Thể thao và Du lịch\n\nSở Tài chính"


@pytest.fixture
def pasted(agency):
    """A bloc and a list of four: one known, one nearly, one new, one borne by two units."""
    known = UnitFactory(name="Ban Tổ chức Tỉnh ủy", code="btc")
    near = UnitFactory(name="Đảng ủy khối các cơ quan tỉnh", code="dukcq")
    shared = [UnitFactory(name="Sở Tài chính", code=f"stc-{n}") for n in (1, 2)]
    return BlocFactory(province="Phú Thọ"), known, near, shared


def test_a_pasted_list_is_shown_before_anything_is_saved(agency, pasted):
    bloc, *_ = pasted
    url = reverse("blocs:bloc-members-paste", args=[bloc.slug])
    assert agency.get(url).status_code == 200
    response = agency.post(url, {"names": NAMES, "starts_on": "05/03/2021"})
    assert response.status_code == 200
    lines = response.context["lines"]
    assert [(line.text, line.kind) for line in lines] == [
        ("Ban Tổ chức Tỉnh ủy", "known"),
        ("Đảng ủy khối cơ quan tỉnh", "doubtful"),
        ("Sở Văn hóa, Thể thao và Du lịch", "new"),
        ("Sở Tài chính", "shared"),
    ]
    assert bloc.memberships.count() == 0
    assert Unit.objects.filter(name__startswith="Sở Văn hóa").count() == 0


def test_a_pasted_list_is_saved_whole_when_every_line_is_clear(agency, pasted):
    bloc, known, near, shared = pasted
    url = reverse("blocs:bloc-members-paste", args=[bloc.slug])
    data = {"names": NAMES, "starts_on": "05/03/2021", "luu": "1"}
    page = refused(agency.post(url, data), "Còn dòng chưa rõ")
    assert "02 dòng" in page
    assert bloc.memberships.count() == 0
    data |= {"dong-1": "btc", "dong-2": "dukcq", "dong-3": "moi", "dong-4": "stc-2"}
    assert agency.post(url, data).status_code == 302
    new = Unit.objects.get(name="Sở Văn hóa, Thể thao và Du lịch")
    assert new.province == "Phú Thọ"
    assert [row.unit for row in bloc.memberships.in_order()] == [known, near, new, shared[1]]


def test_a_pasted_list_leaves_out_members_doubles_and_skipped_lines(agency):
    bloc = BlocFactory()
    member = MembershipFactory(bloc=bloc, unit=UnitFactory(name="Báo Phú Thọ")).unit
    unit = UnitFactory(name="Hội Nông dân tỉnh")
    url = reverse("blocs:bloc-members-paste", args=[bloc.slug])
    names = "Báo Phú Thọ\nHội Nông dân tỉnh\nHội nông dân tỉnh\nCông ty mới"
    data = {"names": names, "starts_on": "05/03/2021", "luu": "1", "dong-4": "bo"}
    preview = agency.post(url, {"names": names, "starts_on": "05/03/2021", "dong-4": "bo"}).context["lines"]
    assert [(line.kind, line.is_skipped) for line in preview] == [
        ("member", True),
        ("known", False),
        ("double", True),
        ("new", True),
    ]
    assert agency.post(url, data).status_code == 302
    assert [row.unit for row in bloc.memberships.in_order()] == [member, unit]


@pytest.mark.parametrize(
    ("data", "sentence"),
    [
        ({"names": ""}, "Danh sách đơn vị"),
        ({"names": "\n".join(f"Đơn vị {n}" for n in range(201))}, "tối đa 200 dòng"),
        ({"names": "Đ" * 201}, "Dòng 1 dài 201 ký tự"),
        ({"starts_on": "xx"}, "Từ ngày"),
    ],
)
def test_a_bad_pasted_list_comes_back(agency, data, sentence):
    bloc = BlocFactory()
    url = reverse("blocs:bloc-members-paste", args=[bloc.slug])
    refused(agency.post(url, {"names": "Báo Phú Thọ", "starts_on": "05/03/2021", **data}), sentence)


# Papers, issuers


def paper_data(publisher, **changes):
    return {
        "kind": "decision",
        "number": "543/QĐ-UBND",
        "issuer": publisher.pk,
        "issued_on": "05/03/2021",
        "subject": "Thành lập các khối thi đua",
        **changes,
    }


def test_a_paper_is_kept_with_its_scan_and_what_it_replaces(agency, make_pdf):
    old = PaperFactory()
    data = paper_data(old.issuer, file=make_pdf(), replaces=old.pk, is_public="on")
    assert agency.post(reverse("blocs:paper-create"), data).status_code == 302
    paper = Paper.objects.get(number="543/QĐ-UBND")
    assert (paper.replaces, paper.is_public) == (old, True)
    assert paper.file.name.startswith("papers/")
    page = agency.get(reverse("blocs:papers")).content.decode()
    assert "Đã được thay thế" in page
    assert agency.get(reverse("blocs:paper-edit", args=[paper.pk])).status_code == 200
    assert agency.post(reverse("blocs:paper-edit", args=[paper.pk]), paper_data(old.issuer)).status_code == 302
    assert Paper.objects.get(pk=paper.pk).file.name == paper.file.name


def test_a_second_paper_of_number_issuer_and_day_is_refused(agency):
    issuer = IssuerFactory()
    agency.post(reverse("blocs:paper-create"), paper_data(issuer))
    response = agency.post(reverse("blocs:paper-create"), paper_data(issuer))
    refused(response, "Văn bản cùng số, cùng cơ quan và cùng ngày ban hành đã có.")
    other = agency.post(reverse("blocs:paper-create"), paper_data(issuer, issued_on="05/03/2022"))
    assert other.status_code == 302


@pytest.mark.parametrize(
    ("changes", "sentence"),
    [
        ({"number": ""}, "Số, ký hiệu"),
        ({"number": "5" * 61}, "60"),
        ({"issuer": "99999"}, "Cơ quan ban hành"),
        ({"issued_on": "05/03/2999"}, "ở sau ngày hôm nay"),
        ({"effective_on": "04/03/2021"}, "Ngày có hiệu lực không được trước ngày ban hành."),
        ({"replaces": "99999"}, "Thay thế văn bản"),
        ({"subject": "Đ" * 501}, "500"),
    ],
)
def test_a_bad_paper_comes_back(agency, changes, sentence):
    refused(agency.post(reverse("blocs:paper-create"), paper_data(IssuerFactory(), **changes)), sentence)
    assert not Paper.objects.exists()


def test_a_scan_is_judged_by_its_content_and_its_size(agency, settings, make_pdf):
    issuer = IssuerFactory()
    lie = SimpleUploadedFile("quyet-dinh.pdf", b"GIF89a" + b"0" * 100, content_type="application/pdf")
    refused(agency.post(reverse("blocs:paper-create"), paper_data(issuer, file=lie)), "không phải là PDF")
    settings.UPLOAD_LIMIT_PAPER = 100
    refused(agency.post(reverse("blocs:paper-create"), paper_data(issuer, file=make_pdf())), "vượt giới hạn")
    empty = SimpleUploadedFile("quyet-dinh.pdf", b"", content_type="application/pdf")
    assert agency.post(reverse("blocs:paper-create"), paper_data(issuer, file=empty)).status_code == 422
    assert not Paper.objects.exists()


def test_a_paper_does_not_replace_itself(agency):
    paper = PaperFactory()
    data = paper_data(paper.issuer, replaces=paper.pk)
    refused(agency.post(reverse("blocs:paper-edit", args=[paper.pk]), data), "Thay thế văn bản")


def test_an_issuer_is_added_once_and_edited(agency):
    data = {"name": "Ủy ban nhân dân tỉnh Phú Thọ", "symbol": "UBND", "profile": "state", "place": "Phú Thọ"}
    assert agency.post(reverse("blocs:issuer-create"), data).status_code == 302
    refused(agency.post(reverse("blocs:issuer-create"), data), "Đã có")
    issuer = Issuer.objects.get()
    url = reverse("blocs:issuer-edit", args=[issuer.pk])
    assert agency.post(url, {**data, "place": "Việt Trì"}).status_code == 302
    assert Issuer.objects.get().place == "Việt Trì"


# Suggestions


def test_suggestions_are_for_people_who_are_signed_in(client):
    assert client.get(reverse("blocs:unit-suggest"), {"q": "hội"}).status_code == 302


def test_suggestions_name_at_most_ten_units(agency):
    for number in range(12):
        UnitFactory(name=f"Hội quần chúng số {number:02d}")
    rows = agency.get(reverse("blocs:unit-suggest"), {"q": "hoi quan"}).json()["results"]
    assert len(rows) == 10
    assert rows[0]["label"] == "Hội quần chúng số 00"


def test_suggestions_tell_units_of_one_name_apart(agency):
    for code in ("stc-1", "stc-2"):
        UnitFactory(name="Sở Tài chính", code=code, province="Phú Thọ")
    rows = agency.get(reverse("blocs:unit-suggest"), {"q": "tài chính"}).json()["results"]
    assert [(row["value"], row["label"], row["note"]) for row in rows] == [
        ("stc-1", "Sở Tài chính (stc-1)", "Phú Thọ, stc-1"),
        ("stc-2", "Sở Tài chính (stc-2)", "Phú Thọ, stc-2"),
    ]


def test_suggestions_of_a_bloc_are_its_members_and_forgive_a_missing_word(agency):
    unit = UnitFactory(name="Đảng ủy khối các cơ quan tỉnh")
    bloc = BlocYearFactory().bloc
    MembershipFactory(bloc=bloc, unit=unit)
    UnitFactory(name="Đảng ủy khối các cơ quan huyện")
    query = {"q": "Đảng ủy khối cơ quan tinh", "khoi": bloc.slug}
    rows = agency.get(reverse("blocs:unit-suggest"), query).json()["results"]
    assert [row["label"] for row in rows] == ["Đảng ủy khối các cơ quan tỉnh"]
    assert agency.get(reverse("blocs:unit-suggest"), {"q": "a", "khoi": "khong-co"}).status_code == 404
    assert agency.get(reverse("blocs:unit-suggest"), {"q": "\x00", "khoi": ""}).json() == {"results": []}
    assert agency.get(reverse("blocs:unit-suggest")).json() == {"results": []}
