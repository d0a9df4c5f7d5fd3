"""What the registry hands over with a year: covenant and targets, offices and contacts, papers.

`meetings/pack.py`, `awards/pack.py` and `news/pack.py` add what is theirs; `portal/handover_pack.py` puts it together.
"""

from dataclasses import dataclass

from django.db.models import Q

from blocs.models import BlocYear, CovenantItem
from blocs.reports import covenant_progress, leaders_of
from blocs.target_words import item_words
from common.text import count_words
from documents.models import Paper


@dataclass(frozen=True)
class PackLine:
    """One line of the hand-over; the same thing has the same `key` whenever the list is made anew."""

    group: str
    key: str
    label: str
    detail: str = ""


COVENANT, PEOPLE, PAPERS = "Giao ước, chỉ tiêu", "Tổ chức khối, đầu mối liên hệ", "Văn bản"


def lines_of(bloc_year: BlocYear):
    """The PackLines of covenant, people and papers made elsewhere."""
    return [*_covenant(bloc_year), *_people(bloc_year), *_papers(bloc_year)]


def _covenant(bloc_year):
    progress = covenant_progress(bloc_year)
    if not progress.is_sent:
        return
    version = progress.version
    signed = f"{count_words(progress.signed)}/{count_words(progress.total)} đơn vị đã ký"
    title = f"Giao ước thi đua {bloc_year.year.title.lower()}, bản số {version.number}"
    yield PackLine(COVENANT, f"covenant:{version.pk}", title, signed)
    for item in CovenantItem.objects.filter(version=version, value__isnull=False).select_related("responsible"):
        yield PackLine(COVENANT, f"target:{item.pk}", f"Chỉ tiêu: {item.text}", item_words(item))


def _people(bloc_year):
    units = [row.unit for row in bloc_year.memberships]
    if units:
        reachable = sum(bool(unit.phone or unit.email) for unit in units)
        detail = (
            f"{count_words(reachable)} đơn vị đã ghi điện thoại hoặc thư điện tử" if reachable else "chưa ghi điện thoại"
        )
        title = f"Danh sách {count_words(len(units))} đơn vị thành viên và đầu mối liên hệ"
        yield PackLine(PEOPLE, "members", title, detail)
    for line in leaders_of([bloc_year])[bloc_year.pk]:
        person = ", ".join(part for part in (line.holder_name, line.holder_titles) if part)
        yield PackLine(PEOPLE, f"office:{line.office.pk}", f"{line.title}: {line.unit_name}", person)


def _papers(bloc_year):
    year = bloc_year.year
    of_the_year = Q(memberships__bloc=bloc_year.bloc_id, issued_on__range=(year.starts_on, year.ends_on))
    wanted = Q(founded_blocs=bloc_year.bloc_id) | Q(offices__bloc_year=bloc_year) | of_the_year
    rows = Paper.objects.unsealed().filter(pk__in=Paper.objects.filter(wanted).values("pk"))
    for paper in rows.select_related("issuer").order_by("issued_on", "pk"):
        yield PackLine(PAPERS, f"paper:{paper.pk}", f"{paper} của {paper.issuer}", paper.subject)
