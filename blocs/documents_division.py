"""The decision that divides the units of a province into blocs for an emulation year."""

import re
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from django.db.models import Prefetch
from django.utils import timezone

from blocs.documents_year import articles_of, cite, committee_of, province_words, usual_grounds
from blocs.enums import YearState
from blocs.models import Bloc, BlocYear, Membership, Unit
from blocs.reports import leaders_of
from blocs.skeletons import DIVISION_DUTIES, DIVISION_IMPLEMENTATION
from common.dated import on_day
from common.text import count_words
from documents.authority import signature_of
from documents.forms import lines_of
from documents.letterhead import Letterhead
from documents.models import Issuer, Paper
from documents.printed import PrintedForm
from documents.reports import draft_of


@dataclass
class DividedBloc:
    """One bloc of the decision, its members under their groups, its offices."""

    bloc: Bloc
    name: str
    groups: list = field(default_factory=list)
    offices: dict = field(default_factory=dict)

    @property
    def units(self):
        return [unit for _, units in self.groups for unit in units]

    def named(self, wanted):
        """Names of the units in an office, "leader" or "deputy"."""
        return [name for role, name in self.offices.values() if role == wanted]


def divided_blocs(year, day):
    """The blocs that the province divides its units into on that day, "số 2" before "số 10"; six queries however many.

    Not those of a sector, nor those run by a body of their own: other decisions found them (BLC-3, BLC-6).
    """
    blocs = [
        row for row in Bloc.objects.existing_on(day).named_on(day).in_order() if row.is_provincial and not row.run_by_id
    ]
    blocs.sort(key=lambda bloc: re.sub(r"\d+", lambda digits: digits[0].zfill(6), bloc.sort_key))
    found = {bloc.pk: DividedBloc(bloc, str(bloc)) for bloc in blocs}
    years = BlocYear.objects.filter(year=year, bloc__in=found).select_related("bloc", "year")
    for lines in leaders_of(years).values():
        for line in lines:
            if line.role in ("leader", "deputy"):
                found[line.office.bloc_year.bloc_id].offices.setdefault(line.unit.pk, (line.role, line.unit_name))
    rows = Membership.objects.filter(on_day(day), bloc__in=found).select_related("group").in_order()
    grouped = {pk: {} for pk in found}
    for row in rows.prefetch_related(Prefetch("unit", Unit.objects.named_on(day))):
        place = (row.group.position, row.group.name) if row.group else (0, "")
        grouped[row.bloc_id].setdefault(place, []).append(row.unit)
    for pk, groups in grouped.items():
        found[pk].groups = [(name, units) for (_, name), units in sorted(groups.items(), key=lambda item: item[0])]
    return list(found.values())


