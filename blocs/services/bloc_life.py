"""What becomes of a bloc over the years: renamed, re-formed by a paper, divided in groups, dissolved."""

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from blocs.enums import BlocAct
from blocs.errors import Invalid, WrongDate
from blocs.models import Bloc, BlocGroup, BlocName, BlocPaper, Membership
from blocs.services.records import save_checked
from blocs.services.units import FROM_THE_START
from common import audit
from common.errors import StaleState
from common.permissions import require
from common.text import clean_text


def begin_name(bloc):
    """The first name of a new bloc, from its founding day on."""
    BlocName.objects.create(
        bloc=bloc, name=bloc.name, short_name=bloc.short_name, starts_on=bloc.founded_on or FROM_THE_START
    )


def correct_name(bloc):
    """The present name follows what is written in the record: a slip was mended, the bloc was not renamed."""
    present = list(bloc.names.filter(ends_on=None))
    # Through `save`, because the folded text of the name is calculated there.
    for row in present:
        row.name, row.short_name = bloc.name, bloc.short_name
        row.save()
    if not present:
        begin_name(bloc)


@transaction.atomic
def rename_bloc(*, bloc, name, on, by, short_name=""):
    """From the day `on` the bloc is called otherwise and stays the same bloc; the old name is kept until the day before.

    Raises PermissionDenied, Invalid (same name, too long), WrongDate (in the future, not after the present name began).
    """
    require(by, "blocs.manage_bloc", bloc)
    bloc = Bloc.objects.select_for_update().get(pk=bloc.pk)
    name, short_name = clean_text(name), clean_text(short_name)
    if (name, short_name) == (bloc.name, bloc.short_name):
        raise Invalid("Tên mới giống hệt tên đang dùng.", subject=bloc)
    if on > timezone.localdate():
        raise WrongDate(f"Ngày đổi tên {on:%d/%m/%Y} ở sau ngày hôm nay.", subject=bloc)
    present = bloc.names.filter(ends_on=None).first()
    if present is None:
        begin_name(bloc)
        present = bloc.names.get(ends_on=None)
    if on <= present.starts_on:
        raise WrongDate(
            f"Ngày đổi tên phải sau ngày {present.starts_on:%d/%m/%Y} là ngày tên đang dùng bắt đầu.", subject=bloc
        )
    present.ends_on = on - timedelta(days=1)
    present.save()
    old = bloc.name
    bloc.name, bloc.short_name = name, short_name
    save_checked(bloc)
    save_checked(BlocName(bloc=bloc, name=name, short_name=short_name, starts_on=on))
    audit.record("đổi tên khối", bloc, by=by, before={"name": old}, after={"name": name, "starts_on": str(on)})
    return bloc


@transaction.atomic
def record_bloc_paper(*, bloc, paper, act, effective_on, by):
    """The paper founded, re-formed, delegated or dissolved the bloc; the first founding paper is also shown as such.

    Dissolving is an act of its own (`dissolve_bloc`), so a paper of that kind is noted here only for a dissolved bloc.
    Raises PermissionDenied, Invalid (stands already), WrongDate (before the paper was issued).
    """
    require(by, "blocs.manage_bloc", bloc)
    if act == BlocAct.DISSOLVE and bloc.dissolved_on is None:
        raise Invalid("Khối chưa giải thể; hãy dùng trang Giải thể khối để ghi ngày và quyết định.", subject=bloc)
    if effective_on < paper.issued_on:
        raise WrongDate(
            f"Ngày có hiệu lực không được trước ngày ban hành {paper.issued_on:%d/%m/%Y} của văn bản.", subject=bloc
        )
    row = save_checked(BlocPaper(bloc=bloc, paper=paper, act=act, effective_on=effective_on))
    if act == BlocAct.FOUND and bloc.founding_paper_id is None:
        bloc.founding_paper = paper
        bloc.founded_on = bloc.founded_on or effective_on
        save_checked(bloc)
    audit.record(
        "ghi văn bản về khối", bloc, by=by, after={"paper": str(paper), "act": str(act), "effective_on": str(effective_on)}
    )
    return row


