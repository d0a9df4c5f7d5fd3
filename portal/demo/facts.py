"""What the demo knows: the facts of the Phú Thọ bloc of 2021 as its own news reported them, and texts written for the demo.

Facts (units and their order, offices, meeting, figures, proposals) are public; what nobody reported (who signed the
covenant, its wording, achievements) is invented for the demo, and the site says so on every page.
"""

from datetime import date
from decimal import Decimal

from awards.enums import AwardLevel
from blocs.enums import Qualifier, ResultStage
from meetings.enums import Capacity, PointSection

PASSWORD = "demo"  # noqa: S105  shown on the sign-in page of the demo, which is all it opens

# username, full name, is administrator; the names are common ones and belong to nobody in particular.
USERS = (
    ("quantri", "Quản trị hệ thống", True),
    ("hoidong", "Trần Quốc Bình", False),
    ("uyvien", "Lê Minh Châu", False),
    ("bientap", "Phạm Thùy Dương", False),
    ("thuky", "Nguyễn Thu Hà", False),
    ("phokhoi", "Hoàng Văn Khánh", False),
    ("donvi", "Đỗ Ngọc Lan", False),
)

PROVINCE = "Phú Thọ"

STANDING_AGENCY = "Ban Thi đua - Khen thưởng, Sở Nội vụ tỉnh Phú Thọ"
STANDING_AGENCY_ALIASES = ("Phòng Thi đua - Khen thưởng, Sở Nội vụ", "Ban Thi đua, Khen thưởng tỉnh")
COUNCIL_OFFICE = "Sở Nội vụ tỉnh Phú Thọ"
NEWSROOM = "Cổng thông tin điện tử tỉnh Phú Thọ"

# Name, short name, kind, other names, letterhead (superior, symbol), in the order of decision 543/QĐ-UBND.
MEMBERS = (
    ("Ban Tổ chức Tỉnh ủy", "", "Cơ quan của Đảng", (), ("Tỉnh ủy Phú Thọ", "BTCTU")),
    ("Ban Dân vận Tỉnh ủy", "", "Cơ quan của Đảng", (), ("Tỉnh ủy Phú Thọ", "BDVTU")),
    ("Ban Tuyên giáo Tỉnh ủy", "", "Cơ quan của Đảng", (), ("Tỉnh ủy Phú Thọ", "BTGTU")),
    ("Văn phòng Tỉnh ủy", "", "Cơ quan của Đảng", (), ("Tỉnh ủy Phú Thọ", "VPTU")),
    ("Đảng ủy khối các cơ quan tỉnh", "", "Cơ quan của Đảng", (), ("Tỉnh ủy Phú Thọ", "ĐUKCCQ")),
    ("Đảng ủy khối Doanh nghiệp tỉnh", "", "Cơ quan của Đảng", (), ("Tỉnh ủy Phú Thọ", "ĐUKDN")),
    (
        "Ủy ban MTTQ tỉnh",
        "",
        "Mặt trận Tổ quốc, đoàn thể",
        ("Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Phú Thọ",),
        ("", "MTTQ"),
    ),
    (
        "Tỉnh đoàn Thanh niên cộng sản Hồ Chí Minh",
        "Tỉnh đoàn",
        "Mặt trận Tổ quốc, đoàn thể",
        ("Tỉnh đoàn thanh niên tỉnh",),
        ("", "TĐTN"),
    ),
    (
        "Hội Liên hiệp Phụ nữ Tỉnh",
        "",
        "Mặt trận Tổ quốc, đoàn thể",
        ("Hội Liên hiệp Phụ nữ", "Hội LHPN tỉnh"),
        ("", "HLHPN"),
    ),
    ("Hội Cựu chiến binh tỉnh", "", "Mặt trận Tổ quốc, đoàn thể", (), ("", "HCCB")),
    ("Liên đoàn Lao động tỉnh", "", "Mặt trận Tổ quốc, đoàn thể", (), ("", "LĐLĐ")),
    ("Hội Nông dân tỉnh", "", "Mặt trận Tổ quốc, đoàn thể", (), ("", "HND")),
    ("Liên minh hợp tác xã tỉnh", "", "Tổ chức hội", ("Liên minh HTX tỉnh",), ("", "LMHTX")),
    ("Báo Phú Thọ", "", "Đơn vị sự nghiệp", (), ("", "BPT")),
    ("Trường Chính trị tỉnh Phú Thọ", "", "Trường học", ("Trường Chính trị tỉnh",), ("", "TCT")),
)

