"""What goes out of the blocs as paper."""

from blocs.enums import CovenantState, Qualifier, SignatureState
from blocs.models import CovenantVersion
from blocs.reports import group_items
from common.templatetags.vi import so
from common.text import count_words
from documents.printed import PrintedForm

OWN_HEADING = "Nội dung thi đua"
UNDERTAKING_HEADING = "Cam kết chung"


class CovenantPaper(PrintedForm):
    """Bản giao ước thi đua: Quốc hiệu, Tiêu ngữ, name of the bloc, Điều, a signature block per member (DOC-31)."""

    code = "giao-uoc"
    template_name = "blocs/paper/covenant.html"
    type_name = "Giao ước thi đua"
    issue_permission = "blocs.issue_covenant"

    def __init__(self, version: CovenantVersion):
        self.version = version
        self.bloc_year = version.covenant.bloc_year

    def get_subject(self):
        return self.bloc_year.year.title

    def get_title(self):
        return f"Giao ước thi đua {self.bloc_year.year.title.lower()} – {self.bloc_year.bloc.name}"

    def get_year(self):
        return self.bloc_year.year.starts_on.year

    @property
    def filename(self):
        return f"giao-uoc-{self.bloc_year.bloc.slug}-{self.bloc_year.year.slug}.pdf"

    @property
    def missing_to_issue(self):
        sent = self.version.state in (CovenantState.SIGNING, CovenantState.SIGNED)
        return [] if sent else ["việc gửi giao ước cho các đơn vị ký"]

    def get_values(self):
        version = self.version
        articles = [
            {
                "title": heading or OWN_HEADING,
                "items": [
                    # One content stands as a paragraph, several are numbered (DOC-17).
                    {"text": f"{number}. {item.text}" if len(items) > 1 else item.text, "target": target_words(item)}
                    for number, item in enumerate(items, 1)
                ],
            }
            for heading, items in group_items(version.items.all())
        ]
        return {
            "bloc": self.bloc_year.bloc.name,
            "theme": version.theme,
            "grounds": version.grounds.splitlines(),
            "articles": articles,
            "undertaking": version.undertaking,
            "undertaking_heading": UNDERTAKING_HEADING,
            "undertaking_number": len(articles) + 1,
            "place": version.place,
            "digest": version.digest,
            "signatures": self._signatures(),
        }

    def _signatures(self):
        """One block per member; a draft shows those who will sign, a name stands only where somebody signed."""
        if self.version.state == CovenantState.DRAFT:
            return [{"unit": str(row.unit), "post": "", "name": ""} for row in self.bloc_year.memberships]
        rows = self.version.signatures.exclude(state=SignatureState.RELEASED).select_related("unit")
        signed = SignatureState.SIGNED
        return [
            {
                "unit": str(row.unit),
                "post": row.signer_title if row.state == signed else "",
                "name": row.signer_name if row.state == signed else "",
            }
            for row in rows
        ]


def target_words(item):
    """ "ít nhất 02 nhà", "100%", "1.234,5 triệu đồng"; nothing for a content without target."""
    if item.value is None:
        return ""
    unit = item.unit_of_measure
    is_share = unit.startswith("%")
    is_count = item.value == item.value.to_integral_value() and not is_share
    number = count_words(int(item.value)) if is_count else so(item.value)
    words = Qualifier(item.qualifier).label if item.qualifier else ""
    amount = f"{number}{unit}" if is_share else f"{number} {unit}"
    return " ".join(part for part in (words, amount.strip()) if part)