@transaction.atomic
def remove_bloc_paper(*, row, by):
    """Take back a paper noted by mistake; the paper itself stays in the register. Raises PermissionDenied."""
    bloc = row.bloc
    require(by, "blocs.manage_bloc", bloc)
    audit.record("gỡ văn bản về khối", bloc, by=by, before={"paper": str(row.paper), "act": row.act})
    row.delete()
    if row.act == BlocAct.FOUND and bloc.founding_paper_id == row.paper_id:
        left = bloc.papers.filter(act=BlocAct.FOUND).select_related("paper").first()
        bloc.founding_paper = left.paper if left else None
        save_checked(bloc)


@transaction.atomic
def save_groups(*, bloc, names, by, members=None):
    """The bloc is divided in exactly these groups, in this order; `members` maps a membership to the name of its group.

    A group that is no longer named is taken away, its members stay members of no group. Without `members` nobody moves.
    Raises PermissionDenied, Invalid (a name twice, too long, a group that is not named).
    """
    require(by, "blocs.manage_bloc", bloc)
    Bloc.objects.select_for_update().get(pk=bloc.pk)
    wanted = [name for name in map(clean_text, names) if name]
    if len({name.casefold() for name in wanted}) < len(wanted):
        raise Invalid("Mỗi nhóm phải có một tên khác nhau.", subject=bloc)
    kept = {group.name: group for group in bloc.groups.all()}
    gone = [group for name, group in kept.items() if name not in wanted]
    Membership.objects.filter(group__in=gone).update(group=None)
    BlocGroup.objects.filter(pk__in=[group.pk for group in gone]).delete()
    groups = {}
    for position, name in enumerate(wanted, 1):
        group = kept.get(name) or BlocGroup(bloc=bloc, name=name)
        group.position = position
        groups[name] = save_checked(group)
    for membership, name in (members or {}).items():
        if name and name not in groups:
            raise Invalid(f"Khối không có nhóm “{name}”.", subject=bloc)
        group = groups[name] if name else None
        if membership.group_id != (group.pk if group else None):
            membership.group = group
            save_checked(membership)
    audit.record("chia nhóm trong khối", bloc, by=by, before={"groups": list(kept)}, after={"groups": wanted})
    return list(groups.values())


@transaction.atomic
def dissolve_bloc(*, bloc, on, by, paper=None):
    """From the day `on` the bloc exists no more: memberships that still run end the day before, the past stays as it was.

    Raises PermissionDenied, StaleState (dissolved already), WrongDate (not after its founding, in the future, a membership
    begins later).
    """
    require(by, "blocs.manage_bloc", bloc)
    bloc = Bloc.objects.select_for_update().get(pk=bloc.pk)
    if bloc.dissolved_on:
        raise StaleState(f"Khối đã giải thể từ ngày {bloc.dissolved_on:%d/%m/%Y}.", subject=bloc)
    if on > timezone.localdate():
        raise WrongDate(f"Ngày giải thể {on:%d/%m/%Y} ở sau ngày hôm nay.", subject=bloc)
    if bloc.founded_on and on <= bloc.founded_on:
        raise WrongDate(f"Ngày giải thể phải sau ngày thành lập {bloc.founded_on:%d/%m/%Y}.", subject=bloc)
    if paper and on < paper.issued_on:
        raise WrongDate(f"Ngày giải thể không được trước ngày ban hành văn bản {paper.issued_on:%d/%m/%Y}.", subject=bloc)
    last_day = on - timedelta(days=1)
    running = list(bloc.memberships.in_period(on).select_related("unit"))
    if late := next((row for row in running if row.starts_on > last_day), None):
        raise WrongDate(f"{late.unit} vào khối từ {late.starts_on:%d/%m/%Y}, không trước ngày giải thể.", subject=bloc)
    for membership in running:
        membership.ends_on = last_day
        save_checked(membership)
    bloc.dissolved_on = on
    save_checked(bloc)
    if paper:
        save_checked(BlocPaper(bloc=bloc, paper=paper, act=BlocAct.DISSOLVE, effective_on=on))
    audit.record(
        "giải thể khối",
        bloc,
        by=by,
        after={"dissolved_on": str(on), "members": len(running), "paper": str(paper) if paper else ""},
    )
    return bloc
