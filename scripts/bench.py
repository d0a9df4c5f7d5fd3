"""One line for every kind of page: how many queries, how long, how large. Used by scripts/bench.

Each account starts at the home page and at its dashboard and follows the links it sees; of every kind of page
(one URL pattern) the first one met is measured. Times are the median of five, in this process, without a network.
The exit code is 1 if a page answered 500.
"""

import re
import statistics
import sys
import time
from collections import deque
from html import unescape
from pathlib import Path
from urllib.parse import urljoin, urlsplit

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import django

django.setup()

from django.contrib.auth import get_user_model  # noqa: E402  after setup, like the rest
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402
from django.urls import Resolver404, resolve, reverse  # noqa: E402

# Those of the demo and one unit of the large province; whoever the database does not know is left out.
ACCOUNTS = ["thuky", "hoidong", "bientap", "donvi", "donvi001", "quantri"]
START = ["/", "/lam-viec/"]
# Pages that end the session, and the admin, which is Django's.
SKIPPED = re.compile(rf"^({re.escape(reverse('account_logout'))}|/quan-tri/|/static/)")
LINK = re.compile(r"""<a\b[^>]*?\bhref="([^"#]+)""")
REPEATS = 5
MOST_PAGES = 400


def kind_of(path):
    try:
        return resolve(path).route
    except Resolver404:
        return None


START_KINDS = {kind_of(address) for address in START}


def body_of(response):
    return b"".join(response.streaming_content) if response.streaming else response.content


def measure(client, address):
    """(status, queries, milliseconds, kilobytes, body) of one page."""
    with CaptureQueriesContext(connection) as captured:
        response = client.get(address)
        body = body_of(response)
        queries = len(captured)
    times = []
    for _ in range(REPEATS if response.status_code < 500 else 1):
        start = time.perf_counter()
        body_of(client.get(address))
        times.append((time.perf_counter() - start) * 1000)
    is_page = response.headers.get("Content-Type", "").startswith("text/html")
    text = body.decode(errors="replace") if is_page else ""
    return response.status_code, queries, statistics.median(times), len(body) / 1024, text


def walk(account, done):
    client = Client(raise_request_exception=False)
    if account:
        client.force_login(get_user_model().objects.get(username=account), "django.contrib.auth.backends.ModelBackend")
    waiting, seen = deque(START), set(START)
    measured = 0
    while waiting and measured < MOST_PAGES:
        address = waiting.popleft()
        kind = kind_of(urlsplit(address).path)
        # The home page and the dashboard differ from account to account; all else is measured once.
        if address not in START:
            if kind is None or kind in done or kind in START_KINDS:
                continue
            done.add(kind)
        status, queries, milliseconds, kilobytes, text = measure(client, address)
        measured += 1
        yield address, status, queries, milliseconds, kilobytes
        for link in LINK.findall(text):
            target = urlsplit(urljoin(address, unescape(link)))
            path = target.path + (f"?{target.query}" if target.query else "")
            if not target.netloc and target.scheme in ("", "http") and path not in seen and not SKIPPED.match(path):
                seen.add(path)
                waiting.append(path)


def main():
    done, failed = set(), 0
    print(f"database: {connection.vendor}\n")
    print(f"{'status':>6} {'queries':>7} {'ms':>7} {'kB':>7}  page")
    known = set(get_user_model().objects.filter(username__in=ACCOUNTS).values_list("username", flat=True))
    for account in ["", *(name for name in ACCOUNTS if name in known)]:
        print(f"-- {account or 'not signed in'}")
        for address, status, queries, milliseconds, kilobytes in walk(account, done):
            print(f"{status:>6} {queries:>7} {milliseconds:>7.1f} {kilobytes:>7.1f}  {address}", flush=True)
            failed += status >= 500
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
