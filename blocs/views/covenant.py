"""The page of a covenant: its text, its signing board, its files. Writing is in `covenant_draft`, signing in `signing`."""

from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from blocs.confirmation import is_confirmation_of
from blocs.documents import CovenantPaper
from blocs.enums import CovenantState
from blocs.lookup import get_covenant, get_version, may_see_version
from blocs.reports import group_items
from blocs.services import revise_covenant
from blocs.signing_board import signing_board
from blocs.views.acts import done
from common.permissions import may
from documents.reports import documents_of

TONES = {
    CovenantState.DRAFT: "neutral",
    CovenantState.SIGNING: "waiting",
    CovenantState.SIGNED: "ok",
    CovenantState.REPLACED: "neutral",
}


@require_safe
def covenant(request, slug, year_slug):
    """The text in force, who has signed, what may be done next; `?ban=` shows an earlier version."""
    bloc_year, record = get_covenant(request, slug, year_slug)
    versions = list(record.versions.order_by("-number")) if record else []
    versions = [row for row in versions if may_see_version(request.user, bloc_year, row)]
    asked = request.GET.get("ban", "")
    version = next((row for row in versions if str(row.number) == asked), versions[0] if versions else None)
    context = {"bloc_year": bloc_year, "can_work": may(request.user, "blocs.work_on_blocyear", bloc_year)}
    if version:
        version.covenant = record
        context |= {"version": version, "versions": versions, **_context(request.user, version, versions)}
    return render(request, "blocs/covenant.html", context)


def _context(user, version, versions):
    can_work = may(user, "blocs.work_on_blocyear", version.covenant.bloc_year)
    is_draft = version.state == CovenantState.DRAFT
    in_force = version.state in (CovenantState.SIGNING, CovenantState.SIGNED)
    board = None if is_draft else signing_board(version)
    issued = list(documents_of(version.covenant))
    return {
        "version_tone": TONES[version.state],
        "groups": group_items(version.items.select_related("responsible")),
        "is_draft": is_draft,
        "missing": version.missing_to_send if is_draft else [],
        "board": board,
        "columns": "STT|Đơn vị|Trạng thái|Người ký|Thời điểm ký" + ("|Thao tác" if board and board.is_open else ""),
        "own_lines": _own_lines(user, board),
        "can_record": can_work and version.state == CovenantState.SIGNING,
        "can_file": can_work and in_force,
        "can_issue": can_work and version.state == CovenantState.SIGNED,
        "can_revise": can_work and in_force and version is versions[0],
        "ban": f"?ban={version.number}",
        "issued": [row for row in issued if row.form == CovenantPaper.code and row.superseded_by_id is None],
        "confirmation": next((row for row in issued if is_confirmation_of(row, version)), None),
    }


def _own_lines(user, board):
    """The lines that this user may sign for an own unit."""
    lines = board.lines if board and board.is_open else []
    return [line for line in lines if line.is_open and may(user, "blocs.sign_covenant", line.signature)]


@require_POST
def covenant_revise(request, slug, year_slug):
    _, version = get_version(request, slug, year_slug)
    revise_covenant(covenant=version.covenant, by=request.user)
    text = "Đã mở bản nháp mới từ bản đang có hiệu lực."
    return done(request, text, "blocs:covenant-edit", slug, year_slug)
