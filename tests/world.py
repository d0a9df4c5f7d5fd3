"""A small province with an object of every kind and state, twice: while it is worked on, and after its hand-over."""

from dataclasses import dataclass, field
from datetime import date
from io import BytesIO

from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.utils import timezone
from PIL import Image

from awards.enums import ItemState, ProposalState
from blocs.enums import BlocAct, CovenantState, OfficeRole
from blocs.models import (
    BlocOffice,
    BlocPaper,
    Covenant,
    CovenantItem,
    CovenantRevision,
    CovenantSignature,
    CovenantTemplate,
    CovenantVersion,
    Handover,
    ImportJob,
    OfficeHolder,
    UnitCertificate,
    UnitKind,
)
from blocs.services import record_rename
from blocs.sheets.flow import check
from documents.models import IssuedDocument, TrustRoot
from meetings.enums import MeetingStatus
from news.enums import ArticleState
from news.models import Article, Attachment, Category, Photo
from tests.blocs.sheet_files import workbook
from tests.factories.awards import (
    AwardKindFactory,
    CouncilMemberFactory,
    DecisionFactory,
    GrantFactory,
    ProposalFactory,
    ProposalItemFactory,
    ProposalLineFactory,
    small_pdf,
)
from tests.factories.blocs import (
    AdministratorFactory,
    BlocFactory,
    BlocOfficeFactory,
    BlocYearFactory,
    EmulationYearFactory,
    MembershipFactory,
    PaperFactory,
    UnitFactory,
    editor,
    staff_of,
    standing_agency_officer,
)
from tests.factories.meetings import AttendanceFactory, MeetingFactory

ROLES = ("reader", "foreign", "staff", "secretary", "after", "agency", "council", "editor", "admin")


@dataclass
class Side:
    """One bloc with everything that hangs on its year 2021; 2022 has the covenant that is being signed."""

    secretary: object = None
    staff: object = None
    bloc: object = None
    year: object = None
    signing_year: object = None
    office: object = None
    membership: object = None
    covenants: dict = field(default_factory=dict)
    meetings: dict = field(default_factory=dict)
    letters: dict = field(default_factory=dict)
    items: dict = field(default_factory=dict)
    articles: dict = field(default_factory=dict)
    photo: object = None
    attachment: object = None
    issued: object = None
    certificate: object = None


@dataclass
class World:
    """`now` is worked on; of `past` the hand-over is recorded; the rest belongs to both."""

    now: Side = None
    past: Side = None
    users: dict = field(default_factory=dict)
    unit: object = None
    paper: object = None
    public_paper: object = None
    award: object = None
    category: object = None
    unit_kind: object = None
    covenant_template: object = None
    succession: object = None
    decisions: dict = field(default_factory=dict)
    imports: dict = field(default_factory=dict)

    def side_of(self, role):
        return self.past if role == "after" else self.now


def make_world():
    """Make it in the database of the test."""
    world = World()
    world.now = _side("dang-doan-the", world)
    world.past = _side("so-nganh", world)
    _hand_over(world.past)
    world.unit = world.now.membership.unit
    world.paper = PaperFactory(number="12/TB-UBND", file=small_pdf())
    world.public_paper = PaperFactory(number="13/TB-UBND", file=small_pdf(), is_public=True)
    world.award = AwardKindFactory()
    world.succession = record_rename(
        unit=UnitFactory(), name="Báo và Đài tỉnh", on=date(2021, 6, 1), by=standing_agency_officer()
    )
    world.unit_kind = UnitKind.objects.create(name="Cơ quan của Đảng")
    TrustRoot.objects.create(name="Gốc thử", pem="", fingerprint="0" * 64, expires_on=date(2099, 1, 1))
    world.covenant_template = CovenantTemplate.objects.create(name="Cơ quan Đảng")
    world.covenant_template.items.create(text="Hoàn thành nhiệm vụ chính trị")
    world.now.letters["sent"].steps.create(from_state="draft", to_state="sent", by=world.now.secretary)
    world.decisions["draft"] = DecisionFactory(items=[world.now.items["decided"]])
    world.decisions["published"] = GrantFactory(bloc_year=world.now.year).decision
    world.users = {
        "foreign": staff_of(MembershipFactory().unit),
        "staff": world.now.staff,
        "secretary": world.now.secretary,
        "after": world.past.secretary,
        "agency": standing_agency_officer(),
        "council": CouncilMemberFactory().user,
        "editor": editor(),
        "admin": AdministratorFactory(),
    }
    world.imports = {kind: _import(kind, world.users["agency"]) for kind in ("units", "accounts")}
    return world


def _import(kind, user):
    """A sheet that was checked and waits for its confirmation."""
    body = workbook(["Mã đơn vị", "Tên đơn vị"], [["so-y-te", "Sở Y tế"]])
    job = ImportJob.objects.create(
        kind=kind, file=ContentFile(body, "danh-sach.xlsx"), filename="danh-sach.xlsx", created_by=user
    )
    return check(job)


