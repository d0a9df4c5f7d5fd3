"""Why a signed file or a certificate is refused: a code for the caller, a sentence for the signer."""

from enum import StrEnum

from common.errors import DomainError


class Refusal(StrEnum):
    """What is wrong; the sentence beside it says with which unit, field or certificate, and what to do."""

    # The upload as a file.
    NOT_PDF = "not_pdf"
    ENCRYPTED = "encrypted"
    TOO_LARGE = "too_large"
    BROKEN = "broken"
    CUT_OFF = "cut_off"
    # The upload beside the last revision.
    UNCHANGED = "unchanged"
    STALE = "stale"
    ANOTHER_FILE = "another_file"
    RE_SAVED = "re_saved"
    TAMPERED = "tampered"
    # What was added.
    UNSIGNED = "unsigned"
    NO_SUCH_FIELD = "no_such_field"
    ALREADY_SIGNED = "already_signed"
    WRONG_ORDER = "wrong_order"
    ANOTHER_FIELD = "another_field"
    SEVERAL_FIELDS = "several_fields"
    FIELD_REMOVED = "field_removed"
    FIELD_ADDED = "field_added"
    PAGE_ADDED = "page_added"
    PAGE_REMOVED = "page_removed"
    CHANGED = "changed"
    CHANGED_AFTER = "changed_after"
    SEVERAL_STEPS = "several_steps"
    CERTIFIED = "certified"
    TIMESTAMP_ONLY = "timestamp_only"
    NOT_WHOLE_FILE = "not_whole_file"
    INVALID = "invalid"
    WEAK_DIGEST = "weak_digest"
    FUTURE_TIME = "future_time"
    # The certificate.
    NOT_CERTIFICATE = "not_certificate"
    WRONG_UNIT = "wrong_unit"
    NO_ROOTS = "no_roots"
    FOREIGN_ROOT = "foreign_root"
    SELF_SIGNED = "self_signed"
    EXPIRED = "expired"
    NOT_YET_VALID = "not_yet_valid"
    AUTHORITY_EXPIRED = "authority_expired"
    NOT_FOR_SIGNING = "not_for_signing"
    WEAK_KEY = "weak_key"
    # The key file.
    NOT_PKCS12 = "not_pkcs12"
    WRONG_PASSPHRASE = "wrong_passphrase"  # noqa: S105  a reason, no secret
    NO_KEY = "no_key"
    NO_CERTIFICATE = "no_certificate"


class SignatureRefused(DomainError):
    """The signature is not taken; `code` is a `Refusal`, the message a sentence to show as it is."""

    status = 422

    def __init__(self, code, message, *, subject=None):
        super().__init__(message, subject=subject)
        self.code = code
