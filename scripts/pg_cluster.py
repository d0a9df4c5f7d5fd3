"""A PostgreSQL of its own for one run: made in a temporary folder, thrown away afterwards.

Nothing of a server that may already run on the machine is touched. As root the server runs as `postgres`
(or `nobody`), because PostgreSQL refuses root.

    python scripts/pg_cluster.py COMMAND [ARGUMENT...]      runs COMMAND with DATABASE_URL set to it
"""

import contextlib
import glob
import os
import pwd
import shutil
import socket
import subprocess
import sys
import tempfile


class NoPostgres(RuntimeError):
    """No PostgreSQL server programs on this machine."""


def _binaries():
    found = glob.glob("/usr/lib/postgresql/*/bin/initdb")
    if found:
        return os.path.dirname(max(found, key=lambda path: int(path.split("/")[4])))
    if initdb := shutil.which("initdb"):
        return os.path.dirname(os.path.realpath(initdb))
    raise NoPostgres("PostgreSQL's initdb was not found; run 'scripts/setup test'.")


def _unprivileged():
    for name in ("postgres", "nobody"):
        with contextlib.suppress(KeyError):
            return pwd.getpwnam(name)
    raise NoPostgres("PostgreSQL cannot run as root and there is no user 'postgres' or 'nobody'.")


@contextlib.contextmanager
def cluster():
    """Start a server on a free port of the loopback interface and yield its database URL.

    Durability is switched off: the data live for one test run. Raises NoPostgres, or CalledProcessError
    with the server's log on standard error.
    """
    binaries = _binaries()
    folder = tempfile.mkdtemp(prefix="pgtest-")
    as_user = {}
    if os.geteuid() == 0:
        user = _unprivileged()
        os.chown(folder, user.pw_uid, user.pw_gid)
        as_user = {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}

    def run(program, *arguments):
        subprocess.run(
            [f"{binaries}/{program}", *arguments],
            check=True,
            cwd=folder,
            env={"PATH": f"{binaries}:/usr/bin:/bin", "LC_ALL": "C.UTF-8", "HOME": folder},
            stdin=subprocess.DEVNULL,
            stdout=subprocess.DEVNULL,
            **as_user,
        )

    data, log = f"{folder}/data", f"{folder}/log"
    try:
        run("initdb", "-D", data, "-A", "trust", "-U", "postgres", "-E", "UTF8", "--locale", "C.UTF-8", "--no-sync")
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            port = free.getsockname()[1]
        options = f"-p {port} -k {folder} -c listen_addresses=127.0.0.1 -c fsync=off -c synchronous_commit=off"
        options += " -c full_page_writes=off -c jit=off -c max_connections=50"
        try:
            run("pg_ctl", "-D", data, "-w", "-s", "-l", log, "-o", options, "start")
        except subprocess.CalledProcessError:
            with contextlib.suppress(OSError), open(log, encoding="utf-8", errors="replace") as lines:
                sys.stderr.write(lines.read())
            raise
        try:
            yield f"postgresql://postgres@127.0.0.1:{port}/postgres"
        finally:
            run("pg_ctl", "-D", data, "-m", "immediate", "-s", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    try:
        with cluster() as url:
            sys.exit(subprocess.run(sys.argv[1:], env={**os.environ, "DATABASE_URL": url}, check=False).returncode)
    except NoPostgres as reason:
        sys.exit(f"pg_cluster: {reason}")
