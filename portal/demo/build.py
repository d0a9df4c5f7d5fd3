"""Enter the demo province, act by act, each by the person whose work it is (design §6)."""

from django.core.files.base import ContentFile
from django.db import transaction

from accounts.models import User
from awards.models import AwardKind, CouncilMember, Proposal
from awards.services import LineInput, NomineeInput, receive_proposal, return_items, save_proposal, submit_proposal
from blocs.enums import AssignmentRole, BlocKind, OfficeBasis, OfficeRole, RotationPolicy
from blocs.models import Assignment, BlocYear, EmulationYear, Unit, UnitKind
from blocs.services import (
    add_holder,
    add_members,
    appoint_office,
    create_bloc,
    create_unit,
    open_bloc_year,
    update_unit,
)
from documents.enums import PaperKind
from documents.models import Issuer, Paper
from meetings.enums import MeetingKind, MeetingStatus, PartOfDay, Presence
from meetings.models import Meeting
from meetings.services import (
    AgendaInput,
    AttendanceInput,
    ElectionInput,
    FigureInput,
    MeetingInput,
    ParticipantInput,
    PointInput,
    close_meeting,
    save_meeting,
)
from news.models import Article, Category
from news.services import (
    add_photo,
    draft_article_from_meeting,
    publish_article,
    save_article,
    submit_article,
)
from portal.demo import facts
from portal.demo.covenants import enter_covenant_2021, enter_covenant_2022
from portal.demo.illustrations import illustrations
from portal.demo.seeds_00_03 import enter_seeds
from portal.seeding import seed_reference


@transaction.atomic
def build_demo():
    """Fill an empty database with the demo province at its living moment."""
    people, units, bloc_years = build_before_year_end()
    meeting = _year_end(bloc_years["2021"], people["thuky"], units)
    bloc_years["2022"] = BlocYear.objects.for_work().get(bloc=bloc_years["2021"].bloc, year__slug="2022")
    _next_year(bloc_years["2022"], people, units)
    _letter(bloc_years["2021"], meeting, people, units)
    _article(meeting, people["thuky"])
    enter_seeds(by=people["hoidong"])


@transaction.atomic
def build_before_year_end():
    """Fill an empty database with the province before the meeting of 11/01/2022; give its people, units and bloc-years."""
    seed_reference()
    people = _people()
    units = _registry(people)
    bloc_years = _open_year(people["hoidong"], units)
    _assignments(people, units)
    enter_covenant_2021(bloc_years["2021"], people["thuky"])
    _first_article(bloc_years["2021"], people)
    return people, units, bloc_years


def _people():
    """Accounts as the administrator issues them."""
    people = {}
    for username, full_name, is_administrator in facts.USERS:
        user = User(
            username=username,
            full_name=full_name,
            is_superuser=is_administrator,
            is_staff=is_administrator,
            must_change_password=False,
        )
        user.set_password(facts.PASSWORD)
        user.save()
        people[username] = user
    return people


def _registry(people):
    """The standing agency's unit and its officer by the administrator; all other units by that officer."""
    office = Unit.objects.create(code="so-noi-vu", name=facts.COUNCIL_OFFICE, province=facts.PROVINCE)
    agency = Unit.objects.create(
        code="ban-thi-dua-khen-thuong",
        name=facts.STANDING_AGENCY,
        short_name="Ban Thi đua - Khen thưởng",
        parent=office,
        province=facts.PROVINCE,
        is_standing_agency=True,
    )
    _assign(people["hoidong"], agency)
    CouncilMember.objects.create(
        user=people["uyvien"], unit=office, title="Ủy viên Hội đồng", starts_on=facts.FOUNDING_PAPER["issued_on"]
    )
    by = people["hoidong"]
    for unit, aliases in ((office, ()), (agency, facts.STANDING_AGENCY_ALIASES)):
        update_unit(unit=unit, by=by, aliases=aliases)
    kinds = {kind.name: kind for kind in UnitKind.objects.all()}
    units = {"agency": agency, "office": office}
    units["newsroom"] = create_unit(
        by=by, name=facts.NEWSROOM, kind=kinds.get("Đơn vị sự nghiệp"), province=facts.PROVINCE, parent=office
    )
    for name, short_name, kind, aliases, (superior, symbol) in facts.MEMBERS:
        issuer, _ = Issuer.objects.get_or_create(
            name=name, defaults={"superior_name": superior, "symbol": symbol, "place": facts.PROVINCE}
        )
        units[name] = create_unit(
            by=by,
            name=name,
            short_name=short_name,
            kind=kinds.get(kind),
            province=facts.PROVINCE,
            aliases=aliases,
            issuer=issuer,
        )
    return units


