"""What is no sheet, large sheets behind the page, calling off, breaking down, two people at once, counted queries."""

import io
import zipfile
from datetime import timedelta

import openpyxl
import pytest
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command
from django.db import connection
from django.test import override_settings
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from django_tasks_db.models import DBTaskResult

from blocs.enums import ImportState
from blocs.models import ImportJob, Unit
from blocs.services.imports import cancel_import, confirm_import, recheck_import, start_import
from blocs.sheets import WORDS, files, flow
from blocs.tasks import run_import, work
from common.errors import IllegalStep, StaleState
from common.models import AuditEvent
from tests.blocs.sheet_files import confirm, export, upload, workbook
from tests.factories.blocs import UnitFactory, standing_agency_officer
from tests.world import World, _side

pytestmark = pytest.mark.django_db
IN_DATABASE = {"default": {"BACKEND": "django_tasks_db.DatabaseBackend"}}


@pytest.fixture
def agency(client):
    user = standing_agency_officer(UnitFactory(code="thuong-truc", name="Phòng Thi đua", is_standing_agency=True))
    client.force_login(user)
    client.user = user
    return client


def many(count):
    return workbook(["Mã đơn vị", "Tên đơn vị"], [[f"dv-{n}", f"Đơn vị số {n}"] for n in range(count)])


def zipped(**parts):
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as book:
        for name, text in parts.items():
            book.writestr(name, text)
    return stream.getvalue()


