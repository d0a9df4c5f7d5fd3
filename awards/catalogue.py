"""The catalogue a province starts from (Luật Thi đua, khen thưởng, Nghị định 152/2025/NĐ-CP); the province edits it."""

from decimal import Decimal

from django.db import transaction

from awards.enums import AwardCategory, AwardLevel, AwardSubject
from awards.models import AwardKind

_TITLE, _FORM = AwardCategory.TITLE, AwardCategory.FORM
_PM = "Thủ tướng Chính phủ"
_CHAIR = "Chủ tịch Ủy ban nhân dân tỉnh"
_PRESIDENT = "Chủ tịch nước"
_COMMUNE = "Chủ tịch Ủy ban nhân dân cấp xã"
_HEAD = "Thủ trưởng cơ quan, đơn vị"
_LAW = "Luật Thi đua, khen thưởng"
_DECREE = "Nghị định 152/2025/NĐ-CP"

# code, name, synonyms, category, subject, level, decider, standard, source, is_confirmed, coefficient person, collective
_ROWS = [
    (
        "GOLD_STAR", "Huân chương Sao vàng", [], _FORM, AwardSubject.BOTH, AwardLevel.STATE, _PRESIDENT,
        "", _DECREE, True, "46", "92",
    ),
    (
        "HCM_ORDER", "Huân chương Hồ Chí Minh", [], _FORM, AwardSubject.BOTH, AwardLevel.STATE, _PRESIDENT,
        "", _DECREE, True, "30.5", "61",
    ),
    (
        "INDEP_ORDER_1", "Huân chương Độc lập hạng Nhất", [], _FORM, AwardSubject.BOTH, AwardLevel.STATE, _PRESIDENT,
        "Có quá trình cống hiến nhiều năm liên tục theo tiêu chuẩn của từng hạng.", _DECREE, False, "15", "30",
    ),
    (
        "INDEP_ORDER_2", "Huân chương Độc lập hạng Nhì", [], _FORM, AwardSubject.BOTH, AwardLevel.STATE, _PRESIDENT,
        "Có quá trình cống hiến nhiều năm liên tục theo tiêu chuẩn của từng hạng.", _DECREE, False, "12.5", "25",
    ),
    (
        "INDEP_ORDER_3", "Huân chương Độc lập hạng Ba", [], _FORM, AwardSubject.BOTH, AwardLevel.STATE, _PRESIDENT,
        "Có quá trình cống hiến nhiều năm liên tục theo tiêu chuẩn của từng hạng.", _DECREE, False, "10.5", "21",
    ),
    (
        "HERO", "Anh hùng Lao động, Anh hùng Lực lượng vũ trang nhân dân", ["Anh hùng Lao động", "Anh hùng LLVTND"],
        _FORM, AwardSubject.BOTH, AwardLevel.STATE, _PRESIDENT, "", _LAW, False, None, None,
    ),
    (
        "LABOUR_ORDER_1", "Huân chương Lao động hạng Nhất", [], _FORM, AwardSubject.BOTH, AwardLevel.STATE, _PRESIDENT,
        "Đã được tặng Huân chương Lao động hạng Nhì, 05 năm tiếp theo liên tục đạt tiêu chuẩn và có cờ thi đua trong thời "
        "gian đó.", _DECREE, False, "9", "18",
    ),
    (
        "LABOUR_ORDER_2", "Huân chương Lao động hạng Nhì", [], _FORM, AwardSubject.BOTH, AwardLevel.STATE, _PRESIDENT,
        "Đã được tặng Huân chương Lao động hạng Ba, 05 năm tiếp theo liên tục đạt tiêu chuẩn và có cờ thi đua trong thời "
        "gian đó.", _DECREE, False, "7.5", "15",
    ),
    (
        "LABOUR_ORDER_3", "Huân chương Lao động hạng Ba", [], _FORM, AwardSubject.BOTH, AwardLevel.STATE, _PRESIDENT,
        "05 năm liên tục đạt tiêu chuẩn và có cờ thi đua, bằng khen trong thời gian đó.", _DECREE, False, "4.5", "9",
    ),
    (
        "GOV_FLAG", "Cờ thi đua của Chính phủ", ["Cờ thi đua của Thủ tướng Chính phủ", "Cờ thi đua Chính phủ"],
        _TITLE, AwardSubject.COLLECTIVE, AwardLevel.GOVERNMENT, _PM,
        "Được so sánh, xếp thứ nhất trong cụm, khối thi đua do tỉnh tổ chức; hoàn thành vượt mức các chỉ tiêu, nhiệm vụ; "
        "nội bộ đoàn kết, tổ chức đảng, đoàn thể vững mạnh; thực hành tiết kiệm, phòng, chống tham nhũng. Số lượng đề nghị "
        "không quá 20% số tập thể dẫn đầu cụm, khối đủ tiêu chuẩn tặng Cờ thi đua của Ủy ban nhân dân tỉnh.",
        "Nghị định 152/2025/NĐ-CP, Điều 7", True, None, "12",
    ),
    (
        "FIGHTER_NATIONAL", "Chiến sĩ thi đua toàn quốc", ["CSTĐ toàn quốc"],
        _TITLE, AwardSubject.PERSON, AwardLevel.GOVERNMENT, _PM,
        "02 lần liên tục đạt Chiến sĩ thi đua cấp tỉnh và có sáng kiến, đề tài có phạm vi ảnh hưởng trong toàn quốc.",
        _LAW, True, "4.5", None,
    ),
    (
        "PM_CERT", "Bằng khen của Thủ tướng Chính phủ", ["Bằng khen Thủ tướng Chính phủ", "Bằng khen của Chính phủ"],
        _FORM, AwardSubject.BOTH, AwardLevel.GOVERNMENT, _PM,
        "Tập thể: đã được tặng bằng khen cấp tỉnh, sau đó từ 05 năm liên tục hoàn thành xuất sắc nhiệm vụ hoặc đạt Tập thể "
        "lao động xuất sắc, trong đó có 01 cờ thi đua hoặc 02 bằng khen cấp tỉnh.", _DECREE, False, "3.5", "7",
    ),
    (
        "MIN_FLAG", "Cờ thi đua của bộ, ban, ngành", ["Cờ thi đua của bộ", "Cờ thi đua của bộ, ngành"],
        _TITLE, AwardSubject.COLLECTIVE, AwardLevel.MINISTRY, "Bộ trưởng, người đứng đầu ban, ngành trung ương",
        "", _LAW, False, None, "8",
    ),
    (
        "PROV_FLAG", "Cờ thi đua của Ủy ban nhân dân tỉnh",
        ["Cờ thi đua của UBND tỉnh", "Cờ thi đua của Chủ tịch UBND tỉnh", "Cờ thi đua cấp tỉnh"],
        _TITLE, AwardSubject.COLLECTIVE, AwardLevel.PROVINCE, _CHAIR,
        "Dẫn đầu cụm, khối thi đua do tỉnh tổ chức; hoàn thành vượt mức các chỉ tiêu, nhiệm vụ trong năm; tổ chức đảng, "
        "đoàn thể hoàn thành xuất sắc nhiệm vụ; thực hành tiết kiệm, phòng, chống tham nhũng.", _DECREE, True, None, "8",
    ),
    (
        "FIGHTER_PROV", "Chiến sĩ thi đua cấp tỉnh", ["CSTĐ cấp tỉnh"],
        _TITLE, AwardSubject.PERSON, AwardLevel.PROVINCE, _CHAIR,
        "03 lần liên tục đạt Chiến sĩ thi đua cơ sở và có sáng kiến, đề tài có phạm vi ảnh hưởng trong tỉnh.",
        _LAW, True, "3", None,
    ),
    (
        "COL_EXCELLENT", "Tập thể lao động xuất sắc", ["Đơn vị quyết thắng", "TTLĐXS"],
        _TITLE, AwardSubject.COLLECTIVE, AwardLevel.PROVINCE, _CHAIR,
        "Hoàn thành xuất sắc nhiệm vụ; 100% cá nhân hoàn thành nhiệm vụ, ít nhất 70% đạt Lao động tiên tiến, có cá nhân đạt "
        "Chiến sĩ thi đua cơ sở; nội bộ đoàn kết.", _LAW, True, None, "1.5",
    ),
    (
        "COMMUNE_MODEL", "Xã, phường tiêu biểu", ["Xã, phường, đặc khu tiêu biểu"],
        _TITLE, AwardSubject.COLLECTIVE, AwardLevel.PROVINCE, _CHAIR,
        "Dẫn đầu cụm thi đua các xã, phường.", _LAW, False, None, "2",
    ),
    (
        "PROV_CERT", "Bằng khen của Chủ tịch Ủy ban nhân dân tỉnh",
        ["Bằng khen của UBND tỉnh", "Bằng khen của Chủ tịch UBND tỉnh", "Bằng khen cấp tỉnh"],
        _FORM, AwardSubject.BOTH, AwardLevel.PROVINCE, _CHAIR,
        "Tập thể: 02 năm liên tục hoàn thành xuất sắc nhiệm vụ hoặc đạt Tập thể lao động xuất sắc. Cá nhân: 02 lần liên tục "
        "đạt Chiến sĩ thi đua cơ sở, hoặc 02 năm liên tục hoàn thành xuất sắc nhiệm vụ và có 02 sáng kiến.",
        _DECREE, True, "1.5", "3",
    ),
    (
        "COMMEM_MEDAL", "Kỷ niệm chương", [], _FORM, AwardSubject.PERSON, AwardLevel.MINISTRY,
        "Bộ, ban, ngành, đoàn thể trung ương; Hội đồng nhân dân, Ủy ban nhân dân tỉnh", "Tên kỷ niệm chương phải được đăng "
        "ký.", _DECREE, True, "0.6", None,
    ),
    (
        "COL_ADVANCED", "Tập thể lao động tiên tiến", ["Đơn vị tiên tiến", "TTLĐTT"],
        _TITLE, AwardSubject.COLLECTIVE, AwardLevel.BASE, _HEAD,
        "Hoàn thành tốt nhiệm vụ; ít nhất 70% cá nhân đạt Lao động tiên tiến; không có cá nhân bị kỷ luật từ cảnh cáo "
        "trở lên.",
        _LAW, True, None, "0.8",
    ),
    (
        "FIGHTER_BASE", "Chiến sĩ thi đua cơ sở", ["CSTĐ cơ sở"], _TITLE, AwardSubject.PERSON, AwardLevel.BASE, _HEAD,
        "Đạt Lao động tiên tiến và hoàn thành xuất sắc nhiệm vụ hoặc có sáng kiến, đề tài được công nhận (theo quy định "
        "áp dụng trước ngày 01/10/2026).", _LAW, False, "1", None,
    ),
    (
        "ADVANCED_WORKER", "Lao động tiên tiến", ["LĐTT", "Chiến sĩ tiên tiến"],
        _TITLE, AwardSubject.PERSON, AwardLevel.BASE, _HEAD, "Hoàn thành tốt nhiệm vụ trở lên.", _LAW, True, "0.3", None,
    ),
    (
        "VILLAGE_CULT", "Thôn, tổ dân phố văn hóa", [], _TITLE, AwardSubject.COLLECTIVE, AwardLevel.BASE, _COMMUNE,
        "", _LAW, True, None, "1.5",
    ),
    (
        "FAMILY_CULT", "Gia đình văn hóa", [], _TITLE, AwardSubject.HOUSEHOLD, AwardLevel.BASE, _COMMUNE,
        "", _LAW, True, None, None,
    ),
    (
        "CERT_MERIT", "Giấy khen", [], _FORM, AwardSubject.BOTH, AwardLevel.BASE,
        "Thủ trưởng cơ quan, đơn vị; Chủ tịch Ủy ban nhân dân cấp xã", "", _LAW, True, "0.3", "0.6",
    ),
]  # fmt: skip


@transaction.atomic
def seed_catalogue():
    """Add the rows that are missing, by code; what the province has edited stays as it is. Returns how many were added."""
    known = set(AwardKind.objects.values_list("code", flat=True))
    added = 0
    for position, row in enumerate(_ROWS, 1):
        code, name, synonyms, category, subject, level, decider, standard, source, is_confirmed, person, collective = row
        if code in known:
            continue
        AwardKind.objects.create(
            code=code,
            name=name,
            synonyms="\n".join(synonyms),
            category=category,
            subject=subject,
            level=level,
            decider=decider,
            standard=standard,
            source=source,
            is_confirmed=is_confirmed,
            coefficient_person=Decimal(person) if person else None,
            coefficient_collective=Decimal(collective) if collective else None,
            rank=position * 10,
        )
        added += 1
    return added
