"""Who issues decides the form: State bodies, bodies of the Party, Mặt trận and mass organisations (PTY-1 … PTY-5)."""

import datetime

import pytest

from documents.letterhead import Letterhead, authority_words, full_number, full_symbol, kept_by
from tests.documents.reading import Layout, text_of
from tests.documents.sample_form import SampleLetter
from tests.factories.blocs import IssuerFactory

DAY = datetime.date(2022, 1, 14)
PARTY = Letterhead("Ban Tổ chức", "Tỉnh ủy Phú Thọ", "BTC", "Phú Thọ", "party")
FRONT = Letterhead("Ban Thường trực", "Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Phú Thọ", "MTTQ-BTT", "Phú Thọ", "mass_org")
STATE = Letterhead("Sở Nội vụ", "Ủy ban nhân dân tỉnh Phú Thọ", "SNV", "Phú Thọ")


class Letter(SampleLetter):
    def __init__(self, letterhead, **kwargs):
        super().__init__(**kwargs)
        self.letterhead = letterhead

    def get_letterhead(self):
        return self.letterhead


class OfficialLetter(Letter):
    """Công văn."""

    type_name = type_abbreviation = ""

    def get_subject(self):
        return "Về việc trả lại hồ sơ đề nghị khen thưởng năm 2021"


def text(form):
    return text_of(form.pdf(number="5", issued_on=DAY))


@pytest.mark.parametrize(
    ("number", "symbol", "printed"),
    [
        ("5", "TTr-KTĐ", "05/TTr-KTĐ"),
        ("05", "TTr-KTĐ", "05/TTr-KTĐ"),
        (5, "TTr-KTĐ", "05/TTr-KTĐ"),
        ("123", "TTr-KTĐ", "123/TTr-KTĐ"),
        ("05a", "TTr-KTĐ", "05a/TTr-KTĐ"),
        ("7/TTr-BTC", "TTr-KTĐ", "07/TTr-BTC"),
        (" 7 ", "", "07"),
        ("", "TTr-KTĐ", ""),
    ],
)
def test_a_number_has_two_digits_and_its_symbol(number, symbol, printed):
    assert full_number(number, symbol) == printed


@pytest.mark.parametrize(
    ("number", "printed"),
    [("5", "05-TTr/BTC"), ("12", "12-TTr/BTC"), ("7-TTr/BTC", "07-TTr/BTC"), ("7/TTr-BTC", "07/TTr-BTC"), ("", "")],
)
def test_a_party_number_has_its_own_order(number, printed):
    assert full_number(number, "TTr/BTC", "party") == printed


@pytest.mark.parametrize(
    ("letterhead", "kind", "is_letter", "symbol"),
    [
        (STATE, "TTr", False, "TTr-SNV"),
        (STATE, "", True, "SNV"),
        (PARTY, "TTr", False, "TTr/BTC"),
        (PARTY, "", True, "CV/BTC"),
        (FRONT, "BC", False, "BC-MTTQ-BTT"),
        (None, "", False, ""),
        (None, "BB", False, "BB"),
    ],
)
def test_a_symbol_is_put_together_as_the_issuer_does_it(letterhead, kind, is_letter, symbol):
    assert full_symbol(kind, letterhead, is_letter=is_letter) == symbol


def test_a_party_paper_has_the_marks_of_the_party():
    words = text(Letter(PARTY))
    for part in (
        "TỈNH ỦY PHÚ THỌ BAN TỔ CHỨC * ĐẢNG CỘNG SẢN VIỆT NAM Số 05-TTr/BTC Phú Thọ, ngày 14 tháng 01 năm 2022",
        "Kính trình: Hội đồng Thi đua - Khen thưởng tỉnh Phú Thọ.",
        "hồ sơ đề nghị. Nơi nhận:",
        "- Lưu BTC.",
        "T/M KHỐI THI ĐUA TRƯỞNG KHỐI",
        "(Kèm theo Tờ trình số 05-TTr/BTC ngày 14 tháng 01 năm 2022 của Ban Tổ chức)",
    ):
        assert part in words
    for part in ("CỘNG HÒA", "Độc lập", "Số:", "./.", "TM.", "VT", "Kính gửi"):
        assert part not in words


def test_a_draft_of_the_party_leaves_its_number_blank():
    words = text_of(Letter(PARTY).pdf())
    assert "Số -TTr/BTC" in words
    assert "Phú Thọ, ngày tháng năm 2022" in words


def test_only_a_submission_of_the_party_is_presented():
    form = Letter(PARTY)
    form.type_name = "Báo cáo"
    assert "Kính gửi: Hội đồng" in text(form)


