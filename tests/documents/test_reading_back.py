"""Papers read back from the finished file: where things stand and how large they are, rule by rule (domain.md §4)."""

import datetime
import re
import unicodedata
from functools import lru_cache

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from documents.engine.breaking import let_long_words_break
from documents.letterhead import Letterhead
from documents.outline import parse_outline
from documents.printed import PrintedForm, paper_html, paper_pdf
from tests.documents.reading import Layout, reader, rules_of, text_of
from tests.documents.sample_form import BLOC, LINES, SampleCovenant, SampleLetter

DAY = datetime.date(2026, 3, 5)
PROOF = {"code": "abcd-efgh-jkmn-pqrs", "url": "https://thiduakhenthuong.phutho.gov.vn/xac-minh/abcd-efgh-jkmn-pqrs/"}
MM = 72 / 25.4
LEFT, RIGHT, PAGE = 30 * MM, 195 * MM, 297 * MM
SENTENCE = "Các đơn vị trong Khối thi đua ký kết giao ước thi đua và tổ chức thực hiện nghiêm túc, hiệu quả. "
ODD = 'Cơ quan "Thi đua" <script>alert(1)</script> & ‘Khen thưởng’ {{ x }} {% y %}'
LONG = (
    "Ủy ban Mặt trận Tổ quốc Việt Nam và các tổ chức chính trị - xã hội, các hội quần chúng được Đảng giao nhiệm vụ tỉnh X"
)


class Regulation(SampleLetter):
    code, type_name, type_abbreviation = "quy-che", "Quy chế", "QC"
    template_name = "documents_test/regulation.html"
    text = (
        "Chương I\nQuy định chung\nĐiều 1. Phạm vi điều chỉnh\n1. Quy chế này quy định tổ chức của Khối.\na) Cơ quan Đảng;\n"
        "Chương II\nCơ cấu tổ chức\nĐiều 2. Khối trưởng\n1. Khối trưởng do các đơn vị thành viên suy tôn."
    )

    def get_values(self):
        return {**super().get_values(), "blocks": parse_outline(self.text)}


class Minutes(SampleLetter):
    code, type_name, type_abbreviation = "bien-ban", "Biên bản", "BB"
    template_name = "documents_test/minutes.html"

    def get_values(self):
        return {
            "text": self.reasons,
            "secretary": {"post": "Thư ký", "name": "Nguyễn Thị Hà"},
            "chair": {"post": "Chủ trì", "name": "Bùi Đình Thi"},
        }


class Grid(PrintedForm):
    code, type_name, template_name = "giao-uoc", "Giao ước thi đua", "documents_test/grid.html"

    def __init__(self, *, text="", units=(), names=(), rows=None):
        self.text, self.units, self.names, self.rows = text, units, names, rows

    def get_values(self):
        names = [*self.names, *[""] * len(self.units)]
        signatures = [
            {"unit": unit, "post": "Thủ trưởng", "name": name} for unit, name in zip(self.units, names, strict=False)
        ]
        return {"text": self.text, "rows": self.rows, "signatures": signatures}


def issued(form):
    return Layout(form.pdf(number="5", issued_on=DAY, proof=PROOF))


@pytest.fixture
def letter():
    return _letter()


@lru_cache(maxsize=1)
def _letter():
    return issued(SampleLetter(reasons="\n".join([SENTENCE * 5] * 9), lines=LINES * 2))


