"""Who may write, see, appraise and decide proposals."""

import rules

from awards.enums import ItemState, ProposalState
from awards.models import CouncilMember
from blocs import rules as blocs_rules
from blocs.scope import scope_of


def of_proposal(predicate):
    """The same predicate, asked about the bloc-year of a letter."""

    @rules.predicate(f"proposal:{predicate.name}")
    def asked(user, proposal=None):
        return proposal is not None and predicate(user, proposal.bloc_year)

    return asked


def of_item(predicate):
    """A predicate on a letter, asked about one of its items."""

    @rules.predicate(f"item:{predicate.name}")
    def asked(user, item=None):
        return item is not None and predicate(user, item.line.proposal)

    return asked


@rules.predicate
def is_council_member(user, obj=None):
    return CouncilMember.objects.has_seat(user)


@rules.predicate
def is_draft(user, proposal=None):
    return proposal is not None and proposal.state == ProposalState.DRAFT


@rules.predicate
def is_received(user, proposal=None):
    return proposal is not None and proposal.state == ProposalState.RECEIVED


@rules.predicate
def works_for_nominee(user, item=None):
    """Nobody judges their own unit (F78); a nominee inside the own unit is named by its unit."""
    return item is not None and item.unit_id is not None and item.unit_id in scope_of(user).unit_ids


@rules.predicate
def is_returned_item(user, item=None):
    return item is not None and item.state == ItemState.RETURNED


works_on = of_proposal(blocs_rules.works_on_bloc_year)
member = of_proposal(blocs_rules.is_member_staff)
follows = of_proposal(blocs_rules.follows)

# The standing agency never sees a unit's draft, unless it enters the year on behalf of the bloc (design §4).
rules.add_perm("awards.view_proposal", works_on | (~is_draft & (member | follows | is_council_member)))
rules.add_perm("awards.change_proposal", works_on & is_draft)
rules.add_perm("awards.submit_proposal", works_on)
rules.add_perm("awards.recall_proposal", works_on)
rules.add_perm("awards.receive_proposal", follows & ~is_draft)
rules.add_perm("awards.appraise_item", of_item(follows & is_received) & ~works_for_nominee)
rules.add_perm("awards.correct_item", of_item(works_on & is_received) & is_returned_item)
rules.add_perm("awards.withdraw_item", of_item(works_on))
rules.add_perm("awards.close_proposal", follows & is_received)
rules.add_perm("awards.decide", blocs_rules.is_standing_agency)
# A decision grants only what came through the standing agency that follows the bloc.
rules.add_perm("awards.decide_item", of_item(follows & is_received))
rules.add_perm("awards.view_board", blocs_rules.is_standing_agency | is_council_member)
rules.add_perm("awards.manage_catalogue", blocs_rules.is_standing_agency)
