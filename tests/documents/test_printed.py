import datetime
import re
import string
import unicodedata

import pytest
from pypdf.generic import IndirectObject

from documents.letterhead import Letterhead
from documents.printed import paper_pdf
from tests.documents.reading import page_texts, reader, text_of
from tests.documents.sample_form import BLOC, LINES, UNITS, SampleCovenant, SampleLetter
from tests.factories.blocs import IssuerFactory

DAY = datetime.date(2022, 1, 14)
LONG = (
    "Ủy ban Mặt trận Tổ quốc Việt Nam và các tổ chức chính trị - xã hội cấp tỉnh, các hội quần chúng được giao nhiệm vụ "
    "Phú Thọ"
)
POINT = 25.4 / 72


def test_a_draft_leaves_number_and_date_blank():
    text = text_of(SampleLetter().pdf())
    assert "Số: /TTr-KTĐ" in text
    assert "Phú Thọ, ngày tháng năm 2022" in text
    assert "(Kèm theo Tờ trình số /TTr-KTĐ ngày tháng năm 2022 của Khối thi đua" in text


def test_an_issued_paper_bears_number_and_date():
    text = text_of(SampleLetter().pdf(number="5", issued_on=DAY))
    assert "Số: 05/TTr-KTĐ" in text
    assert "Phú Thọ, ngày 14 tháng 01 năm 2022" in text
    assert f"(Kèm theo Tờ trình số 05/TTr-KTĐ ngày 14 tháng 01 năm 2022 của {BLOC})" in text


def test_the_parts_of_a_letter_stand_in_the_order_of_the_decree():
    text = text_of(SampleLetter().pdf(number="5", issued_on=DAY))
    parts = [
        "ỦY BAN NHÂN DÂN TỈNH PHÚ THỌ",
        BLOC.upper(),
        "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM",
        "Độc lập - Tự do - Hạnh phúc",
        "Số: 05/TTr-KTĐ",
        "Phú Thọ, ngày 14 tháng 01 năm 2022",
        "TỜ TRÌNH",
        "Về việc đề nghị khen thưởng thành tích công tác năm 2021",
        "Kính gửi: Hội đồng Thi đua - Khen thưởng tỉnh Phú Thọ.",
        "Căn cứ Luật Thi đua, khen thưởng;",
        "về việc thành lập các Khối thi đua.",
        "Thực hiện Kế hoạch số 26/KH-UBND",
        "khen thưởng cho 11 tập thể",
        "hồ sơ đề nghị./.",
        "Nơi nhận: - Như trên; - Các đơn vị thành viên Khối thi đua; - Lưu: VT, BTC.",
        "TM. KHỐI THI ĐUA",
        "TRƯỞNG KHỐI",
        "TRƯỞNG BAN TỔ CHỨC TỈNH ỦY",
        "Bùi Đình Thi",
        "Phụ lục",
        "DANH SÁCH ĐỀ NGHỊ KHEN THƯỞNG NĂM 2021",
        *(unit for unit, _ in LINES),
    ]
    places, start = [], 0
    for part in parts:
        start = text.find(part, start)
        places.append((part, start >= 0))
        start = max(start, 0)
    assert [part for part, found in places if not found] == []


def test_equal_input_gives_equal_bytes():
    first, second = SampleLetter().pdf(number="5", issued_on=DAY), SampleLetter().pdf(number="5", issued_on=DAY)
    assert first == second
    assert SampleLetter().pdf(number="6", issued_on=DAY) != first


def test_the_file_tells_its_title_language_dates_and_bookmarks():
    file = reader(SampleLetter().pdf(number="5", issued_on=DAY))
    assert file.metadata.title == "Tờ trình về việc đề nghị khen thưởng thành tích công tác năm 2021"
    assert file.metadata.author == BLOC
    assert file.metadata.creation_date.date() == DAY
    assert file.trailer["/Root"]["/Lang"] == "vi"
    assert [mark.title for mark in file.outline if not isinstance(mark, list)] == ["TỜ TRÌNH", "Phụ lục"]
    assert file.trailer["/Root"]["/MarkInfo"]["/Marked"] == True  # noqa: E712  a PDF boolean is an object of its own


