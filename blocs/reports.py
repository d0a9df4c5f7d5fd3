"""Reads across the records of the blocs."""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import Count, Min, Prefetch, Q

from blocs.enums import CovenantState, OfficeRole, SignatureState, SigningOrder
from blocs.matching import UnitMatcher
from blocs.models import (
    BlocOffice,
    BlocYear,
    CovenantRevision,
    CovenantSignature,
    CovenantVersion,
    HandoverItem,
    OfficeHolder,
    Unit,
    UnitName,
)
from common.dated import overlapping
from common.text import clean_text, count_words, fold


@dataclass(frozen=True)
class CountDifference:
    """The number a paper declares beside the number of the list; both are shown, neither is corrected."""

    declared: int
    listed: int
    # The list with the leading unit in it, where the declared number leaves that out; else as `listed`.
    with_leader: int | None = None

    @property
    def leader_counted(self):
        return self.with_leader is None

    @property
    def text(self):
        """Both numbers in a sentence, and how each of them was counted."""
        if self.leader_counted:
            return f"Văn bản ghi {count_words(self.declared)} đơn vị, danh sách có {count_words(self.listed)} đơn vị."
        return (
            f"Văn bản ghi {count_words(self.declared)} đơn vị, chưa tính khối trưởng; danh sách có "
            f"{count_words(self.with_leader)} đơn vị, không tính khối trưởng còn {count_words(self.listed)}."
        )


def member_count_difference(bloc_year):
    """A CountDifference when the declared number of members is not that of the list at the reference day, else None."""
    if bloc_year.declared_members is None:
        return None
    units = [row.unit_id for row in bloc_year.memberships if row.is_counted]
    listed = len(units)
    with_leader = None
    if not bloc_year.leader_counted:
        leader = bloc_year.offices.filter(role=OfficeRole.LEADER).order_by("starts_on").values_list("unit_id", flat=True)
        with_leader = listed
        listed -= 1 if leader and leader[0] in units else 0
    if listed == bloc_year.declared_members:
        return None
    return CountDifference(bloc_year.declared_members, listed, with_leader)


@dataclass(frozen=True)
class CovenantProgress:
    """How far the covenant of a year has come; `version` is the one in force, or the draft where there is none else."""

    version: CovenantVersion | None
    signed: int = 0
    refused: int = 0
    total: int = 0

    @property
    def is_signed(self):
        return self.version is not None and self.version.state == CovenantState.SIGNED

    @property
    def is_sent(self):
        return self.version is not None and self.version.state in (CovenantState.SIGNING, CovenantState.SIGNED)

    @property
    def label(self):
        return self.version.get_state_display() if self.version else "Chưa soạn"


def covenant_progress(bloc_years):
    """CovenantProgress of one bloc-year, or for several a dict from their pk; one query either way."""
    if isinstance(bloc_years, BlocYear):
        return covenant_progress([bloc_years])[bloc_years.pk]
    signatures = {
        "signed": Count("signatures", filter=Q(signatures__state=SignatureState.SIGNED)),
        "refused": Count("signatures", filter=Q(signatures__state=SignatureState.REFUSED)),
        "total": Count("signatures", filter=~Q(signatures__state=SignatureState.RELEASED)),
    }
    pks = [row.pk for row in bloc_years]
    versions = (
        CovenantVersion.objects.filter(covenant__bloc_year__in=pks)
        .exclude(state=CovenantState.REPLACED)
        .select_related("covenant")
        .annotate(**signatures)
        .order_by("number")
    )
    found = {pk: CovenantProgress(None) for pk in pks}
    for version in versions:
        pk = version.covenant.bloc_year_id
        known = found[pk].version
        # A draft of a new version does not hide the one that is being signed.
        if known is None or version.state != CovenantState.DRAFT:
            found[pk] = CovenantProgress(version, version.signed, version.refused, version.total)
    return found


@dataclass(frozen=True)
class OfficeLine:
    """One office of a bloc-year as a page shows it: names as of its last day within the year."""

    office: BlocOffice
    title: str
    unit: Unit
    unit_name: str
    holder: OfficeHolder | None

    @property
    def role(self):
        return self.office.role

    @property
    def is_leader(self):
        return self.office.role == OfficeRole.LEADER

    @property
    def holder_name(self):
        return self.holder.person_name if self.holder else ""

    @property
    def holder_titles(self):
        return self.holder.titles_text if self.holder else ""