@pytest.mark.parametrize(
    ("rule", "text", "size", "bold", "italic"),
    [
        ("DOC-4", "2", 13, False, False),
        ("DOC-5", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 13, True, False),
        ("DOC-6", "Độc lập - Tự do - Hạnh phúc", 14, True, False),
        ("DOC-7", "ỦY BAN NHÂN DÂN", 13, False, False),
        ("DOC-8", "KHỐI THI ĐUA CÁC", 13, True, False),
        ("DOC-9", "Số: 05/TTr-KTĐ", 13, False, False),
        ("DOC-10", "Phú Thọ, ngày 05 tháng 3 năm 2026", 14, False, True),
        ("DOC-11", "TỜ TRÌNH", 14, True, False),
        ("DOC-12", "Về việc đề nghị khen thưởng", 14, True, False),
        ("DOC-14", "Căn cứ Luật Thi đua, khen thưởng;", 14, False, True),
        ("DOC-15", "Các đơn vị trong Khối thi đua", 14, False, False),
        ("DOC-18", "Kính gửi: Hội đồng", 14, False, False),
        ("DOC-19", "TM. KHỐI THI ĐUA", 14, True, False),
        ("DOC-19", "TRƯỞNG KHỐI", 14, True, False),
        ("DOC-22", "TRƯỞNG BAN TỔ CHỨC TỈNH ỦY", 14, True, False),
        ("DOC-20", "Bùi Đình Thi", 14, True, False),
        ("DOC-21", "Nơi nhận:", 12, True, True),
        ("DOC-21", "- Như trên;", 11, False, False),
        ("DOC-21", "- Lưu: VT, BTC.", 11, False, False),
        ("DOC-30", "Phụ lục", 14, True, False),
        ("DOC-30", "DANH SÁCH ĐỀ NGHỊ", 14, True, False),
        ("DOC-30", "(Kèm theo Tờ trình số 05/TTr-KTĐ ngày 05 tháng 3 năm 2026", 14, False, True),
        ("F93", "Mã xác minh:", 9, False, False),
    ],
)
def test_every_element_has_the_size_and_style_of_the_decree(letter, rule, text, size, bold, italic):
    found = letter.find(text)
    assert (found.size, found.bold, found.italic) == (size, bold, italic), rule


def test_the_head_stands_in_two_columns(letter):
    """Domain 4.5: left issuer and number, right Quốc hiệu, Tiêu ngữ, place and date, number and date on one line."""
    nation, motto, number, date = (
        letter.find(text) for text in ("CỘNG HÒA", "Độc lập", "Số: 05/TTr-KTĐ", "Phú Thọ, ngày 05")
    )
    bodies = [letter.find(text) for text in ("ỦY BAN NHÂN DÂN", "TỈNH PHÚ THỌ", "KHỐI THI ĐUA CÁC")]
    for line in (motto, date):
        assert _middle(line) == pytest.approx(_middle(nation), abs=1)
    for line in (*bodies[1:], number):
        assert _middle(line) == pytest.approx(_middle(bodies[0]), abs=2)
    assert all(line.right < nation.left for line in [*bodies, number])
    # One base line for two sizes of letters.
    assert number.bottom - 0.216 * number.size == pytest.approx(date.bottom - 0.216 * date.size, abs=0.3)


def test_the_rules_have_the_length_of_the_decree():
    """DOC-6: under Tiêu ngữ as long as the text; DOC-8, DOC-12: a third to a half of the line, in the middle."""
    pdf = SampleLetter().pdf(number="5", issued_on=DAY)
    page = Layout(pdf)
    motto, issuing, subject = (page.find(text) for text in ("Độc lập", "THỂ TỈNH", "Về việc"))
    under_motto, under_issuing, under_subject = rules_of(pdf)
    assert under_motto[:2] == pytest.approx((motto.left, motto.right), abs=0.5)
    assert motto.bottom - 2 < under_motto[2] < motto.bottom + 3
    for rule, above, width in ((under_issuing, issuing, 0.39 * (RIGHT - LEFT)), (under_subject, subject, RIGHT - LEFT)):
        assert 1 / 3 <= (rule[1] - rule[0]) / width <= 1 / 2
        assert (rule[0] + rule[1]) / 2 == pytest.approx(_middle(above), abs=1)
        assert above.bottom < rule[2] < above.bottom + 6


