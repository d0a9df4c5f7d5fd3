"""Every form that a bloc-year prints, with its state and where it is written, seen as PDF or Word, and issued."""

from collections import defaultdict
from dataclasses import dataclass, replace

from django.contrib.contenttypes.models import ContentType
from django.urls import reverse

from awards.documents import SubmissionLetter
from awards.models import Proposal
from blocs.documents import CovenantPaper, HandoverMinutes
from blocs.documents_year import RegulationDecision
from blocs.enums import CovenantState
from blocs.models import BlocYear, Covenant, HandoverItem
from common.permissions import may
from common.templatetags.vi import ngay
from documents.desk import PaperLinks
from documents.models import IssuedDocument, PaperDraft
from meetings.documents import YearEndReport
from meetings.documents_invitation import Invitation
from meetings.documents_year import YearPlan
from meetings.enums import MeetingKind, MeetingStatus
from meetings.models import Meeting
from portal.reports.workplace import covenant_tone


@dataclass(frozen=True)
class FormRow:
    """One form: `state` in words with its colour, the issued paper in force, and the pages the reader may open."""

    label: str
    note: str
    state: str
    tone: str
    state_note: str
    issued: IssuedDocument | None
    links: PaperLinks
    # A covenant is a draft only until it is sent; then its file is what is being signed.
    pdf_label: str = "Dự thảo"


def year_forms(bloc_year, user):
    """FormRows of a bloc-year for one reader, in the order in which a year needs them; the number of queries is constant.

    A form that the reader may neither write nor has an issued paper to read is left out.
    """
    known = _Known(bloc_year, user)
    rows = [
        known.year_paper(RegulationDecision),
        known.year_paper(YearPlan),
        known.covenant(),
        *known.meeting_papers(),
        *known.letters(),
        known.handover(),
    ]
    return [row for row in rows if row is not None and (row.issued or row.links.pdf or row.links.edit)]


