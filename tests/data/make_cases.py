"""Writes the import files of the real cases in this folder: `python tests/data/make_cases.py`.

The facts are those of the published articles and decisions; a member named by its province only ("Hải Phòng" of a cluster
of Sở Ngoại vụ) bears the full name that the article gives its kind.
"""

from datetime import date
from pathlib import Path

from openpyxl import Workbook

UNITS = ["Mã đơn vị", "Tên đơn vị", "Tỉnh, thành phố", "Tên gọi khác"]
BLOCS = [
    "Mã khối",
    "Tên khối",
    "Tên gọi",
    "Loại khối",
    "Số của khối",
    "Tỉnh, thành phố",
    "Ngày thành lập khối",
    "Mã đơn vị",
    "Tên đơn vị",
    "Từ ngày",
    "Đến ngày",
]
OFFICES = [
    "Mã khối",
    "Năm thi đua",
    "Số thành viên ghi trong văn bản",
    "Chức vụ",
    "Thứ tự",
    "Tên đơn vị",
    "Căn cứ",
    "Người đại diện",
    "Chức danh",
]
SECTOR, AGENCY, LOCALITY, ASSOCIATION, PARTY, ENTERPRISE = (
    "ngành dọc",
    "cơ quan, sở, ngành",
    "địa phương",
    "hội",
    "cơ quan Đảng, Mặt trận, đoàn thể",
    "doanh nghiệp",
)


class Case:
    """The rows of one case, sheet by sheet."""

    def __init__(self, number, province=""):
        self.number, self.province = number, province
        self.units, self.blocs, self.offices = [], [], []

    def unit(self, code, name, province=None, aliases=""):
        self.units.append([code, name, self.province if province is None else province, aliases])

    def bloc(self, slug, name, members, *, starts_on, word="Khối", kind=AGENCY, number="", founded_on=None):
        """`members`: names, or (name, first day, last day); none makes a bloc of which only the name is known."""
        first = [slug, name, word, kind, number, self.province, founded_on]
        for place, member in enumerate(members):
            name, begun, ended = member if isinstance(member, tuple) else (member, starts_on, None)
            self.blocs.append([*(first if place == 0 else [slug, *[None] * 6]), None, name, begun, ended])
        if not members:
            self.blocs.append([*first, None, None, None, None])

    def office(self, slug, year, role="", unit="", *, declared=None, order=None, basis="", person="", title=""):
        self.offices.append([slug, year, declared, role, order, unit, basis, person, title])

    def write(self, folder):
        sheets = (("don-vi", "Đơn vị", UNITS, self.units), ("khoi", "Khối và thành viên", BLOCS, self.blocs))
        for word, title, headers, rows in (*sheets, ("chuc-vu", "Chức vụ", OFFICES, self.offices)):
            if rows:
                book = Workbook()
                book.active.title = title
                for row in [headers, *rows]:
                    book.active.append([cell if cell != "" else None for cell in row])
                for row in book.active.iter_rows(min_row=2):
                    for cell in row:
                        if isinstance(cell.value, date):
                            cell.number_format = "dd/mm/yyyy"
                book.save(folder / f"{self.number}-{word}.xlsx")


def case_03():
    """Cao Bằng 2018: the kinds and numbers of the blocs, founded anew on 06/04/2018; no member is named."""
    case, day = Case("03", "Cao Bằng"), date(2018, 4, 6)
    for number in range(1, 12):
        case.bloc(f"cb-co-quan-{number}", f"Khối thi đua các cơ quan {number}", [], starts_on=day, founded_on=day)
    for number in range(1, 5):
        name = f"Khối thi đua doanh nghiệp, hợp tác xã {number}"
        case.bloc(f"cb-doanh-nghiep-{number}", name, [], starts_on=day, kind=ENTERPRISE, founded_on=day)
    for number in range(1, 3):
        case.bloc(
            f"cb-huyen-{number}",
            f"Cụm thi đua các huyện {number}",
            [],
            starts_on=day,
            word="Cụm",
            kind=LOCALITY,
            founded_on=day,
        )
    return case


