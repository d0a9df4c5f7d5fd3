"""Packing a dossier: one ZIP in a temporary file, with an index to read and the digests to check (F96)."""

import hashlib
import tempfile
import zipfile
from contextlib import contextmanager
from dataclasses import dataclass

from django.utils import timezone

from common.errors import DomainError
from common.text import slugify_vi
from documents.printed import PrintedForm
from portal.reports.dossier import Entry

INDEX, SUMS = "00-muc-luc.pdf", "SHA256SUMS.txt"
_CHUNK = 1024 * 1024
# What a name in the archive may hold of the title, so that the whole path opens on every computer.
_LONGEST = 70
_SHORT = 16


class DossierIndex(PrintedForm):
    """Mục lục hồ sơ: what lies in the archive, and what is missing."""

    code = "muc-luc-ho-so"
    template_name = "portal/paper/dossier_index.html"
    type_name = "Mục lục hồ sơ"

    def __init__(self, subject, packed, *, by, at):
        self.subject, self.packed, self.by, self.at = subject, packed, by, at

    def get_subject(self):
        return self.subject

    def get_values(self):
        return {
            "by": str(self.by),
            "at": f"{self.at.hour} giờ {self.at.minute:02d} phút, ngày {self.at:%d/%m/%Y}",
            "count": sum(1 for row in self.packed if row.sha256),
            "missing": sum(1 for row in self.packed if not row.sha256),
            "rows": [row.as_values() for row in self.packed],
        }


@dataclass(frozen=True)
class Packed:
    """An Entry as it lies in the archive; without `sha256` it does not, and `problem` says why."""

    entry: Entry
    path: str
    sha256: str = ""
    problem: str = ""

    def as_values(self):
        entry = self.entry
        return {
            "title": entry.title,
            "note": "; ".join(part for part in (entry.note, self.problem) if part),
            "number": entry.number,
            "on": entry.on,
            "issuer": entry.issuer,
            "path": self.path if self.sha256 else "",
            "sha256": self.sha256[:_SHORT],
        }


def pack(entries, *, subject, by):
    """A temporary file with the ZIP, at its beginning; it goes when it is closed.

    Files are copied piece by piece, so that a dossier of hundreds of megabytes takes no memory. A file that is lost or
    cannot be made is named in the index instead of stopping the rest.
    """
    archive = tempfile.TemporaryFile(prefix="ho-so-")  # noqa: SIM115  the answer closes it when it has been sent
    try:
        with zipfile.ZipFile(archive, "w") as book:
            packed = [_add(book, entry, _path(number, entry)) for number, entry in enumerate(entries, 1)]
            at = timezone.localtime()
            index = DossierIndex(subject, packed, by=by, at=at).pdf(issued_on=at.date())
            _write(book, INDEX, [index])
            sums = [(hashlib.sha256(index).hexdigest(), INDEX)]
            sums += [(row.sha256, row.path) for row in packed if row.sha256]
            _write(book, SUMS, ["".join(f"{digest}  {path}\n" for digest, path in sums).encode()])
    except BaseException:
        archive.close()
        raise
    archive.seek(0)
    return archive


def _path(number, entry):
    """A plain name, whatever the title holds: letters, digits, hyphens; its number makes it the only one."""
    words = "-".join(part for part in (slugify_vi(entry.title)[:_LONGEST].strip("-"), slugify_vi(entry.number)[:30]) if part)
    return f"{entry.folder}/{number:03d}-{words or 'van-ban'}{entry.suffix}"


def _add(book, entry, path):
    try:
        with _opened(entry) as chunks:
            digest = _write(book, path, chunks)
    except FileNotFoundError:
        return Packed(entry, path, problem="tệp không còn trên hệ thống")
    except DomainError as refusal:
        return Packed(entry, path, problem=f"không tạo được: {refusal.message}")
    if digest is None:
        return Packed(entry, path)
    changed = entry.sha256 and entry.sha256 != digest
    return Packed(entry, path, digest, "tệp lưu trữ sai lệch so với khi ban hành" if changed else "")


@contextmanager
def _opened(entry):
    """The bytes of an entry, piece by piece; None where there is no file."""
    if entry.stored:
        with entry.stored.storage.open(entry.stored.name) as stored:
            yield iter(lambda: stored.read(_CHUNK), b"")
    else:
        yield [entry.make()] if entry.make else None


def _write(book, path, chunks):
    """Put them under that name; their SHA-256, or None where there are none."""
    if chunks is None:
        return None
    digest = hashlib.sha256()
    info = zipfile.ZipInfo(path, date_time=timezone.localtime().timetuple()[:6])
    info.compress_type = zipfile.ZIP_STORED if path.endswith(".pdf") else zipfile.ZIP_DEFLATED
    info.external_attr = 0o644 << 16
    with book.open(info, "w", force_zip64=True) as target:
        for chunk in chunks:
            digest.update(chunk)
            target.write(chunk)
    return digest.hexdigest()