PROVINCE_ISSUER = {
    "name": "Ủy ban nhân dân tỉnh Phú Thọ",
    "symbol": "UBND",
    "place": "Phú Thọ",
}
FOUNDING_PAPER = {
    "number": "543/QĐ-UBND",
    "issued_on": date(2021, 3, 5),
    "subject": "Thành lập Khối thi đua các cơ quan Đảng, Ủy ban Mặt trận Tổ quốc và Đoàn thể tỉnh Phú Thọ",
}
MOVEMENT_PLAN = {
    "number": "26/KH-UBND",
    "issued_on": date(2021, 1, 5),
    "subject": "Tổ chức phong trào thi đua yêu nước năm 2021",
}

BLOC = {
    "slug": "dang-mttq-doan-the-phu-tho",
    "name": "Khối thi đua các cơ quan Đảng, Ủy ban Mặt trận Tổ quốc và Đoàn thể tỉnh Phú Thọ",
    "short_name": "Khối các cơ quan Đảng, MTTQ và Đoàn thể",
    "founded_on": date(2021, 3, 5),
}
BLOC_ALIASES = ("Khối Thi đua các cơ quan Đảng, Ủy ban MTTQ và các đoàn thể tỉnh Phú Thọ",)
DECLARED_MEMBERS = 15
THEMES = {
    "2021": "Đoàn kết, kỷ cương, sáng tạo, lập thành tích chào mừng Đại hội Đảng toàn quốc",
    "2022": "Đoàn kết, trách nhiệm, đổi mới, thích ứng an toàn và phát triển",
}

# Unit, person, titles. How these two came into office was not reported; "cử theo quyết định" is the demo's guess.
LEADER_2021 = (
    "Ban Tổ chức Tỉnh ủy",
    "Bùi Đình Thi",
    ("Ủy viên Ban Thường vụ Tỉnh ủy", "Trưởng ban Tổ chức Tỉnh ủy"),
)
DEPUTY_2021 = ("Hội Nông dân tỉnh", "Nguyễn Thị Phương Hạnh", ("Tỉnh ủy viên", "Chủ tịch Hội Nông dân tỉnh"))
LEADER_2022 = "Hội Nông dân tỉnh"
DEPUTY_2022 = "Đảng ủy khối các cơ quan tỉnh"

MOVEMENTS = (
    ("Xây dựng nông thôn mới", "Thủ tướng Chính phủ, Ủy ban nhân dân tỉnh"),
    ("Ủng hộ phòng, chống dịch Covid-19", ""),
    ("Cán bộ, công chức, viên chức thi đua thực hiện văn hóa công sở", ""),
    ("Chung tay vì người nghèo", ""),
)

