"""The process that draws papers beside a web process: what goes wrong there does not reach the site.

It is started with the first paper, stays warm, may use `PAPER_MEMORY_MB`, is killed at the time limit and started
anew with the next paper. It is told where static files and fonts are and nothing else: neither the database nor the
secret key. A message is the length of a JSON head, the head and the bytes that it announces.
"""

import atexit
import json
import logging
import os
import resource
import signal
import struct
import subprocess
import sys
import threading
from contextlib import contextmanager, suppress

from django.conf import settings

logger = logging.getLogger(__name__)
_LENGTH = struct.Struct(">I")
# What a process needs to run at all; the other variables hold passwords.
_ENVIRONMENT = ("PATH", "HOME", "LANG", "LC_ALL", "TMPDIR", "LD_LIBRARY_PATH", "PYTHONPATH", "VIRTUAL_ENV")
_SETTINGS = ("STATIC_URL", "STATICFILES_DIRS", "STATICFILES_FINDERS", "NODE_MODULES", "DATA_DIR")
# After a paper this large the process makes room for a new one; a letter takes 150 MB.
_RETIRE_AT_KB = 500_000


class TooSlow(Exception):
    """Killed at the time limit."""


class Crashed(Exception):
    """The process ended in the middle of the work: mostly memory that a library asked for and did not get."""


class Busy(Exception):
    """Others wait for the same process, and for too long."""


class Drawer:
    """One child process and the pipe to it. Threads wait for one another; a forked process starts a child of its own."""

    def __init__(self):
        self._lock = threading.Lock()
        self._process = None

    def draw(self, html, *, signature_fields, seconds):
        """(PDF bytes, error, complaints) as `documents.engine.layout.Drawn` has them.

        Raises TooSlow after `seconds` (the child is killed), Crashed, Busy (waited three times as long for others).
        """
        if not self._lock.acquire(timeout=3 * seconds):
            raise Busy
        try:
            if self._process is None or self._process.poll() is not None:
                self._start()
            return self._exchange(html.encode(), signature_fields, seconds)
        except OSError as error:
            logger.exception("the process that draws papers cannot be started")
            raise Crashed from error
        finally:
            self._lock.release()

    def _exchange(self, body, signature_fields, seconds):
        with self._killed_after(seconds) as is_late:
            try:
                _send(
                    self._process.stdin,
                    {"signature_fields": bool(signature_fields), "seconds": seconds, "size": len(body)},
                    body,
                )
                head, pdf = _receive(self._process.stdout)
            except (BrokenPipeError, EOFError):
                head = None
        if head is None or is_late.is_set():
            code = self._drop()
            if is_late.is_set():
                raise TooSlow
            logger.error("the process that draws papers ended with %s", code)
            raise Crashed
        if head["is_last"]:
            self._drop()
        return pdf, head["error"], head["complaints"]

    @contextmanager
    def _killed_after(self, seconds):
        """Reads and writes wait without limit; a killed process ends them."""
        is_late, process = threading.Event(), self._process

        def kill():
            is_late.set()
            process.kill()

        timer = threading.Timer(seconds, kill)
        timer.daemon = True
        timer.start()
        try:
            yield is_late
        finally:
            timer.cancel()

    def _start(self):
        self._drop()
        environment = {name: os.environ[name] for name in _ENVIRONMENT if name in os.environ}
        self._process = subprocess.Popen(
            [sys.executable, "-m", "documents.engine.process"],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            cwd=settings.BASE_DIR,
            env=environment,
        )
        values = {name: getattr(settings, name) for name in _SETTINGS}
        _send(self._process.stdin, {"settings": values, "memory_mb": settings.PAPER_MEMORY_MB, "size": 0})

    def _drop(self):
        """Forget the child and return how it ended."""
        process, self._process = self._process, None
        if process is None:
            return None
        process.kill()
        code = process.wait()
        for pipe in (process.stdin, process.stdout):
            # What was not written yet has no reader any more.
            with suppress(BrokenPipeError):
                pipe.close()
        return code

    def close(self):
        """End the child; the next paper starts another."""
        with self._lock:
            self._drop()

    def forget(self):
        """In a forked process: the child and the lock are the parent's."""
        process, self._process, self._lock = self._process, None, threading.Lock()
        if process is not None:
            # Nothing is buffered outside the lock, so closing our copies of the pipes writes nothing.
            process.returncode = 0
            process.stdin.close()
            process.stdout.close()


drawer = Drawer()
atexit.register(drawer.close)
os.register_at_fork(after_in_child=drawer.forget)


def _send(pipe, head, body=b""):
    data = json.dumps(head, default=str).encode()
    pipe.write(_LENGTH.pack(len(data)) + data)
    pipe.write(body)
    pipe.flush()


def _receive(pipe):
    (length,) = _LENGTH.unpack(_read(pipe, _LENGTH.size))
    head = json.loads(_read(pipe, length))
    return head, _read(pipe, head["size"])


def _read(pipe, size):
    data = pipe.read(size)
    if len(data) < size:
        raise EOFError
    return data


def _resident_kb():
    """Memory of this process now; the maximum that the system keeps begins with that of the parent."""
    with open("/proc/self/statm") as stream:
        return int(stream.read().split()[1]) * resource.getpagesize() // 1024


def main():
    """The child: draws what comes in until the pipe is closed."""
    source, target = os.fdopen(os.dup(0), "rb"), os.fdopen(os.dup(1), "wb")
    # Whatever a library prints goes to the log, not between our messages.
    os.dup2(2, 1)
    head, _ = _receive(source)
    limit = int(head["memory_mb"]) * 1024 * 1024
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
    import django

    # What is to be said goes back with the file.
    settings.configure(**head["settings"], INSTALLED_APPS=["django.contrib.staticfiles"], LOGGING_CONFIG=None)
    django.setup()
    # Not at the top: a web process must not load WeasyPrint.
    from documents.engine.layout import draw

    while True:
        try:
            head, body = _receive(source)
        except EOFError:
            return
        # Should the parent die, nobody else would end a paper that takes for ever.
        signal.alarm(int(head["seconds"]) + 5)
        drawn = draw(body.decode(), head["signature_fields"])
        signal.alarm(0)
        is_last = drawn.error == "memory" or _resident_kb() > _RETIRE_AT_KB
        answer = {"error": drawn.error, "complaints": drawn.complaints, "is_last": is_last, "size": len(drawn.pdf)}
        _send(target, answer, drawn.pdf)


if __name__ == "__main__":
    main()
