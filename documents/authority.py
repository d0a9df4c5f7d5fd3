"""In whose name a person signs, and how that is written (DOC-19, PTY-4)."""

from django.db.models import TextChoices

from documents.enums import LetterheadProfile


class SigningAuthority(TextChoices):
    """The words before the body or post that the signer stands for."""

    DIRECT = "", "Ký trực tiếp"
    COLLECTIVE = "TM.", "TM. – thay mặt tập thể"
    ACTING = "Q.", "Q. – quyền cấp trưởng"
    DEPUTY = "KT.", "KT. – ký thay cấp trưởng"
    BY_ORDER = "TL.", "TL. – thừa lệnh"
    DELEGATED = "TUQ.", "TUQ. – thừa ủy quyền"


# Party papers write a slash, and a deputy signs without "K/T" (PTY-4).
_PARTY = {
    SigningAuthority.COLLECTIVE: "T/M",
    SigningAuthority.DEPUTY: "",
    SigningAuthority.BY_ORDER: "T/L",
    SigningAuthority.DELEGATED: "T/UQ",
}


def authority_line(authority, body, profile=LetterheadProfile.STATE):
    """ "TM. Khối thi đua", "KT. Chủ tịch"; in a Party paper "T/M Ban Thường vụ". Nothing for who signs directly."""
    if not authority or not body:
        return ""
    if profile == LetterheadProfile.PARTY and authority in _PARTY:
        return f"{_PARTY[authority]} {body}" if _PARTY[authority] else ""
    return f"{authority} {body}"


def signature_of(values, profile=LetterheadProfile.STATE):
    """The signature block of a paper from what `documents.forms.SignatureFields` was filled with."""
    return {
        "authority": authority_line(values.get("sign_authority", ""), values.get("sign_for", ""), profile),
        "post": values.get("sign_post", ""),
        "second_post": values.get("sign_second_post", ""),
        "name": values.get("sign_name", ""),
    }