class _Known:
    """What is read once for all rows."""

    def __init__(self, bloc_year, user):
        self.bloc_year, self.user = bloc_year, user
        self.args = [bloc_year.bloc.slug, bloc_year.year.slug]
        self.meetings = list(Meeting.objects.filter(bloc_year=bloc_year).for_table().order_by("starts_on", "pk"))
        self.proposals = list(Proposal.objects.visible_to(user).filter(bloc_year=bloc_year).for_table().order_by("pk"))
        self.record = Covenant.objects.filter(bloc_year=bloc_year).first()
        self.can_work = may(user, "blocs.work_on_blocyear", bloc_year)
        subjects = {
            BlocYear: [bloc_year.pk],
            Covenant: [self.record.pk] if self.record else [],
            Meeting: [row.pk for row in self.meetings],
            Proposal: [row.pk for row in self.proposals],
        }
        self.types = ContentType.objects.get_for_models(*subjects)
        self.issued, self.drafts = {}, set()
        pks = defaultdict(set)
        for model, found in subjects.items():
            pks[self.types[model].pk] |= set(found)
        everything = {pk for found in pks.values() for pk in found}
        papers = IssuedDocument.objects.filter(
            subject_type__in=self.types.values(), subject_id__in=everything, superseded_by=None
        ).defer("values")
        for row in papers.order_by("pk"):
            if row.subject_id in pks[row.subject_type_id]:
                self.issued[row.form, row.subject_type_id, row.subject_id] = row
        drafts = PaperDraft.objects.filter(subject_type__in=self.types.values(), subject_id__in=everything)
        self.drafts = set(drafts.values_list("form", "subject_type", "subject_id"))

    def row(self, label, note, code, record, links, begun=False):
        key = (code, self.types[type(record)].pk, record.pk)
        issued = self.issued.get(key)
        state_note = ""
        if issued:
            state, tone = "Đã ban hành", "ok"
            state_note = ", ".join(part for part in (issued.number, f"ngày {ngay(issued.issued_on)}") if part)
        elif begun or key in self.drafts:
            state, tone = "Bản thảo", "waiting"
        else:
            state, tone = "Chưa soạn", "neutral"
        return FormRow(label, note, state, tone, state_note, issued, links)

    def url(self, name, *more):
        return reverse(name, args=[*self.args, *more])

    def year_paper(self, form):
        may_edit = may(self.user, form.edit_permission, self.bloc_year)
        # Which issuer a regulation has, and so who numbers it, is said on its page.
        links = PaperLinks(
            back="",
            pdf=self.url("portal:year-paper-pdf", form.code) if may_edit else "",
            docx=self.url("portal:year-paper-docx", form.code) if may_edit else "",
            edit=self.url("portal:year-paper", form.code) if may_edit else "",
            issue=self.url("portal:year-paper-issue", form.code) if self.can_work else "",
        )
        return self.row(form.label, "", form.code, self.bloc_year, links)

    def covenant(self):
        if self.record is None:
            page = self.url("blocs:covenant-edit") if self.can_work else ""
            return FormRow("Giao ước thi đua", "", "Chưa soạn", "neutral", "", None, PaperLinks(back="", edit=page))
        version = self.record.versions.order_by("-number").first()
        # A draft is the secretariat's own until it is sent.
        may_see = version is not None and (self.can_work or version.state != CovenantState.DRAFT)
        pdf = self.url("blocs:covenant-pdf") if may_see else ""
        docx = self.url("blocs:covenant-docx") if may_see else ""
        links = PaperLinks(back="", pdf=pdf, docx=docx, edit=self.url("blocs:covenant"))
        row = self.row("Giao ước thi đua", "", CovenantPaper.code, self.record, links)
        if row.issued:
            # What was signed is never printed again.
            return replace(row, links=replace(links, pdf=""))
        if version is None:
            return row
        label = "Dự thảo" if version.state == CovenantState.DRAFT else "Tệp giao ước"
        return FormRow(row.label, "", version.get_state_display(), covenant_tone(version), "", None, links, label)

    def meeting_papers(self):
        for meeting in self.meetings:
            may_work = may(self.user, "meetings.write_invitation", meeting)
            yield self.row(
                Invitation.label,
                meeting.title,
                Invitation.code,
                meeting,
                self._meeting_links("meetings:invitation", meeting, edit="meetings:invitation")
                if may_work
                else PaperLinks(""),
            )
            kinds = meeting.kinds
            is_offered = MeetingKind.YEAR_END in kinds or MeetingKind.MID_YEAR in kinds
            if not is_offered or meeting.status == MeetingStatus.ANNOUNCED:
                continue
            label = "Báo cáo tổng kết" if MeetingKind.YEAR_END in kinds else "Báo cáo sơ kết"
            links = self._meeting_links("meetings:meeting-report", meeting, edit="meetings:meeting")
            if not may_work:
                links = PaperLinks("", pdf=links.pdf, docx=links.docx, edit=links.edit)
            yield self.row(label, meeting.title, YearEndReport.code, meeting, links, begun=True)

    def _meeting_links(self, name, meeting, *, edit):
        return PaperLinks(
            back="",
            pdf=self.url(f"{name}-pdf", meeting.pk),
            docx=self.url(f"{name}-docx", meeting.pk),
            edit=self.url(edit, meeting.pk),
            issue=self.url(f"{name}-issue", meeting.pk),
        )

    def letters(self):
        for letter in self.proposals:
            may_issue = may(self.user, "awards.submit_proposal", letter)
            links = PaperLinks(
                back="",
                pdf=reverse("awards:letter-pdf", args=[letter.pk]),
                docx=reverse("awards:letter-docx", args=[letter.pk]),
                edit=letter.get_absolute_url(),
                issue=reverse("awards:letter-issue", args=[letter.pk]) if may_issue else "",
            )
            note = letter.get_state_display()
            yield self.row("Tờ trình đề nghị khen thưởng", note, SubmissionLetter.code, letter, links, begun=True)

    def handover(self):
        has_list = HandoverItem.objects.filter(bloc_year=self.bloc_year).exists()
        may_issue = has_list and may(self.user, "blocs.issue_handover", self.bloc_year)
        links = PaperLinks(
            back="",
            pdf=self.url("blocs:handover-pdf") if has_list else "",
            docx=self.url("blocs:handover-docx") if has_list else "",
            edit=self.url("blocs:handover"),
            issue=self.url("blocs:handover-issue") if may_issue else "",
        )
        return self.row("Biên bản bàn giao", "", HandoverMinutes.code, self.bloc_year, links, begun=has_list)
