"""The covenants of the Phú Thọ bloc: that of 2021 signed, confirmed and issued, that of 2022 waiting for three units."""

from datetime import timedelta

from django.utils import timezone

from blocs.documents import CovenantPaper
from blocs.enums import ResultStage
from blocs.models import CovenantItem
from blocs.reports import last_revision
from blocs.services import (
    ItemInput,
    ResultInput,
    record_signatures,
    save_covenant,
    save_movements,
    save_results,
    send_covenant,
    sign_by_click,
    sign_with_certificate,
)
from blocs.tasks import confirm_covenant
from documents.services import issue_document
from portal.demo import facts
from portal.demo.pki import key_file, make_keys

# So many days the visitor has left to sign.
DAYS_TO_SIGN = 10


def enter_covenant_2021(bloc_year, by):
    """Fifteen ink signatures, the confirmation, the paper for the public, and what became of the targets."""
    version = _send(bloc_year, by)
    record_signatures(version=version, rows=_on_paper(version.signatures.all()), by=by)
    version.refresh_from_db()
    confirm_covenant.call(version.pk, by.pk)
    issue_document(
        form=CovenantPaper(version),
        subject=version.covenant,
        issued_on=version.signed_on,
        is_public=True,
        made=_bytes_of(last_revision(version)),
        code=version.code,
        by=by,
    )
    save_movements(
        bloc_year=bloc_year,
        rows=[{"name": name, "launched_by": launched_by, "unit": None} for name, launched_by in facts.MOVEMENTS],
        by=by,
    )
    _results(bloc_year, version, by)


def enter_covenant_2022(bloc_year, people):
    """Signed in all three ways by twelve units; Báo Phú Thọ, the unit of `donvi`, is one of the three to come."""
    leader = people["phokhoi"]
    version = _send(bloc_year, leader, sign_by=timezone.localdate() + timedelta(days=DAYS_TO_SIGN))
    lines = {row.unit.name: row for row in version.signatures.select_related("unit")}
    make_keys([facts.SIGNS_BY_CERTIFICATE, facts.SIGNS_NEXT], by=people["quantri"])
    names = dict(zip((name for name, *_ in facts.MEMBERS), facts.SIGNERS, strict=True))
    sign_with_certificate(
        signature=lines[facts.SIGNS_BY_CERTIFICATE],
        by=people["thuky"],
        signer_name=names[facts.SIGNS_BY_CERTIFICATE],
        signer_title=facts.SIGNER_TITLE,
        pkcs12=key_file(facts.SIGNS_BY_CERTIFICATE).read_bytes(),
        passphrase=facts.PASSWORD,
        password=facts.PASSWORD,
    )
    sign_by_click(
        signature=lines[facts.SIGNS_BY_CLICK],
        by=leader,
        signer_name=names[facts.SIGNS_BY_CLICK],
        signer_title=facts.SIGNER_TITLE,
        seen_sha256=last_revision(version).sha256,
        password=facts.PASSWORD,
    )
    others = {facts.SIGNS_BY_CERTIFICATE, facts.SIGNS_BY_CLICK, facts.SIGNS_NEXT, *facts.STILL_WAITING}
    record_signatures(version=version, rows=_on_paper(row for name, row in lines.items() if name not in others), by=leader)


def _send(bloc_year, by, sign_by=None):
    """Written and sent for signing with its file, the names of the signers in its blocks."""
    slug = bloc_year.year.slug
    day, place = facts.COVENANT_SIGNED[slug]
    version = save_covenant(
        bloc_year=bloc_year,
        by=by,
        theme=facts.THEMES[slug],
        grounds=facts.COVENANT_GROUNDS,
        undertaking=facts.COVENANT_UNDERTAKING,
        place=place,
        signed_on=day,
        items=[ItemInput(text, heading, *target) for heading, text, *target in facts.COVENANT_ITEMS],
    )
    units = [row.unit for row in bloc_year.memberships]
    rows = enumerate(zip(units, facts.SIGNERS, strict=True), 1)
    signers = [(unit, position, name, facts.SIGNER_TITLE) for position, (unit, name) in rows]
    return send_covenant(version=version, by=by, paper=CovenantPaper(version, signers), sign_by=sign_by, signers=signers)


def _on_paper(signatures):
    """Each line as its signer signed it at the conference."""
    return [(row, row.signer_name, row.signer_title, row.version.signed_on) for row in signatures]


def _results(bloc_year, version, by):
    """What the bloc as a whole reached at mid-year and at the end of the year."""
    items = {item.text: item for item in CovenantItem.objects.filter(version=version)}
    for stage in ResultStage:
        results = [ResultInput(items[text].pk, *facts.TARGET_RESULTS[text][stage]) for text in facts.TARGET_RESULTS]
        save_results(bloc_year=bloc_year, stage=stage, results=results, by=by)


def _bytes_of(revision):
    with revision.file.storage.open(revision.file.name) as stored:
        return stored.read()
