"""The templates of covenants that every installation begins with; the province edits them as its own (domain §2.7).

Values that only the bloc can know are left empty: the words and the unit of measure say what is to be filled in.
"""

from decimal import Decimal

from django.db import transaction

from blocs.enums import BlocKind, Qualifier, TargetBasis
from blocs.models import CovenantTemplate, CovenantTemplateItem

_GROUNDS = (
    "Quyết định của Chủ tịch Ủy ban nhân dân tỉnh về việc phân chia cụm, khối thi đua",
    "Kế hoạch phát động phong trào thi đua năm của Ủy ban nhân dân tỉnh",
    "Quy chế hoạt động của cụm, khối thi đua",
)
_UNDERTAKING = (
    "Các đơn vị thành viên cam kết thực hiện đầy đủ các nội dung giao ước, tự chấm điểm trung thực, có minh chứng, báo cáo "
    "đúng hạn và chịu sự kiểm tra chéo trong khối.\n"
    "Giao ước có hiệu lực từ ngày ký đến hết ngày 31 tháng 12 của năm."
)
_TASKS = "Thực hiện nhiệm vụ chính trị"
_POLICY = "Chấp hành chủ trương, chính sách, kỷ luật, kỷ cương"
_PARTY = "Xây dựng Đảng, xây dựng tổ chức"
_REFORM = "Cải cách hành chính, chuyển đổi số"
_EMULATION = "Công tác thi đua, khen thưởng, sáng kiến"
_TOGETHER = "Hoạt động chung của khối"
_REPORTS = "Chế độ báo cáo, kiểm tra"

_LEAST, _MOST = Qualifier.AT_LEAST, Qualifier.AT_MOST
_SUM, _EACH = TargetBasis.SUM, TargetBasis.EACH


def _plain(heading, text):
    """A content without a number."""
    return (heading, text, "", None, "", "")


