"""Every printed form with records behind it, for the tests that hold for all of them.

A new form adds a function here; `FORMS` names them. `NUMBERED` is how an issued one is printed,
`PROOF` what proves it.
"""

from datetime import date, datetime
from decimal import Decimal

from django.db import transaction

from awards.documents import SubmissionLetter
from awards.models import Proposal
from awards.reports import with_lines
from blocs.confirmation import CovenantConfirmation
from blocs.documents import CovenantPaper, HandoverMinutes
from blocs.documents_division import DivisionDecision
from blocs.documents_year import RegulationDecision
from blocs.enums import OfficeRole, ResultStage
from blocs.models import BlocGroup, BlocYear, Covenant, CovenantItem, CovenantVersion, Handover, HandoverItem, YearDeadline
from blocs.services import ItemInput, ResultInput, record_signatures, save_covenant, save_results, send_covenant
from meetings.documents import YearEndReport
from meetings.documents_invitation import Invitation
from meetings.documents_year import YearPlan
from meetings.enums import Capacity, MeetingStatus, PointSection
from portal.dossier import DossierIndex, Packed
from portal.reports.dossier import Entry
from tests.awards.phu_tho import letter_of, phu_tho_year, secretary
from tests.documents.sample_form import LINES, SampleCovenant, SampleLetter
from tests.factories.blocs import (
    BlocOfficeFactory,
    BlocYearFactory,
    EmulationYearFactory,
    secretary_of,
    standing_agency_officer,
)
from tests.factories.meetings import AgendaItemFactory, FigureFactory, MeetingFactory, ParticipantFactory, PointFactory
from tests.meetings.pages import phu_tho

PROOF = {"code": "7KQ2-M4XR-9TBD", "url": "https://thidua.phutho.example.vn/xac-minh/7KQ2-M4XR-9TBD/"}
NUMBERED = {"number": "5", "issued_on": date(2022, 1, 14)}


def sample_letter():
    """A landscape annex of two pages with a head of two levels."""
    return SampleLetter(lines=LINES * 4)


def sample_covenant():
    """40 signers in two columns."""
    return SampleCovenant(units=[f"Sở Tài nguyên và Môi trường {number}" for number in range(40)], columns=2)


def covenant():
    """15 signers, a target, a date."""
    bloc_year = phu_tho_year()
    version = CovenantVersion.objects.create(
        covenant=Covenant.objects.create(bloc_year=bloc_year),
        theme="Đoàn kết, sáng tạo, thi đua hoàn thành xuất sắc nhiệm vụ",
        grounds="Căn cứ Luật Thi đua, khen thưởng\nCăn cứ Kế hoạch số 26/KH-UBND ngày 05/01/2021",
        undertaking="Các đơn vị cam kết thực hiện nghiêm túc giao ước.",
        place="Phú Thọ",
    )
    for position, text in enumerate(("Hoàn thành nhiệm vụ chính trị.", "Xây nhà Đại đoàn kết.", "Hiến máu."), 1):
        CovenantItem.objects.create(
            version=version,
            position=position,
            heading="Nội dung thi đua" if position < 3 else "Hoạt động chung",
            text=text,
            value=Decimal(position) if position > 1 else None,
            unit_of_measure="nhà",
        )
    version.covenant.bloc_year = BlocYear.objects.for_work().get(pk=bloc_year.pk)
    return CovenantPaper(version)


def handover_minutes():
    """Two groups of lines."""
    bloc_year = phu_tho()
    following = BlocYearFactory(bloc=bloc_year.bloc, year=EmulationYearFactory(slug="2022"))
    BlocOfficeFactory(bloc_year=following, unit=bloc_year.memberships_on(date(2022, 1, 11))[1].unit)
    Handover.objects.create(
        bloc_year=bloc_year,
        handed_over_on=date(2022, 1, 11),
        from_unit=bloc_year.offices.get(role=OfficeRole.LEADER).unit,
        to_unit=following.offices.get().unit,
        note="Đã kiểm đếm đủ",
        recorded_by=standing_agency_officer(),
    )
    for position in range(1, 31):
        HandoverItem.objects.create(
            bloc_year=bloc_year,
            position=position,
            key=f"ho-so-{position}",
            group="Hồ sơ" if position < 20 else "Việc đang làm",
            label=f"Hồ sơ đề nghị khen thưởng số {position}",
            detail="Bản gốc và bản điện tử, kèm biên bản họp bình xét của khối; " * (position % 3),
        )
    return HandoverMinutes(BlocYear.objects.for_work().get(pk=bloc_year.pk))