COVENANT_GROUNDS = (
    "Căn cứ Luật Thi đua, khen thưởng;\n"
    "Căn cứ Quyết định số 543/QĐ-UBND ngày 05 tháng 3 năm 2021 của Chủ tịch Ủy ban nhân dân tỉnh Phú Thọ."
)
COVENANT_UNDERTAKING = (
    "Các đơn vị trong Khối thống nhất ký kết giao ước thi đua, cùng nhau thực hiện tốt các nội dung và chỉ tiêu dưới đây; "
    "định kỳ sơ kết, tổng kết, bình xét công khai, khen thưởng kịp thời tập thể và cá nhân tiêu biểu."
)
# Heading, text, qualifier, value, unit of measure.
COVENANT_ITEMS = (
    (
        "Nhiệm vụ chính trị",
        "Hoàn thành tốt nhiệm vụ chính trị, công tác chuyên môn được giao trong năm.",
        Qualifier.NONE,
        Decimal(100),
        "% đơn vị",
    ),
    (
        "Nhiệm vụ chính trị",
        "Tổ chức đăng ký và ký kết giao ước thi đua đến từng cán bộ, công chức, viên chức, người lao động.",
        Qualifier.NONE,
        Decimal(100),
        "% cán bộ",
    ),
    (
        "Xây dựng Đảng, xây dựng cơ quan",
        "Học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh gắn với xây dựng, chỉnh đốn Đảng; "
        "xây dựng đội ngũ cán bộ có năng lực, trình độ.",
        Qualifier.NONE,
        None,
        "",
    ),
    (
        "Xây dựng Đảng, xây dựng cơ quan",
        "Ứng dụng công nghệ thông tin, cải cách hành chính, thực hiện văn hóa công sở.",
        Qualifier.NONE,
        None,
        "",
    ),
    (
        "Phong trào thi đua",
        "Đề tài, sáng kiến cấp tỉnh được công nhận của toàn Khối.",
        Qualifier.AT_LEAST,
        Decimal(10),
        "đề tài",
    ),
    (
        "Phong trào thi đua",
        "Tham gia các phong trào xây dựng nông thôn mới, chung tay vì người nghèo và hoạt động an sinh xã hội.",
        Qualifier.NONE,
        None,
        "",
    ),
)
# Of the targets of 2021, for the bloc as a whole: value, qualifier, source. The end of the year as the news reported it
# (100%, 100%, 13 topics); the middle of the year is invented.
TARGET_RESULTS = {
    COVENANT_ITEMS[0][1]: {
        ResultStage.MID_YEAR: (Decimal(100), Qualifier.NONE, "Báo cáo sơ kết của Khối"),
        ResultStage.YEAR_END: (Decimal(100), Qualifier.NONE, "Báo cáo tổng kết của Khối"),
    },
    COVENANT_ITEMS[1][1]: {
        ResultStage.MID_YEAR: (Decimal("98.5"), Qualifier.NONE, "Báo cáo sơ kết của Khối"),
        ResultStage.YEAR_END: (Decimal(100), Qualifier.NONE, "Báo cáo tổng kết của Khối"),
    },
    COVENANT_ITEMS[4][1]: {
        ResultStage.MID_YEAR: (Decimal(5), Qualifier.NONE, "Báo cáo sơ kết của Khối"),
        ResultStage.YEAR_END: (Decimal(13), Qualifier.NONE, "Báo cáo tổng kết của Khối"),
    },
}
# How the covenant of 2022 is signed in the demo: two units on the system itself, three not yet, all others on paper.
SIGNS_BY_CERTIFICATE = "Ban Tổ chức Tỉnh ủy"
SIGNS_BY_CLICK = "Hội Nông dân tỉnh"
SIGNS_NEXT = "Báo Phú Thọ"
STILL_WAITING = ("Liên minh hợp tác xã tỉnh", "Trường Chính trị tỉnh Phú Thọ")
# The day on which the covenant of a year was signed, and where. That of 2021 is invented: only "đã ký" is known.
COVENANT_SIGNED = {
    "2021": (date(2021, 3, 30), "Ban Tổ chức Tỉnh ủy Phú Thọ"),
    "2022": (date(2022, 1, 11), "Ban Tổ chức Tỉnh ủy Phú Thọ"),
}
# Invented: nobody reported who signed. The title says as much.
SIGNERS = (
    "Nguyễn Văn An",
    "Trần Thị Bích",
    "Lê Hữu Cường",
    "Phạm Thị Dung",
    "Hoàng Đức Giang",
    "Vũ Thị Hòa",
    "Đặng Quang Huy",
    "Bùi Thị Kim",
    "Đỗ Thị Liên",
    "Ngô Văn Minh",
    "Dương Thị Nga",
    "Lý Văn Phong",
    "Phan Thị Quỳnh",
    "Trịnh Văn Sơn",
    "Mai Thị Thanh",
)
SIGNER_TITLE = "Đại diện lãnh đạo"

