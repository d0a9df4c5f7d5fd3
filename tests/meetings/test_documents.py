import pytest

from blocs.models import Movement, OfficeHolder, Unit
from common.errors import NotReady
from documents.models import Issuer
from meetings.documents import YearEndReport, council_of
from meetings.models import Meeting
from meetings.services import MeetingInput, save_meeting
from tests.documents.reading import text_of
from tests.factories.blocs import BlocFactory, BlocOfficeFactory, secretary_of
from tests.factories.meetings import FigureFactory, MeetingFactory, PointFactory
from tests.meetings.pages import form, member, phu_tho

pytestmark = pytest.mark.django_db


@pytest.fixture
def bloc_year():
    return phu_tho()


def entered(client, bloc_year, **values):
    """A meeting entered through the form, as a secretary does it."""
    from tests.meetings.pages import address

    client.force_login(secretary_of(bloc_year))
    response = client.post(address("meeting-create", bloc_year), form(bloc_year, **values))
    assert response.status_code == 302
    return Meeting.objects.get()