def year_end_report():
    """Several parts, targets with their chart, lists and figures over some pages."""
    bloc_year = phu_tho()
    _targets_of(bloc_year)
    meeting = MeetingFactory(bloc_year=bloc_year, attending=True)
    ParticipantFactory(meeting=meeting, capacity=Capacity.CHAIR)
    AgendaItemFactory(meeting=meeting)
    for position in range(1, 26):
        FigureFactory(meeting=meeting, position=position, period="năm 2021")
    for position in range(1, 16):
        for section in (PointSection.RESULT, PointSection.CONCLUSION, PointSection.NEXT_TASK):
            PointFactory(meeting=meeting, section=section, position=position)
    return YearEndReport(meeting)


def _targets_of(bloc_year):
    by = secretary_of(bloc_year)
    items = [
        ItemInput("Giải ngân vốn đầu tư công.", "Nhiệm vụ chính trị", "at_least", Decimal(95), "%"),
        ItemInput("Xây nhà Đại đoàn kết cho hộ nghèo, hộ có công.", "Hoạt động chung", "", Decimal(2), "nhà"),
        ItemInput("Hiến máu tình nguyện.", "Hoạt động chung", "at_least", Decimal(100), "đơn vị máu"),
    ]
    version = send_covenant(version=save_covenant(bloc_year=bloc_year, by=by, items=items), by=by)
    values = (Decimal("97.5"), Decimal(1), Decimal(143))
    results = [ResultInput(item.pk, value) for item, value in zip(version.items.all(), values, strict=True)]
    save_results(bloc_year=bloc_year, stage=ResultStage.YEAR_END, results=results, by=by)


def submission_letter():
    """Kính gửi, a table in the body, the list across."""
    bloc_year = phu_tho_year()
    proposal = letter_of(bloc_year, secretary(bloc_year))
    return SubmissionLetter(with_lines(Proposal.objects.for_table()).get(pk=proposal.pk))


def regulation():
    """A decision with a regulation of seven chapters behind it."""
    return RegulationDecision(BlocYear.objects.for_work().get(pk=phu_tho().pk))


def plan():
    """A plan with its dates in an annex."""
    bloc_year = phu_tho()
    MeetingFactory(bloc_year=bloc_year)
    for month in range(1, 13):
        YearDeadline.objects.create(
            year=bloc_year.year,
            name=f"Gửi báo cáo tháng {month} cho cơ quan thường trực Hội đồng",
            due_on=date(2021, month, 25),
        )
    return YearPlan(BlocYear.objects.for_work().get(pk=bloc_year.pk))


def division():
    """Three blocs, one in two groups, over the two annexes."""
    year = phu_tho().year
    for count in (4, 30):
        bloc = BlocYearFactory(members=count, year=year).bloc
        if count == 4:
            group = BlocGroup.objects.create(bloc=bloc, name="Nhóm các sở")
            bloc.memberships.filter(position__gt=2).update(group=group)
    return DivisionDecision(year)


def confirmation():
    """15 signers on paper, none with a file; the log in a landscape annex."""
    bloc_year = phu_tho()
    by = secretary_of(bloc_year)
    items = [ItemInput("Hoàn thành nhiệm vụ chính trị."), ItemInput("Xây nhà Đại đoàn kết.", "Hoạt động chung")]
    version = send_covenant(version=save_covenant(bloc_year=bloc_year, by=by, items=items), by=by)
    rows = [(row, "Bùi Đình Thi", "Trưởng ban", date(2022, 1, 11)) for row in version.signatures.all()]
    record_signatures(version=version, rows=rows, by=by)
    return CovenantConfirmation(CovenantVersion.objects.get(pk=version.pk))


def invitation():
    """15 members invited to an agenda."""
    meeting = MeetingFactory(bloc_year=phu_tho(), status=MeetingStatus.ANNOUNCED)
    ParticipantFactory(meeting=meeting, capacity=Capacity.CHAIR)
    AgendaItemFactory(meeting=meeting)
    return Invitation(meeting)


def dossier_index():
    """20 files with digests in a landscape annex; the last is missing."""
    at = datetime(2022, 1, 20, 9, 5)
    entries = [Entry("01", f"Quyết định số {number} về khen thưởng", f"{number}/QĐ-UBND", at.date()) for number in range(20)]
    packed = [Packed(entry, f"01/quyet-dinh-ve-khen-thuong-{entry.number[:2]}.pdf", "0f" * 32) for entry in entries]
    lost = Packed(entries[0], "", problem="không đọc được tệp")
    return DossierIndex("Hồ sơ khen thưởng năm 2021", [*packed, lost], by="Lê An", at=at)


FORMS = {
    "sample_letter": sample_letter,
    "sample_covenant": sample_covenant,
    "covenant": covenant,
    "handover_minutes": handover_minutes,
    "year_end_report": year_end_report,
    "submission_letter": submission_letter,
    "confirmation": confirmation,
    "regulation": regulation,
    "plan": plan,
    "division": division,
    "invitation": invitation,
    "dossier_index": dossier_index,
}


def each_form():
    """(name, form) of all, each with the database to itself: they may take the same slugs and names."""
    for name, build in FORMS.items():
        with transaction.atomic():
            yield name, build()
            transaction.set_rollback(True)
