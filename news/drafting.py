"""The text of an article out of the record of a meeting: only facts, in sentences of our own; what is missing is left out.

Nominees are never named here: before a decision is published only the numbers that the meeting agreed on are news (WEB-7).
"""

from dataclasses import dataclass

from django.db.models import Prefetch

from awards.reports import listed_count
from blocs.enums import BlocKind, CovenantState, OfficeBasis, OfficeRole, Qualifier, SignatureState, YearKind
from blocs.models import CovenantVersion, EmulationYear, Unit
from common.templatetags.vi import ngay, so
from common.text import count_words
from meetings.enums import Capacity, FigureLevel, MeetingKind, PartOfDay, PointSection, Presence
from meetings.models import Meeting

_PRESENT = (Presence.PRESENT, Presence.REPLACED)
_PARTS = {PartOfDay.MORNING: "Sáng", PartOfDay.AFTERNOON: "Chiều", PartOfDay.ALL_DAY: "Ngày"}
_INTRODUCED = (Capacity.CHAIR, Capacity.CO_CHAIR, Capacity.GUEST)
_TITLE_LENGTH = 300
# Enterprises and associations do not address each other as comrades.
_COMRADES = (BlocKind.PARTY, BlocKind.AGENCY, BlocKind.LOCALITY, BlocKind.SECTOR)
_CHOSEN = {
    OfficeBasis.ELECTED: "Hội nghị đã bầu {units}",
    OfficeBasis.ACCLAIMED: "Hội nghị đã suy tôn {units}",
    OfficeBasis.APPOINTED: "Hội nghị công bố việc cử {units}",
    OfficeBasis.SUCCESSION: "Hội nghị thống nhất {units}",
}


@dataclass(frozen=True)
class ArticleText:
    title: str
    lead: str
    body: str


@dataclass(frozen=True)
class CountDifference:
    """A number that the record states and the number of rows it lists (N12)."""

    label: str
    declared: int
    listed: int

    @property
    def sentence(self):
        return (
            f"{self.label}: biên bản ghi {count_words(self.declared)}, danh sách có {count_words(self.listed)}. "
            f"Bài dùng số ghi trong biên bản ({count_words(self.declared)})."
        )


def read_meeting(pk):
    """The meeting with all that an article tells of it, units named as of its day, in a constant number of queries."""
    day = Meeting.objects.values_list("starts_on", flat=True).get(pk=pk)
    units = Unit.objects.named_on(day)
    return (
        Meeting.objects.select_related("bloc_year__bloc", "bloc_year__year")
        .prefetch_related(
            "purposes",
            "agenda",
            "points",
            "attendances",
            "proposals__lines__award",
            "proposals__lines__items",
            "elections__bloc_year__bloc",
            "elections__bloc_year__year",
            *(Prefetch(path, queryset=units) for path in ("host", "participants__unit", "figures__unit", "elections__unit")),
        )
        .get(pk=pk)
    )


def draft_from_meeting(meeting):
    """Title, lead and body of the first draft; sections without facts do not appear."""
    sections = [
        ("", _people(meeting)),
        ("Nội dung hội nghị", _agenda(meeting)),
        ("Kết quả nổi bật", _results(meeting)),
        ("Hạn chế", _shortcomings(meeting)),
        ("Đề nghị khen thưởng", _proposals(meeting)),
        ("Kết luận và nhiệm vụ thời gian tới", _conclusions(meeting)),
        ("Kiến nghị", _requests(meeting)),
        ("Khối trưởng, khối phó và giao ước thi đua", [*_elections(meeting), *_covenant(meeting)]),
    ]
    parts = []
    for heading, paragraphs in sections:
        if paragraphs and heading:
            parts.append(f"## {_in_words_of(meeting, heading)}")
        parts += paragraphs
    return ArticleText(_title(meeting), _lead(meeting), "\n\n".join(parts))


def count_differences(meeting):
    """Where the record states one number and lists another; both are kept and shown, nothing is corrected."""
    found = []
    present = _present(meeting)
    if meeting.declared_units is not None and present and meeting.declared_units != len(present):
        found.append(CountDifference("Số đơn vị dự hội nghị", meeting.declared_units, len(present)))
    for line in _lines(meeting):
        listed = listed_count(line)
        if line.declared_count is not None and line.declared_count != listed:
            found.append(CountDifference(line.award.name, line.declared_count, listed))
    return found


