"""Who would lead the next years, and why: proposed from who led when; the vote of the meeting is the truth (REG-5, N3).

`propose` reads the rows and `plan` reckons with them alone, so that the same history always gives the same proposal. What a
meeting has voted for is an office row like every other: the next proposal starts behind it.
"""

import re
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from blocs.enums import OfficeRole, RotationPolicy
from blocs.models import BlocOffice, Membership, Unit

YEARS_AHEAD = 3
# More years than these of one unit's past are not told one by one.
_MOST_YEARS = 5
_NUMBER = re.compile(r"\d{4}")
_YEAR_WORDS = re.compile(r"^năm (học )?", re.IGNORECASE)


@dataclass(frozen=True)
class Term:
    """Who held the offices of one year in the end, and everybody who led it on some day."""

    label: str
    starts_on: date
    ends_on: date
    leader: int | None
    deputies: tuple = ()
    led: tuple = ()


@dataclass(frozen=True)
class Member:
    """A unit with its place in the list of the decision; `ends_on` is its last day in the bloc, as far as one is known."""

    pk: int
    name: str
    position: int
    starts_on: date
    ends_on: date | None = None

    def serves(self, starts_on, ends_on):
        """A member from the first day of the year to its last."""
        return self.starts_on <= starts_on and (self.ends_on is None or self.ends_on >= ends_on)


@dataclass(frozen=True)
class Pick:
    """One unit for one office, with the reason as a person of the office would give it."""

    unit: Unit | int
    reason: str


@dataclass(frozen=True)
class Proposal:
    """One future year: `leader` is None where nobody is left to propose."""

    year_label: str
    starts_on: date
    ends_on: date
    leader: Pick | None
    deputies: list = field(default_factory=list)
    warnings: list = field(default_factory=list)

    @property
    def title(self):
        """ "năm 2022", "năm học 2011 – 2012"."""
        return self.year_label if self.year_label.casefold().startswith("năm") else f"năm {self.year_label}"

    @property
    def unit(self):
        return self.leader.unit if self.leader else None

    @property
    def reason(self):
        return self.leader.reason if self.leader else ""


def propose(bloc, years=YEARS_AHEAD, after=None):
    """Proposals for the years after the last one that has a leader; or after the bloc-year `after`, as if it were the last.

    The way of rotation, the length of a term and the number of deputies are those of the latest bloc-year. Six queries.
    """
    found = read(bloc, after=after)
    if found is None:
        return []
    terms, members, first, policy, term_years = found
    planned = plan(terms, members, first, policy=policy, term_years=term_years, years=years)
    units = Unit.objects.in_bulk({pick.unit for row in planned for pick in _picks(row)})
    return [_with_units(row, units) for row in planned]


def _picks(row):
    return [row.leader, *row.deputies] if row.leader else row.deputies


def _with_units(row, units):
    leader = replace(row.leader, unit=units[row.leader.unit]) if row.leader else None
    return replace(row, leader=leader, deputies=[replace(pick, unit=units[pick.unit]) for pick in row.deputies])


def read(bloc, after=None):
    """(terms, members, span of the first year to plan, policy, years of a term) of a bloc; None before its first year."""
    bloc_years = [
        row
        for row in bloc.years.select_related("year").order_by("year__starts_on", "pk")
        if after is None or row.year.starts_on <= after.year.starts_on
    ]
    if not bloc_years:
        return None
    latest = after or bloc_years[-1]
    terms = settled_terms(bloc_years)
    base = terms[-1] if terms else None
    if base:
        first = span_after(base.label, base.starts_on, base.ends_on)
    else:
        year = latest.year
        first = (year.label, year.starts_on, year.ends_on)
    return terms, _members(bloc), first, RotationPolicy(latest.rotation_policy), latest.term_years


def settled_terms(bloc_years):
    """A Term for each year in which a unit led, oldest first."""
    bloc_years = sorted(bloc_years, key=lambda row: (row.year.starts_on, row.pk))
    offices = defaultdict(list)
    rows = BlocOffice.objects.filter(bloc_year__in=bloc_years).order_by("starts_on", "ends_on", "order", "pk")
    for row in rows:
        offices[row.bloc_year_id].append(row)
    terms = []
    for bloc_year in bloc_years:
        held = offices[bloc_year.pk]
        leaders = [row for row in held if row.role == OfficeRole.LEADER]
        if not leaders:
            continue
        last = max(leaders, key=lambda row: (row.ends_on, row.starts_on))
        deputies = [row for row in held if row.role == OfficeRole.DEPUTY and row.ends_on >= last.ends_on]
        deputies = sorted(deputies, key=lambda row: row.order)
        year = bloc_year.year
        terms.append(
            Term(
                year.label,
                year.starts_on,
                year.ends_on,
                last.unit_id,
                tuple(dict.fromkeys(row.unit_id for row in deputies if row.unit_id != last.unit_id)),
                tuple(dict.fromkeys(row.unit_id for row in leaders)),
            )
        )
    return terms


