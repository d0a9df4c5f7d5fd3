"""Four blocs of other years, as their own news reported them: two of Hà Giang, two whose province nobody named.

Copied facts, entered by the standing agency on behalf of the blocs, because nobody of them has an account. What the
news does not say is not made up: no day and no signer of a covenant, no deputy, no province. Members are those listed;
where no list was printed, the units that the news shows at work in the bloc. The one line of text of each covenant is
written from its news, so that there is something to sign.
"""

from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from django.db import transaction

from blocs.enums import BlocKind, OfficeBasis, OfficeRole, YearState
from blocs.models import EmulationYear, UnitKind
from blocs.services import (
    ItemInput,
    add_holder,
    add_members,
    appoint_office,
    create_bloc,
    create_unit,
    open_bloc_year,
    record_handover,
    record_signatures,
    save_covenant,
    save_movements,
    send_covenant,
    set_year_state,
)

_PARTY = "Cơ quan của Đảng"
_AGENCY = "Sở, ban, ngành"
_UNION = "Mặt trận Tổ quốc, đoàn thể"


@dataclass(frozen=True)
class SeedUnit:
    name: str
    kind: str
    aliases: tuple = ()
    short_name: str = ""


@dataclass(frozen=True)
class SeedOffice:
    """Who held an office of the year; `person` and `titles` where the news names somebody."""

    role: OfficeRole
    unit: str
    person: str = ""
    titles: tuple = ()
    basis: OfficeBasis = OfficeBasis.UNKNOWN


@dataclass(frozen=True)
class SeedCovenant:
    """A covenant that was signed by all: its content, and the day and place if they were printed."""

    item: ItemInput
    signed_on: date | None = None
    place: str = ""


@dataclass(frozen=True)
class SeedYear:
    """A year of a bloc; a movement is its name, who launched it, and the unit it belongs to."""

    label: str
    offices: tuple = ()
    movements: tuple = ()
    covenant: SeedCovenant | None = None
    theme: str = ""
    handed_over: tuple = ()


@dataclass(frozen=True)
class SeedBloc:
    slug: str
    name: str
    kind: BlocKind
    years: tuple
    province: str = ""
    short_name: str = ""
    aliases: tuple = ()
    units: tuple = field(default_factory=tuple)


PARTY_BODIES_2021 = SeedBloc(
    slug="ban-dang-ha-giang",
    name="Khối Giao ước thi đua các ban Đảng",
    aliases=("Khối giao ước thi đua các Ban Đảng",),
    kind=BlocKind.PARTY,
    province="Hà Giang",
    units=(
        SeedUnit("Văn phòng Tỉnh ủy", _PARTY),
        SeedUnit("Ban Tổ chức Tỉnh ủy", _PARTY),
        SeedUnit("Ủy ban Kiểm tra Tỉnh ủy", _PARTY),
        SeedUnit("Ban Tuyên giáo Tỉnh ủy", _PARTY),
        SeedUnit("Ban Dân vận Tỉnh ủy", _PARTY),
        SeedUnit("Ban Nội chính Tỉnh ủy", _PARTY),
        SeedUnit("Báo Hà Giang", "Đơn vị sự nghiệp"),
        SeedUnit("Trường chính trị", "Trường học"),
        SeedUnit("Đảng uỷ Khối các cơ quan - Doanh nghiệp tỉnh", _PARTY),
    ),
    years=(
        SeedYear(
            "2021",
            theme=(
                "Đoàn kết, quyết tâm thực hiện thắng lợi nhiệm vụ chính trị được giao năm 2021, chào mừng thành công "
                "Đại hội đại biểu toàn quốc lần thứ XIII của Đảng, Cuộc bầu cử đại biểu Quốc hội khóa XV và "
                "đại biểu HĐND các cấp nhiệm kỳ 2021 - 2026"
            ),
            offices=(
                SeedOffice(OfficeRole.LEADER, "Ban Dân vận Tỉnh ủy", "Lù Thị Hà", ("Phó trưởng Ban Dân vận Tỉnh ủy",)),
            ),
            movements=(
                ("Chào mừng thành công bầu cử ĐBQH khóa XV và ĐB HĐND các cấp 2021 - 2026", "", ""),
                (
                    "Xây dựng nhà ở cho Cựu chiến binh nghèo, hộ nghèo khó khăn về nhà ở, giai đoạn II",
                    "",
                    "",
                ),
                ("Ủng hộ phòng chống dịch Covid-19 và Quỹ vắc xin", "", ""),
            ),
            covenant=SeedCovenant(ItemInput("Thực hiện kế hoạch công tác năm 2021 của Khối.")),
        ),
    ),
)