def test_a_party_paper_has_a_rule_under_the_name_of_the_party_and_none_under_the_issuer():
    """PTY-1."""
    form = SampleLetter()
    form.get_letterhead = lambda: Letterhead("Ban Tổ chức", "Tỉnh ủy Phú Thọ", "BTC", "Phú Thọ", "party")
    pdf = form.pdf(number="5", issued_on=DAY)
    party = Layout(pdf).find("ĐẢNG CỘNG SẢN VIỆT NAM")
    assert (party.size, party.bold) == (15, True)
    rules = rules_of(pdf)
    assert rules[0][:2] == pytest.approx((party.left, party.right), abs=0.5)
    assert [rule for rule in rules[1:] if rule[2] < 140] == []


def _middle(line):
    return (line.left + line.right) / 2


def test_the_margins_are_those_of_the_decree(letter):
    """DOC-2: 20, 15, 20, 30 mm; only the number of the page stands above (DOC-4)."""
    pages = {line.page for line in letter.lines if line.text == "Phụ lục"}
    body = [line for line in letter.lines if line.page < min(pages)]
    text = [line for line in body if not line.text.isdecimal()]
    assert min(line.left for line in text) == pytest.approx(LEFT, abs=0.5)
    assert max(line.right for line in text) <= RIGHT + 0.5
    assert min(line.top for line in text) >= 20 * MM - 1
    assert max(line.bottom for line in text) <= PAGE - 20 * MM
    number = letter.find("2")
    assert number.bottom < 20 * MM
    assert _middle(number) == pytest.approx((LEFT + RIGHT) / 2, abs=1)


def test_the_body_is_justified_indented_and_loose(letter):
    """DOC-15: first line 1,27 cm, lines 1 to 1,5 apart, at least 6 points between paragraphs."""
    first = letter.find("Các đơn vị trong Khối")
    assert first.left == pytest.approx(LEFT + 12.7 * MM, abs=0.5)
    assert first.right == pytest.approx(RIGHT, abs=1)
    lines = [line for line in letter.lines if line.page == first.page and line.top >= first.top]
    second, third = lines[1], lines[2]
    assert second.left == pytest.approx(LEFT, abs=0.5)
    assert 1 <= (third.top - second.top) / 14 / 1.107 <= 1.5
    starts = [
        number
        for number, line in enumerate(lines[1:], 1)
        if line.text.startswith("Các đơn vị trong Khối") and line.left > LEFT + 9
    ]
    for number in starts:
        between = lines[number].top - lines[number - 1].top
        assert between - (third.top - second.top) == pytest.approx(6, abs=0.1)


def test_the_end_stands_in_two_columns_with_the_proof_below_the_recipients(letter):
    recipients, role, name, proof = (letter.find(text) for text in ("Nơi nhận:", "TM. KHỐI", "Bùi Đình", "Mã xác minh:"))
    assert {recipients.page, role.page, name.page, proof.page} == {recipients.page}
    assert recipients.left == pytest.approx(LEFT, abs=0.5)
    middle = (LEFT + RIGHT) / 2
    assert role.left > middle
    assert proof.right < middle
    assert recipients.bottom < proof.top < name.bottom
    # Room for a signature and a seal.
    assert name.top - letter.find("TRƯỞNG KHỐI").bottom > 25 * MM


def test_every_annex_of_wide_tables_lies_across(letter):
    page = reader(SampleLetter().pdf()).pages[-1].mediabox
    assert page.width > page.height


def test_a_regulation_has_chapters_on_two_lines_and_articles_below():
    """DOC-16, DOC-17."""
    form = Regulation()
    pdf = form.pdf(number="5", issued_on=DAY)
    page = Layout(pdf)
    chapter, title, article = (page.find(text) for text in ("Chương I", "QUY ĐỊNH CHUNG", "Điều 1. Phạm vi điều chỉnh"))
    for line in (chapter, title):
        assert (line.size, line.bold, line.italic) == (14, True, False)
        assert _middle(line) == pytest.approx((LEFT + RIGHT) / 2, abs=1)
    assert chapter.bottom <= title.top + 4
    assert (article.size, article.bold, article.italic) == (14, True, False)
    for text in ("Điều 1.", "1. Quy chế", "a) Cơ quan"):
        assert page.find(text).left == pytest.approx(LEFT + 12.7 * MM, abs=0.5)
    marks = [mark.title for mark in _flat(reader(pdf).outline)]
    assert marks == [
        "QUY CHẾ",
        "Chương I QUY ĐỊNH CHUNG",
        "Điều 1. Phạm vi điều chỉnh",
        "Chương II CƠ CẤU TỔ CHỨC",
        "Điều 2. Khối trưởng",
    ]


