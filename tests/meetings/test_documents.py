from datetime import date
from decimal import Decimal

import pytest

from blocs.enums import Qualifier
from blocs.models import Movement, OfficeHolder
from common.errors import NotReady
from documents.models import Issuer
from meetings.documents import YearEndReport, council_of
from meetings.enums import Capacity, MeetingKind, MeetingStatus, PointSection, Presence
from meetings.models import Meeting
from meetings.services import (
    AgendaInput,
    AttendanceInput,
    ElectionInput,
    FigureInput,
    MeetingInput,
    ParticipantInput,
    PointInput,
    save_meeting,
)
from tests.documents.reading import page_texts, text_of
from tests.factories.blocs import BlocFactory, UnitFactory, secretary_of
from tests.factories.meetings import FigureFactory, MeetingFactory, PointFactory
from tests.meetings.pages import NAME, TITLE, member, phu_tho

pytestmark = pytest.mark.django_db
S = PointSection


@pytest.fixture
def bloc_year():
    return phu_tho()


@pytest.fixture
def meeting(bloc_year):
    """What was decided on 11/01/2022."""
    Movement.objects.create(bloc_year=bloc_year, name="Xây dựng nông thôn mới", launched_by="Thủ tướng Chính phủ")
    units = [row.unit for row in bloc_year.memberships_on(date(2022, 1, 11))]
    farmers, party = member(bloc_year, "Hội Nông dân tỉnh"), member(bloc_year, "Đảng ủy khối các cơ quan tỉnh")
    guest = ("Phó Chủ tịch thường trực Hội đồng Thi đua, khen thưởng tỉnh", "Phó Giám đốc Sở Nội vụ")
    data = MeetingInput(
        title=TITLE,
        kinds=(MeetingKind.YEAR_END, MeetingKind.LAUNCH),
        starts_on=date(2022, 1, 11),
        part_of_day="afternoon",
        place="Ban Tổ chức Tỉnh ủy Phú Thọ",
        status=MeetingStatus.HELD,
        participants=(
            ParticipantInput(Capacity.CHAIR, "Nguyễn Thị Phương Hạnh", farmers, ("Chủ tịch Hội Nông dân tỉnh",)),
            ParticipantInput(Capacity.GUEST, "Hồ Thị Phương Thủy", None, guest),
        ),
        attendances=tuple(
            AttendanceInput(unit, Presence.EXCUSED if str(unit) == "Báo Phú Thọ" else Presence.PRESENT) for unit in units
        ),
        agenda=(AgendaInput("Ký giao ước thi đua năm 2022", "Lãnh đạo các đơn vị"),),
        figures=(
            FigureInput("đơn vị ký giao ước", Decimal(100), "%"),
            FigureInput("đề tài, sáng kiến, giải pháp cấp cơ sở", Decimal(5848), "đề tài"),
            FigureInput("đơn vị nộp báo cáo", Decimal(4), "đơn vị", denominator=Decimal(8)),
            FigureInput("hiến máu", Decimal(845), "đơn vị máu", Qualifier.MORE, unit=farmers, period="năm 2021"),
            FigureInput("ủng hộ", Decimal("1500000000.5"), "đồng"),
        ),
        points=(
            PointInput(S.RESULT, "các phong trào được triển khai đồng bộ"),
            PointInput(S.CONCLUSION, "Đẩy mạnh phong trào thi đua yêu nước."),
            PointInput(S.NEXT_TASK, "Duy trì phong trào thường xuyên"),
            PointInput(S.REQUEST, "bố trí kinh phí", "UBND tỉnh"),
        ),
        elections=(
            ElectionInput("leader", farmers, votes_for=14, votes_cast=15),
            ElectionInput("deputy", party, "acclaimed"),
        ),
    )
    return save_meeting(meeting=Meeting(bloc_year=bloc_year), by=secretary_of(bloc_year), data=data)


