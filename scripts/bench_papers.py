"""Papers: our engine beside bare WeasyPrint, and a batch of covenants with one and with two workers. Used by scripts/bench.

    python scripts/bench_papers.py                 both, with the covenant and the report of the demo in DATABASE_URL
    python scripts/bench_papers.py --only engine   or --only batches

Engine: the same HTML, style sheet and PDF variant, everything warm, the ways by turns within one run, medians. Batch: real
`manage.py db_worker` processes with the settings of production, by turns on SQLite and on a PostgreSQL of their own.
The exit code is 1 if a limit is missed. Two workers need two quiet cores; the ratios of the engine do not mind.
"""

import argparse
import copy
import io
import json
import os
import secrets
import signal
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path[:0] = [str(ROOT), str(ROOT / "scripts")]

TURNS = 9
BATCH_TURNS = 3
PAPERS = 35
REPORT_PAGES = 16
# (most times bare WeasyPrint, and so many milliseconds on top)
LIMITS = {"covenant": (1.10, 30), "report": (1.15, 0)}
LEAST_SPEED_UP = 1.5
SECONDS_PER_BATCH = 600


def samples():
    """name → (kind, template, frozen values, has signature fields), out of the demo's records."""
    from blocs.documents import CovenantPaper
    from blocs.enums import CovenantState
    from blocs.models import CovenantVersion
    from meetings.documents import YearEndReport
    from meetings.enums import MeetingStatus
    from meetings.models import Meeting

    version = CovenantVersion.objects.exclude(state=CovenantState.DRAFT).order_by("pk").first()
    meetings = Meeting.objects.filter(status=MeetingStatus.CLOSED).order_by("pk")
    report = next((form for form in map(YearEndReport, meetings) if form.is_offered), None)
    if version is None or report is None:
        sys.exit("bench_papers: no covenant and closed year-end meeting in this database; run 'make bench' first.")
    covenant = CovenantPaper(version)
    found = {}
    for count in (15, 40):
        frozen = covenant.frozen()
        frozen["values"]["signatures"] = signers(frozen["values"]["signatures"], count)
        found[f"covenant, {count} signers"] = ("covenant", covenant.template_name, frozen, True)
    frozen = long_report(report.template_name, report.frozen())
    found[f"report, {REPORT_PAGES} pages"] = ("report", report.template_name, frozen, False)
    return found


def signers(rows, count):
    """So many blocks to sign, with the names of the units of the covenant over and over."""
    return [{**rows[n % len(rows)], "field": f"Ky_{n + 1}"} for n in range(count)]


def long_report(template_name, frozen):
    """The report with its parts repeated until it has the pages."""
    parts = frozen["values"]["parts"]
    for repeat in range(1, 200):
        longer = copy.deepcopy(frozen)
        longer["values"]["parts"] = [parts[n % len(parts)] for n in range(repeat)]
        if pages_of(in_process(html_of(template_name, longer), False)) >= REPORT_PAGES:
            return longer
    sys.exit("bench_papers: the report does not grow.")


def html_of(template_name, frozen):
    from documents.printed import paper_html

    return paper_html(template_name, frozen)


def pages_of(pdf):
    import pikepdf

    with pikepdf.open(io.BytesIO(pdf)) as opened:
        return len(opened.pages)


# The three ways


def bare(html, has_fields):
    """WeasyPrint with the same style sheet (parsed before), fonts, variant and fetcher, and nothing of ours around it."""
    from documents.engine import layout
    from documents.engine.fonts import find_static

    path = find_static("css/paper.css")
    css, fonts = layout._style(path, path.stat().st_mtime_ns)
    page = layout.HTML(string=html, base_url=layout.BASE, url_fetcher=layout.StaticOnlyFetcher())
    return page.write_pdf(stylesheets=[css], font_config=fonts, pdf_variant="pdf/a-2a", pdf_forms=has_fields)


def in_process(html, has_fields):
    from django.test import override_settings

    from documents.engine.render import render_pdf

    with override_settings(PAPER_IN_PROCESS=True):
        return render_pdf(html, signature_fields=has_fields)


def in_child(html, has_fields):
    """As in production: drawn in the process beside this one."""
    from documents.engine.render import render_pdf

    return render_pdf(html, signature_fields=has_fields)


WAYS = {"bare": bare, "in process": in_process, "as used": in_child}


def milliseconds(way, html, has_fields):
    start = time.perf_counter()
    way(html, has_fields)
    return (time.perf_counter() - start) * 1000


def bench_engine(found):
    """Whether every paper keeps its limit."""
    print(f"Papers: medians of {TURNS} turns, everything warm, milliseconds (pages a second)")
    print(
        f"{'':24}{'pages':>6}{'bare WeasyPrint':>20}{'ours, in process':>20}{'ours, as used':>20}{'ratio':>8}{'limit':>14}"
    )
    is_good = True
    for name, (kind, template_name, frozen, has_fields) in found.items():
        html = html_of(template_name, frozen)
        pages = pages_of(in_process(html, has_fields))
        times = {way: [] for way in WAYS}
        for turn in range(TURNS + 1):
            for way, draw in WAYS.items():
                taken = milliseconds(draw, html, has_fields)
                if turn:
                    times[way].append(taken)
        medians = {way: statistics.median(rows) for way, rows in times.items()}
        most, extra = LIMITS[kind]
        is_kept = medians["as used"] <= most * medians["bare"] + extra
        is_good &= is_kept
        cells = "".join(f"{value:10.0f} ({pages / value * 1000:6.1f})" for value in medians.values())
        limit = f"{most:.2f}" + (f" + {extra} ms" if extra else "")
        mark = "" if is_kept else "   MISSED"
        print(f"{name:24}{pages:6}  {cells}{medians['as used'] / medians['bare']:8.3f}{limit:>14}{mark}", flush=True)
    return is_good


