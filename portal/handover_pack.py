"""The pack that goes from one leading unit to the next, made from the records of every app (F13, N5)."""

from django.contrib.contenttypes.models import ContentType

import awards.pack
import blocs.pack
import meetings.pack
import news.pack
from awards.models import Proposal
from blocs.documents import HandoverMinutes
from blocs.models import BlocYear, Covenant, CovenantVersion
from blocs.pack import PAPERS, PackLine
from blocs.services import save_handover_pack
from documents.models import IssuedDocument
from meetings.models import Meeting


def pack_of(bloc_year):
    """Every PackLine of a bloc-year, each key once, the lines of a group together."""
    lines = [
        *blocs.pack.lines_of(bloc_year),
        *_issued(bloc_year),
        *meetings.pack.lines_of(bloc_year),
        *awards.pack.lines_of(bloc_year),
        *news.pack.lines_of(bloc_year),
    ]
    return list({line.key: line for line in lines}.values())


def _issued(bloc_year):
    """Papers printed here that nothing has replaced; not the minutes of the hand-over itself."""
    subjects = {
        BlocYear: BlocYear.objects.filter(pk=bloc_year.pk),
        Covenant: Covenant.objects.filter(bloc_year=bloc_year),
        CovenantVersion: CovenantVersion.objects.filter(covenant__bloc_year=bloc_year),
        Meeting: Meeting.objects.filter(bloc_year=bloc_year),
        Proposal: Proposal.objects.filter(bloc_year=bloc_year),
    }
    types = ContentType.objects.get_for_models(*subjects)
    found = []
    for model, rows in subjects.items():
        found += IssuedDocument.objects.filter(
            subject_type=types[model], subject_id__in=rows.values("pk"), superseded_by=None
        ).exclude(form=HandoverMinutes.code)
    for row in sorted(found, key=lambda row: (row.issued_on, row.pk)):
        number = f"Số {row.number}, ngày" if row.number else "Ngày"
        yield PackLine(PAPERS, f"issued:{row.pk}", row.title, f"{number} {row.issued_on:%d/%m/%Y}")


def refresh_handover(*, bloc_year, by):
    """Make the list of the hand-over anew from the records; what was ticked or noted stays.

    Raises PermissionDenied, StaleState (the hand-over is recorded).
    """
    return save_handover_pack(bloc_year=bloc_year, lines=pack_of(bloc_year), by=by)
