"""A large invented province for benchmarks: years of work entered act by act, each by the account whose work it is.

Nothing is rendered and nothing is scored. The same seed makes the same province.
"""

import random
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from itertools import product

from django.contrib.auth.hashers import make_password
from django.core.files.base import ContentFile
from django.db import transaction

from accounts.models import User
from awards.models import AwardKind, Proposal, ProposalItem
from awards.services import (
    LineInput,
    NomineeInput,
    accept_items,
    close_proposal,
    publish_decision,
    receive_proposal,
    record_decision,
    refuse_items,
    save_proposal,
    submit_proposal,
)
from blocs.enums import (
    AssignmentRole,
    BlocKind,
    BlocWord,
    OfficeBasis,
    OfficeRole,
    RotationPolicy,
    SuccessionKind,
    SuccessionSide,
    YearState,
)
from blocs.models import Assignment, Bloc, BlocYear, EmulationYear, Unit, UnitKind
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
    update_bloc_year,
)
from common.actor import begin_request, end_request
from documents.enums import PaperKind
from documents.models import Issuer, Paper
from meetings.enums import Capacity, MeetingKind, MeetingStatus, PartOfDay, PointSection, Presence
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
from news.services import draft_article_from_meeting, publish_article, submit_article
from portal.demo import large_words as words
from portal.lineage import Choice, NewUnit, open_items_of, record_succession
from portal.seeding import seed_reference

# Of the largest real province (case 02): 15 clusters with 114 units, 20 blocs with 160.
_CLUSTERS = (15, 35)
_IN_CLUSTERS = (114, 274)
# The last year entered whole; its year-end meeting opens the next. Fixed, so that the clock decides nothing.
LAST_YEAR = 2025
_UNITS_PER_RENAMING = 50
_FEWEST_MEMBERS = 3
_REFUSED_IN_HUNDRED = 8
_BLOCS_PER_GOVERNMENT_FLAG = 5


@contextmanager
def _sitting():
    """What one person does at the desk, one page after another: read-once facts are kept as within a request."""
    tokens = begin_request(None)
    try:
        yield
    finally:
        end_request(tokens)


@dataclass
class _Place:
    """A unit as the plan knows it: its account, and how a head of it is called."""

    unit: Unit
    title: str
    head: str
    staff: User
    # Its name without the name of the place; empty where the name is one of a kind.
    stem: str = ""


@dataclass
class _Team:
    """A bloc with its present members in order, its offices of the year, and its bloc-year."""

    bloc: Bloc
    members: list
    leader: _Place | None = None
    deputy: _Place | None = None
    year: BlocYear | None = None
    year_end: Meeting | None = None
    letter: Proposal | None = None