def case_04():
    """Đắk Lắk 2018: leaders and deputies of all blocs named by the province at once (124/TB-UBND).

    Of blocs 8 to 11 the notice that is kept says nothing whole.
    """
    case, day = Case("04", "Đắk Lắk"), date(2018, 1, 1)
    rows = [
        ("Cụm 1", "huyện Krông Pách", "thị xã Buôn Hồ"),
        ("Cụm 2", "huyện Ea Kar", "huyện Krông Buk"),
        ("Cụm 3", "huyện Buôn Đôn", "huyện Lắk"),
        ("Khối 1", "Trường Chính trị", "Đảng ủy Khối cơ quan tỉnh"),
        ("Khối 2", "Hội Cựu chiến binh tỉnh", "Hội Liên hiệp Phụ nữ tỉnh"),
        ("Khối 3", "Thi hành án dân sự tỉnh", "Bộ Chỉ huy Bộ đội Biên phòng tỉnh"),
        ("Khối 4", "Văn phòng HĐND tỉnh", "Văn phòng UBND tỉnh"),
        ("Khối 5", "Sở Nông nghiệp và Phát triển nông thôn", "Sở Xây dựng"),
        ("Khối 6", "Sở Lao động Thương binh và Xã hội", "Sở Giáo dục và Đào tạo"),
        ("Khối 7", "Công ty Điện lực", "Cục Hải quan tỉnh"),
    ]
    for name, leader, deputy in rows:
        word, number = name.split()
        slug = f"dl-{'cum' if word == 'Cụm' else 'khoi'}-{number}"
        kind = LOCALITY if word == "Cụm" else AGENCY
        case.bloc(slug, name, [leader, deputy], starts_on=day, word=word, kind=kind, number=number)
        case.office(slug, 2018, f"{word} trưởng", leader, basis="cử theo quyết định")
        case.office(slug, 2018, f"{word} phó", deputy, basis="cử theo quyết định")
    case.unit("dl-krong-pach", "huyện Krông Pách", aliases="huyện Krông Pắc")
    case.unit("dl-krong-buk", "huyện Krông Buk", aliases="huyện Krông Búk")
    return case


CASE_05 = """
223|Cụm thi đua số 223 các phòng thuộc khối ANND|8|PA01, PA02, PA03, PA04, PA05, PA06, PA08, PA09|PA04|PA05
224|Cụm thi đua số 224 các phòng thuộc khối Cảnh sát điều tra|5|PC01, PC02, PC03, PC04, PC09|PC03|PC04
225|Cụm thi đua số 225 các phòng thuộc Khối Cảnh sát quản lý hành chính|7|PC06,PC07,PC08,PC10,PC11A,PC11B,PK02|PC07|PC08
226|Cụm thi đua số 226 các phòng thuộc Khối XDLL-TT-HC|7|PV01, PV06, PX01, PX03, PX05, PX06, PH10|PX01|PH10
342|Cụm thi đua số 342|7|Tuyên Sơn, Tuyên Lâm, Tân Thành, Dân Hóa, Minh Hóa, Kim Điền, Kim Phú|Minh Hóa|Kim Phú
343|Cụm thi đua số 343|7|Đồng Lê, Tuyên Phú, Tuyên Bình, Phú Trạch, Hòa Trạch, Trung Thuần, Tuyên Hóa|Tuyên Hóa|Trung Thuần
344|Cụm thi đua số 344|7|Quảng Trạch, Nam Ba Đồn, Nam Gianh, Tân Gianh, Bắc Trạch, Ba Đồn, Bắc Gianh|Ba Đồn|Quảng Trạch
345|Cụm thi đua số 345|7|Phong Nha, Thượng Trạch, Bố Trạch, Đông Trạch, Hoàn Lão, Nam Trạch, Đồng Thuận|Đồng Thuận|Nam Trạch
346|Cụm thi đua số 346|7|Đồng Sơn, Đồng Hởi, Quảng Ninh, Ninh Châu, Trường Sơn, Trường Ninh, Lệ Ninh|Đồng Hởi|Quảng Ninh
347|Cụm thi đua số 347|7|Cam Hồng, Lệ Thủy, Tân Mỹ, Trường Phú, Sen Ngư, Kim Ngân, Vĩnh Linh|Lệ Thủy|Cam Hồng
348|Cụm thi đua số 348|7|Vĩnh Hoàng, Cửa Tùng, Vĩnh Thủy, Bến Quan, Cồn Tiên, Gio Linh, Bến Hải|Bến Quan|Vĩnh Thủy
349|Cụm thi đua số 349|7|Hướng Lập, Hướng Phùng, Khe Sanh, Lao Bảo, Tân Lập, Lìa, A Dơi|Khe Sanh|Lao Bảo
350|Cụm thi đua số 350|7|Hiếu Giang, Cam Lộ, Hướng Hiệp, Ba Lòng, Đakrông, Tà Rụt, La Lay|Hiếu Giang|Cam Lộ
351|Cụm thi đua số 351|8|Đông Hà, Nam Đông Hà, Cửa Việt, Nam Cửa Việt, Triệu Bình, Ái Tử, Triệu Phong, Cồn Cỏ|Đông Hà|Ái Tử
352|Cụm thi đua số 352|7|Quảng Trị, Triệu Cơ, Mỹ Thủy, Vĩnh Định, Hải Lăng, Diên Sanh, Nam Hải Lăng|Quảng Trị|Hải Lăng
"""


