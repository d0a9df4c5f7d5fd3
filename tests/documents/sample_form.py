"""Printed forms with real text of Phú Thọ, to try the engine before and beside the forms of the apps."""

import datetime

from documents.letterhead import Letterhead
from documents.printed import PrintedForm

UNITS = [
    "Ban Tổ chức Tỉnh ủy",
    "Ban Dân vận Tỉnh ủy",
    "Ban Tuyên giáo Tỉnh ủy",
    "Văn phòng Tỉnh ủy",
    "Đảng ủy khối các cơ quan tỉnh",
    "Đảng ủy khối Doanh nghiệp tỉnh",
    "Ủy ban MTTQ tỉnh",
    "Tỉnh đoàn Thanh niên cộng sản Hồ Chí Minh",
    "Hội Liên hiệp Phụ nữ Tỉnh",
    "Hội Cựu chiến binh tỉnh",
    "Liên đoàn Lao động tỉnh",
    "Hội Nông dân tỉnh",
    "Liên minh hợp tác xã tỉnh",
    "Báo Phú Thọ",
    "Trường Chính trị tỉnh Phú Thọ",
]
BLOC = "Khối thi đua các cơ quan Đảng, Ủy ban Mặt trận Tổ quốc và Đoàn thể tỉnh Phú Thọ"
LINES = [
    ("Văn phòng Tỉnh ủy", "Cờ thi đua của Chính phủ"),
    ("Hội Nông dân tỉnh", "Cờ thi đua của Chính phủ"),
    ("Ban Tuyên giáo Tỉnh ủy", "Bằng khen của Thủ tướng Chính phủ"),
    ("Tỉnh đoàn Thanh niên cộng sản Hồ Chí Minh", "Bằng khen của Thủ tướng Chính phủ"),
    ("Ban Tổ chức Tỉnh ủy", "Cờ thi đua của Ủy ban nhân dân tỉnh"),
    ("Đảng ủy khối các cơ quan tỉnh", "Cờ thi đua của Ủy ban nhân dân tỉnh"),
    ("Ban Dân vận Tỉnh ủy", "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh"),
    ("Hội Liên hiệp Phụ nữ Tỉnh", "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh"),
    ("Báo Phú Thọ", "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh"),
    ("Liên đoàn Lao động tỉnh", "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh"),
    ("Đảng ủy khối Doanh nghiệp tỉnh", "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh"),
]
REASONS = (
    "Thực hiện Kế hoạch số 26/KH-UBND ngày 05/01/2021 của Ủy ban nhân dân tỉnh về tổ chức phong trào thi đua yêu nước năm "
    "2021, các đơn vị trong Khối đã đăng ký và ký kết giao ước thi đua, đạt tỷ lệ 100%; toàn Khối có 13 đề tài, sáng kiến "
    "cấp tỉnh và 5.848 đề tài, sáng kiến, giải pháp cấp cơ sở.\n"
    "Ngày 11/01/2022, Hội nghị tổng kết công tác thi đua, khen thưởng năm 2021 của Khối đã thảo luận, bình xét công khai, "
    "dân chủ và thống nhất đề nghị khen thưởng các tập thể có thành tích tiêu biểu xuất sắc."
)


class SampleLetter(PrintedForm):
    """Tờ trình with Kính gửi, counts, signature, recipients and a landscape annex."""

    code = "to-trinh-mau"
    template_name = "documents_test/letter.html"
    type_name = "Tờ trình"
    type_abbreviation = "TTr"

    def __init__(self, *, lines=LINES, reasons=REASONS, issuing_name=BLOC, issuer=None, note=""):
        self.lines, self.reasons, self.issuing_name, self.issuer, self.note = (
            lines,
            reasons,
            issuing_name,
            issuer,
            note,
        )

    def get_issuer(self):
        return self.issuer

    def get_letterhead(self):
        if self.issuer:
            return super().get_letterhead()
        return Letterhead(
            issuing_name=self.issuing_name, superior_name="Ủy ban nhân dân tỉnh Phú Thọ", symbol="KTĐ", place="Phú Thọ"
        )

    def get_subject(self):
        return "Về việc đề nghị khen thưởng thành tích công tác năm 2021"

    def get_year(self):
        return 2022

    def get_values(self):
        return {
            "addressee": "Hội đồng Thi đua - Khen thưởng tỉnh Phú Thọ",
            "grounds": [
                "Căn cứ Luật Thi đua, khen thưởng",
                "Căn cứ Quyết định số 543/QĐ-UBND ngày 05/3/2021 của Chủ tịch Ủy ban nhân dân tỉnh Phú Thọ về việc thành "
                "lập các Khối thi đua",
            ],
            "reasons": self.reasons,
            "count": len(self.lines),
            "parts": ["I", "II"],
            "lines": [{"unit": unit, "award": award, "note": self.note} for unit, award in self.lines],
            "meeting_on": datetime.date(2022, 1, 11),
            "signature": {
                "authority": "TM. Khối thi đua",
                "post": "Trưởng khối",
                "second_post": "Trưởng Ban Tổ chức Tỉnh ủy",
                "name": "Bùi Đình Thi",
            },
            "recipients": ["Như trên", "Các đơn vị thành viên Khối thi đua", "Lưu: VT, BTC"],
        }


class SampleCovenant(PrintedForm):
    """Bản giao ước thi đua: no letterhead, a grid of signatures."""

    code = "giao-uoc-mau"
    template_name = "documents_test/covenant.html"
    type_name = "Giao ước thi đua"

    def __init__(self, *, units=UNITS, columns=3):
        self.units, self.columns = units, columns

    def get_subject(self):
        return "Năm 2022"

    def get_year(self):
        return 2022

    def get_values(self):
        return {
            "bloc": BLOC,
            "articles": [
                ("Thực hiện nhiệm vụ chính trị", "Hoàn thành tốt 100% nhiệm vụ chính trị được giao trong năm 2022."),
                (
                    "Chấp hành pháp luật, kỷ luật",
                    "Chấp hành nghiêm đường lối của Đảng, chính sách, pháp luật của Nhà nước.",
                ),
                ("Xây dựng tổ chức", "Xây dựng tổ chức Đảng trong sạch, vững mạnh; đoàn thể vững mạnh."),
                ("Cải cách hành chính", "Ứng dụng công nghệ thông tin, thực hiện văn hóa công sở."),
                ("Công tác thi đua, khen thưởng", "Hưởng ứng các phong trào thi đua, chung tay vì người nghèo."),
                ("Hiệu lực", "Giao ước có hiệu lực từ ngày ký đến hết ngày 31/12/2022."),
            ],
            "columns": self.columns,
            "signatures": [{"unit": unit, "post": "Thủ trưởng đơn vị", "name": "Nguyễn Văn An"} for unit in self.units],
        }
