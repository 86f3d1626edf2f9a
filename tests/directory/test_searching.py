"""The search of the top bar: pupils and cases in scope, counted in the log, never with the words."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from guardian.shortcuts import assign_perm

from caseflow.audit.models import AuditEntry
from caseflow.cases.services import close_case
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.finding import find_with, groups_found
from caseflow.directory.models import Pupil, SchoolClass
from caseflow.directory.rules.asking import understand
from caseflow.directory.selectors.naming import Lookup
from caseflow.directory.services.searching import search
from tests.cases.conftest import english  # noqa: F401  a fixture
from tests.cases.factories import case_of, class_teacher_of, lead_over, psychologist, pupil_of
from tests.directory.factories import GuardianFactory, GuardianshipFactory, actor, signed_in

pytestmark = pytest.mark.django_db
PAGE, HITS, API = "/directory/search/", "/directory/search/hits/", "/api/v1/search/"


@pytest.fixture
def who() -> Actor:
    return psychologist()


@pytest.fixture
def madina(who: Actor) -> Pupil:
    return pupil_of(who, last_name="Серікова", first_name="Мадина")


def found(who: Actor, text: str, limit: int = 10) -> dict[str, list[str]]:
    """The titles of each kind."""
    groups = search(who, text, limit=limit).groups
    return {group.kind: [hit.title for hit in group.hits] for group in groups}


def test_pupils_and_their_cases_are_found(who: Actor, madina: Pupil) -> None:
    case = case_of(who, madina)
    assert found(who, "серикова") == {"pupil": [madina.full_name], "case": [madina.full_name]}
    assert found(who, "серкова") == {"pupil": [madina.full_name], "case": [madina.full_name]}
    (group,) = search(who, f"№ {case.number}", limit=10).groups
    (hit,) = group.hits
    assert (group.kind, hit.url, hit.note) == ("case", f"/cases/{case.pk}/", f"no. 1, open · {madina.school_class}")


@pytest.mark.parametrize("text", ["1", "no. 1", "сер 1", "мадина № 1", "N1 серикова"])
def test_a_case_is_found_by_its_number(who: Actor, madina: Pupil, text: str) -> None:
    case_of(who, madina)
    case_of(who)
    assert found(who, text)["case"] == [madina.full_name]
    assert "case" not in found(who, text.replace("1", "9"))


def test_a_number_beside_a_name_may_be_the_grade(who: Actor, madina: Pupil) -> None:
    SchoolClass.objects.filter(pupils=madina).update(letter="Я")
    case_of(who, pupil_of(who))
    case_of(who, madina)  # number 2, grade 7
    assert found(who, "сер 7") == {"pupil": [madina.full_name], "case": [madina.full_name]}
    assert found(who, "7Я")["case"] == [madina.full_name]
    assert found(who, "сер 7Я № 1") == {"pupil": [madina.full_name]}


def test_open_cases_come_first(who: Actor, madina: Pupil) -> None:
    closed = case_of(who, madina)
    close_case(who, closed.pk, reason="Беседа")
    case_of(who, madina)
    notes = [hit.note.split(" · ")[0] for hit in search(who, "серик", limit=9).groups[1].hits]
    assert notes == ["no. 2, open", "no. 1, closed"]


def test_a_lead_finds_the_cases_that_were_given_and_no_pupils(who: Actor, madina: Pupil) -> None:
    case_of(who, madina)
    lead = lead_over(madina.school)
    assert found(lead, "серикова") == {}
    assign_perm("cases.work_on_case", lead.user, madina.cases.get())
    (group,) = search(lead, "серикова", limit=9).groups
    assert [hit.note for hit in group.hits] == [f"no. 1, open · {madina.school_class} · {madina.school}"]


def test_the_own_child_and_a_kept_case_are_not_found(
    who: Actor, madina: Pupil, monkeypatch: pytest.MonkeyPatch
) -> None:
    case = case_of(who, madina)
    monkeypatch.setattr("caseflow.cases.keeping._cases", {f"{__name__}.kept": None})
    monkeypatch.setattr(f"{__name__}.KEPT", [case.pk])
    assert found(who, "серикова") == {"pupil": [madina.full_name]}
    assert found(who, "1") == {}
    GuardianshipFactory.create(pupil=madina, guardian=GuardianFactory.create(user=who.user))
    assert found(who, "серикова") == {}


KEPT: list[Any] = []


def kept(_actor: Actor) -> list[Any]:
    return KEPT


def test_a_class_teacher_finds_no_case(who: Actor, madina: Pupil) -> None:
    case_of(who, madina)
    assert found(class_teacher_of(madina), "серикова") == {"pupil": [madina.full_name]}
    assert found(class_teacher_of(madina), "1") == {}


def test_a_search_is_logged_by_count_and_not_by_words(who: Actor, madina: Pupil) -> None:
    case_of(who, madina)
    found(who, "серикова")
    entry = AuditEntry.objects.get(action="search")
    assert (entry.actor, entry.obj, entry.detail) == (who.user, "directory.search", {"pupil": 1, "case": 1})
    found(who, "Абвгд")
    assert AuditEntry.objects.filter(action="search", detail={}).count() == 1


@pytest.mark.parametrize("text", ["", "с", " ", "?!"])
def test_too_little_is_not_looked_for(who: Actor, madina: Pupil, text: str) -> None:
    found_now = search(who, text, limit=9)
    assert (found_now.groups, found_now.asked, found_now.count) == ([], False, 0)
    assert not AuditEntry.objects.filter(action="search").exists()


def test_the_page_shows_what_was_found_without_scripts_and_no_address_holds_the_words(
    who: Actor, madina: Pupil
) -> None:
    case = case_of(who, madina)
    client = signed_in(who)
    shown = client.get(PAGE).content.decode()
    assert 'method="post"' in shown
    assert madina.full_name not in shown
    shown = client.post(PAGE, {"q": "Serikova"}).content.decode()
    assert f"/directory/pupils/{madina.pk}/" in shown
    assert f"/cases/{case.pk}/" in shown
    assert "similar" not in shown
    assert "similar" in client.post(PAGE, {"q": "Серкова"}).content.decode()
    assert "Nothing found" in client.post(PAGE, {"q": "Абвгдежз"}).content.decode()
    assert "Two letters at least" in client.post(PAGE, {"q": "с"}).content.decode()
    assert client.get(HITS).status_code == 405


def test_the_fragment_says_how_many_were_found(who: Actor, madina: Pupil) -> None:
    client = signed_in(who)
    shown = client.post(HITS, {"q": "сер"}).content.decode()
    assert "Found: 1." in shown
    assert f'data-url="/directory/pupils/{madina.pk}/"' in shown
    assert "Nothing found" in client.post(HITS, {"q": "Абвгдежз"}).content.decode()
    assert client.post(HITS, {"q": "с"}).content.decode().strip() == ""


def test_the_page_says_that_there_are_more(who: Actor, madina: Pupil, monkeypatch: pytest.MonkeyPatch) -> None:
    pupil_of(who, last_name="Серіков")
    monkeypatch.setattr("caseflow.directory.views.searching.ON_THE_PAGE", 1)
    assert "There are more." in signed_in(who).post(PAGE, {"q": "сер"}).content.decode()


def test_the_api_finds_the_same(who: Actor, madina: Pupil) -> None:
    case_of(who, madina)
    answer = signed_in(who).post(API, {"q": "Serikova"}, content_type="application/json").json()
    assert answer["asked"] is True
    assert [(group["kind"], [hit["title"] for hit in group["hits"]], group["more"]) for group in answer["groups"]] == [
        ("pupil", [madina.full_name], False),
        ("case", [madina.full_name], False),
    ]


def test_a_report_begins_with_the_pupil_that_was_found(who: Actor, madina: Pupil) -> None:
    teacher = class_teacher_of(madina)
    (group,) = search(teacher, "серик", limit=9).groups
    shown = signed_in(teacher).get(group.hits[0].url).content.decode()
    assert f'value="{madina.pk}"' in shown
    stranger = pupil_of(psychologist())
    shown = signed_in(teacher).get(f"/incidents/new/?pupil={stranger.pk}").content.decode()
    assert f'value="{stranger.pk}"' not in shown


def test_registering_twice_finds_once(who: Actor, madina: Pupil) -> None:
    find_with("pupil", "Pupils", "caseflow.directory.selectors.finding.pupil_hits")
    assert [group.kind for group in groups_found(who, Lookup(understand("сер")), 3)] == ["pupil"]


def test_thirty_cost_what_one_does(who: Actor, madina: Pupil) -> None:
    case_of(who, madina)
    client, costs = signed_in(who), []
    client.post(HITS, {"q": "серик"})  # the session begins
    for _round in range(2):
        with CaptureQueriesContext(connection) as queries:
            assert madina.full_name in client.post(PAGE, {"q": "Серкова"}).content.decode()
        costs.append(len(queries))
        for _number in range(29):
            case_of(who, pupil_of(who, last_name="Серікова"))
    assert costs[0] == costs[1]
    assert costs[0] <= 30


def test_other_roles_have_no_search(madina: Pupil) -> None:
    client = signed_in(actor(Role.PRINCIPAL, school=madina.school))
    assert client.post(PAGE, {"q": "серик"}).status_code == 403
    assert "search-hits" not in client.get("/accounts/profile/").content.decode()
