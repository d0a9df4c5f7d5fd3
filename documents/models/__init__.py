"""Official papers: those made elsewhere (`Paper`), those issued here (`IssuedDocument`), and what both need."""

from documents.models.batches import PaperBatch, PaperBatchItem
from documents.models.issued import IssuedDocument, PaperDraft
from documents.models.issuers import Issuer, IssuerPlace, IssuerTerm, NumberSeries
from documents.models.papers import Paper, PaperQuerySet
from documents.models.roots import TrustRoot

__all__ = [
    "IssuedDocument",
    "Issuer",
    "IssuerPlace",
    "IssuerTerm",
    "NumberSeries",
    "Paper",
    "PaperBatch",
    "PaperBatchItem",
    "PaperDraft",
    "PaperQuerySet",
    "TrustRoot",
]