def _flat(outline):
    for mark in outline:
        if isinstance(mark, list):
            yield from _flat(mark)
        else:
            yield mark


def test_minutes_are_signed_by_the_secretary_left_and_the_chair_right():
    """DOC-28."""
    page = issued(Minutes())
    secretary, chair = page.find("THƯ KÝ"), page.find("CHỦ TRÌ")
    assert secretary.right < (LEFT + RIGHT) / 2 < chair.left
    assert secretary.top == chair.top
    assert page.find("Nguyễn Thị Hà").top == page.find("Bùi Đình Thi").top
    assert page.find("Mã xác minh:").top > page.find("Bùi Đình Thi").bottom


# --- nothing is split, nothing stands alone ---


def _body_above(page, mark):
    """How many lines of text stand above the first `mark` on its page."""
    found = page.find(mark)
    return len(
        {line.top for line in page.lines if line.page == found.page and line.bottom <= found.top + 1 and line.size == 14}
    )


@pytest.mark.slow
@pytest.mark.parametrize("count", range(14, 31))
@pytest.mark.parametrize(
    ("make", "marks"),
    [
        (lambda text: SampleLetter(reasons=text, lines=[]), ("TM. KHỐI", "Bùi Đình", "Nơi nhận", "Mã xác minh")),
        (lambda text: Minutes(reasons=text), ("THƯ KÝ", "Bùi Đình", "Nguyễn Thị Hà", "Mã xác minh")),
        (lambda text: Grid(text=text, units=["Sở Nội vụ", "Sở Tài chính"]), ("SỞ NỘI VỤ", "SỞ TÀI CHÍNH", "Mã xác minh")),
    ],
    ids=["letter", "minutes", "grid"],
)
def test_the_end_is_whole_and_has_two_lines_of_text_above(make, marks, count):
    # The last paragraph has one line: alone it would not do.
    page = issued(make("\n".join(f"Kết quả thứ {number} của Khối thi đua." for number in range(count))))
    assert len({page.find(mark).page for mark in marks}) == 1
    assert _body_above(page, marks[0]) >= 2