def leaders_of(bloc_years):
    """dict from the pk of each bloc-year to its OfficeLines, leader first; three queries however many there are."""
    by_pk = {row.pk: row for row in bloc_years}
    offices = (
        BlocOffice.objects.filter(bloc_year__in=by_pk)
        .in_order()
        .select_related("unit", "paper", "bloc_year__bloc", "bloc_year__year")
        .prefetch_related(
            Prefetch("holders", OfficeHolder.objects.order_by("starts_on")),
            Prefetch("unit__names", UnitName.objects.order_by("starts_on")),
        )
    )
    lines = {pk: [] for pk in by_pk}
    for office in offices:
        day = min(office.ends_on, office.bloc_year.year.ends_on)
        lines[office.bloc_year_id].append(
            OfficeLine(office, office.title, office.unit, name_on(office.unit, day), holder_on(office, day))
        )
    return lines


def name_on(unit, day):
    """The name a unit bore on a day, read from its prefetched names."""
    for row in unit.names.all():
        if row.starts_on <= day and (row.ends_on is None or row.ends_on >= day):
            return row.name
    return unit.name


def holder_on(office, day):
    """The person of a day from the prefetched holders; else the last who began (a year that closes in January)."""
    holders = list(office.holders.all())
    current = [row for row in holders if row.starts_on <= day and (row.ends_on is None or row.ends_on >= day)]
    return (current or holders or [None])[-1]


def next_bloc_year(bloc_year):
    """The same bloc's next year that is open in the register, or None."""
    later = BlocYear.objects.filter(bloc=bloc_year.bloc_id, year__starts_on__gt=bloc_year.year.starts_on)
    return later.for_work().order_by("year__starts_on").first()


def next_leader(bloc_year):
    """The unit that leads the bloc's next year, or None."""
    following = next_bloc_year(bloc_year)
    if following is None:
        return None
    office = following.offices.filter(role=OfficeRole.LEADER).select_related("unit").order_by("starts_on").first()
    return office.unit if office else None


def missing_to_record(bloc_year):
    """What the list of the hand-over still lacks on either side; nothing where no list was made (history)."""
    waiting = HandoverItem.objects.filter(bloc_year=bloc_year).aggregate(
        given=Count("pk", filter=Q(given_at__isnull=True)), received=Count("pk", filter=Q(received_at__isnull=True))
    )
    sides = (("bên giao", waiting["given"]), ("bên nhận", waiting["received"]))
    return [f"xác nhận của {side} ở {count_words(count)} mục" for side, count in sides if count]


def handover_groups(bloc_year):
    """The list of the hand-over as (group, HandoverItems), the groups in the order in which each first stands."""
    groups = {}
    for item in HandoverItem.objects.filter(bloc_year=bloc_year).select_related("given_by", "received_by"):
        groups.setdefault(item.group, []).append(item)
    return list(groups.items())


def members_during(bloc_year):
    """Units that are members on some day of the year, in the order of the decision: who can be picked for an office."""
    year = bloc_year.year
    period = overlapping(year.starts_on, year.ends_on, prefix="memberships__")
    rows = Unit.objects.filter(period, memberships__bloc=bloc_year.bloc_id)
    return rows.annotate(place=Min("memberships__position")).order_by("place", "sort_key")


def overlapping_membership(bloc, unit, starts_on, ends_on=None, exclude=None):
    """A membership of the unit in the bloc that shares a day with the period, or None."""
    rows = bloc.memberships.filter(unit=unit).in_period(starts_on, ends_on)
    return rows.exclude(pk=exclude.pk).first() if exclude else rows.order_by("starts_on").first()


def same_named_units(name, province="", exclude=None):
    """Units of the same province (any, when none is given) whose name reads the same without case and marks."""
    key = fold(clean_text(name))
    # `search` begins with the folded name, so the database narrows the rows and Python compares exactly.
    rows = Unit.objects.filter(search__startswith=key).in_order() if key else Unit.objects.none()
    if exclude is not None and exclude.pk:
        rows = rows.exclude(pk=exclude.pk)
    place = fold(clean_text(province))
    return [unit for unit in rows if fold(unit.name) == key and place in ("", fold(unit.province))]


