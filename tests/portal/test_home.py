import re
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from caseflow.consent.enums import EventKind, Purpose
from caseflow.consent.models import ConsentEvent
from caseflow.consent.selectors import gate_open
from caseflow.consent.selectors.own import purposes
from caseflow.consent.services import approve_exclusion, exclude_guardian
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Pupil
from caseflow.directory.templatetags.ui import shortdate
from tests.consent.factories import given, line
from tests.directory.factories import GuardianshipFactory, PupilFactory, actor, parent_of, signed_in

pytestmark = pytest.mark.django_db
HOME = reverse("portal:home")
MOOD = Purpose.MOOD_ANALYSIS


def page(who: Actor, **query: Any) -> str:
    answer = signed_in(who).get(HOME, query)
    assert answer.status_code == 200
    return answer.content.decode()


def decide(who: Actor, pupil: Pupil, decision: str, purpose: str = MOOD, **changes: Any) -> Any:
    row = next(row for row in purposes(who, pupil, "en") if row.purpose == MOOD)
    sent = {"decision": decision, "text": row.text.pk, "shown": row.shown_sha256, "confirmed": "yes"}
    return signed_in(who).post(reverse("portal:decide", args=[pupil.pk, purpose]), {**sent, **changes})


def is_open(pupil: Pupil) -> bool:
    now = timezone.now()
    return gate_open(pupil.pk, MOOD, frame_at=now, now=now, operator_id=pupil.school_id)


def switches(html: str) -> dict[str, str]:
    """The state of each purpose's switch."""
    found = re.findall(r'role="switch" aria-checked="(\w+)" aria-labelledby="(\w+)-name"', html)
    return {purpose: checked for checked, purpose in found}


def test_nothing_is_ticked_before_a_parent_has_decided() -> None:
    assert switches(page(parent_of(PupilFactory.create()))) == dict.fromkeys(Purpose.values, "false")


def test_giving_and_withdrawing_take_one_request_each_and_hold_at_once() -> None:
    pupil = PupilFactory.create()
    parent = parent_of(pupil)

    assert pupil.school_class is not None

    agreed = decide(parent, pupil, "give")
    assert f"until {shortdate(pupil.school_class.year.ends_on)}" in agreed.content.decode()
    assert switches(agreed.content.decode()) == {"mood_analysis": "true"}
    assert is_open(pupil)
    withdrawn = decide(parent, pupil, "withdraw")

    assert switches(withdrawn.content.decode()) == {"mood_analysis": "false"}
    assert "Withdrawn" in withdrawn.content.decode()
    assert not is_open(pupil)


def test_the_sheet_shows_the_full_text_with_operator_and_bin_before_anybody_agrees() -> None:
    pupil = PupilFactory.create()

    html = page(parent_of(pupil))

    assert "when a neighbour leans over" in html
    assert pupil.school.bin in html
    assert html.count("data-read-to-end") == len(Purpose)
    assert len(re.findall(r'-agree" disabled', html)) == len(Purpose)


@pytest.mark.parametrize(
    "change",
    [{"confirmed": ""}, {"text": "not-a-text"}, {"shown": "0" * 64}],
    ids=["text not opened", "no such text", "another text"],
)
def test_a_consent_to_something_not_shown_is_refused_in_words(change: dict[str, str]) -> None:
    pupil = PupilFactory.create()

    answer = decide(parent_of(pupil), pupil, "give", **change)

    assert answer.status_code == 409
    assert 'role="alert"' in answer.content.decode()
    assert switches(answer.content.decode()) == {"mood_analysis": "false"}
    assert not ConsentEvent.objects.exists()


def test_a_parent_sees_the_own_decisions_and_never_the_other_guardians() -> None:
    pupil = PupilFactory.create()
    other = GuardianshipFactory.create(pupil=pupil).guardian_id
    given(pupil, other, Purpose.PSYCHOLOGICAL_SUPPORT)
    line(pupil, EventKind.REFUSED, guardian_id=other, purpose=MOOD)
    parent = parent_of(pupil)
    decide(parent, pupil, "give")

    html = page(parent)

    assert switches(html)["mood_analysis"] == "true"
    assert switches(html)["psychological_support"] == "false"
    assert "Refused" not in html
    assert not is_open(pupil)


def visible(html: str) -> str:
    """The page without what differs with every request."""
    return re.sub(r"[0-9a-zA-Z]{64}|data-cursor=\"\S*\"|nonce-\S+", "", html)