def missing_facts(meeting):
    """What the record does not say; the article leaves it out without a trace, the desk lists it (S6)."""
    capacities = {row.capacity for row in meeting.participants.all()}
    checks = [
        ("địa điểm", meeting.place),
        ("người chủ trì", capacities & {Capacity.CHAIR, Capacity.CO_CHAIR}),
        ("điểm danh đơn vị thành viên", meeting.attendances.all()),
        ("chương trình", meeting.agenda.all()),
        ("số liệu", meeting.figures.all()),
        ("kết luận", [row for row in meeting.points.all() if row.section == PointSection.CONCLUSION]),
    ]
    return [label for label, fact in checks if not fact]


def _title(meeting):
    bloc = meeting.bloc_year.bloc
    acts = _acts(meeting)
    if not acts:
        return _sentence_case(meeting.title)[:_TITLE_LENGTH]
    # A headline is short; the lead says the full name.
    return f"{bloc.label} {_join(acts)}"[:_TITLE_LENGTH]


def _acts(meeting):
    """What the meeting did, as a headline says it: at most three, the most telling first."""
    this_year = _year_words(meeting.bloc_year.year)
    kinds = meeting.kinds
    coming = _coming_year(meeting) if MeetingKind.YEAR_END in kinds else meeting.bloc_year.year
    next_year = _year_words(coming) if coming else ""
    words = {
        MeetingKind.YEAR_END: f"tổng kết công tác thi đua, khen thưởng {this_year}",
        MeetingKind.MID_YEAR: f"sơ kết công tác thi đua, khen thưởng {this_year}",
        MeetingKind.LAUNCH: f"triển khai nhiệm vụ {next_year or 'thời gian tới'}",
        MeetingKind.COVENANT: f"ký kết giao ước thi đua {next_year}".strip(),
        MeetingKind.SCORING: f"chấm điểm, bình xét thi đua {this_year}",
        MeetingKind.AWARD_ROUND: f"xét đề nghị khen thưởng {this_year}",
    }
    return [words[kind] for kind in words if kind in kinds][:3]


def _year_words(year):
    return f"năm {year.label}" if year.kind == YearKind.CALENDAR else year.label


def _coming_year(meeting):
    """The year the meeting looks ahead to: of its elections, else the one that follows in the registry; None if unknown."""
    for election in meeting.elections.all():
        return election.bloc_year.year
    this = meeting.bloc_year.year
    return EmulationYear.objects.filter(kind=this.kind, starts_on__gt=this.starts_on).order_by("starts_on").first()


def _lead(meeting):
    bloc = meeting.bloc_year.bloc
    where = f", tại {meeting.place}" if meeting.place else ""
    acts = _acts(meeting)
    what = f"hội nghị {_join(acts)}" if acts else f"“{_sentence_case(meeting.title)}”"
    host = f" do {meeting.host} đăng cai" if meeting.host_id else ""
    return f"{_when(meeting)}{where}, {bloc.name} tổ chức {what}{host}."


def _when(meeting):
    if meeting.ends_on and meeting.ends_on != meeting.starts_on:
        return f"Từ ngày {ngay(meeting.starts_on)} đến ngày {ngay(meeting.ends_on)}"
    word = _PARTS.get(meeting.part_of_day, "Ngày")
    return f"{word} {ngay(meeting.starts_on)}"


def _people(meeting):
    people = list(meeting.participants.all())
    chairs = [row for row in people if row.capacity == Capacity.CHAIR]
    co_chairs = [row for row in people if row.capacity == Capacity.CO_CHAIR]
    guests = [row for row in people if row.capacity == Capacity.GUEST]
    sentences = []
    if len(chairs) + len(co_chairs) > 1:
        sentences.append(f"{_named(meeting, [*chairs, *co_chairs])} đồng chủ trì hội nghị.")
    elif chairs or co_chairs:
        sentences.append(f"{_named(meeting, [*chairs, *co_chairs])} chủ trì hội nghị.")
    if guests:
        sentences.append(f"Dự hội nghị có {_named(meeting, guests, start=False)}.")
    attendance = _attendance(meeting)
    if attendance:
        sentences.append(attendance)
    return [" ".join(sentences)] if sentences else []