def test_papers_of_the_front_bear_the_name_of_the_state():
    words = text(Letter(FRONT))
    for part in (
        "BAN THƯỜNG TRỰC CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc Số: 05/TTr-MTTQ-BTT",
        "hồ sơ đề nghị./.",
        "Lưu: VT, BTC.",
        "TM. KHỐI THI ĐUA",
    ):
        assert part in words


def test_lines_of_a_party_paper_are_nineteen_points_apart():
    page = Layout(Letter(PARTY).pdf())
    lines = [page.find(word).top for word in ("tỉnh về tổ chức", "đăng ký và ký kết")]
    assert lines[1] - lines[0] == pytest.approx(19, abs=0.1)
    indent = page.find("Thực hiện Kế hoạch").left - page.find("tỉnh về tổ chức").left
    assert indent == pytest.approx(10 / 25.4 * 72, abs=0.5)


@pytest.mark.parametrize(
    ("written", "printed"),
    [
        ("TM. Ban Thường vụ", "T/M Ban Thường vụ"),
        ("TL. Ban Thường vụ", "T/L Ban Thường vụ"),
        ("KT. Trưởng ban", ""),
        ("K/T Trưởng ban", ""),
        ("T/M Tỉnh ủy", "T/M Tỉnh ủy"),
        ("", ""),
        (None, ""),
    ],
)
def test_a_party_body_signs_with_a_slash_and_without_kt(written, printed):
    assert authority_words(written, "party") == printed
    assert authority_words(written, "state") == (written or "")


@pytest.mark.parametrize(
    ("line", "printed"),
    [
        ("Lưu: VT, BTC", "Lưu BTC"),
        ("Lưu: VT", "Lưu BTC"),
        ("Lưu VT, Văn phòng, Phòng Thi đua", "Lưu Văn phòng, Phòng Thi đua"),
        ("Như trên", "Như trên"),
    ],
)
def test_a_party_body_keeps_its_paper_without_vt(line, printed):
    assert kept_by(line, {"letterhead": PARTY.as_values()}) == printed
    assert kept_by(line, {"letterhead": STATE.as_values()}) == line
    assert kept_by(line, {"letterhead": None}) == line


@pytest.mark.parametrize(
    ("letterhead", "number"), [(STATE, "Số: 05/SNV"), (PARTY, "Số 05-CV/BTC"), (FRONT, "Số: 05/MTTQ-BTT")]
)
def test_an_official_letter_says_under_its_number_what_it_is_about(letterhead, number):
    form = OfficialLetter(letterhead)
    words = text(form)
    assert f"{number} V/v trả lại hồ sơ đề nghị khen thưởng năm 2021" in words
    assert "Về việc" not in words
    assert form.get_title() == "Công văn về việc trả lại hồ sơ đề nghị khen thưởng năm 2021"


def test_the_subject_of_an_official_letter_is_small_and_below_the_number():
    page = Layout(OfficialLetter(STATE).pdf(number="5", issued_on=DAY))
    number, about = page.find("Số: 05/SNV"), page.find("V/v trả lại")
    assert (number.size, about.size) == (13, 12)
    assert number.bottom < about.top


def test_the_place_is_that_of_the_day_of_issue(db):
    """DOC-33: an issuer that moved with the new map keeps the old name on the old paper."""
    issuer = IssuerFactory(name="Hội Nông dân tỉnh", place="Phường Việt Trì")
    issuer.places.create(name="Việt Trì", starts_on=datetime.date(2010, 1, 1), ends_on=datetime.date(2025, 6, 30))
    issuer.places.create(name="Phường Việt Trì", starts_on=datetime.date(2025, 7, 1))
    form = SampleLetter(issuer=issuer)
    assert "Việt Trì, ngày 30 tháng 6 năm 2025" in text_of(form.pdf(number="1", issued_on=datetime.date(2025, 6, 30)))
    later = text_of(form.pdf(number="1", issued_on=datetime.date(2025, 7, 1)))
    assert "Phường Việt Trì, ngày 01 tháng 7 năm 2025" in later
    assert "Phường Việt Trì, ngày tháng" in text_of(form.pdf())


@pytest.mark.parametrize("profile", ["state", "party", "mass_org"])
def test_a_long_name_of_an_issuer_stays_in_its_column(profile):
    name = "Ban Chỉ đạo phong trào thi đua yêu nước của các cơ quan Đảng, Mặt trận và đoàn thể chính trị - xã hội của tỉnh"
    page = Layout(Letter(Letterhead(name, name, "BCĐ", "Phú Thọ", profile)).pdf())
    head = page.find("ĐẢNG CỘNG SẢN VIỆT NAM" if profile == "party" else "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    for word in page.find_all("BAN CHỈ ĐẠO"):
        assert word.right < head.left
    # The right margin is 15 mm (DOC-2).
    assert head.right < (210 - 15) / 25.4 * 72 + 1