FRONT_AND_UNIONS_2019 = SeedBloc(
    slug="mat-tran-doan-the-ha-giang",
    name="Khối Mặt trận - Đoàn thể",
    aliases=("Khối Giao ước Thi đua khối Mặt trận - Đoàn thể",),
    kind=BlocKind.PARTY,
    province="Hà Giang",
    units=(
        SeedUnit("Liên đoàn Lao động tỉnh", _UNION),
        SeedUnit("Hội Nông dân tỉnh", _UNION),
        SeedUnit("Hội Liên hiệp Phụ nữ tỉnh", _UNION, ("Hội Liên hiệp Phụ nữ",)),
        SeedUnit("Tỉnh đoàn Thanh niên", _UNION),
        SeedUnit(
            "Ủy ban Mặt trận Tổ quốc tỉnh",
            _UNION,
            ("Mặt trận Tổ quốc tỉnh", "Ủy ban Mặt Tổ quốc tỉnh"),
            "Ủy ban MTTQ tỉnh",
        ),
        SeedUnit("Hội Cựu chiến binh tỉnh", _UNION),
    ),
    years=(
        SeedYear(
            "2019",
            offices=(
                SeedOffice(
                    OfficeRole.LEADER, "Ủy ban Mặt trận Tổ quốc tỉnh", "Vàng Seo Cón", ("Chủ tịch Ủy ban MTTQ tỉnh",)
                ),
            ),
            movements=(
                ("Lao động giỏi", "", "Liên đoàn Lao động tỉnh"),
                ("Lao động sáng tạo", "", "Liên đoàn Lao động tỉnh"),
                (
                    "Nông dân thi đua sản xuất kinh doanh giỏi, đoàn kết giúp nhau làm giàu và giảm nghèo bền vững",
                    "",
                    "Hội Nông dân tỉnh",
                ),
                (
                    "Phụ nữ tích cực học tập, lao động sáng tạo, xây dựng gia đình hạnh phúc",
                    "",
                    "Hội Liên hiệp Phụ nữ tỉnh",
                ),
                ("Xây dựng giá trị hình mẫu thanh niên Hà Giang thời kỳ mới", "", "Tỉnh đoàn Thanh niên"),
                (
                    "Toàn dân đoàn kết xây dựng nông thôn mới, đô thị văn minh",
                    "",
                    "Ủy ban Mặt trận Tổ quốc tỉnh",
                ),
                ("Cựu chiến binh gương mẫu", "", "Hội Cựu chiến binh tỉnh"),
                ("Học tập và làm theo tư tưởng, đạo đức, phong cách Chủ tịch Hồ Chí Minh", "", ""),
                ("Thực hiện 8 lời Bác Hồ căn dặn Đảng bộ và nhân dân các dân tộc Hà Giang", "", ""),
                ("Doanh nghiệp tỉnh Hà Giang hội nhập và phát triển", "", ""),
                ("Phong trào sáng tạo khởi nghiệp", "", ""),
            ),
            covenant=SeedCovenant(
                ItemInput("Tổ chức phát động phong trào thi đua và ký giao ước.", value=Decimal(100), unit_of_measure="%")
            ),
            handed_over=(date(2019, 11, 26), "Hội Liên hiệp Phụ nữ tỉnh"),
        ),
        SeedYear(
            "2020",
            offices=(SeedOffice(OfficeRole.LEADER, "Hội Liên hiệp Phụ nữ tỉnh", basis=OfficeBasis.SUCCESSION),),
        ),
    ),
)

STAFF_OFFICES_2023 = SeedBloc(
    slug="tham-muu-tong-hop",
    name="Khối thi đua các cơ quan Tham mưu - Tổng hợp",
    aliases=("Khối thi đua Tổng hợp",),
    kind=BlocKind.AGENCY,
    units=(
        SeedUnit("Văn phòng Đoàn ĐBQH và HĐND tỉnh", _AGENCY),
        SeedUnit("Sở Tài chính", _AGENCY),
        SeedUnit("Văn phòng UBND tỉnh", _AGENCY),
        SeedUnit("Sở Kế hoạch và Đầu tư", _AGENCY),
    ),
    years=(
        SeedYear(
            "2023",
            offices=(
                SeedOffice(
                    OfficeRole.LEADER,
                    "Văn phòng Đoàn ĐBQH và HĐND tỉnh",
                    "Vũ Thị Liễu",
                    ("Phó Chánh Văn phòng Đoàn ĐBQH và HĐND tỉnh",),
                ),
            ),
            # The news names who launched them and not what they are called.
            movements=(
                ("Hưởng ứng phong trào thi đua", "Thủ tướng Chính phủ", ""),
                ("Hưởng ứng phong trào thi đua", "các Bộ ngành Trung ương", ""),
                ("Hưởng ứng phong trào thi đua", "UBND tỉnh", ""),
                ("Phong trào thi đua của Khối", "Khối", ""),
            ),
            covenant=SeedCovenant(ItemInput("Thực hiện kế hoạch phát động thi đua gắn với nhiệm vụ chính trị.")),
        ),
        SeedYear(
            "2024",
            offices=(
                SeedOffice(OfficeRole.LEADER, "Sở Tài chính", basis=OfficeBasis.ACCLAIMED),
                SeedOffice(OfficeRole.DEPUTY, "Văn phòng UBND tỉnh", basis=OfficeBasis.ACCLAIMED),
            ),
            covenant=SeedCovenant(
                ItemInput("Hoàn thành xuất sắc nhiệm vụ chuyên môn năm 2024."),
                date(2024, 1, 22),
                "trụ sở Đoàn ĐBQH và HĐND tỉnh",
            ),
        ),
    ),
)

