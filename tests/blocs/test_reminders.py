"""Letters to units that still have to sign: on which days, to whom, once a day, and only what the mail server took."""

import smtplib
from datetime import date, timedelta
from io import StringIO

import pytest
import time_machine
from django.core import mail
from django.core.exceptions import PermissionDenied
from django.core.management import CommandError, call_command
from django.utils import timezone

from blocs.enums import SignatureState, SigningOrder
from blocs.errors import NotOpenForSigning
from blocs.models import CovenantReminder, CovenantSignature, CovenantVersion
from blocs.reminders import due_signatures, remind, remind_waiting, reminder_day
from blocs.services import ItemInput, refuse_signature, revise_covenant, save_covenant, send_covenant
from common.audit import events_of
from tests.factories.blocs import BlocYearFactory, secretary_of, staff_of

pytestmark = pytest.mark.django_db
DEADLINE = date(2021, 5, 20)


@pytest.fixture(autouse=True)
def clock():
    with time_machine.travel("2021-05-01 09:00+07:00", tick=False) as traveller:
        yield traveller


@pytest.fixture
def bloc_year():
    return BlocYearFactory(members=3)


@pytest.fixture
def secretary(bloc_year):
    return secretary_of(bloc_year)


@pytest.fixture
def version(bloc_year, secretary):
    """Sent on 01/05/2021, to be signed by 20/05/2021; every unit has an address."""
    draft = save_covenant(bloc_year=bloc_year, by=secretary, items=[ItemInput("Thực hiện văn hóa công sở.")])
    for number, row in enumerate(bloc_year.memberships, 1):
        row.unit.email = f"don-vi-{number}@phutho.gov.vn"
        row.unit.save()
    return send_covenant(version=draft, by=secretary, sign_by=DEADLINE)


def run():
    """What the daily command prints."""
    out = StringIO()
    call_command("send_reminders", stdout=out, stderr=out)
    return out.getvalue()


def day(clock, number, month=5):
    clock.move_to(f"2021-{month:02d}-{number:02d} 07:00+07:00")


def break_mail(monkeypatch, error):
    def broken(self):
        raise error

    monkeypatch.setattr("django.core.mail.message.EmailMessage.send", broken)


def test_units_are_reminded_seven_three_and_one_day_before_and_every_third_day_after(clock, version):
    told = []
    for number in range(1, 31):
        day(clock, number)
        before = len(mail.outbox)
        run()
        if len(mail.outbox) > before:
            told.append(number)
            assert len(mail.outbox) == before + 3
    assert told == [13, 17, 19, 21, 24, 27, 30]


def test_a_day_without_the_command_is_made_up_for_once(clock, version):
    for number in (14, 15, 16):
        day(clock, number)
        run()
    assert len(mail.outbox) == 3


@pytest.mark.parametrize(
    ("today", "expected"),
    [
        (date(2021, 5, 12), None),
        (date(2021, 5, 13), date(2021, 5, 13)),
        (date(2021, 5, 20), date(2021, 5, 19)),
        (date(2021, 5, 21), date(2021, 5, 21)),
        (date(2021, 5, 23), date(2021, 5, 21)),
        (date(2021, 5, 24), date(2021, 5, 24)),
    ],
)
def test_the_day_of_the_reminder(today, expected):
    assert reminder_day(DEADLINE, today) == expected


def test_the_days_are_a_setting(clock, version, settings):
    settings.REMINDER_DAYS = [5]
    day(clock, 13)
    run()
    assert mail.outbox == []
    day(clock, 15)
    assert run() == "3 đơn vị được nhắc, 0 chưa có địa chỉ.\n"


def test_what_was_sent_for_signing_today_is_not_reminded_today(clock, bloc_year, secretary):
    draft = save_covenant(bloc_year=bloc_year, by=secretary, items=[ItemInput("Thực hiện văn hóa công sở.")])
    send_covenant(version=draft, by=secretary, sign_by=date(2021, 5, 8))
    assert list(due_signatures()) == []


def test_the_letter_says_what_until_when_and_where(clock, version, bloc_year, settings):
    settings.SITE_URL = "https://khoithidua.phutho.gov.vn/"
    line = version.signatures.select_related("unit").get(position=3)
    user = staff_of(line.unit)
    user.email = "canbo@phutho.gov.vn"
    user.save()
    gone = staff_of(line.unit)
    gone.email, gone.is_active = "nghi-viec@phutho.gov.vn", False
    gone.save()
    day(clock, 17)
    run()
    letter = next(row for row in mail.outbox if "don-vi-3@phutho.gov.vn" in row.to)
    assert letter.to == ["don-vi-3@phutho.gov.vn", "canbo@phutho.gov.vn"]
    assert letter.subject == "Nhắc ký giao ước thi đua năm 2021"
    assert letter.reply_to == ["don-vi-1@phutho.gov.vn"]
    address = f"https://khoithidua.phutho.gov.vn/lam-viec/khoi/{bloc_year.bloc.slug}/2021/giao-uoc/ky/{line.pk}/"
    parts = (f"Kính gửi: {line.unit}", bloc_year.bloc_name, "Hạn ký: 20/05/2021 (còn 03 ngày).", address, "Khối trưởng")
    for part in parts:
        assert part in letter.body, part
    row = CovenantReminder.objects.get(signature=line)
    assert (row.sent_on, row.recipients, row.sent_by) == (date(2021, 5, 17), "\n".join(letter.to), None)