def case_05():
    """Công an Quảng Trị 2025: national numbers with gaps, places that are communes here and something else elsewhere."""
    case, day = Case("05", "Quảng Trị"), date(2025, 1, 1)
    for line in CASE_05.strip().split("\n"):
        number, name, declared, members, leader, deputy = line.split("|")
        full = {member: _police(member) for member in map(str.strip, members.split(","))}
        for member, unit in full.items():
            alias = "Công an Đồng Hới" if member == "Đồng Hởi" else ""
            case.unit(f"qt-ca-{number}-{len(case.units) + 1}", unit, aliases=alias)
        case.bloc(f"qt-cum-{number}", name, list(full.values()), starts_on=day, word="Cụm", kind=SECTOR, number=number)
        case.office(f"qt-cum-{number}", 2025, "Cụm trưởng", full[leader], declared=int(declared))
        case.office(f"qt-cum-{number}", 2025, "Cụm phó", full[deputy])
    return case


def _police(member):
    """PA01 is a department of the provincial police; the others are communes."""
    return f"Phòng {member}" if member[-1].isdigit() or member[:2] == "PC" else f"Công an {member}"


def case_06():
    """Tuyên giáo Tây Ninh 2024: committees inside Party committees, a bloc of three."""
    case, day = Case("06", "Tây Ninh"), date(2024, 1, 1)
    blocs = [
        [
            "Ban Tuyên giáo Thành uỷ Tây Ninh",
            "Ban Tuyên giáo Thị uỷ Hòa Thành",
            "Ban Tuyên giáo Thị uỷ Trảng Bàng",
            "Ban Tuyên giáo Huyện uỷ Tân Biên",
            "Ban Tuyên giáo Huyện uỷ Gò Dầu",
            "Ban Tuyên giáo Huyện uỷ Châu Thành",
        ],
        [
            "Ban Tuyên giáo Huyện uỷ Tân Châu",
            "Ban Tuyên giáo Huyện uỷ Bến Cầu",
            "Ban Tuyên giáo Huyện uỷ Dương Minh Châu",
        ],
        [
            "Trung tâm Chính trị huyện Bến Cầu",
            "Trung tâm Chính trị huyện Dương Minh Châu",
            "Trung tâm Chính trị huyện Tân Châu",
        ],
        [
            "Ban Tuyên huấn Đảng uỷ Công an tỉnh",
            "Ban Tuyên giáo - Tổng hợp Đảng uỷ Khối Cơ quan và Doanh nghiệp tỉnh",
            "Ban Tuyên huấn Phòng Chính trị Bộ CHQS tỉnh",
            "Ban Tuyên huấn Phòng Chính trị Bộ Chỉ huy BĐBP",
        ],
    ]
    for number, members in enumerate(blocs, 1):
        for member in members:
            case.unit(f"tn-tg-{len(case.units) + 1}", member)
        slug = f"tn-tuyen-giao-{number}"
        case.bloc(slug, f"Khối Thi đua số {number}", members, starts_on=day, kind=PARTY, number=str(number))
    return case