# The batch


def production(**more):
    """The environment of a server: production settings, the database of the turn."""
    return {
        **os.environ,
        "DJANGO_SETTINGS_MODULE": "config.settings.production",
        "SECRET_KEY": secrets.token_urlsafe(60),
        "ALLOWED_HOSTS": "localhost",
        "LOG_LEVEL": "ERROR",
        **more,
    }


def bench_batches(found):
    """Whether two workers are quick enough on both databases."""
    from pg_cluster import cluster

    _, template_name, frozen, _ = found["covenant, 15 signers"]
    speed_ups = []
    print(f"\nBatch of {PAPERS} covenants, medians of {BATCH_TURNS} turns, seconds from the request to the packed ZIP")
    print(f"{'':24}{'one worker':>14}{'two workers':>14}{'speed-up':>12}  (at least {LEAST_SPEED_UP})")
    with tempfile.TemporaryDirectory(prefix="bench-papers-") as folder:
        values = Path(folder) / "values.json"
        values.write_text(json.dumps({"template_name": template_name, "frozen": frozen}), encoding="utf-8")
        for name in ("SQLite", "PostgreSQL"):
            data = Path(folder) / name
            data.mkdir()
            arguments = [sys.executable, __file__, "--batches-in-this-database", str(values)]
            if name == "SQLite":
                env = production(DATA_DIR=str(data), DATABASE_URL=f"sqlite:///{data}/db.sqlite3")
                answer = subprocess.run(arguments, env=env, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
            else:
                with cluster() as url:
                    env = production(DATA_DIR=str(data), DATABASE_URL=url)
                    answer = subprocess.run(arguments, env=env, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
            one, two = json.loads(answer.stdout.splitlines()[-1])
            speed_ups.append(one / two)
            mark = "" if one / two >= LEAST_SPEED_UP else "   MISSED"
            print(f"{name:24}{one:14.1f}{two:14.1f}{one / two:12.2f}{mark}", flush=True)
    return min(speed_ups) >= LEAST_SPEED_UP


def batches_here(path):
    """[median with one worker, median with two] in the database of this process, as JSON on the last line."""
    from django.core.management import call_command

    from accounts.models import User

    call_command("migrate", verbosity=0)
    call_command("createcachetable", verbosity=0)
    user = User.objects.create(username="bench", full_name="Bench")
    given = json.loads(Path(path).read_text(encoding="utf-8"))
    times = {1: [], 2: []}
    for _ in range(BATCH_TURNS):
        for count in times:
            times[count].append(with_workers(count, user, given))
    print(json.dumps([statistics.median(rows) for rows in times.values()]))


def with_workers(count, user, given):
    """Seconds that a batch takes; the workers have made some papers before."""
    command = [
        sys.executable,
        "manage.py",
        "db_worker",
        "--queue-name",
        "*",
        "--interval",
        "0.1",
        "--no-startup-delay",
        "-v",
        "0",
    ]
    workers = [subprocess.Popen([*command, "--worker-id", f"bench-{secrets.token_hex(4)}"], cwd=ROOT) for _ in range(count)]
    try:
        made_in(user, given, 4 * count)
        return made_in(user, given, PAPERS)
    finally:
        for worker in workers:
            worker.send_signal(signal.SIGTERM)
        for worker in workers:
            worker.wait(timeout=60)


def made_in(user, given, count):
    from documents.enums import BatchState
    from documents.models import PaperBatch
    from documents.services.batches import BatchPaper, start_batch
    from documents.tasks import begin_batch

    papers = [
        BatchPaper(f"Giao ước {n}", f"giao-uoc-{n}.pdf", given["template_name"], given["frozen"]) for n in range(count)
    ]
    batch = start_batch(title="Bench", filename="bench.zip", papers=papers, by=user)
    start = time.perf_counter()
    begin_batch(batch)
    while time.perf_counter() - start < SECONDS_PER_BATCH:
        row = PaperBatch.objects.get(pk=batch.pk)
        if row.state == BatchState.DONE:
            return time.perf_counter() - start
        time.sleep(0.05)
    sys.exit(f"bench_papers: the batch is {row.state} after {SECONDS_PER_BATCH} seconds.")


def main():
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", choices=["engine", "batches"])
    parser.add_argument("--batches-in-this-database", metavar="VALUES")
    options = parser.parse_args()
    import django

    django.setup()
    if options.batches_in_this_database:
        batches_here(options.batches_in_this_database)
        return 0
    found, is_good = samples(), True
    if options.only != "batches":
        is_good &= bench_engine(found)
    if options.only != "engine":
        is_good &= bench_batches(found)
    return 0 if is_good else 1


if __name__ == "__main__":
    sys.exit(main())
