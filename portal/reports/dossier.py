"""What belongs into the dossier of a bloc-year or of a letter, as far as the reader may see it (F96, DOS-1, DOS-5)."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from awards.models import Decision, Proposal
from blocs.enums import CovenantState
from blocs.models import BlocYear, Covenant, EmulationYear
from common.templatetags.vi import dem
from common.text import clean_text
from documents.enums import PaperCustody
from documents.models import IssuedDocument, Paper
from documents.printed import paper_docx
from meetings.models import Meeting
from portal.reports.register import about, kind_of, visible_issued, visible_papers

COVENANT, MEETINGS, LETTERS, OWN, ELSEWHERE = (
    "1-giao-uoc",
    "2-hoi-nghi",
    "3-de-nghi-khen-thuong",
    "4-van-ban-cua-khoi",
    "5-van-ban-lien-quan",
)
REPLACED = "da-thay-the"
_FOLDERS = {Covenant: COVENANT, Meeting: MEETINGS, Proposal: LETTERS, BlocYear: OWN, EmulationYear: ELSEWHERE}


@dataclass(frozen=True)
class Entry:
    """One file of a dossier: stored (`stored`, with the `sha256` it must have), or made now by `make`; neither: missing."""

    folder: str
    title: str
    number: str = ""
    on: date | None = None
    issuer: str = ""
    note: str = ""
    stored: object = None
    sha256: str = ""
    make: Callable | None = None
    suffix: str = ".pdf"


def entries_of_year(bloc_year, user):
    """Every Entry of a bloc-year in the order of the index; the number of queries does not depend on their number."""
    covenant, known = _covenant(bloc_year)
    subjects = {
        Covenant: Covenant.objects.filter(bloc_year=bloc_year),
        Meeting: Meeting.objects.filter(bloc_year=bloc_year),
        Proposal: Proposal.objects.visible_to(user).filter(bloc_year=bloc_year),
        BlocYear: BlocYear.objects.filter(pk=bloc_year.pk),
        EmulationYear: EmulationYear.objects.filter(pk=bloc_year.year_id),
    }
    documents = _issued(user, subjects)
    rows = [*covenant, *[row for row in documents if row.sha256 not in known], *_elsewhere(bloc_year, user)]
    return sorted(rows, key=lambda row: (row.folder.split("/")[0], "/" in row.folder, row.on or date.max))


def entries_of_letter(proposal, user, *, letter, nominees):
    """Every Entry of a letter: what was issued, its Word and its list (DOS-3), and the papers of the meeting behind it.

    `letter` is its PrintedForm and `nominees` makes the bytes of the sheet of nominees.
    """
    issued = _issued(user, {Proposal: Proposal.objects.visible_to(user).filter(pk=proposal.pk)}, folder="1-to-trinh")
    standing = IssuedDocument.objects.filter(about({Proposal: Proposal.objects.filter(pk=proposal.pk)}), form=letter.code)
    standing = standing.filter(superseded_by=None).first()
    rows = list(issued)
    if standing is None:
        rows.append(Entry("1-to-trinh", letter.get_title(), note="Dự thảo, chưa ban hành", make=letter.pdf))
    rows.append(_word(letter, standing))
    rows.append(Entry("1-to-trinh", "Danh sách đề nghị khen thưởng", note="Bảng tính", make=nominees, suffix=".xlsx"))
    if proposal.meeting_id is None:
        return [*rows, Entry("2-hoi-nghi", "Biên bản, báo cáo hội nghị bình xét", note="Không qua hội nghị")]
    papers = _issued(user, {Meeting: Meeting.objects.filter(pk=proposal.meeting_id)})
    if not papers:
        papers = [Entry(MEETINGS, f"Biên bản, báo cáo: {proposal.meeting.title}", note="Chưa ban hành")]
    return [*rows, *papers]


def _word(letter, document):
    """The Word of what was issued, from its frozen values; before that of the draft."""
    is_frozen = document is not None and "paper" in document.values
    return Entry(
        "1-to-trinh",
        letter.get_title(),
        number=document.number if document else "",
        on=document.issued_on if document else None,
        note="Tệp Word" if is_frozen else "Tệp Word, dự thảo",
        make=(lambda: paper_docx(letter.template_name, document.values)) if is_frozen else letter.docx,
        suffix=".docx",
    )


def _covenant(bloc_year):
    """(entries of the covenant's own files, the digests that these are already)."""
    versions = Covenant.objects.filter(bloc_year=bloc_year).first()
    if versions is None:
        return [], set()
    rows, known = [], set()
    sent = versions.versions.exclude(state=CovenantState.DRAFT).prefetch_related("revisions", "signatures__unit")
    for version in sent.order_by("-number"):
        is_old = version.state == CovenantState.REPLACED
        folder = f"{COVENANT}/{REPLACED}" if is_old else COVENANT
        title = f"Giao ước thi đua {bloc_year.year.title.lower()}, bản số {version.number}"
        revisions = sorted(version.revisions.all(), key=lambda row: row.number)
        if revisions:
            last = revisions[-1]
            note = f"Có chữ ký số của {dem(last.number)} đơn vị" if last.number else "Bản gửi ký"
            known.add(last.sha256)
            rows.append(Entry(folder, title, on=version.signed_on, note=note, stored=last.file, sha256=last.sha256))
        rows += _scans(version, folder, title)
    return rows, known


def _scans(version, folder, title):
    """The scans of ink signatures; one file may stand for many units."""
    if version.scan:
        yield Entry(folder, title, on=version.signed_on, note="Bản quét có chữ ký", stored=version.scan)
    seen = set()
    for row in version.signatures.all():
        if row.scan and row.scan.name not in seen:
            seen.add(row.scan.name)
            yield Entry(folder, f"{title}, chữ ký của {row.unit}", on=row.signed_on, note="Bản quét", stored=row.scan)


def _issued(user, subjects, folder=""):
    documents = visible_issued(user).filter(about(subjects)).select_related("issuer", "subject_type")
    rows = []
    for document in documents.order_by("issued_on", "pk"):
        place = folder or _FOLDERS[document.subject_type.model_class()]
        rows += _of_document(document, f"{place}/{REPLACED}" if document.superseded_by_id else place)
    return rows


def _of_document(document, folder):
    facts = {
        "title": clean_text(document.title) or kind_of(document),
        "number": document.number,
        "on": document.issued_on,
        "issuer": document.issuer.name if document.issuer else "",
    }
    replaced = "Đã được thay thế; " if document.superseded_by_id else ""
    if document.signed_file:
        note = f"{replaced}bản đã ký, đóng dấu".capitalize()
        yield Entry(folder, note=note, stored=document.signed_file, sha256=document.signed_sha256, **facts)
    label = "bản hệ thống lập, chưa ký" if document.signed_file else "bản ban hành"
    yield Entry(folder, note=f"{replaced}{label}".capitalize(), stored=document.file, sha256=document.sha256, **facts)


def _elsewhere(bloc_year, user):
    """Papers made elsewhere: founding, membership, offices of the year, decisions on its awards that may be read."""
    bloc = bloc_year.bloc
    decisions = Decision.objects.visible_to(user).filter(items__line__proposal__bloc_year=bloc_year)
    ways = (
        Q(founded_blocs=bloc),
        Q(bloc_papers__bloc=bloc),
        Q(memberships__bloc=bloc),
        Q(offices__bloc_year=bloc_year),
        Q(award_decision__in=decisions.order_by().values("pk")),
    )
    wanted = Q(pk__in=[])
    for way in ways:
        wanted |= Q(pk__in=Paper.objects.filter(way).order_by().values("pk"))
    rows = visible_papers(user).filter(wanted).select_related("issuer").prefetch_related("replaced_by")
    for paper in rows.order_by("issued_on", "pk"):
        is_old = any(newer.custody != PaperCustody.SEALED for newer in paper.replaced_by.all())
        yield Entry(
            f"{ELSEWHERE}/{REPLACED}" if is_old else ELSEWHERE,
            f"{paper.get_kind_display().capitalize()}: {paper.subject}",
            number=paper.number,
            on=paper.issued_on,
            issuer=paper.issuer.name,
            note="Bản quét" if paper.file else "Chưa có bản quét",
            stored=paper.file or None,
        )
