"""Who may see and enter meetings: the workplace's readers, and whoever works on the bloc-year."""

import rules

from blocs import rules as blocs_rules
from meetings.enums import MeetingStatus


def of_bloc_year(predicate):
    """The same predicate, asked about the bloc-year of a meeting."""

    @rules.predicate(f"meeting:{predicate.name}")
    def asked(user, meeting=None):
        return meeting is not None and predicate(user, meeting.bloc_year)

    return asked


@rules.predicate
def is_open(user, meeting=None):
    return meeting is not None and meeting.status != MeetingStatus.CLOSED


works_on_meeting = of_bloc_year(blocs_rules.works_on_bloc_year)

rules.add_perm("meetings.view_meeting", of_bloc_year(blocs_rules.is_member_staff | blocs_rules.follows))
rules.add_perm("meetings.change_meeting", works_on_meeting & is_open)
rules.add_perm("meetings.close_meeting", works_on_meeting)
# The report is issued of a closed meeting as well: its number comes from the clerk some days later.
rules.add_perm("meetings.issue_report", works_on_meeting)
rules.add_perm("meetings.write_invitation", works_on_meeting)