def repacked(body, change):
    """The workbook with its parts changed: `change(name, bytes)` gives the new bytes, or None to leave it out."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(body)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = change(name, old.read(name))
            if part is not None:
                new.writestr(name, part)
    return stream.getvalue()


def with_sheet(body, old, new):
    return repacked(body, lambda name, part: part.replace(old, new) if "worksheets/" in name else part)


def macro_book():
    stream = io.BytesIO(many(1))
    with zipfile.ZipFile(stream, "a") as book:
        book.writestr("xl/vbaProject.bin", b"x")
    return stream.getvalue()


def only_guide():
    book = openpyxl.Workbook()
    book.active.title = "Hướng dẫn"
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


BAD = {
    "empty": (lambda: b"", "không có nội dung"),
    "text": (lambda: b"Ma,Ten\na,b\n", "không phải là Excel"),
    "old or locked": (lambda: b"\xd0\xcf\x11\xe0" + b"\0" * 600, "đời cũ (.xls) hoặc bị khóa"),
    "another zip": (lambda: zipped(**{"a.txt": "x"}), "không đọc được"),
    "cut off": (lambda: many(5)[:900], "không phải là Excel"),
    "macro": (lambda: macro_book(), "macro"),
    "bomb": (
        lambda: repacked(many(1), lambda name, part: part + b" " * 90_000_000 if name == "docProps/app.xml" else part),
        "quá lớn",
    ),
    "far cell": (lambda: with_sheet(many(1), b'r="B2"', b'r="XFD1048576"'), "tối đa 20000 dòng"),
    "far column": (lambda: with_sheet(many(1), b'r="B2"', b'r="XFD2"'), "cột XFD"),
    "entities": (
        lambda: with_sheet(many(1), b"<worksheet", b'<!DOCTYPE x [<!ENTITY a "b">]><worksheet'),
        "không đọc được",
    ),
    "broken sheet": (lambda: with_sheet(many(1), b"</worksheet>", b""), "không đọc được"),
    "no strings": (lambda: repacked(many(1), lambda name, part: None if "sharedStrings" in name else part), None),
    "only titles": (lambda: many(0), "chưa có dòng dữ liệu nào"),
    "only guide": (lambda: only_guide(), "Tệp không có trang tính nào"),
}


@pytest.mark.parametrize("name", BAD)
def test_what_is_no_sheet_is_refused_with_a_sentence(agency, name):
    make, text = BAD[name]
    response = upload(agency, "don-vi", make())
    if text is None:
        # Whatever the reader makes of it: a page, never a breakdown.
        assert isinstance(response, ImportJob) or response.status_code == 422
        return
    assert response.status_code == 422
    assert text in str(response.context["form"].errors)
    assert not ImportJob.objects.exists()


def test_a_file_over_the_limit_is_refused(agency, settings):
    settings.UPLOAD_LIMIT_SHEET = 1000
    response = upload(agency, "don-vi", many(3))
    assert "vượt giới hạn" in str(response.context["form"].errors)


def test_no_file_is_asked_for(agency):
    response = agency.post(reverse("blocs:import-create", args=["don-vi"]), {})
    assert response.status_code == 422
    assert "Hãy chọn tệp Excel" in str(response.context["form"].errors)


def test_titles_that_lack_double_or_are_strange_are_told(agency):
    job = upload(agency, "don-vi", workbook(["Mã", "Tên"], [["a", "b"]]))
    assert job.report["faults"] == [[1, "Tên đơn vị", "Thiếu cột này. Hãy tải tệp mẫu và giữ nguyên dòng tiêu đề."]]
    job = upload(agency, "don-vi", workbook(["Tên đơn vị", "Tên đơn vị"], [["a", "b"]]))
    assert job.report["faults"] == [[1, "Tên đơn vị", "Cột này có hai lần."]]
    job = upload(agency, "don-vi", workbook(["TÊN ĐƠN VỊ", "Ghi chú riêng"], [["a", "b"]]))
    assert job.state == "ready"
    assert job.report["notices"] == ["Cột không có trong mẫu nên không được đọc: “Ghi chú riêng”."]


def test_numbers_stay_exact_and_cells_of_another_type_are_told(agency):
    body = workbook(
        ["Mã đơn vị", "Tên đơn vị", "Điện thoại", "Thành lập ngày"],
        [[2021, "Đơn vị", 9007199254740993, "05/03/2021"], ["b", "Đơn vị b", 0.1, 12345]],
    )
    job = upload(agency, "don-vi", body)
    assert [row[:2] for row in job.report["faults"]] == [[3, "Thành lập ngày"]]


@pytest.mark.parametrize("word", ["don-vi", "khoi", "chuc-vu", "tai-khoan"])
def test_the_template_has_a_guide_notes_and_lists(agency, word):
    body = b"".join(agency.get(reverse("blocs:import-template", args=[word])).streaming_content)
    book = openpyxl.load_workbook(io.BytesIO(body))
    data, guide = book.worksheets
    assert guide.title == "Hướng dẫn"
    assert any(cell.comment for cell in data[1])
    assert data.max_row == 1
    assert data.column_dimensions[data.cell(1, data.max_column).column_letter].hidden
    assert any("Bắt buộc" in str(row[1]) for row in guide.iter_rows(values_only=True) if len(row) > 1)


# Behind the page


def test_a_large_file_waits_for_the_worker_and_shows_how_far_it_is(agency, monkeypatch):
    monkeypatch.setattr(flow, "AT_ONCE", 10)
    with override_settings(TASKS=IN_DATABASE):
        job = upload(agency, "don-vi", many(11))
        assert (job.state, job.total, DBTaskResult.objects.count()) == ("checking", 11, 1)
        page = agency.get(job.get_absolute_url()).content.decode()
        assert 'hx-trigger="every 2s"' in page
        assert "0/11" in page
        call_command("db_worker", batch=True, verbosity=0, interval=0, startup_delay=False)
        job.refresh_from_db()
        assert (job.state, job.done) == ("ready", 11)
        part = agency.get(job.get_absolute_url(), headers={"HX-Request": "true"})
        assert part.headers["HX-Refresh"] == "true"
        assert confirm(agency, job).state == "running"
        part = agency.get(job.get_absolute_url(), headers={"HX-Request": "true"})
        assert "<html" not in part.content.decode()
        call_command("db_worker", batch=True, verbosity=0, interval=0, startup_delay=False)
    job.refresh_from_db()
    assert job.state == "done"
    assert Unit.objects.filter(code__startswith="dv-").count() == 11
    assert Unit.objects.get(code="dv-3").history.get().history_user == agency.user


def test_where_there_is_no_worker_a_large_file_is_done_at_once(agency, monkeypatch):
    monkeypatch.setattr(flow, "AT_ONCE", 10)
    job = upload(agency, "don-vi", many(11))
    assert job.state == "ready"
    assert confirm(agency, job).state == "done"


def ready_job(agency, body=None):
    job = upload(agency, "don-vi", body or many(3))
    assert job.state == "ready"
    return job


def test_a_preview_may_be_dropped(agency):
    job = ready_job(agency)
    agency.post(reverse("blocs:import-cancel", args=[job.pk]))
    job.refresh_from_db()
    assert job.state == "cancelled"
    assert confirm(agency, job).response.status_code == 409
    assert not Unit.objects.filter(code="dv-0").exists()


def test_calling_off_while_it_is_written_takes_everything_back(agency, monkeypatch):
    job = ready_job(agency)
    confirm_import(job=job, by=agency.user, answers={})
    apply = flow._apply

    def apply_then_cancel(plan, running):
        faults = apply(plan, running)
        assert Unit.objects.filter(code="dv-0").exists()
        # As another process would: its update is seen when the job is finished.
        ImportJob.objects.filter(pk=running.pk).update(is_cancelled=True)
        return faults

    monkeypatch.setattr(flow, "_apply", apply_then_cancel)
    work(job.pk, ImportState.RUNNING, lambda row: flow.run(row, agency.user))
    job.refresh_from_db()
    assert job.state == "cancelled"
    assert not Unit.objects.filter(code="dv-0").exists()
    assert not Unit.history.filter(code="dv-0").exists()


def test_calling_off_while_it_is_checked_stops_at_the_next_step(agency, monkeypatch):
    monkeypatch.setattr("blocs.sheets.plan.STEP", 2)
    job = start_import(kind="units", upload=SimpleUploadedFile("a.xlsx", many(5)), by=agency.user, rows=5)
    cancel_import(job=job, by=agency.user)
    work(job.pk, ImportState.CHECKING, flow.check)
    job.refresh_from_db()
    assert job.state == "cancelled"


def test_a_finished_import_cannot_be_called_off(agency):
    job = confirm(agency, ready_job(agency))
    with pytest.raises(IllegalStep):
        cancel_import(job=job, by=agency.user)


def test_what_breaks_saves_nothing_and_says_so(agency, monkeypatch):
    job = ready_job(agency)

    def broken(plan, running):
        Unit.objects.create(code="nua-chung", name="Nửa chừng")
        raise RuntimeError("đĩa đầy")

    monkeypatch.setattr(flow, "_apply", broken)
    job = confirm(agency, job)
    assert job.state == "failed"
    assert not Unit.objects.filter(code="nua-chung").exists()
    assert "chưa lưu gì" in agency.get(job.get_absolute_url()).content.decode()


def test_pressing_twice_takes_the_sheet_in_once(agency):
    job = ready_job(agency)
    other = ImportJob.objects.get(pk=job.pk)
    confirm_import(job=job, by=agency.user, answers={})
    with pytest.raises(StaleState):
        confirm_import(job=other, by=agency.user, answers={})


def test_a_task_that_comes_twice_does_its_work_once(agency):
    job = ready_job(agency)
    confirm_import(job=job, by=agency.user, answers={})
    for _ in range(2):
        run_import.enqueue(job.pk, agency.user.pk)
    assert Unit.objects.filter(code="dv-0").count() == 1
    assert AuditEvent.objects.filter(action="nhập Excel: đã nhập").count() == 1


def test_a_faulty_file_is_checked_again_after_the_registry_was_put_right(agency):
    body = workbook(["Mã đơn vị", "Tên đơn vị", "Mã đơn vị cấp trên"], [["con", "Đơn vị con", "cha"]])
    job = upload(agency, "don-vi", body)
    assert job.state == "faulty"
    UnitFactory(code="cha")
    agency.post(reverse("blocs:import-recheck", args=[job.pk]))
    job.refresh_from_db()
    assert job.state == "ready"


def test_the_reaper_ends_what_its_worker_left(agency):
    old = timezone.now() - timedelta(hours=3)
    body = many(2)
    jobs = [start_import(kind="units", upload=ContentFile(body, name="a.xlsx"), by=agency.user, rows=2) for _ in range(3)]
    ImportJob.objects.filter(pk__in=[jobs[0].pk, jobs[1].pk]).update(moved_at=old)
    ImportJob.objects.filter(pk=jobs[1].pk).update(state="running")
    with override_settings(TASKS=IN_DATABASE):
        task = run_import.enqueue(jobs[1].pk, agency.user.pk)
        DBTaskResult.objects.filter(pk=task.id).update(status="RUNNING", started_at=old)
        call_command("reap_tasks", minutes=60, verbosity=0)
    assert [ImportJob.objects.get(pk=job.pk).state for job in jobs] == ["failed", "failed", "checking"]
    assert DBTaskResult.objects.get(pk=task.id).status == "FAILED"
    recheck_import(job=ImportJob.objects.get(pk=jobs[0].pk), by=agency.user)


# Counted queries


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_imports_asks_as_often_for_three_as_for_one(agency, django_assert_num_queries, count):
    for _ in range(count):
        ready_job(agency)
    with django_assert_num_queries(13):
        response = agency.get(reverse("blocs:imports"))
    assert len(response.context["page"].object_list) == count


@pytest.mark.parametrize("word", ["don-vi", "khoi", "chuc-vu", "tai-khoan"])
def test_an_export_asks_as_often_for_many_rows_as_for_few(agency, word):
    def queries():
        with CaptureQueriesContext(connection) as captured:
            files.export_of(WORDS[word], {}, agency.user)
        return len(captured)

    world = World()
    _side("a", world)
    few = queries()
    _side("b", world)
    assert queries() == few


@pytest.mark.parametrize("count", [3, 30])
def test_a_preview_of_units_asks_as_often_for_many_rows_as_for_few(agency, count):
    with CaptureQueriesContext(connection) as captured:
        job = start_import(kind="units", upload=SimpleUploadedFile("a.xlsx", many(count)), by=agency.user, rows=count)
        work(job.pk, ImportState.CHECKING, flow.check)
    assert len(captured) < 40
    assert export(agency, "don-vi")


def test_of_two_sheets_with_the_same_new_unit_the_second_looks_again(agency):
    first, second = ready_job(agency), ready_job(agency)
    assert confirm(agency, first).state == "done"
    second = confirm(agency, second)
    assert (second.state, second.report["counts"]["new"]) == ("ready", 0)
    assert "Dữ liệu đã thay đổi" in second.report["notices"][0]
    assert Unit.objects.filter(code="dv-0").count() == 1


def test_two_workers_of_one_job_write_once(agency):
    job = ready_job(agency)
    confirm_import(job=job, by=agency.user, answers={})
    slow = ImportJob.objects.select_related("created_by").get(pk=job.pk)
    work(job.pk, ImportState.RUNNING, lambda row: flow.run(row, agency.user))
    # The other had read the job as running before the first was done: its end comes too late, all of it goes back.
    with pytest.raises(StaleState):
        flow.run(slow, agency.user)
    assert Unit.objects.filter(code="dv-0").count() == 1
    assert ImportJob.objects.get(pk=job.pk).state == "done"
