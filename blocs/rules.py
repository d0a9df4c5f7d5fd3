"""Who may do what with the registry, the workplace of a bloc-year, covenants and hand-overs."""

import rules
from django.utils import timezone

from blocs.enums import YearState
from blocs.models import Bloc, Membership
from blocs.scope import (
    follows_bloc,
    has_receiver_account,
    has_secretariat_account,
    leading_unit_ids,
    member_bloc_year_ids,
    scope_of,
    succeeding_unit_ids,
)


@rules.predicate
def is_standing_agency(user, obj=None):
    return scope_of(user).is_standing_agency


@rules.predicate
def is_administrator(user, obj=None):
    """Issues accounts; the state of the work is not theirs (design §4)."""
    return user.is_authenticated and user.is_active and user.is_superuser


@rules.predicate
def is_own_account(user, assignment=None):
    """Nobody gives or prolongs a right of their own."""
    return assignment is not None and assignment.user_id == user.pk


@rules.predicate
def is_within_reach(user, assignment=None):
    """The unit is no other standing agency, and every bloc it belongs to today is one that this agency follows."""
    if assignment is None:
        return False
    scope, unit = scope_of(user), assignment.unit
    if unit.is_standing_agency and unit.pk not in scope.standing_ids:
        return False
    blocs = Bloc.objects.filter(memberships__in=Membership.objects.on(timezone.localdate()).filter(unit=unit))
    return all(follows_bloc(scope, bloc) for bloc in blocs)


@rules.predicate
def follows_this_bloc(user, bloc=None):
    """Staff of the standing agency that follows the bloc itself, whatever the year."""
    return bloc is not None and follows_bloc(scope_of(user), bloc)


@rules.predicate
def follows(user, bloc_year=None):
    """Staff of the standing agency that follows the bloc."""
    return bloc_year is not None and follows_bloc(scope_of(user), bloc_year.bloc)


@rules.predicate
def is_secretariat(user, bloc_year=None):
    """Staff of a unit in office, from its first day until the hand-over is recorded."""
    return bloc_year is not None and bloc_year.pk in scope_of(user).led_ids


@rules.predicate
def is_without_secretariat(user, bloc_year=None):
    """Nobody of the bloc can do the work: no account yet, or history (design §4)."""
    return bloc_year is not None and not has_secretariat_account(bloc_year)


@rules.predicate
def is_year_open(user, bloc_year=None):
    return bloc_year is not None and bloc_year.year.state == YearState.OPEN


@rules.predicate
def is_member_staff(user, bloc_year=None):
    """Staff of a unit that is a member on some day of the year, or held an office in it."""
    return bloc_year is not None and bloc_year.pk in member_bloc_year_ids(scope_of(user).unit_ids)


@rules.predicate
def works_for_leader(user, bloc_year=None):
    """Staff of the unit that leads the year and has not handed it over."""
    return bloc_year is not None and bool(scope_of(user).unit_ids & leading_unit_ids(bloc_year))


@rules.predicate
def worked_for_leader(user, bloc_year=None):
    """The same, also after the hand-over: its minutes get their number from the clerk some days later."""
    return bloc_year is not None and bool(scope_of(user).unit_ids & leading_unit_ids(bloc_year, handed_over=True))


@rules.predicate
def takes_over(user, bloc_year=None):
    """Staff of the unit that leads the bloc's next year."""
    return bloc_year is not None and bool(scope_of(user).unit_ids & succeeding_unit_ids(bloc_year))


@rules.predicate
def is_without_receiver(user, bloc_year=None):
    """Nobody of the next leading unit can sign in, or there is no such unit yet."""
    return bloc_year is not None and not has_receiver_account(bloc_year)


works_on_bloc_year = is_year_open & (is_secretariat | (follows & is_without_secretariat))


# A covenant is read and printed by whom its bloc-year is; the predicates are asked about that.
def of_bloc_year(predicate):
    @rules.predicate(f"covenant:{predicate.name}")
    def asked(user, covenant=None):
        return covenant is not None and predicate(user, covenant.bloc_year)

    return asked


@rules.predicate
def is_staff_of_signature(user, signature=None):
    return signature is not None and signature.unit_id in scope_of(user).unit_ids


@rules.predicate
def is_year_open_of_signature(user, signature=None):
    return signature is not None and signature.version.covenant.bloc_year.year.state == YearState.OPEN


rules.add_perm("blocs.manage_registry", is_standing_agency)
# Issuers stand in `documents`, which knows no agencies.
rules.add_perm("documents.manage_issuer", is_standing_agency)
# A decision that divides the blocs is known to every office that works here.
rules.add_perm("blocs.view_emulationyear", rules.is_authenticated)
rules.add_perm("blocs.import_accounts", is_standing_agency | is_administrator)
# Asked about an Assignment: an account is a way into the bloc of its unit, and into an agency's own desk.
rules.add_perm("blocs.assign_account", is_administrator | (is_standing_agency & ~is_own_account & is_within_reach))
rules.add_perm("blocs.manage_bloc", follows_this_bloc)
rules.add_perm("blocs.view_blocyear", is_member_staff | follows)
# Covenant, meetings, proposals, drafts of articles, hand-over: all that the secretariat does for its year.
rules.add_perm("blocs.work_on_blocyear", works_on_bloc_year)
# The province may name another leader in mid-year (REG-6), so the agency that follows the bloc may do it as well.
rules.add_perm("blocs.appoint_office", works_on_bloc_year | (is_year_open & follows))
# The unit itself signs or refuses, by click or certificate, as long as somebody is assigned to it.
rules.add_perm("blocs.sign_covenant", is_year_open_of_signature & is_staff_of_signature)
# Results of a year come in until it is closed: the unit its own, the secretariat all of them.
rules.add_perm("blocs.report_results", is_year_open & (is_member_staff | works_on_bloc_year))
# The regulation is the leading unit's or the founder's decision (FRM-2); the founder's is numbered by the standing agency.
rules.add_perm("blocs.write_regulation", works_on_bloc_year | (is_year_open & follows))
rules.add_perm("blocs.issue_for_founder", is_year_open & follows)
rules.add_perm("blocs.view_covenant", of_bloc_year(is_member_staff | follows))
rules.add_perm("blocs.issue_covenant", of_bloc_year(works_on_bloc_year))
# The hand-over has two sides; the receiving unit ticks its own although it has no other right in this year.
rules.add_perm("blocs.give_handover", is_year_open & (works_for_leader | (follows & is_without_secretariat)))
rules.add_perm("blocs.receive_handover", is_year_open & (takes_over | (follows & is_without_receiver)))
rules.add_perm("blocs.issue_handover", is_year_open & (worked_for_leader | (follows & is_without_secretariat)))