def test_only_who_is_waited_for_is_reminded(clock, version, secretary):
    first, second, third = version.signatures.select_related("version__covenant__bloc_year", "unit")
    CovenantSignature.objects.filter(pk=first.pk).update(state=SignatureState.SIGNED)
    refuse_signature(signature=second, reason="Chờ ý kiến cấp trên.", by=secretary)
    day(clock, 17)
    assert [row.unit for row in due_signatures()] == [third.unit]


def test_who_signs_in_turn_is_reminded_when_it_is_its_turn(clock, version):
    CovenantVersion.objects.filter(pk=version.pk).update(order=SigningOrder.IN_TURN)
    first, second, _ = version.signatures.select_related("unit")
    day(clock, 17)
    assert [row.unit for row in due_signatures()] == [first.unit]
    CovenantSignature.objects.filter(pk=first.pk).update(state=SignatureState.SIGNED)
    assert [row.unit for row in due_signatures()] == [second.unit]


def test_a_replaced_version_and_one_without_deadline_are_not_reminded(clock, version, secretary):
    draft = revise_covenant(covenant=version.covenant, by=secretary, change_note="Sửa chỉ tiêu")
    send_covenant(version=draft, by=secretary)
    day(clock, 17)
    run()
    assert mail.outbox == []


def test_a_unit_without_an_address_is_named_and_the_others_get_their_letter(clock, version):
    unit = version.signatures.select_related("unit").get(position=2).unit
    unit.email = ""
    unit.save()
    day(clock, 17)
    assert f"{unit}: chưa có địa chỉ thư điện tử\n2 đơn vị được nhắc, 1 chưa có địa chỉ." in run()
    assert CovenantReminder.objects.count() == 2


@pytest.mark.parametrize("error", [smtplib.SMTPException("550"), ConnectionRefusedError(), TimeoutError()])
def test_what_the_mail_server_did_not_take_is_not_recorded_and_is_sent_later(clock, version, monkeypatch, error):
    day(clock, 17)
    with monkeypatch.context() as patch:
        break_mail(patch, error)
        with pytest.raises(CommandError, match="Lần chạy sau sẽ gửi lại"):
            run()
    assert not CovenantReminder.objects.exists()
    run()
    assert len(mail.outbox) == CovenantReminder.objects.count() == 3


def test_an_error_of_ours_leaves_no_row_either(clock, version, monkeypatch):
    break_mail(monkeypatch, ValueError("header"))
    day(clock, 17)
    with pytest.raises(ValueError, match="header"):
        run()
    assert not CovenantReminder.objects.exists()


def test_two_commands_on_one_day_write_once(clock, version):
    day(clock, 17)
    found = list(due_signatures())
    assert len(remind(found).sent) == 3
    outcome = remind(found)
    assert (outcome.sent, outcome.failed) == ([], [])
    assert len(mail.outbox) == 3


def test_remind_waiting_is_for_the_secretariat_while_the_covenant_is_being_signed(clock, version, secretary):
    with pytest.raises(PermissionDenied):
        remind_waiting(version=version, by=staff_of(version.signatures.get(position=3).unit))
    assert len(remind_waiting(version=version, by=secretary).sent) == 3
    assert events_of(version).first().action == "nhắc các đơn vị ký giao ước"
    assert len(remind_waiting(version=version, by=secretary).sent) == 0
    assert CovenantReminder.objects.filter(sent_by=secretary, sent_on=timezone.localdate()).count() == 3
    # The letter of today counts for the command as well, until its next day.
    clock.shift(timedelta(days=1))
    assert list(due_signatures()) == []
    CovenantVersion.objects.filter(pk=version.pk).update(state="replaced")
    version.refresh_from_db()
    with pytest.raises(NotOpenForSigning):
        remind_waiting(version=version, by=secretary)


def test_names_with_line_breaks_stay_out_of_the_header(clock, version):
    unit = version.signatures.select_related("unit").get(position=2).unit
    line = version.signatures.select_related("version__covenant__bloc_year", "unit").get(position=2)
    unit.name = "Hội\nNông dân"
    unit.save()
    line.unit = unit
    day(clock, 17)
    assert len(remind([line]).sent) == 1
