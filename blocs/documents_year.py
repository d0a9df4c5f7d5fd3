"""Papers that the leading unit issues for its bloc in a year; what a meeting adds to them stands in `meetings`."""

import re

from django.utils.functional import cached_property

from blocs.reports import leaders_of
from blocs.skeletons import DECISION_GROUNDS, EARLIER_GROUNDS, REGULATION, REGULATION_IMPLEMENTATION
from common.templatetags.vi import ngay_van_ban
from documents.authority import signature_of
from documents.forms import lines_of
from documents.letterhead import Letterhead
from documents.outline import outline_faults, parse_outline
from documents.printed import PrintedForm
from documents.reports import draft_of

# From this day on a decree of 2025 is the ground (CLK-4).
_DECREE_OF_2025 = 2025
# Cities directly under the central government, until the registers say it themselves.
_CITIES = {"Hà Nội", "Hải Phòng", "Huế", "Đà Nẵng", "Hồ Chí Minh", "Cần Thơ"}


def cite(paper):
    """ "Quyết định số 543/QĐ-UBND ngày 05 tháng 3 năm 2021 của Chủ tịch … về việc thành lập …", as a ground names it."""
    name = f"{paper.get_kind_display().capitalize()} số {paper.number} {ngay_van_ban(paper.issued_on)} của {paper.issuer}"
    subject = paper.subject[:1].lower() + paper.subject[1:]
    return f"{name} về việc {subject.removeprefix('về việc ')}"


def committee_of(issuer_name):
    """The chair signs for the committee, but the letterhead names the committee."""
    name = re.sub(r"^Chủ tịch\s+", "", issuer_name)
    return name[:1].upper() + name[1:]


def province_words(province):
    """ "tỉnh Phú Thọ", "thành phố Hải Phòng"."""
    return f"{'thành phố' if province in _CITIES else 'tỉnh'} {province}".rstrip()


def usual_grounds(day):
    """What every decision of this field rests on, by the year it belongs to."""
    return (DECISION_GROUNDS if day.year >= _DECREE_OF_2025 else EARLIER_GROUNDS).split("\n")


def articles_of(*texts):
    """The articles of a decision, each as its lines; one left empty takes no number."""
    return [lines for lines in map(lines_of, texts) if lines]


class YearPaper(PrintedForm):
    """A paper of a bloc-year that its leading unit issues, in that unit's own form (REG-2, PTY-5).

    What a person typed (`documents.models.PaperDraft`) stands over what the records and the skeleton say.
    """

    issue_permission = "blocs.work_on_blocyear"
    edit_permission = "blocs.work_on_blocyear"
    # What a list of the year's papers calls it.
    label = ""

    def __init__(self, bloc_year):
        self.bloc_year, self.bloc = bloc_year, bloc_year.bloc
        offices = leaders_of([bloc_year])[bloc_year.pk]
        self.leader = next((line for line in offices if line.is_leader), None)

    @cached_property
    def defaults(self):
        """What stands in the form before anybody has typed."""
        raise NotImplementedError

    @property
    def record(self):
        """What the paper is about: who may see it may read the paper."""
        return self.bloc_year

    @cached_property
    def typed(self):
        """The defaults and over them the draft."""
        draft = draft_of(self.code, self.record)
        return {**self.defaults, **(draft.values if draft else {})}

    @property
    def warnings(self):
        """Sentences about the typed text; they warn and never stop anybody."""
        return []

    @property
    def missing_to_issue(self):
        missing = []
        if self.leader is None:
            missing.append("đơn vị khối trưởng của năm")
        elif self.get_issuer() is None:
            missing.append(f"cơ quan ban hành của {self.leader.unit_name} (ghi ở mục sửa đơn vị trong Danh mục)")
        if not self.typed["sign_name"]:
            missing.append("họ và tên người ký")
        return missing

    @property
    def filename(self):
        return f"{self.code}-{self.bloc.slug}-{self.bloc_year.year.slug}.pdf"

    def get_title(self):
        """The subject begins a line of its own on the paper, not in a list."""
        subject = self.get_subject()
        return f"{self.type_name} {subject[:1].lower()}{subject[1:]}"

    def get_issuer(self):
        return self.leader.unit.issuer if self.leader else None

    def get_letterhead(self):
        if issuer := self.get_issuer():
            return Letterhead.of(issuer)
        name = self.leader.unit_name if self.leader else self.bloc_year.bloc_name
        superior = self.leader.unit.parent if self.leader else None
        return Letterhead(issuing_name=name, superior_name=superior.name if superior else "", place=self.bloc.province)

    def get_year(self):
        return self.bloc_year.year.starts_on.year

    def fill(self, text):
        """A skeleton with the bloc's own words."""
        word = self.bloc.get_word_display()
        return text.format(
            bloc=self.bloc_year.bloc_name,
            word=word.lower(),
            Word=word,
            province=province_words(self.bloc.province),
        )

    def year_words(self):
        """ "năm 2022", "năm học 2010 – 2011"."""
        title = self.bloc_year.year.title
        return title[:1].lower() + title[1:]

    def leader_signature(self):
        """The person behind the leading office signs for the bloc, with the own post below (DOC-22)."""
        holder = self.leader.holder if self.leader else None
        return {
            "sign_authority": "TM.",
            "sign_for": f"{self.bloc.get_word_display()} thi đua",
            "sign_post": self.leader.title if self.leader else "",
            "sign_second_post": holder.titles[-1] if holder and holder.titles else "",
            "sign_name": holder.person_name if holder else "",
        }

    def kept_by(self):
        """The last line of Nơi nhận (DOC-21)."""
        issuer = self.leader.unit.issuer if self.leader else None
        return f"Lưu: VT, {issuer.symbol}" if issuer and issuer.symbol else "Lưu: VT"