def case_39():
    """Khối 6 Bình Phước 2016–2022: a college and the social insurance left, the newspaper merged into the broadcaster."""
    case, begun, left, came = Case("39", "Bình Phước"), date(2016, 1, 1), date(2020, 12, 31), date(2021, 1, 1)
    names = {
        "cd-cao-su": "Trường Cao đẳng nghiệp vụ cao su",
        "so-ldtbxh": "Sở Lao động, Thương binh và Xã hội",
        "so-vhttdl": "Sở Văn hóa, Thể thao và Du lịch",
        "so-khcn": "Sở Khoa học và Công nghệ",
        "dai-ptth": "Đài Phát thanh và Truyền hình",
        "ban-dan-toc": "Ban Dân tộc",
        "bhxh": "Bảo hiểm xã hội tỉnh",
        "dai-bao": "Đài Phát thanh - Truyền hình và Báo Bình Phước",
        "so-y-te": "Sở Y tế",
        "so-tttt": "Sở Thông tin và Truyền thông",
        "so-gddt": "Sở Giáo dục và Đào tạo",
        "cd-binh-phuoc": "Trường Cao đẳng Bình Phước",
    }
    for code, name in names.items():
        case.unit(f"bp-{code}", name, aliases="Ban Dân tộc tỉnh" if code == "ban-dan-toc" else "")
    stayed = ["so-ldtbxh", "so-vhttdl", "so-khcn", "ban-dan-toc"]
    gone = ["cd-cao-su", "dai-ptth", "bhxh"]
    new = ["dai-bao", "so-y-te", "so-tttt", "so-gddt", "cd-binh-phuoc"]
    members = [(names[code], begun, left) for code in gone] + [(names[code], begun, None) for code in stayed]
    members += [(names[code], came, None) for code in new]
    case.bloc("bp-khoi-6", "Khối thi đua số 6", members, starts_on=begun, number="6")
    case.office("bp-khoi-6", 2016, "Khối trưởng", names["cd-cao-su"])
    case.office("bp-khoi-6", 2021, "Khối trưởng", names["dai-bao"], declared=9)
    case.office("bp-khoi-6", 2022, "Khối trưởng", names["so-khcn"], declared=9)
    return case


def case_43():
    """Thanh Hóa 2024–2026: every bloc is a cụm, names with commas, all districts of Cụm 3 abolished on 01/07/2025."""
    case, day = Case("43", "Thanh Hóa"), date(2024, 3, 27)
    districts = [
        "Quan Sơn",
        "Như Thanh",
        "Như Xuân",
        "Thường Xuân",
        "Thạch Thành",
        "Cẩm Thủy",
        "Ngọc Lặc",
        "Lang Chánh",
        "Bá Thước",
        "Quan Hóa",
        "Mường Lát",
    ]
    agencies = [
        "Sở Thông tin và Truyền thông",
        "Sở Giáo dục và Đào tạo",
        "Sở Lao động, Thương binh và Xã hội",
        "Sở Văn hóa, Thể thao và Du lịch",
        "Sở Khoa học và Công nghệ",
        "Sở Y tế",
        "Báo Thanh Hóa",
        "Đài Phát thanh và Truyền hình tỉnh",
    ]
    unions = [
        "Hội Văn học và Nghệ thuật",
        "Hội Nhà báo",
        "Đoàn Luật sư",
        "Liên hiệp các Hội Khoa học và Kỹ thuật",
        "Hội Khuyến học",
        "Hiệp hội Doanh nghiệp",
        "Hội Doanh nhân trẻ",
        "Hiệp hội Doanh nhân nữ",
        "Hội Làm vườn và Trang trại",
        "Hội Đông y",
        "Hội Người cao tuổi",
    ]
    for name in [*(f"huyện {name}" for name in districts), *agencies, *unions]:
        alias = "Hội Làm vườn và Trang trại tỉnh" if name == "Hội Làm vườn và Trang trại" else ""
        case.unit(f"th-{len(case.units) + 1}", name, aliases=alias)
    abolished = [(f"huyện {name}", date(2024, 1, 1), date(2025, 6, 30)) for name in districts]
    common = {"word": "Cụm", "starts_on": day}
    case.bloc("th-cum-3", "Cụm thi đua số 3", abolished, kind=LOCALITY, number="3", **common)
    case.bloc("th-cum-5", "Cụm thi đua số 5", agencies, kind=AGENCY, number="5", **common)
    case.bloc("th-cum-11", "Cụm thi đua số 11", unions, kind=ASSOCIATION, number="11", founded_on=day, **common)
    case.office("th-cum-3", 2024, "Cụm trưởng", "huyện Cẩm Thủy")
    case.office(
        "th-cum-11",
        2025,
        "Trưởng cụm",
        "Hội Làm vườn và Trang trại tỉnh",
        declared=11,
        person="Võ Duy Sang",
        title="Chủ tịch",
    )
    return case