def test_the_report_says_what_the_meeting_decided_and_nothing_else(meeting):
    text = text_of(YearEndReport(meeting).pdf())
    for part in (
        "BÁO CÁO Tổng kết công tác thi đua, khen thưởng năm 2021",
        "Kính gửi: Hội đồng Thi đua - Khen thưởng tỉnh Phú Thọ",
        f"{NAME} gồm 15 đơn vị thành viên; năm 2021, Ban Tổ chức Tỉnh ủy làm Khối trưởng, Hội Nông dân tỉnh làm Khối phó.",
        "I. KHÁI QUÁT, TỔ CHỨC HỘI NGHỊ",
        "Chiều ngày 11/01/2022, tại Ban Tổ chức Tỉnh ủy Phú Thọ, khối tổ chức hội nghị tổng kết",
        "Chủ trì: Nguyễn Thị Phương Hạnh, Chủ tịch Hội Nông dân tỉnh.",
        "Khách mời: Hồ Thị Phương Thủy, Phó Chủ tịch thường trực Hội đồng Thi đua, khen thưởng tỉnh, Phó Giám đốc Sở",
        "Số đơn vị dự: 14/15 đơn vị.",
        "Đơn vị vắng: Báo Phú Thọ (vắng có lý do).",
        "- Ký giao ước thi đua năm 2022 (Lãnh đạo các đơn vị).",
        "II. KẾT QUẢ CÔNG TÁC THI ĐUA, KHEN THƯỞNG",
        "- Xây dựng nông thôn mới (Thủ tướng Chính phủ phát động).",
        "- Các phong trào được triển khai đồng bộ.",
        "Đơn vị ký giao ước 100 %",
        "5.848 đề tài",
        "4/8 đơn vị",
        "Hiến máu (Hội Nông dân tỉnh; năm 2021)",
        "hơn 845 đơn vị máu",
        "1.500.000.000,5 đồng",
        "III. KẾT LUẬN, PHƯƠNG HƯỚNG, NHIỆM VỤ",
        "- Đẩy mạnh phong trào thi đua yêu nước.",
        "- Duy trì phong trào thường xuyên.",
        "IV. KẾT QUẢ BẦU KHỐI TRƯỞNG, KHỐI PHÓ",
        "- Khối trưởng năm 2022: Hội Nông dân tỉnh (bầu tại hội nghị, 14/15 phiếu đồng ý).",
        "- Khối phó năm 2022: Đảng ủy khối các cơ quan tỉnh (suy tôn).",
        "V. KIẾN NGHỊ, ĐỀ XUẤT",
        "- Kiến nghị với UBND tỉnh: bố trí kinh phí.",
        "của " + NAME + "./.",
        "TM. KHỐI THI ĐUA KHỐI TRƯỞNG",
        "TRƯỞNG BAN TỔ CHỨC TỈNH ỦY Bùi Đình Thi",
        "Các đơn vị thành viên;",
    ):
        assert part in text
    # No shortcoming was named, so no part speaks of one.
    assert "HẠN CHẾ" not in text
    assert "None" not in text


def test_shortcomings_that_were_named_have_their_part(meeting):
    PointFactory(meeting=meeting, section=S.SHORTCOMING, text="Báo cáo chậm")
    text = text_of(YearEndReport(meeting).pdf())
    assert "III. HẠN CHẾ - Báo cáo chậm. IV. KẾT LUẬN" in text


def test_a_draft_leaves_number_and_day_blank_and_an_issued_one_bears_them(meeting, bloc_year):
    unit = member(bloc_year, "Ban Tổ chức Tỉnh ủy")
    unit.issuer = Issuer.objects.create(
        name="Ban Tổ chức Tỉnh ủy Phú Thọ", superior_name="Tỉnh ủy Phú Thọ", symbol="BTCTU", place="Phú Thọ", profile="party"
    )
    unit.save()
    draft = page_texts(YearEndReport(meeting).pdf())[0]
    assert "/BC-BTCTU" in draft
    assert "năm 2022" in draft
    issued = text_of(YearEndReport(meeting).pdf(number="5", issued_on=date(2022, 1, 12)))
    assert "TỈNH ỦY PHÚ THỌ BAN TỔ CHỨC TỈNH ỦY PHÚ THỌ" in issued
    assert "Số: 05/BC-BTCTU" in issued
    assert "- Lưu: VT, BTCTU." in issued
    assert "Phú Thọ, ngày 12 tháng 01 năm 2022" in issued


