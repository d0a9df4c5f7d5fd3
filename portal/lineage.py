"""The guided act on units (rename, merge, split, take-over, dissolve): composes what every app says hangs on a unit."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.utils import timezone

import awards.lineage
import blocs.lineage
import meetings.lineage
from blocs.enums import OpenItemChoice, SuccessionKind, SuccessionSide
from blocs.errors import Invalid, WrongDate
from blocs.models import BlocYear, Membership, SuccessionEffect, SuccessionParty, Unit, UnitName, UnitSuccession
from blocs.services import record_rename
from common import audit
from common.actor import forget_request_memory
from common.dated import overlapping
from common.errors import DomainError, NotReady, StaleState
from common.permissions import require
from common.text import clean_text, count_words
from common.undo import built_on, freeze
from meetings.enums import MeetingStatus
from meetings.models import Meeting

# In the order in which their rows are locked; blocs last, because it locks the units themselves.
PARTS = {"awards": awards.lineage, "meetings": meetings.lineage, "blocs": blocs.lineage}
# Of these kinds the old unit may go on.
MAY_STAY = (SuccessionKind.SPLIT, SuccessionKind.TAKE_OVER)


class AlreadyBuilt(DomainError):
    """Something stands on the act, so it cannot be taken back; `built` lists what."""

    def __init__(self, built, *, subject):
        self.built = list(built)
        super().__init__("Không hoàn tác được vì sau đó đã có: " + "; ".join(self.built) + ".", subject=subject)


class ItemsChanged(StaleState):
    """Between review and confirmation something else happened; `changes` lists it."""

    def __init__(self, changes):
        self.changes = list(changes)
        super().__init__("Trong lúc bạn rà soát, dữ liệu đã thay đổi: " + "; ".join(self.changes) + ".")


@dataclass(frozen=True)
class NewUnit:
    """A successor that begins with the act."""

    name: str
    code: str = ""
    short_name: str = ""
    kind: object = None
    province: str = ""
    parent: object = None

    def __str__(self):
        return self.name


@dataclass(frozen=True)
class Choice:
    """What was chosen for one open item; `successor` is the place of the unit in the list of successors, from 0."""

    choice: OpenItemChoice
    successor: int | None = None


@dataclass(frozen=True)
class UnitItems:
    """One old unit with everything open that hangs on it."""

    unit: Unit
    items: list = field(default_factory=list)


def open_items_of(units, on, *, has_successor=True):
    """UnitItems for each old unit, from all apps, in the order in which one decides about them."""
    found = []
    for unit in units:
        items = [item for name in reversed(PARTS) for item in PARTS[name].open_items(unit, on)]
        if not has_successor:
            items = [_without_successor(item) for item in items]
        found.append(UnitItems(unit, sorted(items, key=lambda item: item.order)))
    return found


def _without_successor(item):
    """Nobody to carry to: close where that can be done, else hold."""
    choices = tuple(choice for choice in item.choices if choice != OpenItemChoice.CARRY)
    closing = OpenItemChoice.CLOSE if OpenItemChoice.CLOSE in choices else OpenItemChoice.HOLD
    recommended = closing if item.recommended == OpenItemChoice.CARRY else item.recommended
    return type(item)(item.app, item.key, item.label, item.detail, choices, recommended, item.order)


def fingerprint(groups):
    """What the reviewer saw: item id → its words; compared again under the locks."""
    return {item.id: f"{group.unit.code}|{item.label}|{item.detail}" for group in groups for item in group.items}


def changes_between(seen, now):
    """Phrases for what came, went or changed since the review."""

    def words(value):
        return value.split("|")[1]

    found = [f"thêm “{words(now[key])}”" for key in now if key not in seen]
    found += [f"không còn “{words(seen[key])}”" for key in seen if key not in now]
    return found + [f"“{words(now[key])}” đã đổi" for key in now if key in seen and seen[key] != now[key]]


def refuse_impossible(*, kind, on, from_units, to_units=(), new_units=(), stays=False):
    """Raise Invalid or WrongDate with a sentence for what cannot be; the wizard asks before the review, the act again."""
    olds, successors = list(from_units), [*to_units, *new_units]
    if not olds:
        raise Invalid("Xin chọn đơn vị có biến động.")
    for units in (olds, list(to_units)):
        if len({unit.pk for unit in units}) < len(units):
            raise Invalid("Một đơn vị chỉ được ghi một lần ở mỗi phía.")
    both = [unit for unit in olds if unit in to_units]
    if both:
        raise Invalid(f"{both[0]} không thể vừa là đơn vị cũ vừa là đơn vị kế thừa.")
    if stays and kind not in MAY_STAY:
        raise Invalid("Chỉ khi chia tách hoặc chuyển giao chức năng thì đơn vị cũ mới tiếp tục hoạt động.")
    _refuse_numbers(kind, olds, successors, new_units, stays)
    if on > timezone.localdate():
        raise WrongDate(f"Ngày có hiệu lực {on:%d/%m/%Y} ở sau ngày hôm nay; hãy ghi khi biến động đã có hiệu lực.")
    for unit in olds:
        _refuse_old(unit, on)
    for unit in to_units:
        _refuse_successor(unit, on, olds)


def _refuse_numbers(kind, olds, successors, new_units, stays):
    if kind == SuccessionKind.DISSOLVE:
        if successors:
            raise Invalid("Giải thể không có đơn vị kế thừa; nếu có, hãy chọn sáp nhập hoặc chuyển giao chức năng.")
        return
    if not successors:
        raise Invalid("Xin ghi ít nhất một đơn vị kế thừa.")
    if kind == SuccessionKind.MERGE and len(successors) > 1:
        raise Invalid("Sáp nhập chỉ có một đơn vị kế thừa; nếu có nhiều, hãy chọn chia tách hoặc chuyển giao chức năng.")
    if kind == SuccessionKind.MERGE and new_units and len(olds) < 2:
        raise Invalid("Hợp nhất thành đơn vị mới cần ít nhất hai đơn vị cũ; nếu chỉ đổi tên, hãy chọn đổi tên.")
    if kind == SuccessionKind.SPLIT and len(olds) > 1:
        raise Invalid("Mỗi lần chia tách chỉ ghi cho một đơn vị.")
    if kind == SuccessionKind.SPLIT and len(successors) < 2 and not stays:
        raise Invalid("Chia đơn vị cần ít nhất hai đơn vị kế thừa; nếu đơn vị cũ còn hoạt động, hãy đánh dấu ô tương ứng.")


def _refuse_old(unit, on):
    if unit.ends_on:
        raise Invalid(f"{unit} đã kết thúc hoạt động ngày {unit.ends_on:%d/%m/%Y}.")
    if unit.starts_on and on <= unit.starts_on:
        raise WrongDate(f"Ngày có hiệu lực phải sau ngày thành lập của {unit} ({unit.starts_on:%d/%m/%Y}).")
    name = UnitName.objects.filter(unit=unit, ends_on=None).first()
    if name and on <= name.starts_on:
        raise WrongDate(f"Ngày có hiệu lực phải sau ngày {unit} mang tên đang dùng ({name.starts_on:%d/%m/%Y}).")
    parties = SuccessionParty.objects.filter(unit=unit, side=SuccessionSide.TO, succession__undone_at=None)
    later = parties.filter(succession__effective_on__gte=on).select_related("succession").first()
    if later:
        raise WrongDate(f"{unit} còn là đơn vị kế thừa trong {later.succession}, không thể kết thúc trước đó.")


def _refuse_successor(unit, on, olds):
    if unit.ends_on:
        if any(old.pk in heirs_of(unit) for old in olds):
            raise Invalid(f"{unit} đã nhập vào đơn vị cũ trước đây; ghi như vậy sẽ tạo thành vòng.")
        raise Invalid(f"Đơn vị kế thừa {unit} đã kết thúc hoạt động ngày {unit.ends_on:%d/%m/%Y}.")
    if unit.starts_on and unit.starts_on > on:
        raise WrongDate(f"Đơn vị kế thừa {unit} thành lập ngày {unit.starts_on:%d/%m/%Y}, sau ngày có hiệu lực.")


def heirs_of(unit):
    """The pks of all units that came after this one, however far."""
    rows = SuccessionParty.objects.filter(succession__undone_at=None).exclude(succession__kind=SuccessionKind.RENAME)
    olds, news = defaultdict(set), defaultdict(set)
    for succession, pk, side in rows.values_list("succession", "unit", "side"):
        (olds if side == SuccessionSide.FROM else news)[succession].add(pk)
    found, waiting = set(), {unit.pk}
    while waiting:
        pk = waiting.pop()
        fresh = {heir for succession, pks in olds.items() if pk in pks for heir in news[succession]} - found
        found |= fresh
        waiting |= fresh
    return found


def consequences(units, on):
    """Sentences for what an act of a past day changes in lists that may have been read already; [] for today."""
    today = timezone.localdate()
    if on >= today:
        return []
    found = []
    memberships = Membership.objects.filter(unit__in=units).filter(overlapping(on))
    years = BlocYear.objects.filter(bloc__in=memberships.values("bloc"), year__ends_on__gte=on, year__starts_on__lte=today)
    for year in years.for_work().order_by("year__starts_on", "bloc__sort_key"):
        found.append(f"Danh sách thành viên tính đến {year.reference_day:%d/%m/%Y} của {year} sẽ theo đơn vị kế thừa.")
    held = Meeting.objects.filter(attendances__unit__in=units, starts_on__gte=on).exclude(status=MeetingStatus.ANNOUNCED)
    if number := held.distinct().count():
        found.append(f"{count_words(number)} hội nghị đã họp từ ngày đó vẫn ghi đơn vị cũ; biên bản không thay đổi.")
    return found


@transaction.atomic
def record_succession(
    *,
    kind,
    effective_on,
    from_units,
    by,
    to_units=(),
    new_units=(),
    paper=None,
    note="",
    choices=None,
    stays=False,
    new_name="",
    new_short_name="",
    seen=None,
):
    """Record one act with all it does to what is open; everything or nothing.

    `choices` maps the id of each open item to a Choice; `seen` is the `fingerprint` of the review. For a rename give one
    unit and `new_name`. Raises PermissionDenied, Invalid, WrongDate (what cannot be), NotReady (an item is undecided),
    ItemsChanged (something happened since the review), Taken.
    """
    require(by, "blocs.manage_registry")
    kind, choices = SuccessionKind(kind), choices or {}
    if kind == SuccessionKind.RENAME:
        if len(from_units) != 1 or to_units or new_units:
            raise Invalid("Mỗi lần đổi tên chỉ ghi cho một đơn vị, không có đơn vị kế thừa.")
        return record_rename(
            unit=from_units[0], name=new_name, short_name=new_short_name, on=effective_on, paper=paper, note=note, by=by
        )
    olds, successors = _locked(from_units, to_units)
    if seen is not None and any(unit.ends_on for unit in olds):
        raise ItemsChanged([f"{unit} đã kết thúc hoạt động" for unit in olds if unit.ends_on])
    refuse_impossible(kind=kind, on=effective_on, from_units=olds, to_units=successors, new_units=new_units, stays=stays)
    groups = open_items_of(olds, effective_on, has_successor=bool(successors or new_units))
    if seen is not None and (changes := changes_between(seen, fingerprint(groups))):
        raise ItemsChanged(changes)
    _refuse_undecided(groups, choices, len(successors) + len(new_units))
    return _write(kind, effective_on, olds, successors, new_units, paper, note, groups, choices, stays, by)


def _locked(from_units, to_units):
    """The units anew, with everything locked that the act may touch."""
    units = [*from_units, *to_units]
    for part in (awards.lineage, meetings.lineage):
        part.lock(units)
    rows = blocs.lineage.lock(units)
    return [rows[unit.pk] for unit in from_units], [rows[unit.pk] for unit in to_units]


def _refuse_undecided(groups, choices, number):
    missing = []
    for group in groups:
        for item in group.items:
            choice = choices.get(item.id)
            if choice is None or choice.choice not in item.choices:
                missing.append(f"cách xử lý “{item.label}” của {group.unit}")
            elif choice.choice == OpenItemChoice.CARRY and not _place(choice, number):
                missing.append(f"đơn vị nhận “{item.label}” của {group.unit}")
    if missing:
        raise NotReady(missing)


def _place(choice, number):
    """Whether a successor is named; of one alone it need not be."""
    return number == 1 if choice.successor is None else 0 <= choice.successor < number


def _write(kind, on, olds, successors, new_units, paper, note, groups, choices, stays, by):
    succession = UnitSuccession.objects.create(
        kind=kind, effective_on=on, paper=paper, note=clean_text(note), recorded_by=by
    )
    effects = []

    def keep(app, key, label, choice, successor, undo):
        effects.append(
            succession.effects.create(
                position=len(effects) + 1,
                app=app,
                key=key,
                label=label[:500],
                choice=choice,
                successor=successor,
                undo=undo,
            )
        )

    successors = list(successors)
    for new in new_units:
        fields = {name: getattr(new, name) for name in ("name", "code", "short_name", "kind", "province", "parent")}
        unit, undo = blocs.lineage.found_unit(by=by, on=on, **fields)
        successors.append(unit)
        keep("blocs", f"found:{unit.pk}", f"Thành lập {unit} ({unit.code})", OpenItemChoice.CARRY, unit, undo)
    for side, units in ((SuccessionSide.FROM, olds), (SuccessionSide.TO, successors)):
        for position, unit in enumerate(units, 1):
            succession.parties.create(unit=unit, side=side, position=position)
    for group, item in sorted(((g, i) for g in groups for i in g.items), key=lambda pair: pair[1].order):
        choice = choices[item.id]
        taker = successors[choice.successor or 0] if choice.choice == OpenItemChoice.CARRY else None
        undo = PARTS[item.app].settle(item.key, choice.choice, successor=taker, on=on, by=by, paper=paper)
        keep(item.app, item.key, f"{group.unit}: {item.label}", choice.choice, taker, undo)
    if not stays:
        for unit in olds:
            # What was settled may have changed the row itself.
            unit.refresh_from_db()
            last = on - timedelta(days=1)
            undo = blocs.lineage.end_unit(unit, on, by=by)
            keep("blocs", f"end:{unit.pk}", f"{unit} kết thúc ngày {last:%d/%m/%Y}", OpenItemChoice.CLOSE, None, undo)
    for effect in effects:
        effect.undo = freeze(effect.undo)
        effect.save(update_fields=["undo"])
    audit.record(
        "ghi nhận biến động tổ chức",
        succession,
        by=by,
        after={
            "kind": kind.value,
            "effective_on": str(on),
            "from": [unit.code for unit in olds],
            "to": [unit.code for unit in successors],
            "stays": stays,
        },
        note=succession.note,
    )
    forget_request_memory()
    return succession


def built_since(succession):
    """What stands on the act now, as phrases; empty when it can still be taken back."""
    effects = list(succession.effects.all())
    later = UnitSuccession.objects.standing().filter(
        parties__unit__in=succession.parties.values("unit"), pk__gt=succession.pk
    )
    # Acts that were taken back stand on nothing; later ones are named as such, not by their parts.
    silent = Q(succession=succession) | Q(succession__undone_at__isnull=False) | Q(succession__in=later)
    own = {("blocs.successionparty", pk) for pk in SuccessionParty.objects.filter(silent).values_list("pk", flat=True)}
    own |= {("blocs.successioneffect", pk) for pk in SuccessionEffect.objects.filter(silent).values_list("pk", flat=True)}
    found = [f"biến động khác của cùng đơn vị: {row}" for row in later.distinct()]
    return found + built_on([effect.undo for effect in effects if effect.undo], own)


@transaction.atomic
def undo_succession(*, succession, by):
    """Take the act back exactly, while nothing was built on it; the record of it stays, marked.

    A unit that the act founded goes with it. Raises PermissionDenied, StaleState (taken back already), AlreadyBuilt.
    """
    require(by, "blocs.manage_registry")
    units = list(Unit.objects.filter(succession_parties__succession=succession))
    _locked(units, [])
    succession = UnitSuccession.objects.select_for_update().get(pk=succession.pk)
    if succession.undone_at:
        when = timezone.localtime(succession.undone_at)
        raise StaleState(
            f"Biến động này đã được {succession.undone_by} hoàn tác lúc {when:%H:%M ngày %d/%m/%Y}.", subject=succession
        )
    if built := built_since(succession):
        raise AlreadyBuilt(built, subject=succession)
    founded = [effect.successor_id for effect in succession.effects.filter(app="blocs", key__startswith="found:")]
    names = [unit.code for unit in units]
    # Also where they stand in acts that were taken back since; whatever stands was refused above.
    SuccessionEffect.objects.filter(successor__in=founded).update(successor=None)
    SuccessionParty.objects.filter(unit__in=founded).delete()
    try:
        with transaction.atomic():
            for effect in succession.effects.order_by("-position", "-pk"):
                if effect.undo:
                    PARTS[effect.app].unsettle(effect.key, effect.undo, by=by)
    except IntegrityError as error:
        raise AlreadyBuilt(["bản ghi khác dùng cùng vị trí"], subject=succession) from error
    succession.undone_at, succession.undone_by = timezone.now(), by
    succession.save(update_fields=["undone_at", "undone_by"])
    audit.record("hoàn tác biến động tổ chức", succession, by=by, before={"units": names})
    forget_request_memory()
    return succession
