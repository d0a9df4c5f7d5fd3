"""The covenants of real blocs (cases 26, 28, 38, 46, 48, 55) entered, sent and signed through the pages, and read back."""

from datetime import date
from decimal import Decimal

import pytest
from django.urls import reverse

from blocs.enums import CovenantState, SignatureState
from blocs.ledger import ledger_of
from blocs.models import CovenantVersion
from blocs.target_words import target_words
from tests.data.covenants import COVENANTS
from tests.documents.reading import text_of
from tests.factories.blocs import (
    BlocFactory,
    BlocOfficeFactory,
    BlocYearFactory,
    EmulationYearFactory,
    MembershipFactory,
    UnitFactory,
    staff_of,
)
from tests.filled_form import rows, send_form

pytestmark = [pytest.mark.django_db, pytest.mark.slow]
TITLE = "Đại diện lãnh đạo đơn vị"


def bloc_year_of(case):
    """The bloc in its year with the named members, and as many unnamed ones as the news counts."""
    starts_on = date(case.year, 1, 1)
    bloc = BlocFactory(
        slug=f"truong-hop-{case.case}",
        name=case.bloc,
        word=case.word,
        kind=case.kind,
        province=case.province,
        founded_on=starts_on,
    )
    names = [*case.members]
    names += [f"Cơ quan thành viên thứ {number}" for number in range(len(names) + 1, case.signers + 1)]
    for position, name in enumerate(names, 1):
        unit = UnitFactory(name=name, province=case.province)
        MembershipFactory(bloc=bloc, unit=unit, position=position, starts_on=starts_on)
        if name == (case.leader or names[0]):
            leader = unit
    bloc_year = BlocYearFactory(bloc=bloc, year=EmulationYearFactory(slug=str(case.year)))
    BlocOfficeFactory(bloc_year=bloc_year, unit=leader)
    return bloc_year, leader


@pytest.mark.parametrize("case", COVENANTS, ids=lambda case: case.case)
def test_a_real_covenant_goes_through_the_pages_and_reads_back_the_same(client, case):
    bloc_year, leader = bloc_year_of(case)
    client.force_login(staff_of(leader))

    def at(name):
        return reverse(f"blocs:{name}", args=[bloc_year.bloc.slug, str(case.year)])

    # Written.
    fields = ("qualifier", "value", "unit_of_measure")
    contents = [
        {"heading": item.heading, "text": item.text, **dict(zip(fields, item.typed, strict=True))} for item in case.items
    ]
    day = f"{case.signed_on:%d/%m/%Y}" if case.signed_on else ""
    typed = {"theme": case.theme, "grounds": "\n".join(case.grounds), "place": case.place, "signed_on": day}
    assert send_form(client, at("covenant-edit"), **typed, **rows("noi-dung", *contents)).status_code == 302
    version = CovenantVersion.objects.get(covenant__bloc_year=bloc_year)
    assert (version.theme, version.place, version.signed_on) == (case.theme, case.place, case.signed_on)
    assert version.grounds.splitlines() == list(case.grounds)
    saved = [
        (item.heading, item.text, item.qualifier, item.value, item.unit_of_measure, target_words(item))
        for item in version.items.all()
    ]
    assert saved == [
        (
            item.heading,
            item.text,
            item.typed[0],
            Decimal(item.typed[1]) if item.typed[1] else None,
            item.typed[2],
            item.words,
        )
        for item in case.items
    ]

    # Sent: one line per unit, and the file reads back equal to the records.
    assert send_form(client, at("covenant-send"), order="any").status_code == 302
    version.refresh_from_db()
    assert (version.state, version.signatures.count()) == (CovenantState.SIGNING, case.signers)
    text = text_of(b"".join(client.get(at("covenant-pdf")).streaming_content))
    assert case.bloc.upper() in text
    assert f"Năm {case.year}" in text
    for part in (case.theme, case.place and f"Tại {case.place}, các đơn vị thành viên", *case.grounds):
        assert part in text
    # The date stands after the địa danh, never after the venue (DOC-10).
    dated = [place for place in (case.province, case.place) if place and f"{place}, ngày" in text]
    assert dated == ([case.province] if case.province else [])
    for item in case.items:
        assert item.text in text
        assert not item.words or f"Chỉ tiêu: {item.words}." in text
    for row in version.signatures.select_related("unit"):
        assert row.unit.name.upper() in text

    # Signed by all; the targets stand in the ledger with their words.
    ticks = {f"ky-{row.pk}-is_signed": "on" for row in version.signatures.all()}
    signed_on = day or f"31/12/{case.year}"
    together = {"same_date": signed_on, "same_title": TITLE}
    assert send_form(client, at("covenant-sign"), **together, **ticks).status_code == 302
    version.refresh_from_db()
    assert version.state == CovenantState.SIGNED
    assert version.signatures.filter(state=SignatureState.SIGNED, signer_title=TITLE).count() == case.signers
    words = [item.words for item in case.items if item.words]
    assert [row.target for row in ledger_of(bloc_year).rows] == words
    page = client.get(at("targets")).content.decode()
    assert all(word in page for word in words)