def _side(slug, world):
    bloc = BlocFactory(slug=slug, founding_paper=PaperFactory())
    BlocPaper.objects.create(bloc=bloc, paper=bloc.founding_paper, act=BlocAct.FOUND, effective_on=bloc.founded_on)
    side = Side(bloc=bloc, year=BlocYearFactory(bloc=bloc, members=3))
    next_year = EmulationYearFactory(slug="2022")
    side.signing_year = BlocYearFactory(bloc=bloc, year=next_year)
    leader, deputy, member = bloc.memberships.order_by("position", "pk")
    side.membership = member
    for bloc_year in (side.year, side.signing_year):
        BlocOfficeFactory(bloc_year=bloc_year, unit=deputy.unit, role=OfficeRole.DEPUTY)
        office = BlocOfficeFactory(bloc_year=bloc_year, unit=leader.unit)
        side.office = side.office or office
    OfficeHolder.objects.create(office=side.office, person_name="Bùi Đình Thi", starts_on=side.office.starts_on)
    side.secretary = staff_of(leader.unit)
    side.staff = staff_of(member.unit)
    side.certificate = UnitCertificate.objects.create(
        unit=member.unit,
        subject="CN=Báo Phú Thọ",
        issuer_name="CA thử",
        serial="01",
        fingerprint="0" * 64,
        starts_on=date(2021, 1, 1),
        ends_on=date(2099, 1, 1),
    )
    _covenants(side)
    _meetings(side)
    _letters(side)
    _articles(side, world)
    return side


def _covenants(side):
    units = [row.unit for row in side.bloc.memberships.all()]
    for state, bloc_year in (("draft", side.year), ("signing", side.signing_year)):
        covenant = Covenant.objects.create(bloc_year=bloc_year)
        version = CovenantVersion.objects.create(covenant=covenant, state=CovenantState(state), scan=small_pdf("quet.pdf"))
        CovenantItem.objects.create(version=version, text="Hoàn thành tốt nhiệm vụ chính trị")
        CovenantItem.objects.create(version=version, text="Xây nhà", value=2, unit_of_measure="nhà", basis="sum")
        CovenantItem.objects.create(version=version, text="Giải ngân", value=95, unit_of_measure="%")
        if state == "signing":
            for position, unit in enumerate(units, 1):
                CovenantSignature.objects.create(version=version, unit=unit, position=position, scan=small_pdf("ky.pdf"))
            file = small_pdf("giao-uoc.pdf")
            CovenantRevision.objects.create(version=version, file=file, sha256="0" * 64, created_by=side.secretary)
        side.covenants[state] = version


def _meetings(side):
    for status in MeetingStatus:
        meeting = MeetingFactory(bloc_year=side.year, status=status)
        AttendanceFactory(meeting=meeting, unit=side.membership.unit)
        side.meetings[status.value] = meeting
    side.issued = IssuedDocument.objects.create(
        form="bao-cao",
        title="Báo cáo tổng kết năm 2021",
        number=f"{side.bloc.pk}/BC-KTĐ",
        issued_on=date(2022, 1, 12),
        file=small_pdf("bao-cao.pdf"),
        sha256="0" * 64,
        code=f"abcd-efgh-{side.bloc.pk:04d}",
        subject_type=ContentType.objects.get_for_model(side.meetings["held"]),
        subject_id=side.meetings["held"].pk,
        created_by=side.secretary,
    )


def _letters(side):
    for state in ProposalState:
        given = {} if state == ProposalState.DRAFT else {state.value: True}
        letter = ProposalFactory(bloc_year=side.year, **given)
        line = ProposalLineFactory(proposal=letter, declared_count=2)
        side.letters[state.value] = letter
        if state == ProposalState.RECEIVED:
            for item_state in (ItemState.PROPOSED, ItemState.RETURNED, ItemState.ACCEPTED):
                side.items[item_state.value] = ProposalItemFactory(line=line, state=item_state)
            side.items["decided"] = ProposalItemFactory(line=line, state=ItemState.ACCEPTED)
        elif state == ProposalState.CLOSED:
            ProposalItemFactory(line=line, state=ItemState.REFUSED)
        else:
            ProposalItemFactory(line=line)
    side.letters["done"] = ProposalFactory(bloc_year=side.year, received=True)
    ProposalItemFactory(line__proposal=side.letters["done"], state=ItemState.REFUSED)


def _articles(side, world):
    world.category = world.category or Category.objects.create(slug="tin-hoat-dong-khoi", name="Tin hoạt động khối")
    for state in ArticleState:
        stamps = {}
        if state in (ArticleState.PUBLISHED, ArticleState.WITHDRAWN):
            stamps = {"published_at": timezone.now(), "published_by": AdministratorFactory()}
        side.articles[state.value] = Article.objects.create(
            title="Khối thi đua tổng kết năm 2021",
            slug=f"{side.bloc.slug}-{state.value.replace('_', '-')}",
            lead="Hội nghị tổng kết công tác thi đua, khen thưởng năm 2021.",
            body="Các đơn vị hoàn thành tốt nhiệm vụ.",
            category=world.category,
            bloc_year=side.year,
            state=state,
            created_by=side.secretary,
            **stamps,
        )
    picture = BytesIO()
    Image.new("RGB", (40, 30), "white").save(picture, "JPEG")
    draft = side.articles["draft"]
    side.photo = Photo.objects.create(article=draft, image=ContentFile(picture.getvalue(), "anh.jpg"), alt="Hội nghị")
    side.attachment = Attachment.objects.create(article=draft, file=small_pdf("tep.pdf"), title="Báo cáo")


def _hand_over(side):
    on = date(2022, 2, 1)
    BlocOffice.objects.filter(bloc_year__bloc=side.bloc).update(handed_over_on=on)
    for bloc_year in (side.year, side.signing_year):
        Handover.objects.create(
            bloc_year=bloc_year, handed_over_on=on, from_unit=side.office.unit, recorded_by=side.secretary
        )
