"""In whose name a person signs, and how that is written (DOC-19)."""

import re

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


def signature_fields(signature):
    """The other way round: what the fields begin with, from the signature block that the records give."""
    marks = "|".join(re.escape(value) for value in SigningAuthority.values if value)
    authority, body = re.fullmatch(rf"({marks})?\s*(.*)", signature.get("authority") or "").groups()
    return {
        "sign_authority": authority or "",
        "sign_for": body,
        "sign_post": signature.get("post") or "",
        "sign_second_post": signature.get("second_post") or "",
        "sign_name": signature.get("name") or "",
    }


class SignedBy:
    """A PrintedForm with another signer than the records say: a deputy who signs for the head, somebody newly in office."""

    def __init__(self, paper, signature):
        self._paper, self._signature = paper, signature

    def __getattr__(self, name):
        return getattr(self._paper, name)

    def frozen(self, number="", issued_on=None, proof=None):
        """What the paper freezes, with this signer."""
        frozen = self._paper.frozen(number, issued_on, proof)
        return {**frozen, "values": {**frozen["values"], "signature": self._signature}}