@pytest.mark.slow
@pytest.mark.parametrize("count", [1, 2, 3, 4, 15, 35, 40])
def test_a_grid_begins_below_text_and_ends_with_the_proof(count):
    form = Grid(
        text=SENTENCE * 30,
        units=[f"Đơn vị thứ {number}" for number in range(1, count + 1)],
        names=[f"Nguyễn Văn {number}" for number in range(1, count + 1)],
    )
    page = issued(form)
    assert _body_above(page, "ĐƠN VỊ THỨ 1") >= 2
    for number in range(1, count + 1):
        head, foot = (
            next(line for line in page.lines if line.text == text)
            for text in (f"ĐƠN VỊ THỨ {number}", f"Nguyễn Văn {number}")
        )
        assert head.page == foot.page
        assert foot.top - head.bottom > 20 * MM
    assert page.find("Mã xác minh").page == page.find(f"ĐƠN VỊ THỨ {count}").page
    last = page.find("Mã xác minh").page
    rows = {line.top for line in page.lines if line.page == last and line.text.startswith("ĐƠN VỊ THỨ")}
    assert len(rows) >= min(2, -(-count // 3))


# --- odd input ---


def test_odd_names_are_printed_as_they_are_and_stay_on_the_page():
    units, names = [LONG, ODD, "X" * 120], [LONG, ODD, "Ỹ" * 120]
    pdf = Grid(text=ODD, units=units, names=names, rows=[LONG, ODD, "Ậ" * 120]).pdf(proof=PROOF)
    page = Layout(pdf)
    assert max(line.right for line in page.lines) <= RIGHT + 1
    text = re.sub(r"\s", "", text_of(pdf))
    for name in (LONG.upper(), LONG, ODD.upper(), ODD, "X" * 120, "Ỹ" * 120, "Ậ" * 120):
        assert re.sub(r"\s", "", name) in text


def test_a_long_word_may_break_and_nothing_else_is_touched():
    digest = "0123456789abcdef" * 4
    silent = f'<title>{digest}</title><body class="{digest}"><svg><text>{digest}</text></svg>'
    page = silent + f"<p>Mã: {digest}.</p>&lt;{'a' * 26}&gt;"
    assert let_long_words_break(page) == page.replace(f"{digest}.", f'<span class="long">{digest}.</span>')
    odd = "<body><p>" + "&amp;" * 31 + "</p>"
    assert let_long_words_break(odd) == '<body><p><span class="long">' + "&amp;" * 31 + "</span></p>"
    assert let_long_words_break("<p>" + "a" * 99) == "<p>" + "a" * 99


def test_a_long_list_of_recipients_goes_on_overleaf_and_leaves_the_signature_with_the_text():
    form = SampleLetter(lines=[])
    values = form.get_values()
    units = [f"Đơn vị thành viên thứ {number} của Khối thi đua các cơ quan tỉnh" for number in range(60)]
    form.get_values = lambda: {**values, "recipients": ["Như trên", *units, "Lưu: VT"]}
    pdf = form.pdf(number="5", issued_on=DAY, proof=PROOF)
    page = Layout(pdf)
    assert page.find("Bùi Đình Thi").page == 1
    assert _body_above(page, "TM. KHỐI") >= 2
    text = text_of(pdf)
    assert [unit for unit in units if f"- {unit};" not in text] == []
    assert page.find("- Lưu: VT.").page == page.find("Mã xác minh").page == 3


def test_a_covenant_without_contents_and_without_signers_is_a_page():
    text = text_of(Grid().pdf())
    assert text.strip().endswith("GIAO ƯỚC THI ĐUA")
    assert "<td" not in paper_html(Grid.template_name, Grid(rows=[]).frozen())
    assert "Tên đơn vị" in text_of(Grid(rows=[]).pdf())


def test_forty_signers_of_a_covenant_are_all_there():
    form = SampleCovenant(units=[f"{BLOC} số {number}" for number in range(1, 41)])
    text = re.sub(r"\s", "", text_of(form.pdf()))
    assert [number for number in range(1, 41) if f"{BLOC} số {number}".upper().replace(" ", "") not in text] == []


# --- what is printed can be read back ---

BASES, TONES = "aăâeêioôơuưy", ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]
VOWELS = [unicodedata.normalize("NFC", base + tone) for base in BASES for tone in TONES]
LETTERS = "".join(VOWELS) + "bcdđghklmnpqrstvxfjwz"
WORDS = st.text(LETTERS + LETTERS.upper(), min_size=1, max_size=9)
NAMES = st.lists(WORDS, min_size=1, max_size=9).map(" ".join)


@pytest.mark.slow
@given(names=st.lists(NAMES, min_size=1, max_size=24))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_names_are_read_back_letter_for_letter(names):
    frozen = Grid(text="\n".join(names), units=names, names=names, rows=names).frozen()
    text = text_of(paper_pdf(Grid.template_name, frozen))
    for name in names:
        # In the text, in the table and as a signer; the unit in capitals.
        assert text.count(name) >= 3
        assert name.upper() in text


@pytest.mark.slow
@given(letterhead=st.builds(Letterhead, NAMES, NAMES, WORDS, WORDS, st.sampled_from(["state", "party", "mass_org"])))
@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_a_letterhead_is_read_back_letter_for_letter(letterhead):
    form = SampleLetter()
    form.get_letterhead = lambda: letterhead
    text = text_of(form.pdf(number="5", issued_on=DAY))
    for part in (letterhead.issuing_name.upper(), letterhead.superior_name.upper(), letterhead.symbol, letterhead.place):
        assert part in text