def test_without_a_registered_issuer_the_letterhead_is_the_units_own(meeting, bloc_year):
    unit = member(bloc_year, "Ban Tổ chức Tỉnh ủy")
    unit.parent = UnitFactory(name="Tỉnh ủy Phú Thọ")
    unit.save()
    values = YearEndReport(meeting).get_letterhead().as_values()
    assert values == {
        "issuing_name": "Ban Tổ chức Tỉnh ủy",
        "superior_name": "Tỉnh ủy Phú Thọ",
        "symbol": "",
        "place": "Phú Thọ",
        "profile": "state",
    }


def test_a_half_year_report_is_a_so_ket(bloc_year):
    report = YearEndReport(MeetingFactory(bloc_year=bloc_year, kinds=[MeetingKind.MID_YEAR]))
    assert report.get_subject() == "Sơ kết công tác thi đua, khen thưởng 6 tháng đầu năm 2021"
    assert report.filename == "bao-cao-so-ket-2021.pdf"


def test_an_almost_empty_meeting_prints_without_empty_parts(bloc_year):
    text = text_of(YearEndReport(MeetingFactory(bloc_year=bloc_year, place="")).pdf())
    assert "I. KHÁI QUÁT, TỔ CHỨC HỘI NGHỊ" in text
    assert "II." not in text
    assert "None" not in text


def test_what_is_missing_is_named(bloc_year):
    meeting = MeetingFactory(bloc_year=bloc_year, kinds=[MeetingKind.THEMATIC], status=MeetingStatus.ANNOUNCED)
    OfficeHolder.objects.all().delete()
    report = YearEndReport(meeting)
    assert report.missing_to_issue == [
        "nội dung họp sơ kết hoặc tổng kết",
        "kết quả hội nghị (hội nghị còn ghi “Sắp họp”)",
        "kết quả hoặc số liệu",
        "người đại diện đơn vị khối trưởng để ký",
    ]
    with pytest.raises(NotReady):
        report.require_printable()


def test_a_bloc_without_leader_has_no_issuer(bloc_year):
    meeting = MeetingFactory(bloc_year=bloc_year)
    bloc_year.offices.all().delete()
    assert YearEndReport(meeting).missing_to_print == ["đơn vị khối trưởng của năm"]


def test_a_long_report_keeps_its_numbers_over_several_pages(bloc_year):
    meeting = MeetingFactory(bloc_year=bloc_year)
    for number in range(1, 61):
        FigureFactory(meeting=meeting, indicator=f"Chỉ tiêu thứ {number}", value=Decimal(1000 + number), position=number)
    text = text_of(YearEndReport(meeting).pdf())
    assert [f"1.{number:03d} đề tài" in text for number in range(1, 61)] == [True] * 60


@pytest.mark.parametrize(
    ("province", "council"),
    [
        ("Phú Thọ", "Hội đồng Thi đua - Khen thưởng tỉnh Phú Thọ"),
        ("Hải Phòng", "Hội đồng Thi đua - Khen thưởng thành phố Hải Phòng"),
        ("", "Hội đồng Thi đua - Khen thưởng tỉnh"),
    ],
)
def test_the_report_goes_to_the_council_of_the_province(province, council):
    assert council_of(BlocFactory(province=province)) == council


def test_a_mid_year_report_speaks_of_six_months_throughout():
    meeting = MeetingFactory(bloc_year=phu_tho(), kinds=[MeetingKind.MID_YEAR], starts_on=date(2021, 7, 2))
    values = YearEndReport(meeting).get_values()
    assert values["opening"].endswith("khen thưởng 6 tháng đầu năm 2021 như sau:")
    assert "sơ kết" in values["ending"]
