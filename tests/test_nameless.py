"""Of a device nothing is known on the pages for reports without a name: planted marks are found nowhere afterwards."""

import logging
from collections.abc import Iterator
from io import StringIO
from pathlib import Path
from typing import Any, cast

import pytest
from django.apps import apps
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpRequest, HttpResponse
from django.test import AsyncRequestFactory, Client, RequestFactory
from django.urls import reverse

from caseflow import nameless
from caseflow.audit.models import AuditEntry
from caseflow.directory.enums import Role
from caseflow.incidents.models import Incident, SchoolLink
from caseflow.incidents.views.anonymous import public
from caseflow.nameless import NEEDED, NamelessLog, NamelessRequests
from ops.children import WEB
from tests.directory.factories import SchoolFactory, actor, signed_in
from tests.incidents.anonymous_factories import link_for, photo

ADDRESS, KIND, FROM, COOKIE, WORDS = "203.0.113.77", "MarkedBrowser/9", "marked.example", "marked-cookie", "Помеченные"
MARKS: dict[str, Any] = {
    "REMOTE_ADDR": ADDRESS,
    "HTTP_X_FORWARDED_FOR": ADDRESS,
    "HTTP_X_REAL_IP": ADDRESS,
    "HTTP_USER_AGENT": KIND,
    "HTTP_REFERER": f"https://{FROM}/",
    "HTTP_SEC_CH_UA": KIND,
}


@pytest.fixture
def link(db: None) -> SchoolLink:
    school = SchoolFactory.create()
    actor(Role.PSYCHOLOGIST, school=school)
    return link_for(school)


@pytest.fixture
def log() -> Iterator[StringIO]:
    """All that the installation's log would hold: the root's handler with its format and filters."""
    out, setting = StringIO(), cast("dict[str, Any]", settings.LOGGING)
    told = setting["handlers"]["console"]
    handler = logging.StreamHandler(out)
    handler.setFormatter(logging.Formatter(setting["formatters"][told["formatter"]]["format"], style="{"))
    for name in told["filters"]:
        assert setting["filters"][name] == {"()": "caseflow.nameless.NamelessLog"}
        handler.addFilter(NamelessLog())
    logging.getLogger().addHandler(handler)
    yield out
    logging.getLogger().removeHandler(handler)


def everything_stored(data_dir: Path) -> str:
    """Every column of every row, and every file of the data folder but the database itself."""
    rows = [str(row) for model in apps.get_models() for row in model._base_manager.values()]
    files = [path for path in data_dir.rglob("*") if path.is_file() and "sqlite3" not in path.name]
    return "\n".join([*rows, *(path.read_bytes().decode("latin-1") for path in files)])


def test_nothing_that_a_device_tells_is_stored_or_logged(link: SchoolLink, log: StringIO, data_dir: Path) -> None:
    phone = Client(**MARKS)
    phone.cookies["device"] = COOKIE
    page = reverse("anonymous:report", args=[link.token])
    phone.get(page)
    picture = SimpleUploadedFile("marked-name.jpg", photo())
    assert phone.post(page, {"danger": "1", "words": WORDS, "pictures": picture}).status_code == 200
    phone.get("/r/nothing/")
    phone.post(reverse("anonymous:answers"), {"code": "раз"})
    phone.get(reverse("anonymous:talk"))
    assert Incident.objects.count() == 1
    kept = everything_stored(data_dir) + log.getvalue()
    found = [mark for mark in (ADDRESS, KIND, FROM, COOKIE, WORDS, "marked-name") if mark in kept]
    assert found == []
    assert link.token not in log.getvalue()
    assert "/r/" not in log.getvalue()


def test_the_log_holds_what_is_asked_for_elsewhere(db: None, log: StringIO) -> None:
    """Without this the silence above could be that of a broken log."""
    Client().get("/nothing-at-all/")
    assert "Not Found: /nothing-at-all/" in log.getvalue()


