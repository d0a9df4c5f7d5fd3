"""Covenants as the news of real blocs reported them (cases 26, 28, 38, 46, 48, 55): what was said, and nothing more.

Where the news names no content, the papers adopted at the same meeting stand for it; members that are not named are counted
only. "2 đơn vị trở lên" is entered as "ít nhất 2 đơn vị".
"""

from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True)
class CaseItem:
    """One content; `typed` is qualifier, value and unit of measure as somebody types them, `words` what is printed."""

    text: str
    heading: str = ""
    typed: tuple = ("", "", "")
    words: str = ""


@dataclass(frozen=True)
class CaseCovenant:
    case: str
    year: int
    bloc: str
    word: str
    province: str
    kind: str
    leader: str
    members: tuple
    signers: int
    items: tuple
    theme: str = ""
    grounds: tuple = ()
    place: str = ""
    signed_on: date | None = None


COVENANTS = (
    CaseCovenant(
        case="26",
        year=2018,
        bloc="Khối giao ước thi đua các sở, ngành tổng hợp",
        word="khoi",
        province="Hà Giang",
        kind="agency",
        leader="Sở Nội vụ",
        members=(
            "Văn phòng Đoàn ĐBQH tỉnh",
            "Văn phòng HĐND tỉnh",
            "Văn phòng UBND tỉnh",
            "Sở Nội vụ",
            "Sở Ngoại vụ",
            "Cục Thống kê",
            "Ban Dân tộc tỉnh",
        ),
        signers=7,
        place="Sở Nội vụ",
        signed_on=date(2018, 3, 9),
        items=(
            CaseItem("Thực hiện kế hoạch triển khai công tác thi đua, khen thưởng năm 2018."),
            CaseItem("Thực hiện hướng dẫn chấm điểm, bảng chấm điểm năm 2018 và quy chế hoạt động của Khối."),
        ),
    ),
    CaseCovenant(
        case="28",
        year=2018,
        bloc="Khối thi đua các cơ quan Đảng tỉnh",
        word="khoi",
        province="Quảng Ngãi",
        kind="party",
        leader="Ban Nội chính Tỉnh ủy",
        members=("Ban Nội chính Tỉnh ủy", "Báo Quảng Ngãi"),
        signers=2,
        grounds=("Căn cứ Quy định số 55-QĐ/TW",),
        signed_on=date(2018, 2, 28),
        items=(
            CaseItem(
                "Cán bộ, công chức, người lao động đạt lao động tiên tiến",
                "Danh hiệu thi đua",
                ("at_least", "90", "%"),
                "ít nhất 90%",
            ),
        ),
    ),
    CaseCovenant(
        case="38",
        year=2024,
        bloc="Khối thi đua các cơ quan đảng tỉnh",
        word="khoi",
        province="Thái Nguyên",
        kind="party",
        leader="Ban Tuyên giáo Tỉnh ủy",
        members=("Ban Tuyên giáo Tỉnh ủy",),
        signers=10,
        items=(
            CaseItem("Cơ quan, đơn vị hoàn thành tốt nhiệm vụ trở lên", "Chỉ tiêu thi đua", ("", "100", "%"), "100%"),
            CaseItem("Đảng bộ, chi bộ hoàn thành tốt nhiệm vụ", "Chỉ tiêu thi đua", ("", "100", "%"), "100%"),
            CaseItem("Trong đó đảng bộ, chi bộ hoàn thành xuất sắc", "Chỉ tiêu thi đua", ("", "20", "%"), "20%"),
            CaseItem("Đơn vị được đề nghị Cờ thi đua của Chính phủ", "Chỉ tiêu thi đua", ("", "1", "đơn vị"), "01 đơn vị"),
            CaseItem(
                "Đơn vị được đề nghị Cờ thi đua của UBND tỉnh, Bằng khen Chủ tịch UBND tỉnh",
                "Chỉ tiêu thi đua",
                ("at_least", "2", "đơn vị"),
                "ít nhất 02 đơn vị",
            ),
        ),
    ),
    CaseCovenant(
        case="46",
        year=2023,
        bloc="Khối thi đua các tổ chức Hội",
        word="khoi",
        province="Hòa Bình",
        kind="association",
        leader="Hội Nạn nhân chất độc da cam/dioxin tỉnh",
        members=(
            "Hội Nạn nhân chất độc da cam/dioxin tỉnh",
            "Hội Bảo trợ người tàn tật và trẻ mồ côi tỉnh",
            "Hội Người cao tuổi tỉnh",
            "Hội Chữ thập đỏ tỉnh",
            "Hội Khuyến học tỉnh",
            "Hội Cựu Thanh niên xung phong tỉnh",
            "Hội Người mù tỉnh",
            "Câu lạc bộ hưu trí tỉnh",
        ),
        signers=8,
        items=(
            CaseItem("Thực hiện kế hoạch và quy chế thi đua, khen thưởng của khối."),
            CaseItem("Đăng ký danh hiệu; đăng ký nội dung, tiêu chí và điểm thi đua năm 2023."),
        ),
    ),
    CaseCovenant(
        case="48",
        year=2020,
        bloc="Khối thi đua các cơ quan Đảng cấp tỉnh",
        word="khoi",
        province="An Giang",
        kind="party",
        leader="",
        members=(),
        signers=9,
        grounds=(
            "Căn cứ Chỉ thị số 34-CT/TW ngày 07/4/2014",
            "Căn cứ Chỉ thị số 18/CT-TTg ngày 19/5/2016",
        ),
        signed_on=date(2020, 3, 26),
        items=(
            CaseItem("Cả nước chung tay vì người nghèo – không để ai bị bỏ lại phía sau.", "Phong trào thi đua"),
            CaseItem("An Giang chung sức xây dựng nông thôn mới.", "Phong trào thi đua"),
            CaseItem("Cán bộ, công chức, viên chức thi đua thực hiện văn hóa công sở.", "Phong trào thi đua"),
        ),
    ),
    CaseCovenant(
        case="55-v",
        year=2019,
        bloc="Cụm thi đua số V",
        word="cum",
        province="",
        kind="sector",
        leader="Thanh tra tỉnh Bắc Giang",
        members=(
            "Thanh tra tỉnh Bắc Kạn",
            "Thanh tra tỉnh Thái Nguyên",
            "Thanh tra tỉnh Bắc Giang",
            "Thanh tra tỉnh Hòa Bình",
            "Thanh tra tỉnh Phú Thọ",
            "Thanh tra tỉnh Yên Bái",
            "Thanh tra tỉnh Tuyên Quang",
        ),
        signers=7,
        theme="Đoàn kết, kỷ cương, trách nhiệm, hiệu quả",
        grounds=("Căn cứ Kế hoạch số 128/KH-TTCP ngày 29/01/2019 của Thanh tra Chính phủ",),
        place="Thanh tra tỉnh Bắc Kạn",
        signed_on=date(2019, 3, 29),
        items=(CaseItem("Thực hiện kế hoạch thi đua năm 2019 của Thanh tra Chính phủ."),),
    ),
    CaseCovenant(
        case="55-iv",
        year=2020,
        bloc="Cụm thi đua số IV",
        word="cum",
        province="",
        kind="sector",
        leader="Thanh tra tỉnh Điện Biên",
        members=(
            "Thanh tra tỉnh Điện Biên",
            "Thanh tra tỉnh Lạng Sơn",
            "Thanh tra tỉnh Sơn La",
            "Thanh tra tỉnh Lai Châu",
            "Thanh tra tỉnh Lào Cai",
            "Thanh tra tỉnh Hà Giang",
            "Thanh tra tỉnh Quảng Ninh",
        ),
        signers=7,
        place="Lạng Sơn",
        items=(
            CaseItem("Cuộc thanh tra theo kế hoạch", "Chỉ tiêu", ("", "100", "%"), "100%"),
            CaseItem("Thu hồi tiền, tài sản", "Chỉ tiêu", ("over", "70", "%"), "trên 70%"),
            CaseItem("Giải quyết khiếu nại, tố cáo thuộc thẩm quyền", "Chỉ tiêu", ("over", "85", "%"), "trên 85%"),
            CaseItem("Thi hành quyết định có hiệu lực", "Chỉ tiêu", ("over", "80", "%"), "trên 80%"),
        ),
    ),
)
