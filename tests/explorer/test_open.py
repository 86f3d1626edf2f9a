"""The public page: in three languages, kept by caches, without cookies, and in a frame only where that was meant."""

import csv
import json
from io import StringIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from caseflow.directory.actors import Actor
from caseflow.directory.models import Region
from caseflow.disclosure.rounding import change_percent
from caseflow.documents.csv_file import csv_file
from caseflow.explorer.services import publish
from caseflow.explorer.views.opened import WORDED_IN
from caseflow.explorer.wording import refusal_words
from caseflow.releases.models import Release
from caseflow.releases.reading import column_of
from caseflow.releases.templatetags.figures import hidden_mark
from caseflow.releases.wording import change_words, period_words
from caseflow.shell import Shell
from tests.directory.factories import RegionFactory, signed_in
from tests.explorer.factories import release

pytestmark = pytest.mark.django_db
PAGE = "/open/mangystau/"
ALL = (PAGE, f"{PAGE}embed/", "/open/mangystau.json", "/open/mangystau.csv")
CHOSEN = ["events", "self_harm", "psych_in_time", "accepting", "schools"]
KNOWN_QUERIES, PAGE_QUERIES = 2, 3
TITLE = "Safety of children at schools"


@pytest.fixture
def opened(released: Region, prosecutor: Actor) -> Region:
    publish(prosecutor, released, CHOSEN)
    return released


@pytest.mark.parametrize("url", ALL)
def test_everybody_may_keep_it_and_nobody_is_told_by_a_cookie(opened: Region, prosecutor: Actor, url: str) -> None:
    visitor, somebody = Client(), signed_in(prosecutor)
    answers = [visitor.get(url), somebody.get(url)]
    assert answers[0].content == answers[1].content
    for answer in answers:
        assert answer.status_code == 200
        assert answer["Cache-Control"] == "public, max-age=600"
        assert answer["Vary"] == "Accept-Language"
        assert answer["ETag"].startswith('"')
        assert not answer.cookies
    assert somebody.get("/explorer/").status_code == 200  # still signed in


@pytest.mark.parametrize("url", ALL)
def test_who_has_it_already_is_told_so_in_two_queries(opened: Region, url: str) -> None:
    client = Client()
    first = client.get(url)
    with CaptureQueriesContext(connection) as queries:
        again = client.get(url, headers={"If-None-Match": first["ETag"]})
    assert len(queries) <= KNOWN_QUERIES
    assert (again.status_code, again.content, again["ETag"]) == (304, b"", first["ETag"])
    assert again["Cache-Control"] == first["Cache-Control"]
    assert not again.cookies


@pytest.mark.parametrize("url", ALL)
def test_it_asks_as_many_questions_however_much_is_published(released: Region, prosecutor: Actor, url: str) -> None:
    counts = []
    for chosen in (["events"], CHOSEN):
        publish(prosecutor, released, chosen)
        with CaptureQueriesContext(connection) as queries:
            Client().get(url)
        counts.append(len(queries))
    assert counts == [PAGE_QUERIES, PAGE_QUERIES]


def test_the_tag_changes_with_what_is_shown_and_with_nothing_else(opened: Region, prosecutor: Actor) -> None:
    def tag(url: str = f"{PAGE}?language=kk") -> str:
        return Client().get(url)["ETag"]

    first = tag()
    assert tag() == first
    assert len({tag(), tag(f"{PAGE}?language=ru"), tag(f"{PAGE}embed/?language=kk"), tag(ALL[2]), tag(ALL[3])}) == 5
    release(opened, "2026-Q1", prosecutor, seed=5, version=2)
    corrected = tag()
    publish(prosecutor, opened, ["events"])
    assert len({first, corrected, tag()}) == 3


def test_head_is_answered_as_get_without_a_body(opened: Region) -> None:
    answer = Client().head(PAGE)
    assert (answer.status_code, answer.content) == (200, b"")
    assert answer["ETag"] == Client().get(PAGE)["ETag"]


@pytest.mark.parametrize(
    ("asked", "wanted", "shown"),
    [
        ("", "", "kk"),
        ("", "fr,de;q=0.5", "kk"),
        ("", "ru-RU,en;q=0.5", "ru"),
        ("", "fr, en-GB;q=0.8", "en"),
        ("?language=en", "ru", "en"),
        ("?language=xx", "ru", "ru"),
    ],
)
def test_it_speaks_as_asked_then_as_the_browser_then_kazakh(
    opened: Region, asked: str, wanted: str, shown: str
) -> None:
    answer = Client().get(f"{PAGE}{asked}", headers={"Accept-Language": wanted})
    page = answer.content.decode()
    assert answer["Content-Language"] == shown
    assert f'<html lang="{shown}">' in page
    for code in ("kk", "ru", "en"):
        assert f'hreflang="{code}" href="http://testserver{PAGE}?language={code}"' in page
    assert ("Маңғыстау облысы" in page) is (shown == "kk")