def test_of_a_failure_its_place_and_quarter_hour_are_logged_and_not_a_word(
    link: SchoolLink, log: StringIO, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_said: Any, **_facts: Any) -> None:
        raise RuntimeError(WORDS)

    monkeypatch.setattr(public, "report_anonymously", fail)
    phone = Client(raise_request_exception=False, **MARKS)
    page = reverse("anonymous:report", args=[link.token])
    assert phone.post(page, {"danger": "1", "words": WORDS}).status_code == 500
    (line,) = log.getvalue().splitlines()
    assert "ERROR" in line
    assert "RuntimeError at " in line
    assert "test_nameless.py:" in line
    assert line.split(",")[0][-5:] in ("00:00", "15:00", "30:00", "45:00")
    for mark in (ADDRESS, KIND, WORDS, link.token):
        assert mark not in line


def test_who_is_signed_in_on_the_device_reports_as_nobody(link: SchoolLink) -> None:
    """The session is not even touched: its last activity would tell the time and the person."""
    teacher = signed_in(actor(Role.TEACHER, school=link.school))
    session = teacher.session
    before, entries = dict(session.items()), AuditEntry.objects.filter(action="denied").count()
    assert teacher.get("/r/nothing/").status_code == 404
    assert teacher.post(reverse("anonymous:report", args=[link.token]), {"danger": "1"}).status_code == 200
    assert dict(teacher.session.items()) == before
    assert AuditEntry.objects.filter(action="denied").count() == entries
    assert Incident.objects.get().reported_by is None


def test_the_views_see_no_device_behind_the_real_server_either() -> None:
    seen: list[HttpRequest] = []

    def view(request: HttpRequest) -> HttpResponse:
        seen.append(request)
        response = HttpResponse()
        response.set_cookie("anything", "1")
        return response

    factory = AsyncRequestFactory()
    factory.cookies.load({"sessionid": COOKIE, "django_language": "kk"})
    made = factory.get("/r/x/", headers={"User-Agent": KIND, "X-Forwarded-For": ADDRESS})
    assert made.META["HTTP_USER_AGENT"] == KIND
    assert made.scope["client"] is not None
    response = NamelessRequests(view)(made)
    told = {name for name in seen[0].META if not name.startswith("wsgi.")}
    assert told <= NEEDED | {"HTTP_COOKIE"}
    assert seen[0].COOKIES == {"django_language": "kk"}
    assert (made.scope["client"], made.scope["headers"]) == (None, [])
    assert dict(response.cookies) == {}


def test_a_language_that_we_do_not_have_is_no_language_cookie(rf: RequestFactory) -> None:
    request = rf.get("/r/x/", HTTP_COOKIE=f"django_language={COOKIE}")
    nameless.forget_device(request)
    assert request.COOKIES == {}


def test_other_pages_are_left_as_they_are(rf: RequestFactory) -> None:
    request = rf.get("/accounts/login/", **MARKS)
    NamelessRequests(lambda _request: HttpResponse())(request)
    assert request.META["REMOTE_ADDR"] == ADDRESS


def test_it_stands_before_everything_else_and_the_web_server_writes_no_access_log() -> None:
    assert settings.MIDDLEWARE[0] == "caseflow.nameless.NamelessRequests"
    assert "--no-access-log" in WEB
    assert "--no-proxy-headers" in WEB


def test_the_public_pages_lie_where_it_looks(link: SchoolLink) -> None:
    pages = [reverse("anonymous:report", args=[link.token]), reverse("anonymous:answers"), reverse("anonymous:talk")]
    assert all(page.startswith(nameless.PREFIX) for page in pages)


def test_a_failure_without_an_exception_is_told_too() -> None:
    record = logging.makeLogRecord({"levelno": logging.ERROR, "request": RequestFactory().get("/r/x/")})
    assert NamelessLog().filter(record)
    assert "no exception" in record.getMessage()
    record = logging.makeLogRecord(
        {
            "levelno": logging.ERROR,
            "request": RequestFactory().get("/r/x/"),
            "exc_info": (ValueError, ValueError(), None),
        }
    )
    assert NamelessLog().filter(record)
    assert record.getMessage().endswith("failed: ValueError")