def test_the_page_is_a4_with_the_margins_of_the_decree():
    file = reader(SampleLetter(reasons="\n".join(["Các đơn vị trong Khối thi đua ký kết giao ước. " * 6] * 30)).pdf())
    first, annex = file.pages[0], file.pages[-1]
    assert (round(first.mediabox.width * POINT), round(first.mediabox.height * POINT)) == (210, 297)
    assert (round(annex.mediabox.width * POINT), round(annex.mediabox.height * POINT)) == (297, 210)
    left, _ = _text_box(file.pages[1])
    assert 29.5 < left * POINT < 31


def _text_box(page):
    """Left and right edge of the text, in points from the left."""
    starts = []

    def visit(text, current, matrix, font, size):
        if text.strip():
            starts.append(current[0] * matrix[4] + current[2] * matrix[5] + current[4])

    page.extract_text(visitor_text=visit)
    return min(starts), max(starts)


def test_pages_are_numbered_from_the_second_and_each_annex_anew():
    form = SampleLetter(reasons="\n".join(["Các đơn vị trong Khối ký kết giao ước thi đua. " * 8] * 12), lines=LINES * 5)
    form.template_name = "documents_test/two_annexes.html"
    pages = page_texts(form.pdf())
    # The margin is drawn after the text, so it is read last.
    feet = [page.strip().split("\n")[-1].strip() for page in pages]
    numbers = [foot if foot.isdigit() else "" for foot in feet]
    starts = [number for number, page in enumerate(pages) if "Phụ lục" in page]
    assert len(starts) == 2
    body, first, second = numbers[: starts[0]], numbers[starts[0] : starts[1]], numbers[starts[1] :]
    assert min(len(body), len(first), len(second)) >= 2
    for part in (body, first, second):
        assert part == ["", *(str(number) for number in range(2, len(part) + 1))]


def test_heads_of_a_table_are_repeated_on_every_page():
    pages = page_texts(SampleLetter(lines=LINES * 6).pdf())[1:]
    assert len(pages) > 2
    assert ["Hình thức khen thưởng" in page for page in pages] == [True] * len(pages)


@pytest.mark.parametrize("count", range(8, 40))
def test_the_signature_block_is_whole_and_never_alone(count):
    reasons = "\n".join(f"Kết quả thứ {number} của Khối thi đua." for number in range(count))
    pages = page_texts(SampleLetter(reasons=reasons).pdf())[:-1]
    last = pages[-1]
    assert all(part in last for part in ("Nơi nhận", "TM. KHỐI THI ĐUA", "Bùi Đình Thi"))
    body = [line for line in last[: last.index("Nơi nhận")].split("\n") if line.strip() and not line.strip().isdigit()]
    assert len(body) >= 2


@pytest.mark.parametrize(("count", "columns"), [(1, 3), (5, 2), (15, 3), (40, 2), (40, 3)])
def test_every_signer_has_a_block_that_no_page_break_splits(count, columns):
    form = SampleCovenant(units=[f"Đơn vị thứ {number}" for number in range(1, count + 1)], columns=columns)
    pages = page_texts(form.pdf())
    for page in pages:
        units = [int(number) for number in re.findall(r"ĐƠN VỊ THỨ (\d+)", page)]
        assert len(units) == page.count("Nguyễn Văn An")
        assert len(units) == page.count("THỦ TRƯỞNG ĐƠN VỊ")
    found = [int(number) for page in pages for number in re.findall(r"ĐƠN VỊ THỨ (\d+)", page)]
    assert sorted(found) == list(range(1, count + 1))


def test_every_block_with_a_field_is_a_signature_field_of_its_own():
    form = SampleCovenant(units=UNITS[:4])
    frozen = form.frozen()
    for number, signature in enumerate(frozen["values"]["signatures"], 1):
        signature["field"] = f"Ky_{number}"
    file = reader(paper_pdf(form.template_name, frozen, signature_fields=True))
    assert file.trailer["/Root"]["/AcroForm"]["/SigFlags"] == 3
    fields = [item.get_object() for item in file.trailer["/Root"]["/AcroForm"]["/Fields"]]
    assert [(field["/FT"], field["/T"], field["/TU"]) for field in fields] == [
        ("/Sig", f"Ky_{number}", f"Chữ ký số của {unit}") for number, unit in enumerate(UNITS[:4], 1)
    ]
    for field in fields:
        left, bottom, right, top = (float(side) for side in field["/Rect"])
        # Room for three lines of a stamp.
        assert right - left > 45 / POINT
        assert top - bottom > 20 / POINT
        assert "/V" not in field
    # The same paper without fields, for a print that is signed by hand.
    assert "/AcroForm" not in reader(paper_pdf(form.template_name, frozen)).trailer["/Root"]