@dataclass
class LargeProvince:
    """Plan and memory of the filling; `fill` does all of it and calls `tell(done, total)` after each part."""

    blocs: int
    units: int
    years: int
    seed: int
    password: str | None = None
    tell: object = None
    _teams: list = field(default_factory=list)
    _number: int = 0

    def __post_init__(self):
        self._dice = random.Random(f"khoi-thi-dua-{self.seed}")  # noqa: S311  a plan, not a secret
        places = [f"{first} {second}" for first, second in product(words.FIRST_SYLLABLES, words.SECOND_SYLLABLES)]
        self._dice.shuffle(places)
        self._places = iter(places)
        self._hash = make_password(self.password)
        self._done = 0

    def fill(self):
        """Everything, one transaction for the registry and one for each year."""
        with transaction.atomic():
            seed_reference()
            self._open_registry()
        for number in range(LAST_YEAR - self.years + 1, LAST_YEAR + 1):
            with transaction.atomic():
                self._live_through(number)
        self._close_years()

    def _step(self):
        self._done += 1
        if self.tell:
            self.tell(self._done, self.blocs * (self.years + 1))

    # The registry

    def _open_registry(self):
        self._since = date(LAST_YEAR - self.years + 1, 1, 1)
        self._make_offices()
        self._kinds = {kind.name: kind for kind in UnitKind.objects.all()}
        self._awards = {kind.code: kind for kind in AwardKind.objects.all()}
        self._issuer, _ = Issuer.objects.get_or_create(name=words.CHAIRMAN["name"], defaults=words.CHAIRMAN)
        self._government = Issuer.objects.get(name=words.PRIME_MINISTER)
        decision = Paper.objects.create(
            kind=PaperKind.DECISION,
            number="12/QĐ-UBND",
            issuer=self._issuer,
            issued_on=self._since,
            effective_on=self._since,
            subject="Chia cụm, khối thi đua trên địa bàn tỉnh",
            is_public=True,
        )
        for number in range(LAST_YEAR - self.years + 1, LAST_YEAR + 2):
            EmulationYear.objects.create(
                label=str(number), slug=str(number), starts_on=date(number, 1, 1), ends_on=date(number, 12, 31)
            )
        first = EmulationYear.objects.get(slug=str(self._since.year))
        clusters = round(self.blocs * _CLUSTERS[0] / _CLUSTERS[1])
        in_clusters = round(self.units * _IN_CLUSTERS[0] / _IN_CLUSTERS[1]) if clusters < self.blocs else self.units
        sizes = self._shares(in_clusters, clusters) + self._shares(self.units - in_clusters, self.blocs - clusters)
        for number, size in enumerate(sizes):
            with _sitting():
                team = self._cluster(number, size) if number < clusters else self._sector(number - clusters, size)
                members = [place.unit for place in team.members]
                add_members(bloc=team.bloc, units=members, starts_on=self._since, paper=decision, by=self._agency)
                self._open_first_year(team, first)
            self._teams.append(team)
            self._step()

    def _make_offices(self):
        """The administrator writes down the standing agency, the newsroom and who works there."""
        office = Unit.objects.create(code="so-noi-vu", name=f"Sở Nội vụ tỉnh {words.PROVINCE}", province=words.PROVINCE)
        agency = Unit.objects.create(
            code="ban-thi-dua-khen-thuong",
            name=words.STANDING_AGENCY,
            short_name="Ban Thi đua - Khen thưởng",
            parent=office,
            province=words.PROVINCE,
            is_standing_agency=True,
        )
        self._standing = agency
        self._agency = self._account("hoidong", agency)
        newsroom = create_unit(by=self._agency, name=words.NEWSROOM, province=words.PROVINCE, parent=office)
        self._editor = self._account("bientap", newsroom, AssignmentRole.EDITOR)

    def _account(self, username, unit, role=AssignmentRole.STAFF):
        user = User.objects.create(
            username=username, full_name=self._person(), password=self._hash, must_change_password=False
        )
        Assignment.objects.create(user=user, unit=unit, role=role, starts_on=self._since)
        return user

    def _shares(self, total, parts):
        """About equal numbers that add up to the total, some one more and some one less."""
        if not parts:
            return []
        shares = [total // parts + (number < total % parts) for number in range(parts)]
        for _ in range(parts // 2):
            giver, taker = self._dice.randrange(parts), self._dice.randrange(parts)
            if shares[giver] > max(_FEWEST_MEMBERS, total // parts - 1) and shares[taker] < total // parts + 2:
                shares[giver] -= 1
                shares[taker] += 1
        return shares

    def _cluster(self, number, size):
        members = []
        for _ in range(size):
            word = self._dice.choice(words.LOCALITY_WORDS)
            head = f"{words.LOCALITY_HEAD} {word}"
            members.append(self._unit(words.LOCALITY_KIND, head, stem=f"Ủy ban nhân dân {word}"))
        name = f"Cụm thi đua số {number + 1} các xã, phường, đặc khu tỉnh {words.PROVINCE}"
        bloc = self._bloc(name, f"Cụm thi đua số {number + 1}", BlocWord.CLUSTER, BlocKind.LOCALITY, str(number + 1))
        return _Team(bloc, members)

    def _sector(self, number, size):
        made_of, kind, unit_kind, named, stem, head = words.SECTORS[number % len(words.SECTORS)]
        again = number // len(words.SECTORS)
        names = () if again else named[:size]
        members = [self._unit(unit_kind, head, name=name) for name in names]
        members += [self._unit(unit_kind, head, stem=stem) for _ in range(size - len(names))]
        suffix = f" số {again + 1}" if again else ""
        short_name = f"Khối {made_of}{suffix}"
        bloc = self._bloc(f"Khối thi đua {made_of}{suffix} tỉnh {words.PROVINCE}", short_name, BlocWord.BLOC, kind, "")
        return _Team(bloc, members)

    def _bloc(self, name, short_name, word, kind, number):
        return create_bloc(
            by=self._agency,
            name=name,
            short_name=short_name,
            word=word,
            kind=kind,
            number=number,
            province=words.PROVINCE,
            organiser=self._standing,
            founded_on=self._since,
        )

    def _unit(self, kind, head, *, name="", stem=""):
        """A unit with the one name that is given, or one called by `stem` and a place of its own; and its account."""
        tail = f" tỉnh {words.PROVINCE}"
        name = name or f"{stem} {next(self._places)}"
        aliases = [f"{name.removesuffix(tail)} tỉnh"] if name.endswith(tail) else []
        unit = create_unit(
            by=self._agency,
            name=name,
            short_name=_short_name(name),
            kind=self._kinds[kind],
            province=words.PROVINCE,
            aliases=aliases,
        )
        self._number += 1
        return _Place(unit, head, self._person(), self._account(f"donvi{self._number:03d}", unit), stem)

    def _open_first_year(self, team, year):
        team.leader, team.deputy = team.members[0], team.members[1]
        team.year = open_bloc_year(
            bloc=team.bloc, year=year, by=self._agency, rotation_policy=RotationPolicy.DEPUTY_SUCCEEDS
        )
        for role, place in ((OfficeRole.LEADER, team.leader), (OfficeRole.DEPUTY, team.deputy)):
            appoint_office(bloc_year=team.year, unit=place.unit, role=role, basis=OfficeBasis.APPOINTED, by=self._agency)

    # One year

    def _live_through(self, number):
        """All blocs through a year: begin, half-year, changes among the units, year-end, decisions, hand-over."""
        following = EmulationYear.objects.get(slug=str(number + 1))
        for team in self._teams:
            with _sitting():
                self._begin(team, number)
                self._half_year(team, number)
        if number > self._since.year:
            self._change_units(number)
        for team in self._teams:
            with _sitting():
                self._year_end(team, number)
            self._step()
        with _sitting():
            self._decide(number)
        for team in self._teams:
            if number < LAST_YEAR:
                with _sitting():
                    record_handover(bloc_year=team.year, handed_over_on=date(number + 1, 2, 10), by=team.leader.staff)
            self._take_over(team, following)

    def _begin(self, team, number):
        by, day = team.leader.staff, date(number, 2, 1) + timedelta(days=self._dice.randrange(28))
        theme = f"{self._dice.choice(words.THEMES)} năm {number}"
        update_bloc_year(bloc_year=team.year, by=by, theme=theme, declared_members=len(team.members))
        for office, place in zip(team.year.offices.in_order(), (team.leader, team.deputy), strict=True):
            add_holder(office=office, person_name=place.head, titles=[place.title], by=by)
        self._meeting(
            team,
            f"Hội nghị triển khai nhiệm vụ và ký kết giao ước thi đua năm {number}",
            (MeetingKind.LAUNCH, MeetingKind.COVENANT),
            day,
            period=f"Năm {number - 1}",
        )
        self._covenant(team, theme, day)
        movements = self._dice.sample(words.MOVEMENTS, 3)
        save_movements(bloc_year=team.year, rows=[{"name": name, "launched_by": level} for name, level in movements], by=by)

    def _covenant(self, team, theme, day):
        by = team.leader.staff
        items = []
        for heading, text, qualifier, least, most, measure in words.COVENANT_ITEMS:
            target = Decimal(self._dice.randint(least, most))
            items.append(ItemInput(text, heading, qualifier, target, measure))
        version = save_covenant(
            bloc_year=team.year,
            by=by,
            theme=theme,
            grounds=words.COVENANT_GROUNDS,
            undertaking=words.COVENANT_UNDERTAKING,
            place=team.leader.unit.name,
            signed_on=day,
            items=items,
        )
        send_covenant(version=version, by=by)
        heads = {place.unit.pk: place for place in team.members}
        signatures = version.signatures.select_related("unit")
        rows = [(row, heads[row.unit_id].head, heads[row.unit_id].title, day) for row in signatures]
        record_signatures(version=version, rows=rows, by=by)

    def _half_year(self, team, number):
        self._meeting(
            team,
            f"Hội nghị sơ kết công tác thi đua, khen thưởng 6 tháng đầu năm {number}",
            (MeetingKind.MID_YEAR,),
            date(number, 7, 1) + timedelta(days=self._dice.randrange(24)),
            period=f"6 tháng đầu năm {number}",
        )

    def _year_end(self, team, number):
        """The meeting that elects, the news of it, and the letter that comes of it."""
        by, following, votes = team.leader.staff, self._next_deputy(team), len(team.members)
        day = date(number + 1, 1, 4) + timedelta(days=self._dice.randrange(24))
        meeting = self._meeting(
            team,
            f"Hội nghị tổng kết công tác thi đua, khen thưởng năm {number}, phương hướng năm {number + 1}",
            (MeetingKind.YEAR_END, MeetingKind.SCORING, MeetingKind.ELECTION),
            day,
            period=f"Năm {number}",
            elections=(
                ElectionInput(OfficeRole.LEADER, team.deputy.unit, votes_for=votes, votes_cast=votes),
                ElectionInput(OfficeRole.DEPUTY, following.unit),
            ),
        )
        article = draft_article_from_meeting(meeting=meeting, by=by)
        submit_article(article=article, by=by)
        publish_article(article=article, by=self._editor)
        team.letter = self._letter(team, meeting, number)

    def _next_deputy(self, team):
        """The member after the deputy in the order of the list, so that all have their turn."""
        return self._neighbour(team, team.deputy)

    def _take_over(self, team, year):
        team.leader, team.deputy = team.deputy, self._next_deputy(team)
        team.year = BlocYear.objects.for_work().get(bloc=team.bloc, year=year)

    def _meeting(self, team, title, kinds, day, *, period, elections=()):
        """One meeting, held and closed, with attendance and figures."""
        dice, by = self._dice, team.leader.staff
        attendances = tuple(AttendanceInput(place.unit, self._presence(), place.head) for place in team.members)
        figures = tuple(
            FigureInput(indicator, Decimal(dice.randint(least, most)), measure, qualifier, period=period)
            for indicator, least, most, measure, qualifier in dice.sample(words.FIGURES, 4)
        )
        data = MeetingInput(
            title=title,
            kinds=kinds,
            status=MeetingStatus.HELD,
            starts_on=day,
            part_of_day=dice.choice((PartOfDay.MORNING, PartOfDay.AFTERNOON)),
            place=f"Hội trường {team.leader.unit.short_name or team.leader.unit.name}"[:200],
            host=team.leader.unit,
            declared_units=len(team.members),
            headcount=len(team.members) * dice.randint(2, 5),
            participants=(
                ParticipantInput(Capacity.CHAIR, team.leader.head, team.leader.unit, (team.leader.title,)),
                ParticipantInput(Capacity.CO_CHAIR, team.deputy.head, team.deputy.unit, (team.deputy.title,)),
            ),
            attendances=attendances,
            agenda=(
                AgendaInput("Báo cáo kết quả phong trào thi đua và công tác khen thưởng", team.deputy.head),
                AgendaInput("Thảo luận", "Đại diện các đơn vị"),
                AgendaInput("Kết luận hội nghị", team.leader.head),
            ),
            figures=figures,
            points=(
                PointInput(PointSection.RESULT, dice.choice(words.RESULTS)),
                PointInput(PointSection.SHORTCOMING, dice.choice(words.SHORTCOMINGS)),
                *(PointInput(PointSection.CONCLUSION, text) for text in dice.sample(words.CONCLUSIONS, 2)),
            ),
            elections=elections,
        )
        meeting = save_meeting(meeting=Meeting(bloc_year=team.year), data=data, by=by)
        close_meeting(meeting=meeting, by=by)
        return meeting

    def _presence(self):
        presences = (Presence.PRESENT, Presence.REPLACED, Presence.EXCUSED)
        return self._dice.choices(presences, (88, 9, 3))[0]

    def _letter(self, team, meeting, number):
        """What the meeting proposes: units in the order drawn, and one person."""
        by, wanted, lines = team.leader.staff, list(team.members), []
        self._dice.shuffle(wanted)
        achievements = words.ACHIEVEMENTS.format(year=number)
        for code, wording, share in words.AWARDS:
            few = self._dice.randrange(_BLOCS_PER_GOVERNMENT_FLAG) == 0
            count = max(1, round(len(team.members) / share)) if share else int(few)
            chosen, wanted = wanted[:count], wanted[count:]
            if chosen:
                nominees = [NomineeInput(unit=place.unit, achievements=achievements) for place in chosen]
                lines.append(LineInput(self._awards[code], len(nominees), wording, nominees=nominees))
        code, wording = words.PERSON_AWARD
        place = self._dice.choice(team.members)
        person = NomineeInput(
            nominee_name=self._person(), is_person=True, person_title=f"Chuyên viên {place.unit.name}"[:250]
        )
        lines.append(LineInput(self._awards[code], 1, wording, nominees=[person]))
        letter = Proposal(bloc_year=team.year, meeting=meeting, addressee=words.COUNCIL)
        save_proposal(proposal=letter, by=by, lines=lines)
        submit_proposal(proposal=letter, by=by)
        return letter

    def _decide(self, number):
        """The board takes all letters of the year, appraises, records and publishes two decisions, closes the letters."""
        accepted = []
        for team in self._teams:
            receive_proposal(proposal=team.letter, by=self._agency)
            items = ProposalItem.objects.for_work().filter(line__proposal=team.letter)
            for item in items.order_by("line__position", "position"):
                if self._dice.randrange(100) < _REFUSED_IN_HUNDRED:
                    refuse_items(items=[item], by=self._agency, reason=words.REFUSAL)
                else:
                    accept_items(items=[item], by=self._agency)
                    accepted.append(item)
        flags = [item for item in accepted if item.line.award.code == "GOV_FLAG"]
        others = [item for item in accepted if item.line.award.code != "GOV_FLAG"]
        self._decision(others, f"{410 + number % 100}/QĐ-UBND", self._issuer, date(number + 1, 3, 12), number)
        self._decision(flags, f"{150 + number % 100}/QĐ-TTg", self._government, date(number + 1, 4, 20), number)
        for team in self._teams:
            close_proposal(proposal=team.letter, by=self._agency)

    def _decision(self, items, paper_number, issuer, day, number):
        if not items:
            return
        paper = Paper(
            kind=PaperKind.DECISION,
            number=paper_number,
            issuer=issuer,
            issued_on=day,
            subject=f"Khen thưởng thành tích công tác năm {number}",
            file=ContentFile(_empty_pdf(), "quyet-dinh.pdf"),
        )
        decision = record_decision(by=self._agency, paper=paper, items=items)
        publish_decision(decision=decision, by=self._agency)

    def _close_years(self):
        """All years but the last whole one and the one after it are over."""
        with _sitting():
            for year in EmulationYear.objects.filter(starts_on__year__lt=LAST_YEAR):
                set_year_state(year=year, target=YearState.CLOSED, by=self._agency)

    # Changes among the units

    def _change_units(self, number):
        """In August some units get another name, in September two that are alike become one."""
        renamed = 0
        with _sitting():
            for _, place in self._in_any_order():
                name = _later_name(place.unit.name)
                if name and renamed < max(1, self.units // _UNITS_PER_RENAMING):
                    self._rename(place, name, date(number, 8, 1))
                    renamed += 1
            for team, place in self._in_any_order():
                if self._may_merge(team, place):
                    self._merge(team, place, date(number, 9, 1))
                    break

    def _in_any_order(self):
        rows = [(team, place) for team in self._teams for place in team.members]
        self._dice.shuffle(rows)
        return rows

    def _rename(self, place, name, day):
        record_succession(
            kind=SuccessionKind.RENAME,
            effective_on=day,
            from_units=[place.unit],
            new_name=name,
            new_short_name=_short_name(name),
            by=self._agency,
        )
        place.unit.refresh_from_db()

    def _may_merge(self, team, place):
        """Two units of one sort, side by side in the list, that hold no office and leave enough others behind."""
        other = self._neighbour(team, place)
        in_office = (team.leader, team.deputy)
        are_alike = place.stem and place.stem == other.stem
        return are_alike and len(team.members) > _FEWEST_MEMBERS and place not in in_office and other not in in_office

    def _neighbour(self, team, place):
        return team.members[(team.members.index(place) + 1) % len(team.members)]

    def _merge(self, team, place, day):
        """The two become one unit with a new name, which takes the place of the first in the bloc and keeps its account."""
        other, name = self._neighbour(team, place), f"{place.stem} {next(self._places)}"
        olds = [place.unit, other.unit]
        succession = record_succession(
            kind=SuccessionKind.MERGE,
            effective_on=day,
            from_units=olds,
            new_units=[NewUnit(name, short_name=_short_name(name), kind=place.unit.kind, province=words.PROVINCE)],
            choices={item.id: Choice(item.recommended) for row in open_items_of(olds, day) for item in row.items},
            by=self._agency,
        )
        place.unit = Unit.objects.get(succession_parties__succession=succession, succession_parties__side=SuccessionSide.TO)
        place.head = self._person()
        team.members.remove(other)

    def _person(self):
        dice = self._dice
        middle, given = dice.choice(words.GIVEN_NAMES)
        return f"{dice.choice(words.FAMILY_NAMES)} {middle} {dice.choice(given)}"


def _later_name(name):
    """The name a unit of that kind may get later; empty for one that keeps its name."""
    for before, after in words.RENAMINGS:
        if before in name and after not in name:
            return name.replace(before, after)
    return ""


def _short_name(name):
    """ "UBND xã An Sơn"; empty where nothing is shortened."""
    return name.replace("Ủy ban nhân dân", "UBND") if name.startswith("Ủy ban nhân dân") else ""


def _empty_pdf():
    """The smallest file that is a PDF of one page: a scan nobody reads."""
    objects = (
        b"<</Type/Catalog/Pages 2 0 R>>",
        b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
        b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>",
    )
    body, places = b"%PDF-1.4\n", []
    for number, content in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj%sendobj\n" % (number, content)
    start = len(body)
    body += b"xref\n0 %d\n0000000000 65535 f \n" % (len(objects) + 1)
    body += b"".join(b"%010d 00000 n \n" % place for place in places)
    return body + b"trailer<</Size %d/Root 1 0 R>>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, start)