# Heading, text, word, value, unit of measure, basis.
_COMMON_END = (
    (_EMULATION, "Cá nhân đạt danh hiệu “Lao động tiên tiến”", _LEAST, None, "%", _EACH),
    (_EMULATION, "Sáng kiến được công nhận từ cấp cơ sở", _LEAST, None, "sáng kiến", _SUM),
    (_EMULATION, "Phát hiện, giới thiệu gương người tốt, việc tốt, điển hình tiên tiến", _LEAST, 1, "gương", _EACH),
    (_TOGETHER, "Xây nhà Đại đoàn kết cho hộ nghèo, hộ gia đình chính sách", _LEAST, None, "nhà", _SUM),
    _plain(_TOGETHER, "Nhận giúp đỡ xã khó khăn bằng việc làm cụ thể, có địa chỉ, có kết quả."),
    (_TOGETHER, "Tổ chức hoạt động chung về nguồn, giao lưu văn hóa, thể thao", _LEAST, 1, "hoạt động", ""),
    (_REPORTS, "Báo cáo sơ kết, tổng kết gửi đơn vị khối trưởng đúng hạn", "", 100, "%", _EACH),
    _plain(_REPORTS, "Tự chấm điểm trung thực, tham gia kiểm tra chéo đầy đủ."),
)
_COMMON_MIDDLE = (
    (_POLICY, "Cán bộ, công chức, viên chức vi phạm pháp luật, bị kỷ luật", _MOST, 0, "người", _SUM),
    _plain(_POLICY, "Thực hiện văn hóa công sở, kỷ luật, kỷ cương hành chính; phòng, chống tham nhũng, lãng phí, tiêu cực."),
    (_PARTY, "Tổ chức đảng hoàn thành tốt nhiệm vụ trở lên", "", 100, "%", _EACH),
    (_PARTY, "Tổ chức đoàn thể hoàn thành tốt nhiệm vụ trở lên", "", 100, "%", _EACH),
    (_REFORM, "Văn bản, hồ sơ công việc xử lý trên môi trường mạng (trừ văn bản mật)", "", 100, "%", _EACH),
)
_TEMPLATES = (
    (
        "Cơ quan, sở, ngành",
        BlocKind.AGENCY,
        (
            (_TASKS, "Nhiệm vụ được Ủy ban nhân dân tỉnh giao hoàn thành đúng hạn", "", 100, "%", _EACH),
            (_TASKS, "Giải ngân vốn đầu tư công được giao", _LEAST, 95, "%", _EACH),
            *_COMMON_MIDDLE,
            (_REFORM, "Hồ sơ thủ tục hành chính giải quyết trước và đúng hạn", _LEAST, 98, "%", _EACH),
            *_COMMON_END,
        ),
    ),
    (
        "Cơ quan Đảng, Mặt trận, đoàn thể",
        BlocKind.PARTY,
        (
            (_TASKS, "Chương trình công tác năm được cấp ủy giao hoàn thành đúng tiến độ", "", 100, "%", _EACH),
            (_TASKS, "Cơ quan, đơn vị hoàn thành tốt nhiệm vụ trở lên", "", 100, "%", _EACH),
            _plain(_TASKS, "Tuyên truyền, học tập và làm theo tư tưởng, đạo đức, phong cách Hồ Chí Minh."),
            *_COMMON_MIDDLE,
            *_COMMON_END,
        ),
    ),
    (
        "Địa phương",
        BlocKind.LOCALITY,
        (
            (_TASKS, "Thu ngân sách trên địa bàn so với dự toán được giao", _LEAST, 100, "%", _EACH),
            (_TASKS, "Giải ngân vốn đầu tư công được giao", _LEAST, 95, "%", _EACH),
            (_TASKS, "Hộ nghèo theo chuẩn nghèo đa chiều giảm trong năm", _LEAST, None, "hộ", _SUM),
            (_TASKS, "Tiêu chí nông thôn mới, đô thị văn minh đạt thêm trong năm", _LEAST, None, "tiêu chí", _SUM),
            (_TASKS, "Giao quân đạt chỉ tiêu được giao", "", 100, "%", _EACH),
            *_COMMON_MIDDLE,
            (_REFORM, "Hồ sơ thủ tục hành chính giải quyết trước và đúng hạn", _LEAST, 98, "%", _EACH),
            *_COMMON_END,
        ),
    ),
    (
        "Doanh nghiệp",
        BlocKind.ENTERPRISE,
        (
            ("Sản xuất, kinh doanh", "Doanh thu so với kế hoạch năm", _LEAST, 100, "%", _EACH),
            ("Sản xuất, kinh doanh", "Nộp ngân sách nhà nước", _LEAST, None, "tỷ đồng", _SUM),
            ("Sản xuất, kinh doanh", "Sáng kiến cải tiến kỹ thuật được áp dụng", _LEAST, None, "sáng kiến", _SUM),
            (
                "Chăm lo người lao động",
                "Người lao động được ký hợp đồng và đóng bảo hiểm theo quy định",
                "",
                100,
                "%",
                _EACH,
            ),
            ("Chăm lo người lao động", "Tai nạn lao động nghiêm trọng do lỗi của đơn vị", _MOST, 0, "vụ", _SUM),
            _plain(_POLICY, "Chấp hành pháp luật về thuế, môi trường, phòng cháy, chữa cháy."),
            (_PARTY, "Tổ chức đảng, đoàn thể hoàn thành tốt nhiệm vụ trở lên", "", 100, "%", _EACH),
            *_COMMON_END[2:],
        ),
    ),
    (
        "Trường học",
        BlocKind.SCHOOL,
        (
            ("Dạy và học", "Thực hiện đúng, đủ chương trình giáo dục của năm học", "", 100, "%", _EACH),
            ("Dạy và học", "Học sinh hoàn thành chương trình lớp học, tốt nghiệp", _LEAST, None, "%", _EACH),
            ("Dạy và học", "Giải học sinh giỏi cấp tỉnh trở lên", _LEAST, None, "giải", _SUM),
            ("Đội ngũ, trường lớp", "Giáo viên đạt chuẩn trình độ đào tạo", "", 100, "%", _EACH),
            ("Đội ngũ, trường lớp", "Trường đạt chuẩn quốc gia", _LEAST, None, "trường", _SUM),
            *_COMMON_MIDDLE,
            *_COMMON_END,
        ),
    ),
    (
        "Tổ chức hội",
        BlocKind.ASSOCIATION,
        (
            (_TASKS, "Chương trình công tác năm của hội hoàn thành", "", 100, "%", _EACH),
            (_TASKS, "Hội viên phát triển mới trong năm", _LEAST, None, "hội viên", _SUM),
            (_TASKS, "Vận động nguồn lực chăm lo hội viên, người yếu thế", _LEAST, None, "triệu đồng", _SUM),
            _plain(_POLICY, "Chấp hành điều lệ hội, chủ trương của Đảng, pháp luật của Nhà nước."),
            *_COMMON_END[2:],
        ),
    ),
    (
        "Ngành dọc",
        BlocKind.SECTOR,
        (
            (_TASKS, "Chỉ tiêu công tác chuyên môn được ngành giao hoàn thành", "", 100, "%", _EACH),
            (_TASKS, "Đơn thư khiếu nại, tố cáo thuộc thẩm quyền được giải quyết", _LEAST, 85, "%", _EACH),
            *_COMMON_MIDDLE,
            *_COMMON_END,
        ),
    ),
)


@transaction.atomic
def seed_covenant_templates():
    """Add the templates that are missing by name; one that the province has edited or switched off stays as it is."""
    for name, kind, items in _TEMPLATES:
        template, is_new = CovenantTemplate.objects.get_or_create(
            name=name, defaults={"bloc_kind": kind, "grounds": "\n".join(_GROUNDS), "undertaking": _UNDERTAKING}
        )
        if is_new:
            CovenantTemplateItem.objects.bulk_create(
                _item(template, position, *values) for position, values in enumerate(items, 1)
            )


def _item(template, position, heading, text, qualifier, value, unit_of_measure, basis):
    return CovenantTemplateItem(
        template=template,
        position=position,
        heading=heading,
        text=text,
        qualifier=qualifier,
        value=None if value is None else Decimal(value),
        unit_of_measure=unit_of_measure,
        basis=basis or TargetBasis.BLOC,
    )