def _sector(case, prefix, kind_name, provinces):
    """Units that the article names by their province only."""
    for number, province in enumerate(provinces, 1):
        case.unit(f"{prefix}-{number}", f"{kind_name} {province}", province=province)
    return [f"{kind_name} {province}" for province in provinces]


def case_51():
    """Cụm II Bộ Ngoại giao 2017: two deputies in an order."""
    case = Case("51")
    names = ["Hải Phòng", "Thái Nguyên", "Phú Thọ", "Hà Nội", "Tuyên Quang", "Bắc Giang", "Bắc Ninh", "Hòa Bình", "Yên Bái"]
    members = _sector(case, "bng2", "Sở Ngoại vụ", [*names, "Vĩnh Phúc"])
    case.bloc(
        "bng-cum-2",
        "Cụm thi đua số II - Bộ Ngoại giao",
        members,
        starts_on=date(2017, 1, 1),
        word="Cụm",
        kind=SECTOR,
        number="II",
    )
    case.office("bng-cum-2", 2017, "Cụm trưởng", members[0])
    case.office("bng-cum-2", 2017, "Cụm phó", members[1], order=1)
    case.office("bng-cum-2", 2017, "Cụm phó", members[2], order=2)
    return case


def case_52():
    """Cụm 3 Bộ Ngoại giao 2019–2025: nine provinces become seven when provinces merge on 01/07/2025."""
    case, begun, merged = Case("52"), date(2019, 1, 1), date(2025, 6, 30)
    provinces = ["Thanh Hóa", "Nghệ An", "Hà Tĩnh", "Quảng Bình", "Quảng Trị", "Thừa Thiên Huế", "Đà Nẵng", "Quảng Nam"]
    members = _sector(case, "bng3", "Sở Ngoại vụ", [*provinces, "Quảng Ngãi"])
    gone = ("Quảng Bình", "Quảng Nam")
    rows = [(name, begun, merged if name.endswith(gone) else None) for name in members]
    case.bloc("bng-cum-3", "Cụm thi đua số 3 - Bộ Ngoại giao", rows, starts_on=begun, word="Cụm", kind=SECTOR, number="3")
    case.office("bng-cum-3", 2019, declared=9)
    case.office(
        "bng-cum-3",
        2025,
        "Cụm trưởng",
        members[0],
        declared=7,
        person="Trần Thị Thu Hằng",
        title="Giám đốc Sở Ngoại vụ",
    )
    return case


