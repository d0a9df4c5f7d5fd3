"""Results of targets: the unit its own, the secretariat all of them, in the ledger of the covenant in force."""

from dataclasses import dataclass
from decimal import Decimal

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from blocs.enums import ResultStage, TargetBasis
from blocs.errors import Invalid
from blocs.ledger import ledger_of
from blocs.models import BlocYear, TargetResult
from blocs.scope import is_on_behalf, scope_of
from blocs.services.records import save_checked
from blocs.target_words import amount_words
from common import audit
from common.errors import NotReady, StaleState
from common.permissions import may, require
from common.text import clean_text
from common.versions import claim


@dataclass(frozen=True)
class ResultInput:
    """The result of one target as typed; without a value there is none. `version` is what the form was opened with."""

    item_id: int
    value: Decimal | None = None
    qualifier: str = ""
    note: str = ""
    version: int | None = None


def may_report(user, bloc_year, unit=None):
    """Whether the user may enter results of this unit, or without a unit those of the bloc as a whole."""
    if may(user, "blocs.work_on_blocyear", bloc_year):
        return True
    is_own = unit is not None and unit.pk in scope_of(user).unit_ids
    return is_own and may(user, "blocs.report_results", bloc_year)


@transaction.atomic
def save_results(*, bloc_year, stage, results, by, unit=None):
    """Write the results of one stage: of a unit, or without one of the bloc as a whole. What did not change is left alone.

    Returns the number of results written or taken out. Raises PermissionDenied (unit staff write their own unit's only),
    NotReady (no covenant was sent for signing), Invalid, StaleState (somebody else wrote the same result meanwhile, or a
    new version no longer has the target). All or none.
    """
    require(by, "blocs.report_results", bloc_year)
    if not may_report(by, bloc_year, unit):
        raise PermissionDenied("Tài khoản của bạn chỉ ghi được kết quả của đơn vị mình.")
    BlocYear.objects.select_for_update().get(pk=bloc_year.pk)
    ledger = ledger_of(bloc_year)
    if ledger.version is None:
        raise NotReady(["giao ước đã gửi các đơn vị ký"], subject=bloc_year)
    if unit is not None and unit.pk not in {row.pk for row in ledger.units}:
        raise Invalid(f"{unit} không phải là thành viên của khối trong năm này.", subject=bloc_year)
    known = {row.item.pk: row for row in (ledger.bloc_rows if unit is None else ledger.unit_rows)}
    before, after = {}, {}
    for given in results:
        row = known.get(given.item_id)
        if row is None:
            raise StaleState("Giao ước vừa có bản mới, chỉ tiêu này không còn; xin mở lại trang.", subject=bloc_year)
        old = row.result(stage, unit)
        if _is_same(old, given):
            continue
        _check_opened(row, old, given)
        before[str(row.number)] = _words(row, old)
        after[str(row.number)] = _words(row, _write(row, old, given, unit, ResultStage(stage), by))
    if after:
        is_own = unit is not None and unit.pk in scope_of(by).unit_ids
        subject = {"unit": unit.name if unit else "", "stage": str(ResultStage(stage).value)}
        audit.record(
            "ghi kết quả chỉ tiêu giao ước",
            bloc_year,
            by=by,
            on_behalf=not is_own and is_on_behalf(by, bloc_year),
            before=before,
            after={**subject, **after},
        )
    return len(after)


def _is_same(old, given):
    if old is None:
        return given.value is None
    same = (old.value, old.qualifier, old.note) == (given.value, given.qualifier or "", clean_text(given.note))
    return given.value is not None and same


def _check_opened(row, old, given):
    """StaleState where the result is no longer the one the form was opened with."""
    if (old.version if old else None) == given.version:
        return
    if old is None:
        found = "vừa được người khác xóa"
    else:
        when = timezone.localtime(old.recorded_at).strftime("%H:%M ngày %d/%m/%Y")
        found = f"{old.recorded_by} đã ghi “{_words(row, old)}” lúc {when}"
    raise StaleState(
        f"Chỉ tiêu {row.number}: {found}. Nội dung bạn vừa nhập vẫn còn nguyên bên dưới; hãy đối chiếu rồi bấm Lưu lại "
        "nếu muốn ghi đè.",
        subject=row.item.version,
    )


def _write(row, old, given, unit, stage, by):
    if given.value is None:
        # What was carried over from a former version must not come back.
        TargetResult.objects.filter(unit=unit, stage=stage, item__in=row.line).delete()
        return None
    if row.item.basis == TargetBasis.SUM and given.value < 0:
        raise Invalid(f"Chỉ tiêu {row.number}: kết quả cộng dồn không thể nhỏ hơn 0.", subject=row.item.version)
    if old is not None and old.item_id == row.item.pk:
        record = old
        claim(record, version=given.version, by=by)
    else:
        version = old.version + 1 if old else 1
        record = TargetResult(item=row.item, unit=unit, stage=stage, version=version, edited_at=timezone.now(), edited_by=by)
    record.value, record.qualifier, record.note = given.value, given.qualifier or "", clean_text(given.note)
    record.recorded_by = by
    return save_checked(record)


def _words(row, result):
    return amount_words(result.value, result.qualifier, row.item.unit_of_measure) if result else ""