MEETING_TITLE = (
    "Hội nghị tổng kết công tác thi đua, khen thưởng năm 2021, triển khai nhiệm vụ và ký kết giao ước thi đua năm 2022"
)
MEETING_DAY = date(2022, 1, 11)
MEETING_PLACE = "Ban Tổ chức Tỉnh ủy Phú Thọ"
MEETING_ATTENDEES = "Đại diện lãnh đạo và cán bộ chuyên trách công tác thi đua, khen thưởng của các đơn vị trong Khối"
# Capacity, person, unit, titles.
PARTICIPANTS = (
    (Capacity.CHAIR, *LEADER_2021[1:2], LEADER_2021[0], LEADER_2021[2]),
    (Capacity.CO_CHAIR, *DEPUTY_2021[1:2], DEPUTY_2021[0], DEPUTY_2021[2]),
    (
        Capacity.GUEST,
        "Hồ Thị Phương Thủy",
        "",
        (
            "Phó Chủ tịch thường trực Hội đồng Thi đua, khen thưởng tỉnh",
            "Phó Giám đốc Sở Nội vụ",
            "Trưởng Ban Thi đua, Khen thưởng tỉnh",
        ),
    ),
)
AGENDA = (
    ("Báo cáo tổng kết công tác thi đua, khen thưởng năm 2021", "Lãnh đạo Hội Nông dân tỉnh (Phó Trưởng khối)"),
    ("Thảo luận, bình xét theo đăng ký và thành tích", "Đại diện các đơn vị"),
    ("Phát biểu kết luận hội nghị", "Bùi Đình Thi"),
    ("Bầu đơn vị Trưởng khối, Phó Trưởng khối năm 2022", ""),
    ("Tặng hoa đơn vị Trưởng khối năm 2022", "Bùi Đình Thi"),
    ("Ký kết giao ước thi đua năm 2022", "Lãnh đạo các đơn vị"),
)
# Indicator, value, unit of measure.
FIGURES = (
    ("Đơn vị đăng ký và ký kết giao ước thi đua", Decimal(100), "%"),
    ("Cán bộ, công chức, viên chức, người lao động đăng ký thi đua", Decimal(100), "%"),
    ("Cơ quan, đơn vị hoàn thành tốt nhiệm vụ chính trị", Decimal(100), "%"),
    ("Đề tài, sáng kiến cấp tỉnh", Decimal(13), "đề tài"),
    ("Đề tài, sáng kiến, giải pháp cấp cơ sở", Decimal(5848), "đề tài"),
)
FIGURE_PERIOD = "Năm 2021"
FIGURE_SOURCE = "Báo cáo tổng kết của Khối"
POINTS = (
    (
        PointSection.RESULT,
        "Các đơn vị trong Khối hưởng ứng và thực hiện các phong trào xây dựng nông thôn mới; ủng hộ phòng, chống dịch "
        "Covid-19; thực hiện văn hóa công sở; chung tay vì người nghèo.",
    ),
    (
        PointSection.CONCLUSION,
        "Tiếp tục đẩy mạnh phong trào thi đua yêu nước, góp phần hoàn thành nhiệm vụ phát triển kinh tế - xã hội.",
    ),
    (
        PointSection.CONCLUSION,
        "Gắn thi đua với xây dựng, chỉnh đốn Đảng; kiên quyết xử lý cán bộ, đảng viên suy thoái.",
    ),
    (PointSection.CONCLUSION, "Xây dựng đội ngũ cán bộ có năng lực, trình độ, đáp ứng yêu cầu nhiệm vụ."),
    (PointSection.CONCLUSION, "Đẩy mạnh ứng dụng công nghệ thông tin, xây dựng nền hành chính hiện đại."),
    (PointSection.CONCLUSION, "Quan tâm khen thưởng người trực tiếp thực hiện nhiệm vụ."),
    (PointSection.CONCLUSION, "Duy trì phong trào thường xuyên, liên tục, bằng nhiều hình thức."),
    (PointSection.CONCLUSION, "Định kỳ sơ kết, tổng kết; kịp thời đề nghị khen thưởng đột xuất."),
    (
        PointSection.CONCLUSION,
        "Tuyên truyền gương điển hình tiên tiến trên các phương tiện truyền thông và mạng xã hội.",
    ),
)