class DivisionDecision(PrintedForm):
    """Quyết định phân chia cụm, khối thi đua (FRM-1; mẫu 1.2 Phụ lục III Nghị định 30/2020/NĐ-CP).

    Drafted by the standing agency, signed outside by the chair or for the chair. Two annexes: the blocs with their
    offices, and the members of each bloc; every count is that of the list (SED-4).
    """

    code = "phan-chia-khoi"
    label = "Quyết định phân chia cụm, khối thi đua"
    template_name = "blocs/paper/division.html"
    type_name = "Quyết định"
    type_abbreviation = "QĐ"
    issue_permission = "blocs.manage_registry"

    def __init__(self, year):
        self.year = year

    @cached_property
    def typed(self):
        """The skeleton and over it what was typed."""
        draft = draft_of(self.code, self.year)
        return {**self.defaults, **(draft.values if draft else {})}

    @cached_property
    def defaults(self):
        """What stands in the form before anybody has typed; the issuer is whoever signed the decision in force."""
        former = self._former
        issuer = former.issuer if former else Issuer.objects.filter(name__startswith="Chủ tịch").order_by("name").first()
        office = f"Chủ tịch {committee_of(issuer.name)}" if issuer else "Chủ tịch Ủy ban nhân dân tỉnh"
        return {
            "issuer": issuer.pk if issuer else None,
            "decider": office,
            "as_of": self._usual_day().isoformat(),
            "province": "",
            "grounds": "\n".join([*usual_grounds(self.year.starts_on), "Theo đề nghị của Giám đốc Sở Nội vụ"]),
            "duties": DIVISION_DUTIES,
            "implementation": DIVISION_IMPLEMENTATION,
            "replaces": former.pk if former and former.issued_on < self.year.starts_on else None,
            "recipients": "Như Điều 3\nThường trực Tỉnh ủy, Thường trực Hội đồng nhân dân tỉnh\nLưu: VT, SNV",
            "is_wide": False,
            "sign_authority": "KT.",
            "sign_for": "Chủ tịch",
            "sign_post": "Phó Chủ tịch",
            "sign_second_post": "",
            "sign_name": "",
        }

    def _usual_day(self):
        return max(self.year.starts_on, min(timezone.localdate(), self.year.ends_on))

    @cached_property
    def _former(self):
        """The decision that most of the blocs rest on now."""
        papers = Paper.objects.filter(founded_blocs__isnull=False, issued_on__lte=self.year.ends_on)
        return papers.select_related("issuer").order_by("-issued_on").first()

    @cached_property
    def blocs(self):
        """The DividedBlocs of the day and province that the draft names."""
        province = self.typed["province"]
        rows = divided_blocs(self.year, self.typed_day)
        return [row for row in rows if not province or row.bloc.province == province]

    @property
    def _printed(self):
        """A bloc without members is not divided to anybody; a warning names it."""
        return [row for row in self.blocs if row.units]

    @property
    def typed_day(self):
        """The day the lists are taken of."""
        return date.fromisoformat(self.typed["as_of"])

    @property
    def filename(self):
        return f"{self.code}-{self.year.slug}.pdf"

    @property
    def missing_to_issue(self):
        missing = [] if self.get_issuer() else ["cơ quan ban hành"]
        if not self._printed:
            missing.append("cụm, khối thi đua có đơn vị thành viên vào ngày lập danh sách")
        if not self.typed["sign_name"]:
            missing.append("họ và tên người ký")
        if self.year.state != YearState.OPEN:
            missing.append(f"việc mở lại {self.year.title.lower()} (đang ở trạng thái “{self.year.get_state_display()}”)")
        return missing

    @property
    def warnings(self):
        """What does not fit in the lists: empty blocs, units that stand twice, blocs without leader."""
        found, places = [], {}
        for row in self.blocs:
            if not row.units:
                found.append(f"{row.name} không có đơn vị thành viên vào ngày lập danh sách nên không in.")
            for unit in row.units:
                places.setdefault(unit, []).append(row.name)
        found += [
            f"{unit} đứng trong {count_words(len(names))} khối: {'; '.join(names)}."
            for unit, names in places.items()
            if len(names) > 1
        ]
        leaderless = [row.name for row in self.blocs if row.units and not row.named("leader")]
        if leaderless:
            found.append(f"Chưa ghi trưởng khối cho {count_words(len(leaderless))} khối; danh sách in “Hội nghị khối bầu”.")
        return found

    def get_issuer(self):
        pk = self.typed["issuer"]
        return Issuer.objects.filter(pk=pk).first() if pk else None

    def get_letterhead(self):
        issuer = self.get_issuer()
        if issuer is None:
            return Letterhead(issuing_name=committee_of(self.typed["decider"]))
        return Letterhead(
            issuing_name=committee_of(issuer.name),
            superior_name=issuer.superior_name,
            symbol=issuer.symbol,
            place=issuer.place,
            profile=issuer.profile,
        )

    def get_subject(self):
        title = self.year.title
        return f"Về việc phân chia cụm, khối thi đua {title[:1].lower()}{title[1:]}"

    def get_year(self):
        return self.typed_day.year

    def get_values(self):
        typed = self.typed
        blocs = self._printed
        count = sum(len(row.units) for row in blocs)
        province = f" trên địa bàn {province_words(typed['province'])}" if typed["province"] else ""
        replaced = Paper.objects.filter(pk=typed["replaces"]).select_related("issuer").first() if typed["replaces"] else None
        effect = "Quyết định này có hiệu lực kể từ ngày ký"
        return {
            "decider": typed["decider"],
            "grounds": lines_of(typed["grounds"]),
            "articles": articles_of(
                f"Phân chia {count_words(count)} cơ quan, đơn vị{province} thành {count_words(len(blocs))} cụm, khối "
                f"thi đua (danh sách tại Phụ lục I và II kèm theo, lập theo thành viên ngày {self.typed_day:%d/%m/%Y}).",
                "Tổ chức hoạt động của các cụm, khối thi đua:\n" + typed["duties"],
                f"{effect}{f', thay thế {cite(replaced)}' if replaced else ''}.\n{typed['implementation']}",
            ),
            "is_wide": typed["is_wide"],
            "count": count,
            "blocs": [self._bloc(number, row) for number, row in enumerate(blocs, 1)],
            "signature": signature_of(typed),
            "recipients": lines_of(typed["recipients"]),
        }

    def _bloc(self, number, row):
        return {
            "number": number,
            "name": row.name,
            "count": len(row.units),
            "leader": "; ".join(row.named("leader")) or "Hội nghị khối bầu",
            "deputy": "; ".join(row.named("deputy")) or "Hội nghị khối bầu",
            "groups": [
                {
                    "name": name,
                    "units": [{"name": str(unit), "office": self._office(row, unit)} for unit in units],
                }
                for name, units in row.groups
            ],
        }

    def _office(self, row, unit):
        role, _ = row.offices.get(unit.pk, ("", ""))
        word = row.bloc.get_word_display()
        return {"leader": f"{word} trưởng", "deputy": f"{word} phó"}.get(role, "")
