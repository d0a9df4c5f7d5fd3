"""The bloc of Phú Thọ in 2021 with its 15 members, and what its meeting decided to propose (seed-04)."""

from awards.catalogue import seed_catalogue
from awards.models import AwardKind, Proposal
from awards.services import LineInput, NomineeInput, save_proposal
from blocs.enums import OfficeRole
from blocs.models import Unit
from tests.factories.blocs import BlocFactory, BlocOfficeFactory, BlocYearFactory, MembershipFactory, UnitFactory, staff_of

MEMBERS = [
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
# code of the award, declared number, units
LINES = [
    ("GOV_FLAG", None, ["Văn phòng Tỉnh ủy", "Hội Nông dân tỉnh"]),
    ("PM_CERT", None, ["Ban Tuyên giáo Tỉnh ủy", "Tỉnh đoàn Thanh niên cộng sản Hồ Chí Minh"]),
    ("PROV_FLAG", None, ["Ban Tổ chức Tỉnh ủy", "Đảng ủy khối các cơ quan tỉnh"]),
    (
        "PROV_CERT",
        6,
        [
            "Ban Dân vận Tỉnh ủy",
            "Hội Liên hiệp Phụ nữ Tỉnh",
            "Báo Phú Thọ",
            "Liên đoàn Lao động tỉnh",
            "Đảng ủy khối Doanh nghiệp tỉnh",
        ],
    ),
]


def phu_tho_year():
    """The bloc-year with members, leader and catalogue."""
    seed_catalogue()
    bloc = BlocFactory(name="Khối thi đua các cơ quan Đảng, Ủy ban Mặt trận Tổ quốc và Đoàn thể tỉnh Phú Thọ")
    bloc_year = BlocYearFactory(bloc=bloc)
    units = [UnitFactory(name=name) for name in MEMBERS]
    for position, unit in enumerate(units, 1):
        MembershipFactory(bloc=bloc, unit=unit, position=position)
    BlocOfficeFactory(bloc_year=bloc_year, unit=units[0], role=OfficeRole.LEADER)
    return bloc_year


def secretary(bloc_year):
    return staff_of(bloc_year.offices.get(role=OfficeRole.LEADER).unit)


def nominees(*names):
    return [NomineeInput(unit=Unit.objects.get(name=name)) for name in names]


def letter_of(bloc_year, by):
    """The draft with the four lines of the seed."""
    lines = [
        LineInput(award=AwardKind.objects.get(code=code), declared_count=declared, nominees=nominees(*names))
        for code, declared, names in LINES
    ]
    return save_proposal(proposal=Proposal(bloc_year=bloc_year), by=by, lines=lines)
