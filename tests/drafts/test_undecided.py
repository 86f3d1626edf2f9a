"""A version about which its author has not decided is kept beside the draft, on every device, until they do."""

import re
from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse

from caseflow.cases.models import Case
from caseflow.cases.services import close_case
from caseflow.directory.actors import Actor
from caseflow.drafts.models import Draft
from caseflow.drafts.rules import MOST_UNDECIDED
from caseflow.drafts.selectors import own_draft
from caseflow.drafts.services import DraftDiffers, Written, discard_seen_draft, keep_draft, restore_draft, save_draft
from tests.cases.factories import case_of, psychologist
from tests.directory.factories import signed_in
from tests.drafts.factories import kept_note, note_key

pytestmark = pytest.mark.django_db
URL = "/api/v1/drafts/"


@pytest.fixture
def who() -> Actor:
    return psychologist()


@pytest.fixture
def case(who: Actor) -> Case:
    return case_of(who)


def aside(who: Actor, case: Case, text: str, going_on: UUID | None = None) -> UUID:
    """What a device wrote that does not know the draft: it lies aside."""
    with pytest.raises(DraftDiffers) as refused:
        keep_draft(who, Written(note_key(case), {"text": text}, None, going_on))
    assert refused.value.aside
    return refused.value.aside


def undecided(who: Actor, case: Case) -> str | None:
    """The text of the version aside, as its author's next device finds it."""
    kept = own_draft(who, note_key(case))
    return kept.other.text if kept and kept.other else None


def field_in(html: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]*)"', html)
    assert found
    return found[1]


def page(who: Actor, case: Case) -> str:
    answer = signed_in(who).get(reverse("cases:detail", args=[case.pk]))
    assert answer.status_code == 200
    return answer.content.decode()


def test_both_versions_are_on_the_next_device_and_the_draft_stays_as_it_was(who: Actor, case: Case) -> None:
    kept = kept_note(who, case, "Плохо спит")
    other = aside(who, case, "Плохо ест")
    found = own_draft(who, note_key(case))
    assert found is not None
    assert (found.text, found.revision, undecided(who, case)) == ("Плохо спит", kept.revision, "Плохо ест")
    shown = page(who, case)
    assert ">Плохо ест</textarea>" in shown
    assert "<ins>спит</ins>" in shown
    assert field_in(shown, "draft_aside") == str(other)
    assert "Плохо ест" not in page(psychologist(case.school), case)


def test_what_is_typed_on_replaces_the_version_aside_that_it_goes_on_from(who: Actor, case: Case) -> None:
    kept_note(who, case, "Плохо спит")
    first = aside(who, case, "Плохо")
    second = aside(who, case, "Плохо ест", first)
    assert second != first
    assert undecided(who, case) == "Плохо ест"
    assert aside(who, case, "Плохо ест") == second, "the same words are not kept twice"
    aside(who, case, "Молчит", first)
    assert Draft.objects.filter(undecided=True).count() == 2, "no version aside is overwritten unseen"


def test_deciding_keeps_one_text_and_lets_the_version_aside_go(who: Actor, case: Case) -> None:
    kept = kept_note(who, case, "Плохо спит")
    other = aside(who, case, "Плохо ест")
    both = {"text": "Плохо ест\nПлохо спит"}
    save_draft(who, Written(note_key(case), both, kept.revision, other))
    found = own_draft(who, note_key(case))
    assert found is not None
    assert (found.fields, found.other, Draft.objects.count()) == (both, None, 1)


def test_saving_the_entry_ends_the_versions_that_its_author_saw_and_no_other(who: Actor, case: Case) -> None:
    kept = kept_note(who, case, "Плохо спит")
    other = aside(who, case, "Плохо ест")
    sent = {"text": "Плохо ест", "draft_revision": str(kept.revision), "draft_aside": str(other)}
    aside(who, case, "Молчит")
    saved = signed_in(who).post(reverse("cases:note", args=[case.pk]), sent)
    assert saved.status_code == 302
    left = own_draft(who, note_key(case))
    assert left is not None
    assert (left.text, left.other) == ("Молчит", None)
    shown = page(who, case)
    assert ">Молчит</textarea>" in shown, "what was left undecided is the draft now"
    sent = {"text": "Молчит весь день", "draft_revision": field_in(shown, "draft_revision")}
    assert signed_in(who).post(reverse("cases:note", args=[case.pk]), sent).status_code == 302
    assert not Draft.objects.exists()


def test_a_choice_by_button_names_what_it_decides_about(who: Actor, case: Case) -> None:
    kept_note(who, case, "Плохо спит")
    aside(who, case, "Плохо ест")
    shown = page(who, case)
    sent: dict[str, Any] = {name: field_in(shown, name) for name in ("draft_revision", "draft_aside")}
    chosen = signed_in(who).post(reverse("cases:note", args=[case.pk]), sent | {"text": "Плохо ест", "take": "both"})
    html = chosen.content.decode().replace("\r\n", "\n")
    assert (chosen.status_code, ">Плохо ест\nПлохо спит</textarea>" in html) == (200, True)
    assert "data-refused" in html, "the page keeps at once what was chosen"
    sent = {name: field_in(html, name) for name in sent}
    saved = signed_in(who).post(reverse("cases:note", args=[case.pk]), sent | {"text": "Плохо ест и спит"})
    assert (saved.status_code, Draft.objects.count()) == (302, 0)


def test_the_draft_that_was_discarded_comes_back_beside_the_version_aside(who: Actor, case: Case) -> None:
    kept = kept_note(who, case, "Плохо спит")
    aside(who, case, "Плохо ест")
    discard_seen_draft(who, note_key(case), str(kept.revision))
    found = own_draft(who, note_key(case))
    assert found is not None
    assert found.text == "Плохо ест"
    restore_draft(who, note_key(case), {"revision": str(kept.revision)})
    assert undecided(who, case) == "Плохо ест"


def test_the_oldest_of_too_many_gives_way_and_all_end_with_the_case(who: Actor, case: Case) -> None:
    kept_note(who, case, "Плохо спит")
    for number in range(MOST_UNDECIDED + 2):
        aside(who, case, f"Версия {number}")
    texts = [one["written"]["text"] for one in signed_in(who).get(URL).json()["results"] if one["undecided"]]
    assert texts == [f"Версия {number}" for number in reversed(range(2, MOST_UNDECIDED + 2))]
    close_case(who, case.pk, reason="Всё спокойно")
    assert not Draft.objects.exists()


def test_the_api_says_where_the_refused_version_lies(who: Actor, case: Case) -> None:
    kept = kept_note(who, case, "Плохо спит")
    client, address = signed_in(who), f"{URL}{note_key(case)}/"
    refused = client.put(address, {"written": {"text": "Плохо ест"}}, content_type="application/json")
    assert refused.status_code == 409
    body = {"written": {"text": "Плохо ест"}, "seen": str(kept.revision), "aside": refused.json()["aside"]}
    assert client.put(address, body, content_type="application/json").status_code == 200
    assert Draft.objects.get().undecided is False