COUNCIL = "Hội đồng Thi đua - Khen thưởng tỉnh Phú Thọ"
PROPOSAL_GROUNDS = (
    "Căn cứ Luật Thi đua, khen thưởng;\nCăn cứ kết quả bình xét tại Hội nghị tổng kết của Khối ngày 11 tháng 01 năm 2022."
)
# Code in the catalogue, wording at the meeting, declared number, units.
PROPOSAL_LINES = (
    ("GOV_FLAG", "Cờ thi đua của Thủ tướng Chính phủ", None, ("Văn phòng Tỉnh ủy", "Hội Nông dân tỉnh")),
    (
        "PM_CERT",
        "Bằng khen của Thủ tướng Chính phủ",
        None,
        ("Ban Tuyên giáo Tỉnh ủy", "Tỉnh đoàn Thanh niên cộng sản Hồ Chí Minh"),
    ),
    (
        "PROV_FLAG",
        "Cờ thi đua của Chủ tịch Ủy ban nhân dân tỉnh",
        None,
        ("Ban Tổ chức Tỉnh ủy", "Đảng ủy khối các cơ quan tỉnh"),
    ),
    (
        "PROV_CERT",
        "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh",
        6,
        (
            "Ban Dân vận Tỉnh ủy",
            "Hội Liên hiệp Phụ nữ Tỉnh",
            "Báo Phú Thọ",
            "Liên đoàn Lao động tỉnh",
            "Đảng ủy khối Doanh nghiệp tỉnh",
        ),
    ),
)
ACHIEVEMENTS = {
    AwardLevel.GOVERNMENT: "Đơn vị dẫn đầu trong Khối, hoàn thành xuất sắc nhiệm vụ năm 2021, nội bộ đoàn kết.",
    AwardLevel.PROVINCE: "Hoàn thành xuất sắc nhiệm vụ năm 2021, thực hiện tốt các phong trào thi đua của tỉnh và của Khối.",
}
RETURN_REASON = (
    "Tờ trình ghi đề nghị 06 đơn vị, danh sách kèm theo chỉ có 05 đơn vị. Đề nghị Khối rà soát biên bản hội nghị, "
    "bổ sung đơn vị còn thiếu hoặc sửa lại số lượng."
)

COMING_MEETING = {
    "title": "Hội nghị sơ kết công tác thi đua, khen thưởng 6 tháng đầu năm 2022",
    "day": date(2022, 7, 14),
    "place": "Hội Nông dân tỉnh Phú Thọ",
}

NEWS = {
    "title": "Thành lập Khối thi đua các cơ quan Đảng, Mặt trận Tổ quốc và Đoàn thể tỉnh Phú Thọ",
    "event_on": date(2021, 3, 5),
    "lead": (
        "Theo Quyết định số 543/QĐ-UBND ngày 05/03/2021 của Chủ tịch Ủy ban nhân dân tỉnh, Khối thi đua các cơ quan Đảng, "
        "Ủy ban Mặt trận Tổ quốc và Đoàn thể tỉnh Phú Thọ được thành lập, gồm 15 đơn vị."
    ),
    "body": (
        "Khối gồm các ban, văn phòng của Tỉnh ủy, hai Đảng ủy khối, Ủy ban Mặt trận Tổ quốc và các đoàn thể chính trị - xã "
        "hội của tỉnh, cùng Liên minh hợp tác xã tỉnh, Báo Phú Thọ và Trường Chính trị tỉnh Phú Thọ.\n\n"
        "Năm 2021, Ban Tổ chức Tỉnh ủy là đơn vị Trưởng khối, Hội Nông dân tỉnh là đơn vị Phó khối. Hằng năm, các đơn vị ký "
        "kết giao ước thi đua, sơ kết, tổng kết, bình xét và bầu đơn vị Trưởng khối, Phó khối cho năm sau.\n\n"
        "Danh sách đơn vị thành viên, giao ước thi đua và kết quả khen thưởng của Khối được công khai trên trang này."
    ),
}
