"""Forms of the meetings; what views use."""

from meetings.forms.general import ReopenForm
from meetings.forms.page import GROWING, MeetingPage
from meetings.forms.rows import MEMBERS_LIST

__all__ = ["GROWING", "MEMBERS_LIST", "MeetingPage", "ReopenForm"]
