"""Who may read a paper. What it is about lies in an app above, so the question is passed on to that record."""

import rules

from common.permissions import may
from documents.enums import PaperCustody


@rules.predicate
def is_public_paper(user, paper=None):
    return paper is not None and paper.is_public


@rules.predicate
def may_view_its_record(user, document=None):
    """Whoever may see the proposal, the meeting, the covenant may read what was issued for it."""
    record = document.subject if document is not None else None
    return record is not None and may(user, f"{record._meta.app_label}.view_{record._meta.model_name}", record)


@rules.predicate
def is_sealed(user, paper=None):
    """Belongs to a decision that is not published yet; only the page of that decision shows it."""
    return paper is not None and paper.custody == PaperCustody.SEALED


@rules.predicate
def might_issue_it(user, document=None):
    """Whoever may issue this form for the record may bring back its signed version."""
    return document is not None and bool(document.permission) and may(user, document.permission, document.subject)


@rules.predicate
def is_own_batch(user, batch=None):
    return batch is not None and user.is_authenticated and user.is_active and batch.created_by_id == user.pk


@rules.predicate
def is_active_account(user, obj=None):
    return user.is_authenticated and user.is_active


# A Paper is an official paper, known to every office that works here; an IssuedDocument belongs to its record.
rules.add_perm("documents.view_paper", ~is_sealed & (is_public_paper | rules.is_authenticated))
rules.add_perm("documents.view_issueddocument", is_public_paper | may_view_its_record)
rules.add_perm("documents.add_signed_file", might_issue_it)
rules.add_perm("documents.view_paperbatch", is_own_batch)
# Any account: what stands in a batch is what its pages have shown to it.
rules.add_perm("documents.start_paperbatch", is_active_account)
