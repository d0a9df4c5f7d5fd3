"""What stands at the top of a paper and is repeated in its symbol: who issues it, under whom, where, in whose form."""

import re
from dataclasses import asdict, dataclass

from documents.enums import LetterheadProfile

_PARTY = LetterheadProfile.PARTY.value
# The end of a text in a State paper; a Party paper ends with a full stop (PTY-4).
_END_MARK = re.compile(r"\./\.(?=\s*</)")


@dataclass(frozen=True)
class Letterhead:
    """Phần đầu văn bản: names as the register has them; capitals are the template's business.

    `profile` chooses the template `documents/paper/_letterhead_<profile>.html`. Papers that go to a State council use
    the State profile whoever leads the bloc (OPQ-8, PTY-5).
    """

    issuing_name: str
    superior_name: str = ""
    symbol: str = ""
    place: str = ""
    profile: str = LetterheadProfile.STATE.value

    @classmethod
    def of(cls, issuer, profile=None):
        """From the register of issuers; `profile` overrides the issuer's own."""
        return cls(
            issuing_name=issuer.name,
            superior_name=issuer.superior_name,
            symbol=issuer.symbol,
            place=issuer.place,
            profile=str(LetterheadProfile(profile or issuer.profile).value),
        )

    def as_values(self):
        """Plain data, to be frozen with the paper."""
        return asdict(self)


def full_symbol(type_abbreviation, letterhead, *, is_letter=False):
    """What follows the number: "TTr-KTĐ" (DOC-9), in a Party paper "TTr/BTC" (PTY-3); a công văn has no type (DOC-26).

    A Party body writes "CV" for a công văn.
    """
    is_party = letterhead is not None and letterhead.profile == _PARTY
    kind = "CV" if is_party and is_letter else type_abbreviation
    return ("/" if is_party else "-").join(part for part in (kind, letterhead.symbol if letterhead else "") if part)


def full_number(number, symbol, profile=LetterheadProfile.STATE.value):
    """ "5" and "TTr-KTĐ" give "05/TTr-KTĐ" (DOC-9), in a Party paper "5" and "TTr/BTC" give "05-TTr/BTC" (PTY-3).

    What already has its symbol keeps it; "" stays a draft.
    """
    running, mark, rest = re.fullmatch(r"([^/-]*)([/-]?)(.*)", str(number or "").strip(), re.DOTALL).groups()
    running = running.strip()
    if running.isdecimal():
        running = f"{int(running):02d}"
    if mark:
        return f"{running}{mark}{rest}"
    return f"{running}{number_mark(profile)}{symbol}" if running and symbol else running


def number_mark(profile):
    """What stands between the number and its symbol."""
    return "-" if profile == _PARTY else "/"


def profile_of(paper):
    """The form a frozen paper is laid out in; without letterhead that of the State."""
    head = (paper or {}).get("letterhead")
    return head["profile"] if head else LetterheadProfile.STATE.value


def in_its_form(html, paper):
    """The page as its form ends texts: "./.", in a Party paper "." (PTY-4)."""
    return _END_MARK.sub(".", html) if profile_of(paper) == _PARTY else html


def authority_words(text, profile):
    """ "TM. Ban Thường vụ"; a Party body writes "T/M Ban Thường vụ" and no "KT." for a deputy (PTY-4)."""
    text = str(text or "")
    if profile != _PARTY:
        return text
    if re.match(r"KT\.|K/T\b", text):
        return ""
    return re.sub(r"^T([ML])\.\s*", r"T/\1 ", text)


def kept_by(line, paper):
    """The last line of Nơi nhận: "Lưu: VT, BTC"; a Party body writes "Lưu BTC" (PTY-4)."""
    if profile_of(paper) != _PARTY or not (found := re.match(r"Lưu\s*:?\s*(.*)", line)):
        return line
    places = [part.strip() for part in found[1].split(",")]
    kept = ", ".join(part for part in places if part and part not in ("VT", "Văn thư"))
    return f"Lưu {kept or paper['letterhead']['symbol'] or 'Văn phòng'}"
