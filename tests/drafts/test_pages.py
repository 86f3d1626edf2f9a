"""Forms that begin with what was kept, without JavaScript as well, and two versions on the page."""

import re
from typing import Any

import pytest
from django.urls import reverse

from caseflow.cases.models import Case
from caseflow.cases.services import close_case
from caseflow.directory.actors import Actor
from caseflow.drafts.models import Draft
from caseflow.drafts.selectors import own_draft
from caseflow.drafts.services import Written, save_draft
from tests.cases.factories import case_of, note_in, psychologist, task_for
from tests.directory.factories import signed_in
from tests.drafts.factories import kept_note, note_key

pytestmark = pytest.mark.django_db


@pytest.fixture
def who() -> Actor:
    return psychologist()


@pytest.fixture
def case(who: Actor) -> Case:
    return case_of(who)


def page(who: Actor, name: str, *args: Any) -> str:
    return signed_in(who).get(reverse(name, args=args)).content.decode()


def post(who: Actor, name: str, *args: Any, **sent: Any) -> Any:
    return signed_in(who).post(reverse(name, args=args), sent)


def revision_in(html: str) -> str:
    found = re.search(r'name="draft_revision" value="([^"]*)"', html)
    assert found
    return found[1]


def test_the_form_begins_with_the_draft_on_every_device(who: Actor, case: Case) -> None:
    empty = page(who, "cases:detail", case.pk)
    assert (revision_in(empty), "Draft of" in empty) == ("", False)
    kept = kept_note(who, case, "Плохо спит")
    shown = page(who, "cases:detail", case.pk)
    assert ">Плохо спит</textarea>" in shown
    assert "Draft of" in shown
    assert revision_in(shown) == str(kept.revision)
    assert "Плохо спит" not in page(psychologist(case.school), "cases:detail", case.pk)


def test_each_form_of_a_case_begins_with_its_draft(who: Actor, case: Case) -> None:
    note, task = note_in(case, who, "Две ночи"), task_for(case, who)
    forms = {
        f"correction-{note.pk}": ("cases:correct", (case.pk, note.pk), "text"),
        f"risk-{case.pk}": ("cases:risk", (case.pk,), "basis"),
        f"task-{case.pk}": ("cases:task", (case.pk,), "title"),
        f"outcome-{task.pk}": ("cases:complete", (task.pk,), "outcome"),
    }
    for key, (name, args, field) in forms.items():
        save_draft(who, Written(key, {field: f"Начато {key[:4]}"}, None))
        assert f"Начато {key[:4]}</textarea>" in page(who, name, *args)


def test_saving_the_form_removes_its_draft(who: Actor, case: Case) -> None:
    kept = kept_note(who, case, "Плохо")
    sent = {"text": "Плохо спит", "draft_revision": str(kept.revision)}
    assert post(who, "cases:note", case.pk, **sent).status_code == 302
    assert not Draft.objects.exists()


def test_a_version_of_another_device_is_shown_beside_the_own_and_the_choice_is_kept(who: Actor, case: Case) -> None:
    first = kept_note(who, case, "Плохо")
    kept_note(who, case, "Плохо спит", first.revision)
    sent = {"text": "Плохо ест", "visibility": "team", "draft_revision": str(first.revision)}
    answer = post(who, "cases:note", case.pk, **sent)
    shown = answer.content.decode()
    assert answer.status_code == 409
    assert "<ins>ест</ins>" in shown
    assert "<ins>спит</ins>" in shown
    assert ">Плохо ест</textarea>" in shown
    assert not case.entries.filter(kind="note").exists()
    seen = revision_in(shown)
    for take, text in (("mine", "Плохо ест"), ("theirs", "Плохо спит"), ("both", "Плохо ест\nПлохо спит")):
        chosen = post(who, "cases:note", case.pk, **sent | {"draft_revision": seen, "take": take})
        assert chosen.status_code == 200
        assert f">{text}</textarea>" in chosen.content.decode().replace("\r\n", "\n")
        assert revision_in(chosen.content.decode()) == seen
    assert post(who, "cases:note", case.pk, **sent | {"draft_revision": seen}).status_code == 302


def test_a_choice_without_a_kept_version_keeps_what_was_sent(who: Actor, case: Case) -> None:
    chosen = post(who, "cases:risk", case.pk, basis="Беседа", level="high", take="theirs")
    assert "Беседа</textarea>" in chosen.content.decode()
    assert re.search(r'value="high"[^>]* checked', chosen.content.decode())


def test_the_page_compares_what_is_written_with_what_is_kept(who: Actor, case: Case) -> None:
    assert post(who, "drafts:compare", note_key(case), text="Плохо").status_code == 204
    kept_note(who, case, "Плохо спит")
    shown = post(who, "drafts:compare", note_key(case), text="Плохо ест").content.decode()
    assert "<ins>спит</ins>" in shown
    assert post(psychologist(), "drafts:compare", note_key(case), text="Плохо").status_code == 404


def test_a_draft_is_discarded_by_hand(who: Actor, case: Case) -> None:
    kept = kept_note(who, case, "Плохо спит")
    late = post(who, "drafts:discard", note_key(case), draft_revision="")
    assert late["Location"] == reverse("cases:detail", args=[case.pk])
    assert own_draft(who, note_key(case)) == kept
    post(who, "drafts:discard", note_key(case), draft_revision=str(kept.revision))
    assert own_draft(who, note_key(case)) is None
    assert post(psychologist(), "drafts:discard", note_key(case)).status_code == 404


def test_a_closed_case_offers_no_draft_and_its_pages_still_open(who: Actor, case: Case) -> None:
    close_case(who, case.pk, reason="Всё спокойно")
    assert "draft_revision" not in page(who, "cases:detail", case.pk)
    assert "draft_revision" in page(who, "cases:reopen", case.pk)
    refused = post(who, "cases:note", case.pk, text="Ещё одно")
    assert refused.status_code == 422


URL = "/api/v1/drafts/"


def api(who: Actor, method: str, key: str = "", body: Any = None) -> Any:
    path = f"{URL}{key}/" if key else URL
    return getattr(signed_in(who), method)(path, body, content_type="application/json")


def test_the_api_keeps_lists_and_discards(who: Actor, case: Case) -> None:
    key = note_key(case)
    assert api(who, "get", key).status_code == 404
    first = api(who, "put", key, {"written": {"text": "Плохо"}}).json()
    assert first["written"] == {"text": "Плохо"}
    assert [row["key"] for row in signed_in(who).get(URL).json()["results"]] == [key]
    assert signed_in(who).get(f"{URL}{key}/").json() == first
    second = api(who, "put", key, {"written": {"text": "Плохо спит"}, "seen": first["revision"]}).json()
    stale = api(who, "put", key, {"written": {"text": "Хорошо"}, "seen": first["revision"]})
    assert (stale.status_code, stale.json()["current"]) == (409, second)
    assert signed_in(who).delete(f"{URL}{key}/?seen={first['revision']}").status_code == 409
    assert signed_in(who).delete(f"{URL}{key}/?seen={second['revision']}").status_code == 204
    assert [row["written"]["text"] for row in signed_in(who).get(URL).json()["results"]] == ["Хорошо"]


def test_the_api_refuses_what_is_too_long_and_what_is_not_the_callers(who: Actor, case: Case) -> None:
    long = api(who, "put", note_key(case), {"written": {"text": "а" * 60_000, "more": "а"}})
    assert (long.status_code, list(long.json())) == (400, ["written"])
    assert api(psychologist(), "put", note_key(case), {"written": {}}).status_code == 404
    assert not Draft.objects.exists()
