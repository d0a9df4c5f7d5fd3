"""Words that a large province is put together from: real kinds of unit and movements, invented places and persons."""

from blocs.enums import BlocKind, Qualifier

PROVINCE = "Hải Đông"
STANDING_AGENCY = "Ban Thi đua - Khen thưởng, Sở Nội vụ tỉnh Hải Đông"
COUNCIL = "Hội đồng Thi đua - Khen thưởng tỉnh Hải Đông"
NEWSROOM = "Cổng thông tin điện tử tỉnh Hải Đông"
CHAIRMAN = {"name": "Ủy ban nhân dân tỉnh Hải Đông", "symbol": "UBND", "place": PROVINCE}
PRIME_MINISTER = "Thủ tướng Chính phủ"

# Two of them make the name of a place.
FIRST_SYLLABLES = (
    "An", "Bình", "Cẩm", "Đại", "Đông", "Hà", "Hòa", "Hồng", "Kim", "Liên", "Long", "Minh", "Nam", "Phú", "Quảng", "Tam",
    "Tân", "Thái", "Thanh", "Thượng", "Tiên", "Trung", "Vạn", "Vĩnh", "Xuân", "Yên",
)  # fmt: skip
SECOND_SYLLABLES = (
    "Châu", "Dương", "Giang", "Hải", "Hưng", "Khánh", "Khê", "Lạc", "Lâm", "Lộc", "Mỹ", "Ninh", "Phong", "Phúc", "Quang",
    "Sơn", "Thành", "Thịnh", "Thủy", "Tiến", "Trạch", "Trì", "Xá",
)  # fmt: skip
FAMILY_NAMES = (
    "Nguyễn", "Trần", "Lê", "Phạm", "Hoàng", "Vũ", "Đặng", "Bùi", "Đỗ", "Ngô", "Dương", "Đinh", "Phan", "Trịnh", "Mai",
    "Đoàn", "Lương", "Cao", "Hà", "Tạ",
)  # fmt: skip
# Middle name and given names that go with it.
GIVEN_NAMES = (
    ("Văn", ("An", "Bảo", "Cường", "Dũng", "Đức", "Hải", "Hùng", "Khoa", "Long", "Minh", "Nam", "Phong", "Quân", "Sơn")),
    ("Thị", ("Anh", "Bích", "Dung", "Hà", "Hạnh", "Hiền", "Hoa", "Lan", "Mai", "Nga", "Oanh", "Thảo", "Thủy", "Yến")),
    ("Quang", ("Huy", "Minh", "Thắng", "Trung", "Tuấn", "Vinh")),
    ("Thu", ("Giang", "Hà", "Hằng", "Hương", "Phương", "Trang")),
    ("Đình", ("Chiến", "Khôi", "Lâm", "Phúc", "Thành", "Toàn")),
    ("Ngọc", ("Ánh", "Diệp", "Linh", "Quỳnh", "Thúy", "Tú")),
)

LOCALITY_KIND = "Ủy ban nhân dân xã, phường"
LOCALITY_WORDS = ("phường", "xã", "xã", "xã", "đặc khu")

