"""The covenants of all blocs in a year, as the agency that follows them sees them (F17, F20)."""

from dataclasses import dataclass
from datetime import date

from django.db.models import Q
from django.utils import timezone

from blocs.documents import CovenantPaper
from blocs.enums import COVENANT_STAGE_TONES, CovenantStage, CovenantState
from blocs.lookup import may_see_version
from blocs.models import BlocYear, CovenantRevision, CovenantVersion
from blocs.reports import CovenantProgress, covenant_progress
from blocs.scope import scope_of
from blocs.signing_board import deadline_words
from documents.services import BatchPaper


@dataclass(frozen=True)
class CovenantLine:
    """One bloc of the year; `draft_number` where a newer version is being written beside the one in force."""

    bloc_year: BlocYear
    progress: CovenantProgress
    stage: CovenantStage
    draft_number: int | None
    today: date

    @property
    def version(self):
        return self.progress.version

    @property
    def tone(self):
        return COVENANT_STAGE_TONES[self.stage]

    @property
    def deadline(self):
        """In words, while units are waited for."""
        sign_by = self.version.sign_by if self.version else None
        if sign_by is None or self.stage not in (CovenantStage.SIGNING, CovenantStage.LATE):
            return ""
        return deadline_words((sign_by - self.today).days)


def covenants_of_year(year, user):
    """A CovenantLine for each bloc that the user's agency follows, in Vietnamese order; three queries."""
    followed = Q(bloc__organiser__isnull=True) | Q(bloc__organiser__in=scope_of(user).standing_ids)
    rows = list(BlocYear.objects.filter(followed, year=year).for_work().order_by("bloc__sort_key", "pk"))
    progress, today = covenant_progress(rows), timezone.localdate()
    drafts = dict(
        CovenantVersion.objects.filter(covenant__bloc_year__in=rows, state=CovenantState.DRAFT).values_list(
            "covenant__bloc_year", "number"
        )
    )
    lines = []
    for row in rows:
        version = progress[row.pk].version
        stage = _stage(version, today)
        newer = drafts.get(row.pk) if stage not in (CovenantStage.NONE, CovenantStage.DRAFT) else None
        lines.append(CovenantLine(row, progress[row.pk], stage, newer, today))
    return lines


def _stage(version, today):
    if version is None:
        return CovenantStage.NONE
    if version.state == CovenantState.SIGNING and version.sign_by and version.sign_by < today:
        return CovenantStage.LATE
    return {
        CovenantState.DRAFT: CovenantStage.DRAFT,
        CovenantState.SIGNING: CovenantStage.SIGNING,
        CovenantState.SIGNED: CovenantStage.SIGNED,
    }[CovenantState(version.state)]


def papers_of_lines(lines, user):
    """What goes into the ZIP: the file that was sent and signed as it lies there; of a draft what it would print.

    A draft only where the user writes it: an agency never sees a unit's draft (design §4).
    """
    lines = [line for line in lines if line.version and may_see_version(user, line.bloc_year, line.version)]
    versions = [line.version for line in lines]
    files = {}
    for revision in CovenantRevision.objects.filter(version__in=versions).order_by("number"):
        files[revision.version_id] = revision
    papers = []
    for line in lines:
        line.version.covenant.bloc_year = line.bloc_year
        form, revision = CovenantPaper(line.version), files.get(line.version.pk)
        if revision:
            papers.append(BatchPaper.stored(form.get_title(), form.filename, revision.file, revision.sha256))
        else:
            papers.append(BatchPaper.of(form))
    return papers