def test_it_is_honest_about_rises_and_about_what_is_hidden(opened: Region) -> None:
    page = Client().get(f"{PAGE}?language=en").content.decode()
    for said in (TITLE, "more trust, not more events", "one to seven", "What was not counted is no nought", "Call 111"):
        assert said in page
    assert "corrected version 2" in page
    assert "Two reports were of one event" not in page  # the reason was written for the council


def test_one_can_frame_the_page_for_frames_alone(opened: Region) -> None:
    framed, page = Client().get(f"{PAGE}embed/"), Client().get(PAGE)
    policy = framed["Content-Security-Policy"]
    assert "frame-ancestors *" in policy
    assert "script-src 'none'" in policy
    assert "X-Frame-Options" not in framed
    assert b"<script" not in framed.content
    assert b"<form" not in framed.content
    assert "frame-ancestors 'none'" in page["Content-Security-Policy"]
    assert page["X-Frame-Options"] == "DENY"
    assert b"<script" not in page.content


def test_a_frame_opens_the_whole_page_beside(opened: Region) -> None:
    framed = Client().get(f"{PAGE}embed/?language=ru").content.decode()
    assert f'href="{PAGE}?language=ru" target="_blank" rel="noopener"' in framed


@pytest.mark.parametrize("url", ["/open/nowhere/", *ALL])
def test_where_nothing_is_published_nothing_is_there(released: Region, url: str) -> None:
    RegionFactory.create(code="elsewhere")
    answer = Client().get(url)
    assert answer.status_code == 404
    assert answer["Cache-Control"] == "public, max-age=60"
    assert not answer.cookies
    assert b"<form" not in answer.content


def test_the_open_data_hold_what_the_page_shows(opened: Region) -> None:
    answer = Client().get("/open/mangystau.json", headers={"Accept-Language": "en"})
    assert answer["Access-Control-Allow-Origin"] == "*"
    assert answer.content == Client().get("/open/mangystau.json", headers={"Accept-Language": "kk"}).content
    told = json.loads(answer.content)
    assert [each["code"] for each in told["indicators"]] == CHOSEN
    assert [each["period"] for each in told["releases"]] == [
        "2025-Q3",
        "2025-Q4",
        "2026-Q1",
        "2026-Q2",
        "2026-Q3",
        "2025",
    ]
    assert {(each["place"], each["period"]) for each in told["figures"] if each["indicator"] == "self_harm"} == {
        ("region", "2025")
    }
    lines = csv.DictReader(StringIO(Client().get("/open/mangystau.csv").content.decode("utf-8-sig")))
    assert [(line["indicator"], line["place"], line["period"], line["figure"]) for line in lines] == [
        (each["indicator"], each["place"], each["period"], "" if each["figure"] is None else str(each["figure"]))
        for each in told["figures"]
    ]


def test_only_what_was_chosen_is_open(released: Region, prosecutor: Actor) -> None:
    publish(prosecutor, released, ["violence"])
    told = json.loads(Client().get("/open/mangystau.json").content)
    assert {each["indicator"] for each in told["figures"]} == {"violence"}
    page = Client().get(f"{PAGE}?language=en").content.decode()
    assert "Fights and physical violence" in page
    assert "Bullying suspected" not in page
    assert "Call 111" not in page


def test_the_change_against_the_period_and_the_year_before_is_of_what_is_published(
    released: Region, prosecutor: Actor
) -> None:
    publish(prosecutor, released, ["events"])
    newest, before = Release.objects.get(version=2), Release.objects.get(period="2026-Q2")
    key = "incidents:*"
    now, then = newest.content["figures"][key]["region"], before.content["figures"][key]["region"]
    sign = "+" if now > then else "−"
    percent = abs((200 * (now - then) + then) // (2 * then))
    assert f"{sign}{percent}\N{NO-BREAK SPACE}%" in Client().get(f"{PAGE}?language=en").content.decode()


@pytest.mark.parametrize("demo", [True, False])
def test_invented_figures_say_so(opened: Region, monkeypatch: pytest.MonkeyPatch, *, demo: bool) -> None:
    monkeypatch.setattr(Shell, "demo", demo)
    page = Client().get(f"{PAGE}?language=en").content.decode()
    assert ("All names and events are invented" in page) is demo


@pytest.mark.parametrize(
    "words", [refusal_words, csv_file, change_percent, change_words, hidden_mark, period_words, column_of]
)
def test_a_copy_is_another_one_once_an_update_words_or_counts_otherwise(words: Any) -> None:
    assert words.__module__.split(".")[1] in WORDED_IN