# What a khối is made of: short name, kind of bloc, kind of unit, its units, how more of them are called, title of a head.
SECTORS = (
    (
        "các cơ quan Đảng", BlocKind.PARTY, "Cơ quan của Đảng",
        ("Văn phòng Tỉnh ủy", "Ban Tổ chức Tỉnh ủy", "Ủy ban Kiểm tra Tỉnh ủy", "Ban Tuyên giáo Tỉnh ủy",
         "Ban Dân vận Tỉnh ủy", "Ban Nội chính Tỉnh ủy", "Trường Chính trị tỉnh Hải Đông", "Báo Hải Đông"),
        "Đảng ủy khối", "Trưởng ban",
    ),
    (
        "Mặt trận Tổ quốc và các đoàn thể", BlocKind.PARTY, "Mặt trận Tổ quốc, đoàn thể",
        ("Ủy ban Mặt trận Tổ quốc Việt Nam tỉnh Hải Đông", "Liên đoàn Lao động tỉnh Hải Đông", "Hội Nông dân tỉnh Hải Đông",
         "Hội Liên hiệp Phụ nữ tỉnh Hải Đông", "Tỉnh đoàn Hải Đông", "Hội Cựu chiến binh tỉnh Hải Đông"),
        "Hội Khuyến học khu vực", "Chủ tịch",
    ),
    (
        "các cơ quan tham mưu - tổng hợp", BlocKind.AGENCY, "Sở, ban, ngành",
        ("Văn phòng Ủy ban nhân dân tỉnh Hải Đông", "Văn phòng Đoàn đại biểu Quốc hội và Hội đồng nhân dân tỉnh Hải Đông",
         "Sở Tài chính tỉnh Hải Đông", "Sở Kế hoạch và Đầu tư tỉnh Hải Đông", "Sở Tư pháp tỉnh Hải Đông",
         "Sở Ngoại vụ tỉnh Hải Đông", "Thanh tra tỉnh Hải Đông"),
        "Ban Quản lý dự án khu vực", "Giám đốc",
    ),
    (
        "các cơ quan kinh tế", BlocKind.AGENCY, "Sở, ban, ngành",
        ("Sở Công Thương tỉnh Hải Đông", "Sở Xây dựng tỉnh Hải Đông", "Sở Giao thông vận tải tỉnh Hải Đông",
         "Sở Nông nghiệp và Phát triển nông thôn tỉnh Hải Đông", "Sở Tài nguyên và Môi trường tỉnh Hải Đông",
         "Sở Khoa học và Công nghệ tỉnh Hải Đông", "Ban Quản lý Khu kinh tế Hải Đông"),
        "Chi cục Thủy lợi khu vực", "Giám đốc",
    ),
    (
        "các cơ quan văn hóa - xã hội", BlocKind.AGENCY, "Sở, ban, ngành",
        ("Sở Giáo dục và Đào tạo tỉnh Hải Đông", "Sở Y tế tỉnh Hải Đông", "Sở Văn hóa, Thể thao và Du lịch tỉnh Hải Đông",
         "Sở Lao động - Thương binh và Xã hội tỉnh Hải Đông", "Sở Thông tin và Truyền thông tỉnh Hải Đông",
         "Đài Phát thanh và Truyền hình Hải Đông", "Bảo hiểm xã hội tỉnh Hải Đông"),
        "Trung tâm Văn hóa khu vực", "Giám đốc",
    ),
    (
        "các cơ quan nội chính", BlocKind.AGENCY, "Sở, ban, ngành",
        ("Công an tỉnh Hải Đông", "Bộ Chỉ huy Quân sự tỉnh Hải Đông", "Bộ Chỉ huy Bộ đội Biên phòng tỉnh Hải Đông",
         "Viện Kiểm sát nhân dân tỉnh Hải Đông", "Tòa án nhân dân tỉnh Hải Đông", "Cục Thi hành án dân sự tỉnh Hải Đông"),
        "Đội Quản lý thị trường khu vực", "Thủ trưởng",
    ),
    (
        "các cơ quan ngành dọc Trung ương", BlocKind.SECTOR, "Sở, ban, ngành",
        ("Cục Thuế tỉnh Hải Đông", "Cục Hải quan tỉnh Hải Đông", "Kho bạc Nhà nước Hải Đông", "Cục Thống kê tỉnh Hải Đông",
         "Bưu điện tỉnh Hải Đông", "Cảng vụ Hàng hải Hải Đông"),
        "Chi cục Thuế khu vực", "Cục trưởng",
    ),
    (
        "các tổ chức hội đặc thù", BlocKind.ASSOCIATION, "Tổ chức hội",
        ("Hội Chữ thập đỏ tỉnh Hải Đông", "Hội Người cao tuổi tỉnh Hải Đông", "Hội Luật gia tỉnh Hải Đông",
         "Hội Nhà báo tỉnh Hải Đông", "Hội Đông y tỉnh Hải Đông", "Hội Người mù tỉnh Hải Đông",
         "Hội Văn học Nghệ thuật tỉnh Hải Đông", "Liên minh Hợp tác xã tỉnh Hải Đông"),
        "Hội Làm vườn khu vực", "Chủ tịch",
    ),
    (
        "các trường trung học phổ thông", BlocKind.SCHOOL, "Trường học", (),
        "Trường Trung học phổ thông", "Hiệu trưởng",
    ),
    (
        "các bệnh viện, trung tâm y tế", BlocKind.AGENCY, "Bệnh viện, cơ sở y tế",
        ("Bệnh viện Đa khoa tỉnh Hải Đông", "Bệnh viện Phụ sản Hải Đông", "Trung tâm Kiểm soát bệnh tật tỉnh Hải Đông"),
        "Trung tâm Y tế khu vực", "Giám đốc",
    ),
    (
        "các ngân hàng, tổ chức tín dụng", BlocKind.ENTERPRISE, "Ngân hàng",
        ("Ngân hàng Nhà nước chi nhánh tỉnh Hải Đông", "Ngân hàng Chính sách xã hội chi nhánh tỉnh Hải Đông"),
        "Quỹ tín dụng nhân dân", "Giám đốc",
    ),
    (
        "các doanh nghiệp", BlocKind.ENTERPRISE, "Doanh nghiệp",
        ("Công ty Điện lực Hải Đông", "Viễn thông Hải Đông", "Công ty Cổ phần Cấp nước Hải Đông"),
        "Công ty Cổ phần", "Tổng Giám đốc",
    ),
    (
        "các hợp tác xã", BlocKind.ENTERPRISE, "Hợp tác xã", (),
        "Hợp tác xã Nông nghiệp", "Giám đốc",
    ),
    (
        "các trường cao đẳng, trung tâm giáo dục nghề nghiệp", BlocKind.SCHOOL, "Trường học",
        ("Trường Cao đẳng Y tế Hải Đông", "Trường Cao đẳng Công nghiệp Hải Đông", "Trường Đại học Hải Đông"),
        "Trung tâm Giáo dục nghề nghiệp - Giáo dục thường xuyên", "Hiệu trưởng",
    ),
    (
        "các đơn vị sự nghiệp công lập", BlocKind.AGENCY, "Đơn vị sự nghiệp",
        ("Bảo tàng tỉnh Hải Đông", "Thư viện tỉnh Hải Đông", "Trung tâm Phục vụ hành chính công tỉnh Hải Đông"),
        "Ban Quản lý rừng phòng hộ", "Giám đốc",
    ),
)  # fmt: skip
LOCALITY_HEAD = "Chủ tịch Ủy ban nhân dân"

