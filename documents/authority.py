"""In whose name a person signs, and how that is written (DOC-19)."""

from django.db.models import TextChoices


class SigningAuthority(TextChoices):
    """The words before the body or post that the signer stands for; a Party paper prints them its own way (PTY-4)."""

    DIRECT = "", "Ký trực tiếp"
    COLLECTIVE = "TM.", "TM. – thay mặt tập thể"
    ACTING = "Q.", "Q. – quyền cấp trưởng"
    DEPUTY = "KT.", "KT. – ký thay cấp trưởng"
    BY_ORDER = "TL.", "TL. – thừa lệnh"
    DELEGATED = "TUQ.", "TUQ. – thừa ủy quyền"


def signature_of(values):
    """The signature block of a paper from what `documents.forms.SignatureFields` was filled with."""
    authority, body = values.get("sign_authority", ""), values.get("sign_for", "")
    return {
        "authority": f"{authority} {body}" if authority and body else "",
        "post": values.get("sign_post", ""),
        "second_post": values.get("sign_second_post", ""),
        "name": values.get("sign_name", ""),
    }
