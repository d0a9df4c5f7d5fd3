"""The emulation year as a whole: the dates of the province, and opening it for many blocs in one act."""

from django.db import transaction

from blocs.enums import YearState
from blocs.errors import Invalid
from blocs.models import EmulationYear, YearDeadline
from blocs.new_year import plan_new_year, same_day_in
from blocs.services.blocs import open_bloc_year
from blocs.services.covenants import ItemInput, save_covenant
from blocs.services.records import save_checked
from common import audit
from common.errors import StaleState
from common.permissions import require
from common.text import clean_text


@transaction.atomic
def save_deadlines(*, year, rows, by):
    """The province's dates of the year are exactly these; a row is name, due_on, stage. Raises PermissionDenied, Invalid."""
    require(by, "blocs.manage_registry")
    EmulationYear.objects.select_for_update().get(pk=year.pk)
    before = [str(row) for row in year.deadlines.all()]
    year.deadlines.all().delete()
    saved = [
        save_checked(
            YearDeadline(year=year, name=clean_text(row["name"]), due_on=row["due_on"], stage=row.get("stage") or "")
        )
        for row in rows
    ]
    after = [str(row) for row in saved]
    audit.record("ghi hạn của tỉnh", year, by=by, before={"deadlines": before}, after={"deadlines": after})
    return saved


@transaction.atomic
def open_new_year(*, year, source, blocs, by, with_covenant=True, digest=None):
    """Open the year for these blocs from a copy of `source`: all or none; a bloc whose year is open already is left alone.

    `digest` is that of the plan the user was shown. Raises PermissionDenied (registry, or one of the blocs), Invalid (year
    not open, no bloc), StaleState (what would be made is no longer what was shown).
    """
    require(by, "blocs.manage_registry")
    # The year is the row on which two people who open it at once agree.
    year = EmulationYear.objects.select_for_update().get(pk=year.pk)
    if year.state != YearState.OPEN:
        raise Invalid(f"{year.title} không ở trạng thái “{YearState.OPEN.label}” nên không mở khối được.", subject=year)
    plan = plan_new_year(year=year, source=source, blocs=blocs, with_covenant=with_covenant)
    if not plan.rows:
        raise Invalid("Chưa chọn khối nào để mở năm.", subject=year)
    if digest is not None and digest != plan.digest:
        raise StaleState(
            "Dữ liệu vừa thay đổi so với bản xem trước; xin xem lại bảng dưới đây trước khi mở năm.", subject=year
        )
    made = [_make(row, year, by) for row in plan.to_make]
    audit.record(
        "mở năm mới cho các khối",
        year,
        by=by,
        after={
            "source": source.label if source else "",
            "opened": [row.bloc.slug for row in made],
            "left_alone": [row.bloc.slug for row in plan.opened],
        },
    )
    return made


def _make(row, year, by):
    bloc_year = open_bloc_year(
        bloc=row.bloc,
        year=year,
        by=by,
        declared_members=row.declared_members,
        leader_counted=row.leader_counted,
        rotation_policy=row.rotation_policy,
        term_years=row.term_years,
    )
    if row.items:
        save_covenant(
            bloc_year=bloc_year,
            by=by,
            undertaking=row.undertaking,
            items=[_next_year(item, row, year) for item in row.items],
        )
    return bloc_year


def _next_year(item, plan, year):
    """A content of the old covenant for the new year: without results, its day in the new year, its unit if still there."""
    stays = item.responsible_id in {member.unit_id for member in plan.members}
    moved = same_day_in(item.due_on, plan.source.year, year) if item.due_on else None
    return ItemInput.copy_of(item, due_on=moved, responsible=item.responsible if stays else None)