def _attendance(meeting):
    rows = meeting.attendances.all()
    present = meeting.declared_units if meeting.declared_units is not None else len(_present(meeting))
    word = meeting.bloc_year.bloc.get_word_display().lower()
    text = who = _bare(meeting.attendees)
    units = ""
    # "15/14" says nothing: where more came than the list holds, the stated number stands alone.
    if present <= len(rows):
        units = f"{count_words(present)}/{count_words(len(rows))} đơn vị thành viên của {word}" if rows else ""
    else:
        units = f"{count_words(present)} đơn vị"
    if units:
        text = f"đại diện {units}, gồm {who}" if "đơn vị" in who else f"{who or 'đại diện'} của {units}"
        text = text.replace("đại diện của", "đại diện")
    if meeting.headcount:
        text = f"{count_words(meeting.headcount)} đại biểu" + (f", {text}" if text else "")
    if meeting.online_points:
        text = f"{text or 'các đại biểu'}, kết nối trực tuyến tới {count_words(meeting.online_points)} điểm cầu"
    return f"Tham dự có {text}." if text else ""


def _present(meeting):
    return [row for row in meeting.attendances.all() if row.presence in _PRESENT]


def _agenda(meeting):
    rows = [
        f"- {_capital(_bare(row.text))}" + (f" – {_bare(row.presenter)}." if row.presenter else ".")
        for row in meeting.agenda.all()
    ]
    return ["Các đại biểu đã tiến hành những nội dung sau:\n" + "\n".join(rows)] if rows else []


def _results(meeting):
    paragraphs = [_as_sentence(row.text) for row in _points(meeting, PointSection.RESULT)]
    figures = [_figure(row) for row in meeting.figures.all()]
    if figures:
        year = _year_words(meeting.bloc_year.year)
        paragraphs.append(f"Một số kết quả {year}:\n" + "\n".join(f"- {line}" for line in figures))
    return paragraphs


def _figure(figure):
    """One line: the exact number with its word before it, its unit of measure, its total, whose it is."""
    word = figure.get_qualifier_display() if figure.qualifier != Qualifier.NONE else ""
    value = so(figure.value)
    if figure.denominator is not None:
        value = f"{value}/{so(figure.denominator)}"
    measure = figure.unit_of_measure
    number = f"{value}{measure}" if measure == "%" else f"{value} {measure}".strip()
    owner = f"{figure.unit}: " if figure.level == FigureLevel.UNIT and figure.unit_id else ""
    name = _bare(figure.indicator)
    name = f"{name[:1].lower()}{name[1:]}" if owner else _capital(name)
    period = f" ({figure.period})" if figure.period else ""
    return f"{owner}{name}: {word} {number}{period}.".replace("  ", " ")


def _shortcomings(meeting):
    rows = _points(meeting, PointSection.SHORTCOMING)
    return ["Hội nghị cũng chỉ rõ một số hạn chế:\n" + _bullets(rows)] if rows else []


def _conclusions(meeting):
    rows = [*_points(meeting, PointSection.CONCLUSION), *_points(meeting, PointSection.NEXT_TASK)]
    if not rows:
        return []
    speakers = [row for row in meeting.participants.all() if row.capacity == Capacity.CONCLUDED]
    word = meeting.bloc_year.bloc.get_word_display().lower()
    opening = "Hội nghị thống nhất"
    if speakers:
        # Titles stand once: who chaired or came as a guest has been introduced above.
        known = {row.person_name for row in meeting.participants.all() if row.capacity in _INTRODUCED}
        names = _named(meeting, speakers, start=False, without_titles=known)
        opening = f"Phát biểu kết luận, {names} đề nghị"
    return [f"{opening} các đơn vị trong {word} tập trung thực hiện:\n{_bullets(rows)}"]


def _requests(meeting):
    rows = [
        f"- Với {row.addressee}: {_bare(row.text)}." if row.addressee else f"- {_as_sentence(row.text)}"
        for row in _points(meeting, PointSection.REQUEST)
    ]
    return ["Hội nghị kiến nghị:\n" + "\n".join(rows)] if rows else []


def _proposals(meeting):
    """Numbers per award alone; the number that the minutes state goes before the number of rows."""
    counted = [
        (line, line.declared_count if line.declared_count is not None else listed_count(line)) for line in _lines(meeting)
    ]
    awards = [f"{count_words(count)} {line.award.name}" for line, count in counted if count]
    if not awards:
        return []
    year = _year_words(meeting.bloc_year.year)
    return [
        f"Căn cứ kết quả bình xét, hội nghị thống nhất đề nghị cấp có thẩm quyền xem xét, tặng thưởng thành tích {year}: "
        f"{_join(awards)}."
    ]


