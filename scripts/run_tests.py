"""Every test: on SQLite, what touches the database again on a throw-away PostgreSQL, in the browser. Used by scripts/test.

Each part is run even if one before it failed; the exit code is not 0 if any did. The last lines repeat
pytest's closing line of each part.
"""

import os
import re
import subprocess
import sys

import pg_cluster

PYTEST = [sys.executable, "-m", "pytest", "-q", "--no-header"]
# Long tests stand in one module: who has nothing left takes from the other.
IN_PARALLEL = ["-n", "2", "--dist", "worksteal", "-m", "not browser"]
# The second database: drawing, signing and Word files were proven on the first.
AGAIN = ["--database-only"]
# A browser needs both cores for itself; two of them side by side are slower.
IN_BROWSER = ["-p", "no:xdist", "-m", "browser"]
CLOSING = re.compile(r"^(=+ )?\d+ (passed|failed|error|skipped|deselected).* in [\d.]+s.*$|^no tests ran.*$")


def environment_with(**variables):
    """Test settings, and no database but the one given here."""
    kept = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "TEST_TEMPLATE")}
    return {**kept, "DJANGO_SETTINGS_MODULE": "config.settings.test", **variables}


def migrated_template(url):
    """Migrate one database of the server once; the test databases are then copied from it."""
    template = "migrated"
    manage = [sys.executable, "manage.py"]
    subprocess.run(["psql", "-q", "-d", url, "-c", f"CREATE DATABASE {template}"], check=True)
    in_template = environment_with(DATABASE_URL=url.rpartition("/")[0] + f"/{template}")
    subprocess.run([*manage, "migrate", "-v", "0"], env=in_template, check=True)
    return template


def part(title, *command, **variables):
    """Run one part, showing its output as it comes; return (title, exit code, closing line)."""
    print(f"\n--- {title}", flush=True)
    environment = environment_with(**variables)
    closing = "did not finish"
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, errors="replace"
    ) as process:
        for line in process.stdout:
            print(line, end="", flush=True)
            if CLOSING.match(line.strip()):
                closing = line.strip()
    return title, process.returncode, closing


def main():
    extra = sys.argv[1:]
    print("--- code quality", flush=True)
    quality = subprocess.run(["scripts/quality"], check=False).returncode
    parts = [part("tests on SQLite", *PYTEST, *IN_PARALLEL, *extra)]
    try:
        with pg_cluster.cluster() as url:
            server = {"DATABASE_URL": url, "TEST_TEMPLATE": migrated_template(url)}
            parts.append(part("tests on PostgreSQL", *PYTEST, *IN_PARALLEL, *AGAIN, *extra, **server))
            parts.append(part("tests in the browser, on PostgreSQL", *PYTEST, *IN_BROWSER, *extra, **server))
    except (pg_cluster.NoPostgres, subprocess.CalledProcessError) as reason:
        print(f"PostgreSQL could not be set up: {reason}", file=sys.stderr)
        parts.append(("tests on PostgreSQL and in the browser", 1, "not run"))

    print(f"\n{'FAILED' if quality else 'ok'}: code quality")
    for title, code, _ in parts:
        print(f"{'FAILED' if code else 'ok'}: {title}")
    for _, _, closing in parts:
        print(closing)
    return 1 if quality or any(code for _, code, _ in parts) else 0


if __name__ == "__main__":
    sys.exit(main())