class RegulationDecision(YearPaper):
    """Quyết định ban hành quy chế hoạt động của khối (FRM-2; mẫu 1.3 Phụ lục III Nghị định 30/2020/NĐ-CP).

    Issued by the leading unit, or by whoever founded the bloc: then the standing agency sends it for signing and issues
    it. The regulation itself is typed as an outline of seven chapters.
    """

    code = "quy-che"
    label = "Quy chế hoạt động"
    template_name = "blocs/paper/regulation.html"
    type_name = "Quyết định"
    type_abbreviation = "QĐ"
    edit_permission = "blocs.write_regulation"

    @property
    def issue_permission(self):
        """A decision of the founder is not the leading unit's to number."""
        return "blocs.issue_for_founder" if self._is_founders else "blocs.work_on_blocyear"

    @property
    def _is_founders(self):
        return self.typed["issued_by"] == "founder" and self.bloc.founding_paper is not None

    @property
    def missing_to_issue(self):
        missing = super().missing_to_issue if not self._is_founders else []
        if self._is_founders and not self.typed["sign_name"]:
            missing.append("họ và tên người ký")
        if not parse_outline(self.typed["regulation"]):
            missing.append("nội dung quy chế")
        return missing

    @property
    def warnings(self):
        return outline_faults(self.typed["regulation"])

    @cached_property
    def defaults(self):
        holder = self.leader.holder if self.leader else None
        post = holder.titles[-1] if holder and holder.titles else "Thủ trưởng đơn vị"
        bloc = self.bloc_year.bloc_name
        grounds = usual_grounds(self.bloc_year.year.starts_on)
        if self.bloc.founding_paper:
            grounds.append(f"Căn cứ {cite(self.bloc.founding_paper)}")
        grounds.append(f"Theo thống nhất của các đơn vị thành viên {bloc}")
        return {
            "issued_by": "leader",
            "decider": post,
            "grounds": "\n".join(grounds),
            "effect": "Quyết định này có hiệu lực kể từ ngày ký.",
            "implementation": self.fill(REGULATION_IMPLEMENTATION),
            "regulation": self.fill(REGULATION),
            "recipients": f"Như Điều 3\nCơ quan thường trực Hội đồng Thi đua - Khen thưởng\n{self.kept_by()}",
            "sign_authority": "",
            "sign_for": "",
            "sign_post": post,
            "sign_second_post": "",
            "sign_name": holder.person_name if holder else "",
        }

    def get_issuer(self):
        return self.bloc.founding_paper.issuer if self._is_founders else super().get_issuer()

    def get_letterhead(self):
        if not self._is_founders:
            return super().get_letterhead()
        issuer = self.bloc.founding_paper.issuer
        return Letterhead(
            issuing_name=committee_of(issuer.name),
            superior_name=issuer.superior_name,
            symbol=issuer.symbol,
            place=issuer.place,
            profile=issuer.profile,
        )

    def get_subject(self):
        return f"Ban hành Quy chế hoạt động của {self.bloc_year.bloc_name}"

    def get_values(self):
        typed = self.typed
        return {
            "decider": typed["decider"],
            "grounds": lines_of(typed["grounds"]),
            "articles": articles_of(
                f"Ban hành kèm theo Quyết định này Quy chế hoạt động của {self.bloc_year.bloc_name}.",
                typed["effect"],
                typed["implementation"],
            ),
            "regulation_subject": f"Hoạt động của {self.bloc_year.bloc_name}",
            "regulation": parse_outline(typed["regulation"]),
            "signature": signature_of(typed),
            "recipients": lines_of(typed["recipients"]),
        }
