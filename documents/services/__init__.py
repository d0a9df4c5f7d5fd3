"""Every write about papers: issued, numbered, drafted, made in batches."""

from documents.services.batches import BatchPaper, cancel_batch, start_batch
from documents.services.drafts import save_draft
from documents.services.issuing import add_signed_file, issue_document, new_code, proof_of
from documents.services.numbering import set_last_number

__all__ = [
    "BatchPaper",
    "add_signed_file",
    "cancel_batch",
    "issue_document",
    "new_code",
    "proof_of",
    "save_draft",
    "set_last_number",
    "start_batch",
]