THEMES = (
    "Đoàn kết, kỷ cương, sáng tạo, hoàn thành thắng lợi nhiệm vụ chính trị",
    "Kỷ cương, trách nhiệm, hành động, hiệu quả",
    "Đổi mới, sáng tạo, thi đua lập thành tích chào mừng đại hội Đảng bộ các cấp",
    "Đoàn kết, thích ứng an toàn, phục hồi và phát triển kinh tế - xã hội",
    "Đẩy mạnh cải cách hành chính, chuyển đổi số, nâng cao chất lượng phục vụ nhân dân",
    "Chung sức xây dựng nông thôn mới, đô thị văn minh",
    "Bứt phá, tăng tốc, về đích các chỉ tiêu của nhiệm kỳ",
)
# Name, launched by; an empty second part is a movement of the bloc itself.
MOVEMENTS = (
    ("Cả nước chung sức xây dựng nông thôn mới", "Thủ tướng Chính phủ"),
    ("Vì người nghèo - Không để ai bị bỏ lại phía sau", "Thủ tướng Chính phủ"),
    ("Cán bộ, công chức, viên chức thi đua thực hiện văn hóa công sở", "Thủ tướng Chính phủ"),
    ("Cả nước thi đua xây dựng xã hội học tập, đẩy mạnh học tập suốt đời", "Thủ tướng Chính phủ"),
    ("Thi đua đẩy mạnh cải cách hành chính, chuyển đổi số", "Ủy ban nhân dân tỉnh"),
    ("Toàn dân bảo vệ môi trường, giữ gìn đường phố sáng, xanh, sạch, đẹp", "Ủy ban nhân dân tỉnh"),
    ("Lao động giỏi, lao động sáng tạo", "Liên đoàn Lao động tỉnh"),
    ("Đền ơn đáp nghĩa, hiến máu tình nguyện", ""),
    ("Mỗi đơn vị có một sáng kiến được công nhận", ""),
    ("Ngày thứ Bảy tình nguyện giải quyết thủ tục hành chính cho nhân dân", ""),
)
COVENANT_GROUNDS = (
    "Căn cứ Luật Thi đua, khen thưởng;\n"
    "Căn cứ quyết định của Chủ tịch Ủy ban nhân dân tỉnh Hải Đông về việc chia cụm, khối thi đua."
)
COVENANT_UNDERTAKING = (
    "Các đơn vị thống nhất ký kết giao ước thi đua và phấn đấu thực hiện tốt các nội dung, chỉ tiêu dưới đây; định kỳ "
    "sơ kết, tổng kết, bình xét công khai, dân chủ."
)
# Heading, text, qualifier, least and greatest target, unit of measure.
COVENANT_ITEMS = (
    ("Nhiệm vụ chính trị", "Hoàn thành các chỉ tiêu, nhiệm vụ được giao trong năm.", Qualifier.NONE, 100, 100, "%"),
    ("Nhiệm vụ chính trị", "Giải quyết hồ sơ, công việc đúng hạn.", Qualifier.AT_LEAST, 95, 99, "%"),
    ("Phong trào thi đua", "Sáng kiến được công nhận của toàn khối.", Qualifier.AT_LEAST, 10, 60, "sáng kiến"),
    ("Phong trào thi đua", "Hộ nghèo, hộ khó khăn được giúp đỡ về nhà ở.", Qualifier.AT_LEAST, 2, 20, "hộ"),
    (
        "Xây dựng Đảng, xây dựng cơ quan",
        "Tổ chức đảng hoàn thành tốt nhiệm vụ trở lên.",
        Qualifier.NONE,
        100,
        100,
        "%",
    ),
)
# Indicator, least and greatest value, unit of measure, a word before the number.
FIGURES = (
    ("Cán bộ, công chức, viên chức, người lao động đăng ký thi đua", 96, 100, "%", Qualifier.NONE),
    ("Nhiệm vụ được giao đã hoàn thành", 88, 100, "%", Qualifier.NONE),
    ("Sáng kiến, giải pháp được công nhận cấp cơ sở", 20, 480, "sáng kiến", Qualifier.NONE),
    ("Sáng kiến, đề tài được công nhận cấp tỉnh", 1, 24, "đề tài", Qualifier.NONE),
    ("Văn bản tham mưu ban hành", 120, 2400, "văn bản", Qualifier.MORE),
    ("Ủng hộ quỹ Vì người nghèo", 15_000_000, 950_000_000, "đồng", Qualifier.OVER),
    ("Nhà đại đoàn kết hỗ trợ xây dựng", 1, 18, "căn nhà", Qualifier.NONE),
    ("Đơn vị máu hiến tình nguyện", 40, 900, "đơn vị", Qualifier.MORE),
    ("Đường giao thông nông thôn được nâng cấp", 2, 60, "km", Qualifier.ABOUT),
    ("Hồ sơ dịch vụ công trực tuyến được tiếp nhận", 300, 42_000, "hồ sơ", Qualifier.NONE),
)
RESULTS = (
    "Các đơn vị đã triển khai kịp thời kế hoạch thi đua, gắn phong trào với nhiệm vụ chính trị được giao.",
    "Công tác khen thưởng bảo đảm đúng đối tượng, đúng thành tích, công khai, dân chủ.",
    "Các đơn vị tham gia đầy đủ các hoạt động chung, kỷ luật, kỷ cương hành chính được giữ vững.",
    "Phong trào hiến máu, đền ơn đáp nghĩa và an sinh xã hội được hưởng ứng rộng rãi.",
)
SHORTCOMINGS = (
    "Một số đơn vị gửi báo cáo còn chậm so với thời gian quy định.",
    "Việc phát hiện, nhân rộng điển hình tiên tiến ở một số đơn vị chưa thường xuyên.",
)
CONCLUSIONS = (
    "Tiếp tục đổi mới nội dung, hình thức tổ chức phong trào thi đua, hướng về cơ sở và người lao động trực tiếp.",
    "Quan tâm phát hiện, bồi dưỡng và nhân rộng các điển hình tiên tiến.",
    "Thực hiện nghiêm việc bình xét, đề nghị khen thưởng đúng thời gian quy định.",
    "Đẩy mạnh ứng dụng công nghệ thông tin trong công tác thi đua, khen thưởng.",
)
ACHIEVEMENTS = "Hoàn thành xuất sắc nhiệm vụ năm {year}, nội bộ đoàn kết, dẫn đầu nhiều chỉ tiêu thi đua."
REFUSAL = "Chưa đủ điều kiện về thời gian và thành tích theo quy định; đề nghị xem xét ở đợt sau."
# Code in the catalogue, wording, one nominee for so many members.
AWARDS = (
    ("GOV_FLAG", "Cờ thi đua của Chính phủ", 0),
    ("PROV_FLAG", "Cờ thi đua của Ủy ban nhân dân tỉnh", 8),
    ("PROV_CERT", "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh", 3),
)
PERSON_AWARD = ("PROV_CERT", "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh cho cá nhân")
# What a name holds before and after a renaming.
RENAMINGS = (
    ("nhân dân xã ", "nhân dân phường "),
    ("Sở Nông nghiệp và Phát triển nông thôn", "Sở Nông nghiệp và Môi trường"),
    ("Trường Trung học phổ thông ", "Trường Trung học phổ thông số 1 "),
    ("Trung tâm Y tế khu vực ", "Trung tâm Y tế "),
    ("Công ty Cổ phần ", "Công ty Cổ phần Đầu tư "),
    ("Hợp tác xã Nông nghiệp ", "Hợp tác xã Dịch vụ Nông nghiệp "),
)
