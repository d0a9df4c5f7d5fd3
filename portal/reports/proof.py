"""What a code printed on a paper proves: the paper, its digests, and what became of it (F93, N23).

The code is the key: who holds a print, or the file itself, learns what stands at the head of that paper, its digests and
whether it still holds. Nobody learns here what the paper says, who may read it, or anything of a paper without its code;
codes have 79 bits and wrong ones are counted (portal.views.proof).
"""

import re
from dataclasses import dataclass, field, replace

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, Q
from django.urls import reverse

from blocs.enums import CovenantState, SignatureState
from blocs.models import Covenant, CovenantRevision, CovenantVersion
from common.permissions import may
from common.templatetags.vi import dem
from documents.models import IssuedDocument
from documents.reports import is_stored_as

# Four letters a group, as printed; former codes may have other groups, so what was typed is tried first.
_GROUP = 4
LONGEST = 40


@dataclass(frozen=True)
class ProofFile:
    """One file that is this paper. `is_intact`: what we keep is still that file, None where it was not asked.

    `is_open`: the last one so far of a covenant that waits for signatures.
    """

    label: str
    sha256: str
    is_official: bool = False
    is_earlier: bool = False
    is_open: bool = False
    is_intact: bool | None = None


@dataclass(frozen=True)
class Link:
    label: str
    url: str = ""


@dataclass(frozen=True)
class Proof:
    """What the page says. `standing` is in force, replaced or being signed; `read_url` only for who may read the file."""

    code: str
    title: str
    kind: str
    standing: str
    tone: str
    number: str = ""
    issued_on: object = None
    issuer: str = ""
    signing: str = ""
    files: tuple = ()
    replaced_by: Link | None = None
    replaces: tuple = ()
    related: tuple = ()
    read_url: str = ""

    @property
    def is_broken(self):
        return any(file.is_intact is False for file in self.files)


@dataclass(frozen=True)
class Verdict:
    """What a file is beside a paper; `other` is the paper it belongs to where that is another one."""

    tone: str
    title: str
    text: str
    other: Link | None = None
    notes: list = field(default_factory=list)


def canonical(typed):
    """A code or the whole address as somebody typed it: "ABCD efgh…" is "abcd-efgh-…"."""
    last = str(typed or "").strip().rstrip("/").rsplit("/", 1)[-1]
    plain = re.sub(r"[^a-z0-9]", "", last.lower())[:LONGEST]
    return "-".join(plain[at : at + _GROUP] for at in range(0, len(plain), _GROUP))


def proof_url(code):
    return reverse("portal:proof", args=[code])


def proof_by_code(code, user):
    """The Proof of a code for one reader, or None where no paper bears it."""
    document = IssuedDocument.objects.filter(code=code).select_related("issuer", "superseded_by").first()
    version = CovenantVersion.objects.filter(code=code).exclude(code="").select_related("covenant__bloc_year").first()
    if document is None and version is None:
        return None
    revisions = list(version.revisions.order_by("number")) if version else []
    if document is None:
        return _of_covenant(version, revisions)
    proof = _of_document(document, user)
    if version:
        proof = replace(proof, files=_merged(proof.files, _revision_files(revisions)), **_signing(version))
    if isinstance(document.subject, Covenant):
        proof = replace(proof, related=_related(document.subject, document.code, document.form))
    return proof


def _of_document(document, user):
    newer = document.superseded_by
    kind = document.values.get("paper", {}).get("type_name", "") if isinstance(document.values, dict) else ""
    may_read = may(user, "documents.view_issueddocument", document)
    return Proof(
        code=document.code,
        title=document.title,
        kind=kind,
        number=document.number,
        issued_on=document.issued_on,
        issuer=document.issuer.name if document.issuer else "",
        standing="Đã được thay thế" if newer else "Còn hiệu lực",
        tone="warn" if newer else "ok",
        files=tuple(_document_files(document)),
        replaced_by=_link(newer) if newer else None,
        replaces=tuple(_link(row) for row in document.supersedes.order_by("issued_on", "pk")),
        read_url=reverse("documents:issued-file", args=[document.code]) if may_read else "",
    )


def _document_files(document):
    if document.signed_file:
        intact = is_stored_as(document.signed_file, document.signed_sha256)
        yield ProofFile("Bản đã ký, đóng dấu", document.signed_sha256, is_official=True, is_intact=intact)
    label = "Bản do hệ thống lập, chưa ký" if document.signed_file else "Bản ban hành"
    intact = is_stored_as(document.file, document.sha256)
    yield ProofFile(label, document.sha256, is_official=not document.signed_file, is_intact=intact)


def _of_covenant(version, revisions):
    """A covenant that was sent for signing: its file bears the code although nobody has issued it yet."""
    is_replaced = version.state == CovenantState.REPLACED
    newer = version.covenant.versions.filter(number__gt=version.number).exclude(code="").order_by("number").first()
    standing = {
        CovenantState.SIGNING: ("Đang lấy chữ ký", "waiting"),
        CovenantState.SIGNED: ("Đã ký đủ", "ok"),
        CovenantState.REPLACED: ("Đã được thay thế", "warn"),
    }.get(version.state, ("Bản thảo", "neutral"))
    older = version.covenant.versions.filter(number__lt=version.number).exclude(code="").order_by("number")
    return Proof(
        code=version.code,
        title=_title_of(version),
        kind="Bản giao ước",
        standing=standing[0],
        tone=standing[1],
        files=tuple(_revision_files(revisions, is_open=version.state == CovenantState.SIGNING))[::-1],
        replaced_by=_version_link(newer) if is_replaced and newer else None,
        replaces=tuple(_version_link(row) for row in older),
        related=_related(version.covenant, version.code),
        **_signing(version),
    )


