"""What goes out of the blocs as paper."""

from django.utils.functional import cached_property

from blocs.enums import CovenantState, SignatureState, SignatureWay
from blocs.models import CovenantVersion, Handover
from blocs.reports import group_items, handover_groups, leaders_of, next_bloc_year
from blocs.target_words import item_line
from documents.enums import LetterheadProfile
from documents.letterhead import Letterhead
from documents.printed import PrintedForm

OWN_HEADING = "Nội dung thi đua"
UNDERTAKING_HEADING = "Cam kết chung"


class CovenantPaper(PrintedForm):
    """Bản giao ước thi đua: Quốc hiệu, Tiêu ngữ, name of the bloc, Điều, a signature block per member (DOC-31)."""

    code = "giao-uoc"
    template_name = "blocs/paper/covenant.html"
    type_name = "Giao ước thi đua"
    issue_permission = "blocs.issue_covenant"

    def __init__(self, version: CovenantVersion, signers=()):
        """`signers`: rows of (unit, position, name, title) as typed before sending; a draft shows them."""
        self.version = version
        self.bloc_year = version.covenant.bloc_year
        self.signers = signers

    @cached_property
    def _bloc_name(self):
        """What the bloc was called on the day of signing; before that day is known, in the year."""
        day = self.version.signed_on
        return self.bloc_year.bloc.name_on(day) if day else self.bloc_year.bloc_name

    def get_subject(self):
        return self.bloc_year.year.title

    def get_title(self):
        return f"Giao ước thi đua {self.bloc_year.year.title.lower()} – {self._bloc_name}"

    def get_year(self):
        return self.bloc_year.year.starts_on.year

    @property
    def filename(self):
        return f"giao-uoc-{self.bloc_year.bloc.slug}-{self.bloc_year.year.slug}.pdf"

    @property
    def missing_to_issue(self):
        """It is issued as the file that everybody has signed, so nobody may be waited for."""
        if self.version.state == CovenantState.SIGNED:
            return []
        sent = self.version.state == CovenantState.SIGNING
        return ["chữ ký của đủ các đơn vị" if sent else "việc gửi giao ước cho các đơn vị ký"]

    @property
    def takes_signed_file(self):
        """A scan counts as the paper only where every unit has signed on paper: it holds no other signature."""
        signed = self.version.signatures.filter(state=SignatureState.SIGNED)
        has_other_ways = signed.exclude(way=SignatureWay.PAPER).exists()
        return not has_other_ways and not self.version.revisions.filter(number__gt=0).exists()

    def get_values(self):
        version = self.version
        articles = [
            {
                "title": heading or OWN_HEADING,
                "items": [
                    # One content stands as a paragraph, several are numbered (DOC-17).
                    {"text": f"{number}. {item.text}" if len(items) > 1 else item.text, "target": item_line(item)}
                    for number, item in enumerate(items, 1)
                ],
            }
            for heading, items in group_items(version.items.select_related("responsible"))
        ]
        return {
            "bloc": self._bloc_name,
            "theme": version.theme,
            "grounds": version.grounds.splitlines(),
            "articles": articles,
            "undertaking": version.undertaking,
            "undertaking_heading": UNDERTAKING_HEADING,
            "undertaking_number": len(articles) + 1,
            "place": version.place,
            "province": self.bloc_year.bloc.province,
            "digest": version.digest,
            "signatures": self._signatures(),
        }

    def _signatures(self):
        """One block per member in the order of signing, with the field for its certificate from the day of sending."""
        if self.version.state == CovenantState.DRAFT:
            rows = sorted(self.signers, key=lambda row: row[1])
            rows = rows or [(row.unit, 0, "", "") for row in self.bloc_year.memberships]
            return [{"unit": str(unit), "post": title, "name": name} for unit, _, name, title in rows]
        rows = self.version.signatures.exclude(state=SignatureState.RELEASED).select_related("unit")
        return [
            {"unit": str(row.unit), "post": row.signer_title, "name": row.signer_name, "field": row.field_name}
            for row in rows
        ]


