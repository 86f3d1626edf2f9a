"""The pages and the API of the people around a pupil."""

from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from caseflow.cases.models import Case
from caseflow.consent.services import approve_exclusion, exclude_guardian
from caseflow.directory.actors import Actor
from caseflow.relations.enums import RelationKind
from caseflow.relations.models import PersonAround
from tests.cases.factories import case_of, lead_over, psychologist
from tests.cases.test_api import get
from tests.directory.factories import GuardianshipFactory, PupilFactory, signed_in
from tests.incidents.factories import accused, harmed, reported, teacher_at
from tests.plans.test_api import post
from tests.relations.factories import OUTSIDE, recorded

pytestmark = pytest.mark.django_db


@pytest.fixture
def who(db: None) -> Actor:
    return psychologist()


@pytest.fixture
def case(who: Actor) -> Case:
    return case_of(who)


@pytest.fixture
def browser(who: Actor) -> Client:
    return signed_in(who)


def test_the_page_draws_and_lists_everybody(browser: Client, who: Actor, case: Case) -> None:
    url = reverse("relations:case", args=[case.pk])
    assert "Nobody is recorded yet" in browser.get(url).content.decode()
    GuardianshipFactory.create(pupil=case.pupil)
    other = PupilFactory.create(school_class=case.pupil.school_class, last_name="Беков")
    for _time in range(2):
        act = reported(teacher_at(case.school), harmed(case.pupil), accused(other))
    person = recorded(who, case, note="Звонит ей по вечерам")
    page = browser.get(url).content.decode()
    assert 'role="group" aria-label="Around the pupil: 1 parent or legal representative' in page
    assert f'href="#tie-{other.pk}"' in page
    assert f'id="tie-{other.pk}"' in page
    assert "Said to have harmed the pupil in 2 acts" in page
    assert reverse("incidents:detail", args=[act.pk]) in page
    assert (OUTSIDE in page, "Звонит ей по вечерам" in page, "style=" in page) == (True, True, False)
    card = browser.get(reverse("relations:card", args=[case.pk])).content.decode()
    assert (OUTSIDE in card, "Беков" in card, "not decided yet" in card) == (True, True, True)
    assert reverse("relations:end", args=[case.pk, person.pk]) in page


def test_a_person_is_found_chosen_recorded_and_ended(browser: Client, who: Actor, case: Case) -> None:
    friend = PupilFactory.create(school_class=case.pupil.school_class, last_name="Байжан")
    teacher = teacher_at(case.school).user
    find = reverse("relations:find", args=[case.pk])
    chosen = {"q": "Байжан", "person": f"pupil:{friend.pk}"}
    assert f'value="pupil:{friend.pk}" checked' in browser.get(find, chosen).content.decode()
    assert f'value="member:{teacher.pk}"' in browser.get(find, {"q": teacher.last_name}).content.decode()
    assert "Nobody found" in browser.get(find, {"q": "ыыыыыы"}).content.decode()
    add = reverse("relations:add", args=[case.pk])
    assert browser.get(add).status_code == 200
    looked = browser.post(add, {"find": "1", "q": "Байжан", "kind": "friend"})
    assert (looked.status_code, f'value="pupil:{friend.pk}"' in looked.content.decode()) == (200, True)
    sent = {"kind": "friend", "said_by": "pupil", "note": "Бірге отырады"}
    assert browser.post(add, sent).status_code == 422
    for wrong in ("pupil:" + "-" * 36, "member:x", "somebody"):
        assert browser.post(add, sent | {"person": wrong}).status_code == 422
    assert browser.post(add, sent | {"person": f"member:{teacher.pk}"}).status_code == 302
    assert browser.post(add, sent | {"person": f"pupil:{friend.pk}"}).status_code == 302
    assert browser.post(add, sent | {"person": f"pupil:{PupilFactory.create().pk}"}).status_code == 404
    person = PersonAround.objects.get(pupil=friend)
    end = reverse("relations:end", args=[case.pk, person.pk])
    assert friend.short_name in browser.get(end).content.decode()
    assert browser.post(end, {"reason": ""}).status_code == 422
    assert browser.post(end, {"reason": "Поссорились"}, follow=True).content.decode().count("Поссорились") == 1


def test_excluded_guardians_are_offered_no_call(browser: Client, who: Actor, case: Case) -> None:
    guardian = GuardianshipFactory.create(pupil=case.pupil).guardian
    line = exclude_guardian(who, pupil_id=case.pupil_id, guardian_id=guardian.pk, reason="Страх перед отцом")
    approve_exclusion(lead_over(case.school), line.pk)
    phone = reverse("cases:phone", args=[case.pk, guardian.pk])
    for name, words in (("relations:case", "not to be asked or told"), ("cases:detail", "excluded")):
        page = browser.get(reverse(name, args=[case.pk])).content.decode()
        assert (words in page, phone in page) == (True, False)


def test_the_api_tells_records_and_ends(who: Actor, case: Case) -> None:
    friend = PupilFactory.create(school_class=case.pupil.school_class)
    guardian = GuardianshipFactory.create(pupil=case.pupil).guardian
    GuardianshipFactory.create(pupil=friend, guardian=guardian)
    reported(teacher_at(case.school), harmed(case.pupil), accused(friend))
    body: dict[str, Any] = {"kind": "friend", "said_by": "pupil", "pupil": str(friend.pk), "note": "Бірге отырады"}
    answer = post(who, "people-around-people", case.pk, **body)
    assert answer.status_code == 201
    told = answer.json()
    assert [row["guardian"] for row in told["guardians"]] == [str(guardian.pk)]
    assert [row["pupil"] for row in told["siblings"]] == [str(friend.pk)]
    (person,), (tie,) = told["people"], told["ties"]
    assert (person["name"], person["note"], person["employee"]) == (friend.short_name, "Бірге отырады", None)
    assert (tie["harmed_by_them"], tie["harmed_them"], tie["acts"][0]["established"]) == (1, 0, None)
    assert post(who, "people-around-people", case.pk, **body).status_code == 409
    assert post(who, "people-around-people", case.pk, kind="friend", said_by="pupil").status_code == 409
    assert post(who, "people-around-people", case.pk, kind="enemy", said_by="pupil").status_code == 400
    ended = post(who, "people-around-end", case.pk, person["id"], reason="Поссорились").json()
    assert (ended["people"], ended["ended"][0]["reason"]) == ([], "Поссорились")
    assert get(who, "people-around-detail", case.pk).json() == ended
    assert get(psychologist(), "people-around-detail", case.pk).status_code == 404
    assert ended["ended"][0]["kind"] == RelationKind.FRIEND
