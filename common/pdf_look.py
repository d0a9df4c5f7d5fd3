"""What an uploaded PDF holds, for `common.uploads`. Large or packed files are looked at in a process of its own: some
kilobytes may unpack to gigabytes, which must not take the site's memory. It knows nothing of the site.
"""

import io
import json
import resource
import subprocess
import sys

import pikepdf

# A paper of 300 pages needs a third of it.
MEMORY_MB, SECONDS = 640, 10
# What is smaller and has no packed parts cannot grow; "#" would write their names another way.
_SMALL = 64 * 1024
_PACKED = (b"ObjStm", b"XRef", b"#")
# How deep the parts of a PDF may be written one inside the other and still be looked at.
_DEEPEST = 50
# What may make a reader's program run something when the paper is opened.
_RUNNING = {pikepdf.Name.JavaScript, pikepdf.Name.Launch}


def look(body):
    """(problem, pages) of the bytes of a PDF; the problem is "", "encrypted", "locked", "broken", "runs" or "heavy"."""
    if len(body) <= _SMALL and not any(mark in body for mark in _PACKED):
        return look_here(body)
    command = [sys.executable, "-P", __file__, str(MEMORY_MB), str(SECONDS)]
    try:
        answer = subprocess.run(command, input=body, capture_output=True, timeout=2 * SECONDS, check=True, env={})  # noqa: S603  our own file
        return tuple(json.loads(answer.stdout))
    except (subprocess.SubprocessError, OSError, ValueError):
        return "heavy", 0


def look_here(body):
    """The same without limits, in this process."""
    try:
        with pikepdf.open(io.BytesIO(body)) as pdf:
            if pdf.is_encrypted:
                return "encrypted", 0
            count = len(pdf.pages)
            runs = any(map(_runs_something, pdf.objects))
            # What did not fit into memory is passed over with a warning, and nobody has looked at it.
            if any("bad_alloc" in warning for warning in pdf.get_warnings()):
                return "heavy", 0
            return ("runs" if runs else ""), count
    except pikepdf.PasswordError:
        return "locked", 0
    except pikepdf.PdfError:
        return "broken", 0


def _runs_something(part, depth=0):
    """Whether this object of a PDF, or one written inside it, is an action that runs a script or a program."""
    if isinstance(part, pikepdf.Array):
        inner = list(part)
    elif isinstance(part, pikepdf.Dictionary | pikepdf.Stream):
        if part.get("/S") in _RUNNING or "/JS" in part:
            return True
        inner = [part[name] for name in part.keys()]  # noqa: SIM118  a PDF's dictionary iterates over streams otherwise
    else:
        return False
    # Those with a number of their own are asked by themselves.
    inner = [one for one in inner if isinstance(one, pikepdf.Object) and not one.is_indirect]
    return depth < _DEEPEST and any(_runs_something(one, depth + 1) for one in inner)


def main():
    """The process: bytes in, the answer out; what goes beyond the limits ends it without one."""
    memory, seconds = int(sys.argv[1]) * 1024 * 1024, int(sys.argv[2])
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds))
    print(json.dumps(look_here(sys.stdin.buffer.read())))


if __name__ == "__main__":
    main()
