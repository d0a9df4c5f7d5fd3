"""Reads about letters, items and grants: what is counted, what is compared, what waits."""

from collections import Counter, defaultdict
from dataclasses import dataclass

from django.db.models import Count, Prefetch, Q

from awards.enums import ItemState, ProposalState, RewardKind
from awards.models import Decision, Grant, Proposal, ProposalItem, ProposalLine, ProposalStep
from blocs.scope import scope_of
from common.text import count_words
from documents.models import Paper


@dataclass(frozen=True)
class CountDifference:
    """The number a source declares and the number of nominees it lists, where they differ (N12)."""

    declared: int
    listed: int

    def __str__(self):
        return f"Số ghi trong biên bản là {count_words(self.declared)}, danh sách có {count_words(self.listed)}."


@dataclass(frozen=True)
class Totals:
    """What one letter proposes: lines, nominees listed, nominees declared, and listed by who decides."""

    lines: int
    listed: int
    declared: int
    by_decider: list


def listed_count(line):
    """How many nominees stand on the line; withdrawn ones no longer do."""
    return sum(item.count for item in line.items.all() if item.state != ItemState.WITHDRAWN)


def count_difference(line):
    """The CountDifference of a line, or None; it warns and never blocks."""
    listed = listed_count(line)
    if line.declared_count is None or line.declared_count == listed:
        return None
    return CountDifference(line.declared_count, listed)


def totals(proposal):
    """The Totals of a letter. Where nothing is declared the list stands for itself."""
    lines = list(proposal.lines.all())
    by_decider = Counter()
    for line in lines:
        by_decider[line.award.decider or "Chưa ghi thẩm quyền"] += listed_count(line)
    declared = sum(listed_count(line) if line.declared_count is None else line.declared_count for line in lines)
    return Totals(len(lines), sum(by_decider.values()), declared, list(by_decider.items()))


def with_lines(proposals):
    """Letters with lines, awards, items and units read ahead: three queries whatever the number."""
    items = ProposalItem.objects.select_related("unit")
    lines = ProposalLine.objects.select_related("award").prefetch_related(Prefetch("items", queryset=items))
    return proposals.prefetch_related(Prefetch("lines", queryset=lines))


def differences(proposal):
    """(line, CountDifference) for every line of a letter where the two numbers differ."""
    found = ((line, count_difference(line)) for line in proposal.lines.all())
    return [(line, difference) for line, difference in found if difference]


def repeated_units(proposal):
    """Sentences about units that stand on several lines of the bloc-year's letters (STD-8, F64); a warning only."""
    awards = defaultdict(list)
    for line in proposal.lines.all():
        for item in line.items.all():
            if item.unit_id and item.state not in (ItemState.WITHDRAWN, ItemState.REFUSED):
                awards[item.unit].append(str(line))
    own = [
        f"{unit} được đề nghị {count_words(len(lines))} hình thức trong cùng tờ trình: {'; '.join(lines)}."
        for unit, lines in awards.items()
        if len(lines) > 1
    ]
    others = (
        ProposalItem.objects.filter(unit__in=awards, line__proposal__bloc_year=proposal.bloc_year)
        .exclude(line__proposal=proposal)
        .exclude(line__proposal__state=ProposalState.DRAFT)
        .exclude(state__in=[ItemState.WITHDRAWN, ItemState.REFUSED])
        .select_related("unit", "line__award")
    )
    return own + [f"{item.unit} đã được đề nghị “{item.line}” trong một tờ trình khác của năm." for item in others]


def steps_of(proposal):
    """The chain of handling, oldest first (F74)."""
    return ProposalStep.objects.filter(proposal=proposal).select_related("by", "item__unit", "item__line__award")


def board_letters(user):
    """What has arrived at the board of this user: no draft, and only blocs that the user's agency follows."""
    scope = scope_of(user)
    rows = Proposal.objects.visible_to(user).exclude(state=ProposalState.DRAFT)
    if scope.is_standing_agency:
        organiser = Q(bloc_year__bloc__organiser__isnull=True) | Q(bloc_year__bloc__organiser__in=scope.standing_ids)
        rows = rows.filter(organiser)
    return rows


def letter_counts(letters):
    """How many letters lie in each state."""
    found = dict(letters.order_by().values_list("state").annotate(Count("pk")))
    return {state: found.get(state.value, 0) for state in ProposalState}


def grantable_items(user, decision=None):
    """Accepted items of letters that the user's agency has received, not yet on another decision."""
    scope = scope_of(user)
    bloc = "line__proposal__bloc_year__bloc__organiser"
    followed = Q(**{f"{bloc}__isnull": True}) | Q(**{f"{bloc}__in": scope.standing_ids})
    free = Q(decisions__isnull=True) | Q(decisions=decision) if decision else Q(decisions__isnull=True)
    return (
        ProposalItem.objects.for_work()
        .filter(followed & free, state=ItemState.ACCEPTED, line__proposal__state=ProposalState.RECEIVED)
        .order_by("line__award__rank", "line__proposal", "line__position", "position", "pk")
        .distinct()
    )


def number_is_used(paper):
    """The sentence that refuses the paper's number, or "": one number per issuer and year (DOC-23, case 14)."""
    if paper.issuer.pk is None:
        return ""
    same = Paper.objects.filter(number__iexact=paper.number, issuer=paper.issuer, issued_on__year=paper.issued_on.year)
    other = same.exclude(pk=paper.pk).first()
    return f"Số {paper.number} đã dùng cho {str(other)[:1].lower()}{str(other)[1:]} của {paper.issuer}." if other else ""


def decisions_for_table(user):
    """Decisions the user may see, with their papers and how many items each holds."""
    rows = Decision.objects.visible_to(user).select_related("paper__issuer", "recorded_by")
    rows = rows.annotate(item_count=Count("items"))
    return rows.order_by("-paper__issued_on", "-pk")


def past_awards(units, before):
    """dict from a unit's pk to what it was awarded for merit in the five years before that day, newest first.

    Only published decisions that stand, and only merit: awards for a sudden or thematic achievement do not count toward
    the next one (LEG-12). Awards of predecessors are not summed here (LEG-17).
    """
    rows = Grant.objects.public().filter(
        unit__in=units,
        reward_kind=RewardKind.MERIT,
        decision__paper__issued_on__lt=before,
        decision__paper__issued_on__year__gte=before.year - 5,
    )
    found = defaultdict(list)
    for row in rows.select_related("award", "decision__paper").order_by("-decision__paper__issued_on", "award__rank", "pk"):
        paper = row.decision.paper
        period = f" {row.period}" if row.period else ""
        found[row.unit_id].append(f"{row.award.name}{period} (số {paper.number} ngày {paper.issued_on:%d/%m/%Y})")
    return found


def filtered_grants(grants, *, text="", year=None, award=None, unit=None):
    """Grants of a year, an award, a unit, whose recipient or decision holds every word of the folded text."""
    for word in text.split():
        grants = grants.filter(Q(search__contains=word) | Q(decision__paper__search__contains=word))
    if year:
        grants = grants.filter(bloc_year__year=year)
    if award:
        grants = grants.filter(award=award)
    if unit:
        grants = grants.filter(unit=unit)
    return grants.order_by("-decision__paper__issued_on", "-decision", "award__rank", "pk")


def public_grants():
    """What the public register shows: granted by a published decision and not revoked."""
    return Grant.objects.public().for_table()