def _assign(user, unit, role=AssignmentRole.STAFF):
    Assignment.objects.create(user=user, unit=unit, role=role, starts_on=facts.FOUNDING_PAPER["issued_on"])


def _assignments(people, units):
    """Who works for whom, as the administrator writes it down once the bloc stands."""
    _assign(people["thuky"], units[facts.LEADER_2021[0]])
    _assign(people["phokhoi"], units[facts.DEPUTY_2021[0]])
    _assign(people["donvi"], units["Báo Phú Thọ"])
    _assign(people["bientap"], units["newsroom"], AssignmentRole.EDITOR)


def _open_year(by, units):
    """Decision, bloc, members, the year 2021 and its offices, by the standing agency."""
    issuer, _ = Issuer.objects.get_or_create(name=facts.PROVINCE_ISSUER["name"], defaults=facts.PROVINCE_ISSUER)
    decision = Paper.objects.create(
        kind=PaperKind.DECISION,
        issuer=issuer,
        effective_on=facts.FOUNDING_PAPER["issued_on"],
        is_public=True,
        **facts.FOUNDING_PAPER,
    )
    Paper.objects.create(kind=PaperKind.PLAN, issuer=issuer, is_public=True, **facts.MOVEMENT_PLAN)
    years = {
        slug: EmulationYear.objects.create(label=slug, slug=slug, starts_on=f"{slug}-01-01", ends_on=f"{slug}-12-31")
        for slug in ("2021", "2022")
    }
    for year in years.values():
        year.refresh_from_db()
    bloc = create_bloc(
        by=by,
        aliases=facts.BLOC_ALIASES,
        kind=BlocKind.PARTY,
        province=facts.PROVINCE,
        organiser=units["agency"],
        founding_paper=decision,
        **facts.BLOC,
    )
    members = [units[name] for name, *_ in facts.MEMBERS]
    add_members(bloc=bloc, units=members, starts_on=facts.BLOC["founded_on"], paper=decision, by=by)
    bloc_year = open_bloc_year(
        bloc=bloc,
        year=years["2021"],
        by=by,
        theme=facts.THEMES["2021"],
        declared_members=facts.DECLARED_MEMBERS,
        rotation_policy=RotationPolicy.DEPUTY_SUCCEEDS,
    )
    for role, (name, person, titles) in (
        (OfficeRole.LEADER, facts.LEADER_2021),
        (OfficeRole.DEPUTY, facts.DEPUTY_2021),
    ):
        office = appoint_office(
            bloc_year=bloc_year,
            unit=units[name],
            role=role,
            starts_on=facts.BLOC["founded_on"],
            basis=OfficeBasis.APPOINTED,
            by=by,
        )
        add_holder(office=office, person_name=person, titles=titles, by=by)
    return {"2021": bloc_year}


def _first_article(bloc_year, people):
    """Written by the secretariat, published by the editor: nobody publishes what they wrote alone."""
    article = Article(
        title=facts.NEWS["title"],
        lead=facts.NEWS["lead"],
        body=facts.NEWS["body"],
        event_on=facts.NEWS["event_on"],
        category=Category.objects.first(),
        bloc_year=bloc_year,
        author_line=str(people["thuky"]),
        created_by=people["thuky"],
    )
    article = save_article(article=article, by=people["thuky"])
    _add_pictures(article, people["thuky"], illustrations()[2:])
    submit_article(article=article, by=people["thuky"])
    publish_article(article=article, by=people["bientap"])