def case_57():
    """Cụm 5 Bộ Công an: six provinces until 2018, central departments from 2019; the number is not the bloc."""
    case = Case("57")
    provinces = ["Thanh Hóa", "Nghệ An", "Hà Tĩnh", "Quảng Bình", "Quảng Trị", "Thừa Thiên - Huế"]
    police = _sector(case, "ca", "Công an tỉnh", provinces)
    prisons = "Cục Cảnh sát quản lý trại giam, cơ sở giáo dục bắt buộc, trường giáo dưỡng"
    traffic = "Cục Cảnh sát giao thông"
    case.unit("bca-c10", prisons)
    case.unit("bca-c08", traffic)
    old = [(name, date(2016, 1, 1), date(2018, 12, 31)) for name in police]
    common = {"starts_on": date(2019, 1, 1), "word": "Cụm", "kind": SECTOR}
    case.bloc("bca-cum-5-2016", "Cụm thi đua số 5 (2016 - 2018)", old, number="5", **common)
    new = [(name, date(2019, 1, 1), date(2020, 12, 31)) for name in (prisons, traffic)]
    case.bloc("bca-cum-5-2019", "Cụm thi đua số 5 (2019 - 2020)", new, number="5", **common)
    seven = [("Công an tỉnh Quảng Trị", date(2024, 1, 1), None)]
    case.bloc("bca-cum-7", "Cụm thi đua số 7 (2024)", seven, number="7", **common)
    case.office("bca-cum-5-2016", 2017, "Cụm trưởng", "Công an tỉnh Quảng Bình", declared=6, person="Từ Hồng Sơn")
    case.office("bca-cum-5-2016", 2018, "Cụm trưởng", "Công an tỉnh Quảng Trị", basis="bầu tại hội nghị")
    case.office("bca-cum-5-2016", 2018, "Cụm phó", "Công an tỉnh Thừa Thiên - Huế", basis="bầu tại hội nghị")
    case.office("bca-cum-5-2019", 2020, "Cụm trưởng", prisons, basis="bầu tại hội nghị")
    case.office("bca-cum-5-2019", 2020, "Cụm phó", traffic, basis="bầu tại hội nghị")
    case.office("bca-cum-7", 2024, "Cụm trưởng", "Công an tỉnh Quảng Trị", declared=5, basis="cử theo quyết định")
    return case


def case_58():
    """Cụm 11 Hội Cựu chiến binh 2012–2013."""
    case = Case("58")
    provinces = ["Bến Tre", "An Giang", "Đồng Tháp", "Vĩnh Long", "Tiền Giang", "Trà Vinh"]
    members = _sector(case, "ccb", "Hội Cựu chiến binh tỉnh", provinces)
    day = date(2012, 1, 1)
    case.bloc("ccb-cum-11", "Cụm thi đua số 11", members, starts_on=day, word="Cụm", kind=SECTOR, number="11")
    case.office("ccb-cum-11", 2013, "Cụm trưởng", "Hội Cựu chiến binh tỉnh Tiền Giang", basis="bầu tại hội nghị")
    return case


def case_60():
    """Two clusters of Bộ Tư pháp 2026: one whose members the articles do not list, one of six with commas in a name."""
    case, day = Case("60"), date(2026, 1, 1)
    members = [
        "Cục Phổ biến, giáo dục pháp luật và Trợ giúp pháp lý",
        "Cục Bổ trợ tư pháp",
        "Cục Quản lý Thi hành án dân sự",
        "Cục Đăng ký giao dịch bảo đảm và Bồi thường nhà nước",
        "Cục Hành chính tư pháp",
        "Vụ Hợp tác quốc tế",
    ]
    north = "Cụm thi đua Sở Tư pháp, Thi hành án dân sự các tỉnh miền núi biên giới phía Bắc"
    case.bloc("btp-mien-nui", north, [], starts_on=day, word="Cụm", kind=SECTOR)
    for number, name in enumerate(members, 1):
        case.unit(f"btp-{number}", name)
    case.bloc("btp-cum-3", "Cụm thi đua số III", members, starts_on=day, word="Cụm", kind=SECTOR, number="III")
    case.office("btp-cum-3", 2026, declared=6)
    return case


CASES = (case_03, case_04, case_05, case_06, case_39, case_43, case_51, case_52, case_57, case_58, case_60)

if __name__ == "__main__":
    for make in CASES:
        make().write(Path(__file__).parent)