def _members(bloc):
    """Every unit that ever was a member, once: since when without a gap, and its last day if it has left or ended."""
    rows = Membership.objects.filter(bloc=bloc).select_related("unit").order_by("starts_on", "pk")
    last_of_bloc = bloc.dissolved_on - timedelta(days=1) if bloc.dissolved_on else None
    found = {}
    for row in rows:
        ends = [day for day in (row.ends_on, row.unit.ends_on, last_of_bloc) if day]
        member = Member(row.unit_id, row.unit.name, row.position, row.starts_on, min(ends, default=None))
        known = found.get(row.unit_id)
        # A membership that ends one day and goes on the next (another paper, another group) is one.
        if known and known.ends_on and (row.starts_on - known.ends_on).days <= 1:
            member = replace(member, starts_on=known.starts_on)
        found[row.unit_id] = member
    return sorted(found.values(), key=lambda member: (member.position, member.starts_on, member.pk))


def plan(terms, members, first, *, policy, term_years=1, years=YEARS_AHEAD):
    """`years` Proposals from the year `first` = (label, starts_on, ends_on) on; a pure function of its arguments.

    Units that have left the bloc or ended by the end of a year are passed over; a unit leads a second term running only
    where there is no other, and then it warns.
    """
    proposals, terms, span = [], list(terms), first
    for _ in range(years):
        proposal = _Year(terms, members, span, policy, term_years).proposal()
        proposals.append(proposal)
        terms.append(
            Term(
                *span,
                proposal.unit,
                tuple(pick.unit for pick in proposal.deputies),
                (proposal.unit,) if proposal.leader else (),
            )
        )
        span = span_after(*span)
    return proposals


def span_after(label, starts_on, ends_on):
    """The year after a year: "2021" → "2022", "năm học 2010 – 2011" → "năm học 2011 – 2012"."""
    later = _NUMBER.sub(lambda match: str(int(match.group()) + 1), label)
    return later, _a_year_later(starts_on), _a_year_later(ends_on)


def _a_year_later(day):
    is_leap_day = (day.month, day.day) == (2, 29)
    return day.replace(year=day.year + 1, day=28 if is_leap_day else day.day)


