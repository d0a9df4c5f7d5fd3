"""The admin of the blocs: registries can be repaired, rights are logged, states are only shown."""

from datetime import date

import pytest
from django.contrib import admin
from django.urls import reverse

from blocs.models import Assignment, BlocOffice, Covenant, CovenantVersion, EmulationYear, Handover, Membership, Unit
from blocs.services import ItemInput, record_handover, save_covenant, send_covenant
from common.models import AuditEvent
from tests.factories.blocs import (
    AdministratorFactory,
    AssignmentFactory,
    BlocYearFactory,
    EmulationYearFactory,
    MembershipFactory,
    UnitFactory,
    UserFactory,
    secretary_of,
)

pytestmark = pytest.mark.django_db
MODELS = [model for model in admin.site._registry if model._meta.app_label == "blocs"]


@pytest.fixture
def desk(client):
    client.force_login(AdministratorFactory())
    return client


@pytest.fixture
def filled():
    """One row of everything."""
    bloc_year = BlocYearFactory(members=2)
    secretary = secretary_of(bloc_year)
    version = save_covenant(bloc_year=bloc_year, by=secretary, items=[ItemInput("Hoàn thành nhiệm vụ.")])
    send_covenant(version=version, by=secretary)
    record_handover(bloc_year=bloc_year, handed_over_on=date(2022, 1, 11), by=secretary)
    return bloc_year


@pytest.mark.parametrize("model", MODELS, ids=lambda model: model.__name__)
def test_every_list_and_record_of_the_admin_stands(desk, filled, model):
    base = f"admin:blocs_{model._meta.model_name}"
    assert desk.get(reverse(f"{base}_changelist"), {"q": "khoi"}).status_code in (200, 302)
    for record in model.objects.all()[:1]:
        assert desk.get(reverse(f"{base}_change", args=[record.pk])).status_code == 200


@pytest.mark.parametrize("model", [BlocOffice, Handover, Covenant, CovenantVersion], ids=lambda model: model.__name__)
def test_what_the_work_decides_is_only_shown(desk, filled, model):
    base = f"admin:blocs_{model._meta.model_name}"
    record = model.objects.first()
    assert desk.get(reverse(f"{base}_add")).status_code == 403
    assert desk.post(reverse(f"{base}_change", args=[record.pk]), {}).status_code == 403
    assert desk.post(reverse(f"{base}_delete", args=[record.pk]), {"post": "yes"}).status_code == 403


def test_the_state_of_a_year_is_not_a_field(desk):
    year = EmulationYearFactory()
    data = {"label": "2021", "slug": "2021", "kind": "calendar", "starts_on": "01/01/2021", "ends_on": "31/12/2021"}
    response = desk.post(reverse("admin:blocs_emulationyear_change", args=[year.pk]), {**data, "state": "archived"})
    assert response.status_code == 302
    assert EmulationYear.objects.get().state == "open"


def test_an_assignment_leaves_a_row_in_the_log(desk):
    user, unit = UserFactory(), UnitFactory()
    data = {"user": user.pk, "unit": unit.pk, "role": "staff", "starts_on": "01/01/2021", "ends_on": ""}
    assert desk.post(reverse("admin:blocs_assignment_add"), data).status_code == 302
    record = Assignment.objects.get()
    data["ends_on"] = "31/12/2021"
    assert desk.post(reverse("admin:blocs_assignment_change", args=[record.pk]), data).status_code == 302
    assert desk.post(reverse("admin:blocs_assignment_delete", args=[record.pk]), {"post": "yes"}).status_code == 302
    events = list(AuditEvent.objects.filter(object_type="blocs.assignment").order_by("pk"))
    assert [event.action for event in events] == ["thêm phân công", "sửa phân công", "xóa phân công"]
    assert (events[1].before["ends_on"], events[1].after["ends_on"]) == ("None", "2021-12-31")


def test_making_a_unit_the_standing_agency_leaves_a_row_in_the_log(desk):
    unit = UnitFactory()
    data = {"code": unit.code, "name": unit.name, "is_standing_agency": "on"}
    for prefix in ("names", "aliases"):
        data |= {f"{prefix}-TOTAL_FORMS": "0", f"{prefix}-INITIAL_FORMS": "0"}
    assert desk.post(reverse("admin:blocs_unit_change", args=[unit.pk]), data).status_code == 302
    assert Unit.objects.get(pk=unit.pk).is_standing_agency
    assert AuditEvent.objects.get().after["is_standing_agency"] == "True"


def test_deleting_several_assignments_leaves_a_row_for_each(desk):
    rows = AssignmentFactory.create_batch(2)
    data = {"action": "delete_selected", "_selected_action": [row.pk for row in rows], "post": "yes"}
    assert desk.post(reverse("admin:blocs_assignment_changelist"), data).status_code == 302
    assert AuditEvent.objects.filter(action="xóa phân công").count() == 2


def test_a_membership_that_overlaps_is_refused_by_the_record_itself():
    membership = MembershipFactory(ends_on=date(2021, 12, 31))
    again = Membership(bloc=membership.bloc, unit=membership.unit, starts_on=date(2021, 12, 31))
    with pytest.raises(Exception, match="đã là thành viên của khối"):
        again.full_clean()


def test_only_an_administrator_opens_the_admin(client):
    client.force_login(UserFactory())
    assert client.get(reverse("admin:blocs_unit_changelist")).status_code != 200
