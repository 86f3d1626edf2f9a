"""How many queries each page makes, as JSON: `python -m bench.pages.counting READERS.json`."""

import json
import sys
from pathlib import Path

import django
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.pages.asking import CSRF, FORM, Draw, Request
from bench.pages.shape import PAGES, Readers

TRIES = 10  # the most that a page asks, in so many of its requests
TRANSACTION = ("BEGIN", "COMMIT", "SAVEPOINT", "RELEASE")


def main() -> None:
    django.setup()
    client = Client(headers={"host": "127.0.0.1"})
    draw = Draw(Readers.read(Path(sys.argv[1])), seed=0)
    requests = [draw.request(number) for number in range(len(PAGES) * (TRIES + 1))]
    for request in requests[: len(PAGES)]:  # what a process asks once and keeps
        _count(client, request)
    most: dict[str, int] = {}
    for request in requests[len(PAGES) :]:
        most[request.page] = max(most.get(request.page, 0), _count(client, request))
    print(json.dumps(most))


def _count(client: Client, request: Request) -> int:
    """How many queries one request makes. Raises SystemExit where its answer is no page."""
    for cookie in (request.cookie, f"csrftoken={CSRF}"):
        name, _, value = cookie.partition("=")
        client.cookies[name] = value
    with CaptureQueriesContext(connection) as asked:
        answer = client.generic(request.method, request.path, request.body, FORM)
    if answer.status_code != 200:
        raise SystemExit(f"{request.path}: {answer.status_code}")
    return sum(not query["sql"].startswith(TRANSACTION) for query in asked)


if __name__ == "__main__":
    main()