def test_a_covenant_has_no_letterhead_and_all_fifteen_units():
    text = text_of(SampleCovenant().pdf())
    assert text.startswith("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM Độc lập - Tự do - Hạnh phúc GIAO ƯỚC THI ĐUA Năm 2022")
    assert "Số:" not in text
    assert [unit for unit in UNITS if unit.upper() not in text] == []


def test_names_with_quotes_tags_and_120_letters_are_printed_as_they_are():
    odd = 'Cờ "thi đua" <script>alert(1)</script> & ‘xuất sắc’ {{ x }}'
    pdf = SampleLetter(issuing_name=LONG, lines=[(LONG, odd), (LONG, odd)], reasons="W" * 120).pdf()
    text = text_of(pdf)
    assert LONG in text
    assert LONG.upper() in text
    unbroken = re.sub(r"\s", "", text)
    assert unbroken.count(re.sub(r"\s", "", odd)) == 2
    assert unbroken.count("W" * 120) == 1
    for page in reader(pdf).pages:
        assert _text_box(page)[1] < float(page.mediabox.width)


def test_every_letter_of_vietnamese_can_be_read_back():
    bases = "aăâbcdđeêghiklmnoôơpqrstuưvxy"
    tones = ["", "\u0300", "\u0301", "\u0303", "\u0309", "\u0323"]
    lower = [
        unicodedata.normalize("NFC", base + tone) for base in bases for tone in tones if base in "aăâeêioôơuưy" or not tone
    ]
    letters = lower + [letter.upper() for letter in lower] + list(string.ascii_letters + string.digits)
    assert all(len(letter) == 1 for letter in letters)
    printed = " ".join("".join(letters[start : start + 20]) for start in range(0, len(letters), 20))
    for style in ("{}", "<b>{}</b>", "<i>{}</i>", "<b><i>{}</i></b>"):
        assert printed in text_of(_render(style.format(printed)))


def test_text_typed_with_separate_marks_is_printed_right():
    typed = unicodedata.normalize("NFD", "Khối thi đua các cơ quan Đảng, Ủy ban Mặt trận Tổ quốc")
    text = text_of(SampleLetter(reasons=typed).pdf())
    assert "Khối thi đua các cơ quan Đảng, Ủy ban Mặt trận Tổ quốc" in text


def test_only_our_font_is_used_and_it_is_embedded():
    file = reader(SampleLetter().pdf())
    names = set()
    for page in file.pages:
        fonts = page["/Resources"]["/Font"]
        for font in (fonts.get_object() if isinstance(fonts, IndirectObject) else fonts).values():
            names.add(font.get_object()["/BaseFont"].split("+")[1])
    assert names == {"VB-Serif", "VB-Serif-Bold", "VB-Serif-Italic", "VB-Serif-Bold-Italic"}


def test_the_letterhead_comes_from_the_issuer():
    issuer = IssuerFactory.build(
        name="Hội Nông dân tỉnh", superior_name="Ủy ban nhân dân tỉnh", symbol="HND", place="Việt Trì"
    )
    assert Letterhead.of(issuer) == Letterhead(
        issuing_name="Hội Nông dân tỉnh",
        superior_name="Ủy ban nhân dân tỉnh",
        symbol="HND",
        place="Việt Trì",
        profile="state",
    )
    text = text_of(SampleLetter(issuer=issuer).pdf(number="9", issued_on=datetime.date(2026, 3, 5)))
    assert "Số: 09/TTr-HND" in text
    assert "Việt Trì, ngày 05 tháng 3 năm 2026" in text


def _render(body):
    from documents.engine.render import render_pdf

    return render_pdf(f'<!DOCTYPE html><html lang="vi"><title>Thử</title><body><p>{body}</p></body></html>')
