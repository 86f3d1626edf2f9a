"""The same over the API: what is read, what is written, and what the state of things forbids."""

import json
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from tests.cases.factories import case_of, psychologist, pupil_of
from tests.directory.factories import signed_in
from tests.journals.factories import (
    THEME,
    finished,
    held,
    principal_of,
    recorded,
    region_lead_of,
    today,
    year_at,
)

pytestmark = pytest.mark.django_db


def get(client: Client, name: str, *args: Any, status: int = 200, **query: Any) -> Any:
    answer = client.get(reverse(f"api:{name}", args=args), query)
    assert answer.status_code == status, answer.content
    return answer.json()


def send(client: Client, method: str, name: str, *args: Any, status: int = 200, **body: Any) -> Any:
    url = reverse(f"api:{name}", args=args)
    answer = client.generic(method, url, json.dumps(body), content_type="application/json")
    assert answer.status_code == status, answer.content
    return answer.json() if answer.content else None


def test_journals_are_read_and_what_was_done_is_written() -> None:
    who = psychologist()
    year_at(who)
    client = signed_in(who)
    recorded(who, pupil_of(who), days=-2)
    made = held(who, pupil_of(who))
    found = get(client, "journal-list", limit=1, offset=1)
    assert (found["count"], len(found["results"]), found["next"]) == (2, 1, None)
    first = get(client, "journal-list", until=today().isoformat(), psychologist=who.user.pk)["results"][0]
    cells = {cell["column"]: cell["value"] for cell in first["cells"]}
    assert (first["made_of"], cells["number"], cells["theme"]) == ("appointment", "1", THEME)
    assert "person" not in cells
    get(client, "journal-list", journal="none", status=400)
    assert get(client, "work-record-detail", made.pk)["is_written"] is False
    said = send(client, "PUT", "work-record-detail", made.pk, theme="Сон", asker="pupil", result="Режим")
    assert (said["theme"], said["result"], said["is_written"]) == ("Сон", "Режим", True)
    send(client, "PUT", "work-record-detail", made.pk, theme="", status=400)
    one = finished(who, case_of(who))
    assert get(client, "result-record-detail", one.pk) == {"purpose": "", "told": []}
    said = send(client, "PUT", "result-record-detail", one.pk, purpose="Отбор", told=["pupil"])
    assert said == {"purpose": "Отбор", "told": ["pupil"]}


def test_the_plan_is_written_sent_approved_and_ended() -> None:
    who = psychologist()
    year = year_at(who)
    client, principal = signed_in(who), signed_in(principal_of(who))
    get(client, "year-plan-current", status=404)
    words = {"title": "Занятия", "audience": "7 классы", "expected": "Меньше ссор", "direction": "group"}
    body: dict[str, Any] = {"year": year.pk, "owner": who.user.pk, **words}
    made = send(client, "POST", "plan-item-list", **body, status=201)
    assert (made["month"], made["owner_name"]) == (None, who.user.short_name)
    changed = send(client, "PUT", "plan-item-detail", made["id"], **body | {"month": 10})
    assert get(client, "plan-item-detail", made["id"]) == changed
    assert send(client, "POST", "year-plan-send", year=year.pk)["state"] == "sent"
    assert "Open it for changes" in send(client, "POST", "plan-item-list", **body, status=409)["detail"]
    returned = send(principal, "POST", "year-plan-send-back", year=year.pk, remark="Ещё")
    assert returned["remark"] == "Ещё"
    send(client, "POST", "year-plan-send", year=year.pk)
    assert send(principal, "POST", "year-plan-approve", year=year.pk)["approved_at"]
    assert [one["title"] for one in get(principal, "year-plan-current")["items"]] == ["Занятия"]
    ended = send(client, "POST", "plan-item-end", made["id"], state="done", outcome="Провели")
    assert (ended["state"], ended["outcome"]) == ("done", "Провели")
    assert send(client, "POST", "year-plan-reopen", year=year.pk)["state"] == "draft"
    send(client, "POST", "plan-item-end", made["id"], state="open")
    send(client, "DELETE", "plan-item-detail", made["id"], status=204)
    send(client, "POST", "year-plan-copy", year=year.pk, status=409)


def test_the_report_is_written_and_signed_and_forms_are_entered() -> None:
    who = psychologist()
    year = year_at(who, begun=250, left=20)
    client = signed_in(who)
    said = send(client, "POST", "annual-report-words", year=year.pk, next="Больше")
    assert (said["content"]["words"], said["may_sign"], said["digest"]) == ({"next": "Больше"}, True, None)
    signed = send(client, "POST", "annual-report-sign", year=year.pk, status=201)
    assert len(signed["digest"]) == 64
    assert get(signed_in(principal_of(who)), "annual-report-current")["digest"] == signed["digest"]
    lead = signed_in(region_lead_of(who))
    titles = {"kk": "Күні", "ru": "День", "en": "Day"}
    body: dict[str, Any] = {"journal": "group", "source": "Order 12", "effective_from": today().isoformat()}
    columns = [{"key": "date", "title": titles}, {"key": "theme"}]
    made = send(lead, "POST", "journal-form-list", **body, columns=columns, status=201)
    assert made["columns"] == columns
    send(lead, "POST", "journal-form-list", **body, columns=[{"key": "person"}], status=409)
    assert get(client, "journal-form-list")["count"] == 4