class _Year:
    """The reckoning of one year, with everything before it settled."""

    def __init__(self, terms, members, span, policy, term_years):
        self.terms, self.members, self.policy, self.term_years = terms, members, policy, term_years
        self.label, self.starts_on, self.ends_on = span
        self.by_pk = {member.pk: member for member in members}
        self.able = [member for member in members if member.serves(self.starts_on, self.ends_on)]
        self.last = terms[-1] if terms else None
        self.passed_over = []

    def proposal(self):
        if self.last and self._is_within_term():
            return self._continued()
        leader, reason = self._leader()
        if leader is None:
            warning = "Không còn đơn vị thành viên nào để đề xuất."
            return Proposal(self.label, self.starts_on, self.ends_on, None, [], [warning])
        warnings = list(self.passed_over)
        if self.last and leader.pk == self.last.leader:
            warnings.append(f"{leader.name} làm khối trưởng {self._second_running()} liên tiếp.")
        return Proposal(
            self.label,
            self.starts_on,
            self.ends_on,
            Pick(leader.pk, reason),
            self._deputies(leader),
            warnings,
        )

    def _second_running(self):
        return "năm thứ hai" if self.term_years == 1 else "nhiệm kỳ thứ hai"

    # A term of several years

    def _years_running(self):
        count = 0
        for term in reversed(self.terms):
            if term.leader != self.last.leader:
                break
            count += 1
        return count

    def _is_within_term(self):
        return self.last.leader in self._able_pks() and self._years_running() % self.term_years != 0

    def _continued(self):
        year = self._years_running() % self.term_years + 1
        reason = f"năm thứ {year} của nhiệm kỳ {self.term_years} năm"
        leader = self.by_pk[self.last.leader]
        return Proposal(
            self.label,
            self.starts_on,
            self.ends_on,
            Pick(leader.pk, reason),
            self._deputies(leader, kept=f"tiếp tục nhiệm kỳ {self.term_years} năm"),
            list(self.passed_over),
        )

    # The leader

    def _leader(self):
        """(Member, reason), or (None, "") when nobody is left."""
        if self.policy == RotationPolicy.DEPUTY_SUCCEEDS and self.last:
            for pk in self.last.deputies:
                if member := self._if_able(pk, f"khối phó năm {self._short(self.last.label)}"):
                    office = f"khối phó năm {self._short(self.last.label)} kế nhiệm"
                    return member, f"{office}; {self._past(member)}"
        if self.policy == RotationPolicy.LIST_ORDER and self.last:
            for member in self._list_after(self.last.leader):
                before = self.by_pk.get(self.last.leader)
                place = f"đứng kế tiếp {before.name} trong danh sách" if before else "đứng đầu danh sách"
                return member, f"{place}; {self._past(member)}"
        waiting = self._waiting_longest()
        # Whoever has just led comes last, even where the bloc has no other.
        waiting.sort(key=lambda member: bool(self.last) and member.pk == self.last.leader)
        if not waiting:
            return None, ""
        return waiting[0], self._waiting_reason(waiting[0])

    def _if_able(self, pk, what):
        """The member; or None, and the proposal says why it was passed over."""
        if pk in self._able_pks():
            return self.by_pk[pk]
        member = self.by_pk.get(pk)
        if member is None:
            self.passed_over.append(f"Đơn vị {what} không phải là thành viên của khối nên không đề xuất.")
        elif member.ends_on:
            self.passed_over.append(
                f"{member.name} ({what}) rời khối từ sau ngày {member.ends_on:%d/%m/%Y} nên không đề xuất."
            )
        else:
            since = f"{member.starts_on:%d/%m/%Y}"
            self.passed_over.append(f"{member.name} ({what}) vào khối từ ngày {since} nên không đề xuất.")
        return None

    def _able_pks(self):
        return {member.pk for member in self.able}

    def _list_after(self, pk):
        """Members able to serve, from the one behind this unit's place in the list to the unit itself."""
        order = [member.pk for member in self.members]
        place = order.index(pk) + 1 if pk in order else 0
        turned = self.members[place:] + self.members[:place]
        able = self._able_pks()
        return [member for member in turned if member.pk in able]

    def _waiting_longest(self):
        return sorted(self.able, key=lambda member: (self._waits_since(member), member.position, member.pk))

    def _waits_since(self, member):
        led = [term.ends_on for term in self.terms if member.pk in term.led]
        return max([member.starts_on, *led])

    def _waiting_reason(self, member):
        return f"{self._past(member)}; chờ lâu nhất"

    def _past(self, member):
        """ "đã làm khối trưởng các năm 2014, 2019", "chưa làm khối trưởng năm nào"."""
        labels = [self._short(term.label) for term in self.terms if member.pk in term.led]
        if not labels:
            return "chưa làm khối trưởng năm nào"
        if len(labels) == 1:
            return f"đã làm khối trưởng năm {labels[0]}"
        if len(labels) > _MOST_YEARS:
            return f"đã làm khối trưởng {len(labels)} năm, gần đây nhất các năm {', '.join(labels[-_MOST_YEARS:])}"
        return f"đã làm khối trưởng các năm {', '.join(labels)}"

    @staticmethod
    def _short(label):
        """ "2010 – 2011": the words of a school year's label are not said again."""
        return _YEAR_WORDS.sub("", label)

    # The deputies

    def _deputies(self, leader, kept=""):
        """As many as in the last year, at least one: those in office move up, then by list or by waiting."""
        count = max(len(self.last.deputies) if self.last else 0, 1)
        taken, picks = {leader.pk}, []
        if self.last and (kept or self.policy == RotationPolicy.DEPUTY_SUCCEEDS):
            for pk in self.last.deputies:
                member = self.by_pk.get(pk)
                if pk in taken or member not in self.able:
                    continue
                taken.add(pk)
                reason = kept or f"đang là khối phó năm {self._short(self.last.label)}, lên theo thứ tự"
                picks.append(Pick(pk, reason))
        if self.policy == RotationPolicy.LIST_ORDER:
            for member in self._list_after(leader.pk):
                if member.pk not in taken and len(picks) < count:
                    taken.add(member.pk)
                    picks.append(Pick(member.pk, f"đứng sau trong danh sách; {self._past(member)}"))
        outgoing = self.last.leader if self.last else None
        for member in self._waiting_longest():
            if member.pk not in taken and member.pk != outgoing and len(picks) < count:
                taken.add(member.pk)
                picks.append(Pick(member.pk, self._waiting_reason(member)))
        return picks[:count]


def years_too_many(terms, term_years):
    """The labels of years whose unit led beyond its term without a break: the vote stands, the page says so."""
    found, running, leader = [], 0, None
    for term in terms:
        running = running + 1 if term.leader == leader else 1
        leader = term.leader
        if running > term_years:
            found.append(term.label)
    return found


def would_lead_next(bloc_year):
    """The Proposal for the year after this one, or None where its own leader is not recorded."""
    proposals = propose(bloc_year.bloc, years=1, after=bloc_year) if _has_leader(bloc_year) else []
    return proposals[0] if proposals and proposals[0].leader else None


def _has_leader(bloc_year):
    return bloc_year.offices.filter(role=OfficeRole.LEADER).exists()