def _year_end(bloc_year, by, units):
    """The meeting of 11/01/2022 in one sitting; its election opens 2022 and fills its offices."""
    data = MeetingInput(
        title=facts.MEETING_TITLE,
        kinds=(MeetingKind.YEAR_END, MeetingKind.LAUNCH, MeetingKind.COVENANT, MeetingKind.SCORING, MeetingKind.ELECTION),
        status=MeetingStatus.HELD,
        starts_on=facts.MEETING_DAY,
        part_of_day=PartOfDay.AFTERNOON,
        place=facts.MEETING_PLACE,
        host=units[facts.LEADER_2021[0]],
        declared_units=facts.DECLARED_MEMBERS,
        attendees=facts.MEETING_ATTENDEES,
        participants=tuple(
            ParticipantInput(capacity=capacity, person_name=person, unit=units.get(unit), titles=titles)
            for capacity, person, unit, titles in facts.PARTICIPANTS
        ),
        attendances=tuple(AttendanceInput(units[name], Presence.PRESENT) for name, *_ in facts.MEMBERS),
        agenda=tuple(AgendaInput(text, presenter) for text, presenter in facts.AGENDA),
        figures=tuple(
            FigureInput(indicator, value, measure, period=facts.FIGURE_PERIOD, source=facts.FIGURE_SOURCE)
            for indicator, value, measure in facts.FIGURES
        ),
        points=tuple(PointInput(section, text) for section, text in facts.POINTS),
        elections=(
            ElectionInput(OfficeRole.LEADER, units[facts.LEADER_2022]),
            ElectionInput(OfficeRole.DEPUTY, units[facts.DEPUTY_2022]),
        ),
    )
    meeting = save_meeting(meeting=Meeting(bloc_year=bloc_year), data=data, by=by)
    close_meeting(meeting=meeting, by=by)
    return meeting


def _next_year(bloc_year, people, units):
    """The covenant that is being signed, and the next meeting announced, by the new leader."""
    enter_covenant_2022(bloc_year, people)
    coming = facts.COMING_MEETING
    data = MeetingInput(
        title=coming["title"],
        kinds=(MeetingKind.MID_YEAR,),
        starts_on=coming["day"],
        part_of_day=PartOfDay.MORNING,
        place=coming["place"],
        host=units[facts.LEADER_2022],
    )
    save_meeting(meeting=Meeting(bloc_year=bloc_year), data=data, by=people["phokhoi"])


def _letter(bloc_year, meeting, people, units):
    """Four lines, sent and received; the fourth comes back because it declares 06 and names 05."""
    kinds = {kind.code: kind for kind in AwardKind.objects.all()}
    lines = [
        LineInput(
            award=kinds[code],
            wording=wording,
            declared_count=declared,
            nominees=[NomineeInput(unit=units[name], achievements=facts.ACHIEVEMENTS[kinds[code].level]) for name in names],
        )
        for code, wording, declared, names in facts.PROPOSAL_LINES
    ]
    letter = Proposal(bloc_year=bloc_year, meeting=meeting, addressee=facts.COUNCIL, grounds=facts.PROPOSAL_GROUNDS)
    save_proposal(proposal=letter, by=people["thuky"], lines=lines)
    submit_proposal(proposal=letter, by=people["thuky"])
    receive_proposal(proposal=letter, by=people["hoidong"])
    fourth = letter.lines.last()
    return_items(items=list(fourth.items.all()), by=people["hoidong"], reason=facts.RETURN_REASON)


def _article(meeting, by):
    """Drafted from the record of the meeting, with drawn pictures, waiting for the editor."""
    article = draft_article_from_meeting(meeting=meeting, by=by)
    _add_pictures(article, by, illustrations()[:2])
    article.refresh_from_db()
    submit_article(article=article, by=by)


def _add_pictures(article, by, pictures):
    """Drawings, captioned as what they are."""
    for name, body, alt, caption in pictures:
        add_photo(article=article, by=by, image=ContentFile(body, name), alt=alt, caption=caption, credit="Tranh minh họa")