class HandoverMinutes(PrintedForm):
    """Biên bản bàn giao Khối trưởng (FRM-16; mẫu 1.9 Phụ lục III Nghị định 30/2020/NĐ-CP)."""

    code = "bien-ban-ban-giao"
    template_name = "blocs/paper/handover_minutes.html"
    type_name = "Biên bản"
    type_abbreviation = "BB"
    issue_permission = "blocs.issue_handover"

    def __init__(self, bloc_year, *, place="", starts_at=None, ends_at=None):
        self.bloc_year, self.bloc = bloc_year, bloc_year.bloc
        self.place, self.starts_at, self.ends_at = place, starts_at, ends_at
        self.record = Handover.objects.filter(bloc_year=bloc_year).select_related("from_unit", "to_unit").first()
        self.groups = handover_groups(bloc_year)
        following = next_bloc_year(bloc_year)
        lines = leaders_of([row for row in (bloc_year, following) if row])
        self.giver = _leader_line(lines[bloc_year.pk])
        self.receiver = _leader_line(lines[following.pk]) if following else None

    @property
    def filename(self):
        return f"bien-ban-ban-giao-{self.bloc.slug}-{self.bloc_year.year.slug}.pdf"

    @property
    def missing_to_issue(self):
        missing = []
        if self.giver is None:
            missing.append("đơn vị bàn giao (khối trưởng của năm)")
        if self.receiver is None:
            missing.append("đơn vị nhận bàn giao (khối trưởng năm kế tiếp)")
        if not self.groups:
            missing.append("danh sách bàn giao")
        for side, line in (("giao", self.giver), ("nhận", self.receiver)):
            if line is not None and not line.holder_name:
                missing.append(f"người đại diện bên {side} để ký")
        return missing

    def get_issuer(self):
        """The giving unit's: a bloc is no legal person (REG-2)."""
        return self.giver.unit.issuer if self.giver else None

    def get_letterhead(self):
        """In State form whoever leads, like the bloc's other papers (OPQ-8)."""
        if issuer := self.get_issuer():
            return Letterhead.of(issuer, profile=LetterheadProfile.STATE)
        name = self.giver.unit_name if self.giver else self.bloc_year.bloc_name
        return Letterhead(issuing_name=name, place=self.bloc.province)

    def get_subject(self):
        return f"Bàn giao nhiệm vụ {self._office()} {self.bloc_year.year.title.lower()}"

    def get_year(self):
        day = self.record.handed_over_on if self.record else self.bloc_year.year.ends_on
        return day.year

    def _office(self):
        return f"{self.bloc.get_word_display()} trưởng"

    def get_values(self):
        sides = [("Bên giao", self.giver), ("Bên nhận", self.receiver)]
        return {
            "bloc": self.bloc_year.bloc_name,
            "year": self.bloc_year.year.title.lower(),
            "day": self.record.handed_over_on if self.record else None,
            "place": self.place,
            "starts_at": _clock(self.starts_at),
            "ends_at": _clock(self.ends_at),
            "sides": [_side(label, line) for label, line in sides],
            "groups": [
                {"title": f"{number}. {group}", "lines": [_handed_line(item) for item in items]}
                for number, (group, items) in enumerate(self.groups, 1)
            ],
            "count": sum(len(items) for _, items in self.groups),
            "unticked": sum(not (row.given_at and row.received_at) for _, items in self.groups for row in items),
            "note": self.record.note if self.record else "",
            "signatures": [
                {
                    "authority": f"Đại diện {label.lower()}",
                    "post": _last_title(line),
                    "name": line.holder_name if line else "",
                }
                for label, line in sides
            ],
        }


def _leader_line(lines):
    """The leader of the year's end."""
    leaders = [line for line in lines if line.is_leader]
    return max(leaders, key=lambda line: line.office.ends_on, default=None)


def _side(label, line):
    people = ", ".join(part for part in (line.holder_name, line.holder_titles) if part) if line else ""
    return {"label": label, "unit": line.unit_name if line else "", "title": line.title if line else "", "people": people}


def _handed_line(item):
    return {
        "label": item.label,
        "detail": "; ".join(part for part in (item.detail, item.note) if part),
        "given": "Đã giao" if item.given_at else "",
        "received": "Đã nhận" if item.received_at else "",
    }


def _last_title(line):
    """The signer's post in the own agency (DOC-22)."""
    return line.holder.titles[-1] if line and line.holder and line.holder.titles else ""


def _clock(moment):
    return f"{moment.hour} giờ {moment.minute:02d}" if moment else ""