def group_items(items):
    """Contents of a covenant under their headings, in the order in which each heading first stands."""
    groups = defaultdict(list)
    for item in items:
        groups[item.heading].append(item)
    return list(groups.items())


@dataclass(frozen=True)
class MemberLine:
    """What one line of a pasted list of members means, and what is to be done with it.

    `choice` is a Unit, the name of a unit to be made, several Units of one line, or None while nobody has decided.
    """

    number: int
    text: str
    kind: str
    options: list
    chosen: str
    choice: Unit | str | list | None
    note: str = ""

    @property
    def choices(self):
        """What is added to the bloc by this line."""
        if self.is_skipped or self.choice is None:
            return []
        return self.choice if isinstance(self.choice, list) else [self.choice]

    @property
    def is_new(self):
        return isinstance(self.choice, str)

    @property
    def is_skipped(self):
        return self.chosen == SKIP

    @property
    def is_decided(self):
        return self.is_skipped or self.choice is not None

    @property
    def field(self):
        return f"dong-{self.number}"


NEW, SKIP, SPLIT = "moi", "bo", "tach"


def preview_members(bloc, names, starts_on, answers):
    """A MemberLine per name; `answers` maps "dong-<number>" to a unit's code, NEW or SKIP, as the preview page sends it."""
    matcher = UnitMatcher()
    present = set(bloc.memberships.in_period(starts_on).values_list("unit_id", flat=True))
    lines, used = [], {}
    for number, text in enumerate(names, 1):
        match = matcher.match(text)
        units = [match.unit] if match.unit else match.suggestions
        options = [(unit.code, matcher.label_of(unit)) for unit in units]
        # A name that is another unit's exactly can still be a new one's; the line says so.
        if not match.unit:
            options.append((NEW, "Lập đơn vị mới với tên này"))
        parts = [] if match.unit or match.is_shared else matcher.parts(text)
        fresh = [unit for unit in parts if unit.pk not in present and unit.pk not in used]
        if fresh:
            listed = "; ".join(unit.name for unit in fresh)
            options.insert(0, (SPLIT, f"Tách thành {count_words(len(fresh))} đơn vị: {listed}"))
        options.append((SKIP, "Bỏ qua dòng này"))
        kind = "known" if match.unit else "shared" if match.is_shared else "doubtful" if units else "new"
        note, chosen = "", {"known": units[0].code if units else "", "new": NEW}.get(kind, "")
        if fresh:
            kind, chosen = "list", SPLIT
        if match.unit and match.unit.pk in present:
            kind, note, chosen = "member", "Đã là thành viên", SKIP
        answer = answers.get(f"dong-{number}") if answers else None
        if answer in dict(options):
            chosen = answer
        if fresh and chosen == SPLIT:
            used |= {unit.pk: number for unit in fresh}
            lines.append(MemberLine(number, text, kind, options, chosen, fresh, note))
            continue
        choice = text if chosen == NEW else matcher.by_code.get(chosen.casefold())
        key = choice.pk if isinstance(choice, Unit) else fold(choice or f"dong-{number}")
        if chosen != SKIP and key in used:
            kind, note, chosen, choice = "double", f"Trùng dòng {used[key]}", SKIP, None
        elif chosen != SKIP:
            used[key] = number
        lines.append(MemberLine(number, text, kind, options, chosen, choice, note))
    return lines


def last_revision(version):
    """The file of a covenant as it stands: with the newest certificate signature; None before it was made."""
    return CovenantRevision.objects.filter(version=version).order_by("-number").first()


def waiting_before(signature):
    """The lines that must be signed before this one, where the units sign one after the other (F18)."""
    if signature.version.order != SigningOrder.IN_TURN:
        return []
    rows = CovenantSignature.objects.filter(version=signature.version, position__lt=signature.position)
    rows = rows.select_related("unit")
    return list(rows.exclude(state__in=(SignatureState.SIGNED, SignatureState.RELEASED)))