def _title_of(version):
    bloc_year = version.covenant.bloc_year
    return f"Giao ước thi đua {bloc_year.year.title.lower()} – {bloc_year.bloc_name}, bản số {version.number}"


def _signing(version):
    rows = version.signatures.exclude(state=SignatureState.RELEASED)
    counts = rows.aggregate(total=Count("pk"), signed=Count("pk", filter=Q(state=SignatureState.SIGNED)))
    signing = f"{dem(counts['signed'])}/{dem(counts['total'])} đơn vị đã ký"
    return {"signing": f"{signing}; ngày ký kết {version.signed_on:%d/%m/%Y}" if version.signed_on else signing}


def _revision_files(revisions, *, is_open=False):
    """Every certificate signature appends a revision, so its number is how many units have signed with one."""
    last = len(revisions) - 1
    for place, row in enumerate(revisions):
        label = f"Bản có chữ ký số của {dem(row.number)} đơn vị" if row.number else "Bản gửi các đơn vị ký"
        is_last = place == last
        intact = is_stored_as(row.file, row.sha256) if is_last else None
        yield ProofFile(
            label, row.sha256, is_official=is_last, is_earlier=not is_last, is_open=is_last and is_open, is_intact=intact
        )


def _merged(files, revisions):
    """The same file is named once; a covenant's revision says more than the paper that was issued of it.

    Where a scan with ink signatures came back, that one is official and no revision is.
    """
    revisions = list(revisions)
    known = {row.sha256 for row in revisions}
    own = [file for file in files if file.sha256 not in known]
    if any(file.is_official for file in own):
        revisions = [replace(row, is_official=False) for row in revisions]
    return (*own, *revisions[::-1])


def _link(document):
    label = f"{document.title}, số {document.number}" if document.number else document.title
    return Link(f"{label}, ngày {document.issued_on:%d/%m/%Y}", proof_url(document.code))


def _version_link(version):
    return Link(f"bản giao ước số {version.number}", proof_url(version.code))


def _related(covenant, own_code="", own_form=""):
    """Other papers in force of the same covenant: the confirmation of its signatures, and the covenant itself."""
    of_covenant = Q(subject_type=ContentType.objects.get_for_model(Covenant), subject_id=covenant.pk)
    rows = IssuedDocument.objects.filter(of_covenant, superseded_by=None).exclude(code=own_code)
    rows = list(rows.exclude(form=own_form).order_by("issued_on", "pk") if own_form else rows.order_by("issued_on", "pk"))
    found = [_link(row) for row in rows]
    version = covenant.versions.exclude(code="").exclude(state=CovenantState.REPLACED).order_by("-number").first()
    if version and version.code not in {own_code, *[row.code for row in rows]}:
        found.append(_version_link(version))
    return tuple(found)


# A file beside the paper


def judge(sha256, *, is_pdf, proof=None):
    """The Verdict on a file with this digest, beside the paper of `proof`, or with none among all papers."""
    for file in proof.files if proof else ():
        if file.sha256 == sha256:
            return _same(file, proof)
    other = _paper_with(sha256)
    if other and proof:
        return Verdict(
            "bad",
            "Không phải văn bản này",
            "Tệp bạn chọn trùng khớp từng bit với một văn bản khác của hệ thống:",
            other,
        )
    if other:
        return Verdict("ok", "Tệp này do hệ thống phát hành", "Tệp trùng khớp từng bit với văn bản:", other)
    text = "Tệp khác bản hệ thống đang giữ: có thể đã bị sửa, in lại, quét lại hoặc lưu lại bằng phần mềm khác."
    if proof is None:
        text = "Không văn bản nào trong hệ thống trùng khớp từng bit với tệp này. Hãy nhập mã in trên văn bản để đối chiếu."
    if not is_pdf:
        text = f"Tệp này không phải là PDF nên không thể là văn bản do hệ thống phát hành. {text}"
    return Verdict("bad", "Không trùng khớp", text)


def _same(file, proof):
    notes = [f"Văn bản này đã được thay thế bằng {proof.replaced_by.label}."] if proof.replaced_by else []
    if file.is_earlier:
        text = f"Tệp trùng khớp từng bit với {_lower(file.label)}. Sau đó đã có thêm chữ ký; hãy dùng bản mới nhất."
        return Verdict("warn", "Đúng văn bản này, nhưng là bản trước", text, notes=notes)
    if not file.is_official:
        text = f"Tệp trùng khớp từng bit với {_lower(file.label)}. Bản chính thức là bản đã ký, đóng dấu."
        return Verdict("ok", "Đúng văn bản này", text, notes=notes)
    return Verdict("ok", "Đúng văn bản này", f"Tệp trùng khớp từng bit với {_lower(file.label)}.", notes=notes)


def _paper_with(sha256):
    document = IssuedDocument.objects.filter(Q(sha256=sha256) | Q(signed_sha256=sha256)).order_by("pk").first()
    if document:
        return _link(document)
    revisions = CovenantRevision.objects.filter(sha256=sha256).exclude(version__code="")
    row = revisions.select_related("version__covenant__bloc_year").order_by("pk").first()
    return Link(_title_of(row.version), proof_url(row.version.code)) if row else None


def _lower(text):
    return text[:1].lower() + text[1:]