PROVINCIAL_PARTY_2020 = SeedBloc(
    slug="ban-dang-co-quan-tinh-uy",
    name="Khối thi đua các ban Đảng, cơ quan của Tỉnh ủy, đơn vị trực thuộc Tỉnh ủy",
    aliases=("Khối thi đua",),
    kind=BlocKind.PARTY,
    years=(
        SeedYear(
            "2020",
            movements=(
                ("Học tập và làm theo tư tưởng đạo đức phong cách Hồ Chí Minh (chuyên đề năm 2020)", "", ""),
                (
                    "Lập thành tích chào mừng Đại hội Đảng bộ tỉnh XIX, Đại hội XIII của Đảng, Đại hội thi đua yêu nước "
                    "tỉnh IX",
                    "",
                    "",
                ),
            ),
        ),
    ),
)

SEEDS = (PARTY_BODIES_2021, FRONT_AND_UNIONS_2019, STAFF_OFFICES_2023, PROVINCIAL_PARTY_2020)
# Years of history; nobody works in them any more. 2021 is the year of the demo's own bloc as well.
CLOSED_YEARS = ("2019", "2020", "2023", "2024")
# Of whom no name was printed.
_SIGNER = "Đại diện lãnh đạo đơn vị"


@transaction.atomic
def enter_seeds(*, by):
    """All four blocs, by the standing agency; the years that only they have are closed behind them."""
    years = {year.slug: year for year in EmulationYear.objects.all()}
    for label in CLOSED_YEARS:
        years[label] = EmulationYear.objects.create(
            label=label, slug=label, starts_on=date(int(label), 1, 1), ends_on=date(int(label), 12, 31)
        )
    kinds = {kind.name: kind for kind in UnitKind.objects.all()}
    for seed in SEEDS:
        _enter(seed, years, kinds, by)
    for label in CLOSED_YEARS:
        set_year_state(year=years[label], target=YearState.CLOSED, by=by)


def _enter(seed, years, kinds, by):
    bloc = create_bloc(by=by, slug=seed.slug, name=seed.name, kind=seed.kind, province=seed.province, aliases=seed.aliases)
    units = {
        row.name: create_unit(
            by=by,
            name=row.name,
            short_name=row.short_name,
            kind=kinds[row.kind],
            province=seed.province,
            aliases=row.aliases,
        )
        for row in seed.units
    }
    first = years[seed.years[0].label].starts_on
    if units:
        add_members(bloc=bloc, units=list(units.values()), starts_on=first, by=by)
    for row in seed.years:
        _enter_year(row, open_bloc_year(bloc=bloc, year=years[row.label], by=by, theme=row.theme), units, by)
    for row in seed.years:
        if row.handed_over:
            day, to_unit = row.handed_over
            bloc_year = bloc.years.for_work().get(year__slug=row.label)
            record_handover(bloc_year=bloc_year, handed_over_on=day, to_unit=units[to_unit], by=by)


def _enter_year(row, bloc_year, units, by):
    for office in row.offices:
        held = appoint_office(bloc_year=bloc_year, unit=units[office.unit], role=office.role, basis=office.basis, by=by)
        if office.person:
            add_holder(office=held, person_name=office.person, titles=office.titles, by=by)
    if row.movements:
        rows = [
            {"name": name, "launched_by": launched_by, "unit": units.get(unit)} for name, launched_by, unit in row.movements
        ]
        save_movements(bloc_year=bloc_year, rows=rows, by=by)
    if row.covenant:
        _enter_covenant(row.covenant, bloc_year, by)


def _enter_covenant(covenant, bloc_year, by):
    version = save_covenant(
        bloc_year=bloc_year,
        by=by,
        theme=bloc_year.theme,
        place=covenant.place,
        signed_on=covenant.signed_on,
        items=[covenant.item],
    )
    send_covenant(version=version, by=by)
    rows = [(signature, "", _SIGNER, covenant.signed_on) for signature in version.signatures.select_related("unit")]
    record_signatures(version=version, rows=rows, by=by)
