"""A whole dossier as one ZIP (F96)."""

import tablib
from django.http import FileResponse
from django.shortcuts import get_object_or_404
from django.utils.http import content_disposition_header
from django.views.decorators.http import require_safe

from awards.documents import SubmissionLetter
from awards.enums import ItemState
from awards.models import Proposal
from awards.reports import with_lines
from blocs.lookup import get_bloc_year
from common.sheets import xlsx_of
from portal.dossier import pack
from portal.reports.dossier import entries_of_letter, entries_of_year

_COLUMNS = ["STT", "Tên tập thể, cá nhân", "Chức danh", "Danh hiệu, hình thức", "Cấp quyết định", "Tóm tắt thành tích"]


@require_safe
def year_dossier(request, slug, year_slug):
    """Every paper of a bloc-year that the reader may see, with its index."""
    bloc_year = get_bloc_year(request, slug, year_slug)
    subject = f"{bloc_year.bloc_name}, {bloc_year.year.title.lower()}"
    archive = pack(entries_of_year(bloc_year, request.user), subject=subject, by=request.user)
    return _send(archive, f"ho-so-{slug}-{year_slug}.zip")


@require_safe
def letter_dossier(request, pk):
    """A letter with its Word, its list and the papers of its meeting (DOS-3, DOS-5)."""
    letters = with_lines(Proposal.objects.visible_to(request.user).for_table())
    proposal = get_object_or_404(letters, pk=pk)
    letter = SubmissionLetter(proposal)
    entries = entries_of_letter(proposal, request.user, letter=letter, nominees=lambda: nominees_sheet(proposal))
    archive = pack(entries, subject=f"{letter.get_title()}, {proposal.bloc_year.bloc_name}", by=request.user)
    return _send(archive, f"ho-so-to-trinh-{proposal.pk}.zip")


def nominees_sheet(proposal):
    """The bytes of the list as an Excel sheet: every nominee that was not withdrawn."""
    data = tablib.Dataset(headers=_COLUMNS)
    items = [(line, item) for line in proposal.lines.all() for item in line.items.all() if item.state != ItemState.WITHDRAWN]
    for number, (line, item) in enumerate(items, 1):
        name = str(item) if item.nameless_count is None else f"{item.nameless_count} trường hợp (chưa ghi tên)"
        data.append([number, name, item.person_title, line.award.name, line.award.decider, item.achievements])
    return xlsx_of(data, "Danh sách đề nghị")


def _send(archive, filename):
    response = FileResponse(archive, content_type="application/zip")
    response.headers["Content-Disposition"] = content_disposition_header(True, filename)
    return response