def test_neither_an_exclusion_nor_a_dissent_changes_anything_a_guardian_sees() -> None:
    pupil = PupilFactory.create()
    parent = parent_of(pupil)
    decide(parent, pupil, "give")
    before = page(parent)
    guardian_id = parent.membership.guardian_id
    assert guardian_id is not None
    proposal = exclude_guardian(
        actor(Role.PSYCHOLOGIST, school=pupil.school),
        pupil_id=pupil.pk,
        guardian_id=guardian_id,
        reason="Suspected violence at home.",
    )
    approve_exclusion(actor(Role.LEAD_PSYCHOLOGIST, district=pupil.school.district), proposal.pk)
    line(pupil, EventKind.DISSENT)

    assert not is_open(pupil)
    assert visible(page(parent)) == visible(before)
    exported = signed_in(parent).get(reverse("portal:export", args=[pupil.pk])).json()
    assert [entry["decision"] for entry in exported["consents"]] == ["given"]
    assert decide(parent, pupil, "withdraw").status_code == 200
    assert decide(parent, pupil, "give").status_code == 200


def test_a_lapsed_consent_shows_as_off() -> None:
    pupil = PupilFactory.create()
    parent = parent_of(pupil)
    event = given(pupil, parent.membership.guardian_id)
    ConsentEvent._base_manager.filter(pk=event.pk).update(expires_at=timezone.now() - timedelta(days=1))

    html = page(parent)

    assert switches(html)["mood_analysis"] == "false"
    assert "Lapsed" in html


def test_each_child_has_a_tab_and_only_ones_own() -> None:
    first = PupilFactory.create(first_name="Мадина")
    second = PupilFactory.create(first_name="Әлихан")
    parent = parent_of(first)
    GuardianshipFactory.create(pupil=second, guardian=parent.membership.guardian)

    html = page(parent, child=second.pk)

    assert "Мадина" in html
    assert "Әлихан" in html
    assert f"/{second.pk}/consents/" in html
    assert f"/{first.pk}/consents/" not in html
    assert signed_in(parent).get(HOME, {"child": str(PupilFactory.create().pk)}).status_code == 404
    assert signed_in(parent).get(HOME, {"child": "nonsense"}).status_code == 404


def test_another_familys_child_is_not_found_on_any_address() -> None:
    pupil, stranger = PupilFactory.create(), parent_of(PupilFactory.create())
    client = signed_in(stranger)

    assert client.post(reverse("portal:decide", args=[pupil.pk, MOOD]), {"decision": "refuse"}).status_code == 404
    assert client.post(reverse("portal:ask", args=[pupil.pk])).status_code == 404
    assert client.get(reverse("portal:export", args=[pupil.pk])).status_code == 404
    assert not ConsentEvent.objects.exists()


def test_an_answer_that_says_nothing_is_refused() -> None:
    pupil = PupilFactory.create()

    assert decide(parent_of(pupil), pupil, "").status_code == 400
    assert not ConsentEvent.objects.exists()


def test_an_unknown_purpose_is_not_found() -> None:
    pupil = PupilFactory.create()

    assert decide(parent_of(pupil), pupil, "refuse", purpose="marketing").status_code == 404


@pytest.mark.parametrize("role", [Role.PSYCHOLOGIST, Role.SCHOOL_ADMIN, Role.TEACHER])
def test_the_portal_is_for_families(role: Role) -> None:
    pupil = PupilFactory.create()
    client = signed_in(actor(role, school=pupil.school))

    assert client.get(HOME).status_code == 403
    assert client.get(reverse("portal:export", args=[pupil.pk])).status_code == 403
    assert Client().get(HOME).status_code == 302


def test_at_eighteen_the_page_passes_from_the_parent_to_the_pupil() -> None:
    pupil = PupilFactory.create()
    parent, grown = parent_of(pupil), actor(Role.PUPIL, pupil=pupil)
    assert "Nobody to decide for" in page(grown)
    Pupil.objects.filter(pk=pupil.pk).update(birth_date="2001-01-01")

    assert "Nobody to decide for" in page(parent)
    assert decide(grown, pupil, "give").status_code == 200
    assert "My data" in page(grown)
    assert is_open(pupil)


@pytest.mark.parametrize(("language", "words"), [("kk", "Сабақтағы көңіл күйді талдау"), ("ru", "Анализ настроения")])
def test_the_texts_come_in_the_language_of_the_page(language: str, words: str) -> None:
    parent = parent_of(PupilFactory.create())
    type(parent.user).objects.filter(pk=parent.user.pk).update(language=language)

    assert words in page(parent)