def _lines(meeting):
    """The highest award first; of equal rank as the letters have them."""
    proposals = sorted(meeting.proposals.all(), key=lambda proposal: proposal.pk)
    return sorted((line for proposal in proposals for line in proposal.lines.all()), key=lambda line: line.award.rank)


def _elections(meeting):
    groups = {}
    for row in meeting.elections.all():
        groups.setdefault((row.bloc_year_id, row.basis), []).append(row)
    sentences = []
    for rows in groups.values():
        rows.sort(key=lambda row: (row.role != OfficeRole.LEADER, row.order))
        units = _join([f"{row.unit} giữ chức {_office(row)}" for row in rows])
        sentence = _CHOSEN[OfficeBasis(rows[0].basis)].format(units=units)
        sentences.append(f"{sentence} {_year_words(rows[0].bloc_year.year)}.")
    return [" ".join(sentences)] if sentences else []


def _office(election):
    word = election.bloc_year.bloc.get_word_display()
    if election.role == OfficeRole.STANDING:
        return f"Thường trực {word.lower()}"
    name = f"{word} trưởng" if election.role == OfficeRole.LEADER else f"{word} phó"
    return name if election.order == 1 else f"{name} thứ {election.order}"


def _covenant(meeting):
    """Who signed on the days of the meeting; a covenant signed another day is another story."""
    versions = CovenantVersion.objects.filter(
        covenant__bloc_year__bloc=meeting.bloc_year.bloc_id, state__in=[CovenantState.SIGNING, CovenantState.SIGNED]
    )
    sentences = []
    for version in versions.select_related("covenant__bloc_year__year").prefetch_related("signatures"):
        rows = version.signatures.all()
        signed = [
            row
            for row in rows
            if row.state == SignatureState.SIGNED
            and row.signed_on
            and meeting.starts_on <= row.signed_on <= meeting.last_day
        ]
        if signed:
            year = _year_words(version.covenant.bloc_year.year)
            due = sum(row.state != SignatureState.RELEASED for row in rows)
            share = f"{count_words(len(signed))}/{count_words(due)}"
            sentences.append(f"Tại hội nghị, đại diện lãnh đạo {share} đơn vị đã ký kết giao ước thi đua {year}.")
    if not sentences and MeetingKind.COVENANT in meeting.kinds:
        coming = _coming_year(meeting) if MeetingKind.YEAR_END in meeting.kinds else meeting.bloc_year.year
        year = f" {_year_words(coming)}" if coming else ""
        sentences.append(f"Tại hội nghị, lãnh đạo các đơn vị đã ký kết giao ước thi đua{year}.")
    return sentences


def _points(meeting, section):
    return [row for row in meeting.points.all() if row.section == section]


def _bullets(points):
    return "\n".join(f"- {_capital(_bare(row.text))}." for row in points)


def _named(meeting, people, start=True, without_titles=()):
    """ "Đồng chí A, chức danh; đồng chí B": persons with their titles of that day, units by their names."""
    is_comrade = meeting.bloc_year.bloc.kind in _COMRADES
    names = []
    for row in people:
        if row.person_name:
            prefix = "đồng chí " if is_comrade else ""
            titles = [] if row.person_name in without_titles else row.titles
            names.append(", ".join([f"{prefix}{row.person_name}", *titles]))
        else:
            names.append(f"lãnh đạo {row.unit}")
    text = "; ".join(names[:-1]) + f" và {names[-1]}" if len(names) > 1 else names[0]
    return _capital(text) if start else text


def _in_words_of(meeting, heading):
    """A cụm has a cụm trưởng."""
    word = meeting.bloc_year.bloc.get_word_display().lower()
    return heading if word == "khối" else heading.replace("Khối trưởng, khối phó", f"{word.capitalize()} trưởng, {word} phó")


def _sentence_case(text):
    """Minutes often carry their title in capitals; stored text is in normal case, the page may set capitals."""
    return _capital(text.lower()) if text.isupper() else text


def _as_sentence(text):
    return f"{_capital(_bare(text))}."


def _bare(text):
    return " ".join(text.split()).rstrip(" .;,")


def _capital(text):
    return text[:1].upper() + text[1:]


def _join(parts):
    """ "a, b và c"."""
    return ", ".join(parts[:-1]) + f" và {parts[-1]}" if len(parts) > 1 else parts[0]
