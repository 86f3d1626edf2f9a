from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from caseflow.cases.enums import RiskLevel, Visibility
from caseflow.cases.models import Case
from caseflow.cases.services import assign_case, close_case, set_risk
from caseflow.directory.actors import Actor
from tests.cases.factories import (
    case_of,
    class_teacher_of,
    lead_over,
    note_in,
    psychologist,
    pupil_of,
    task_for,
)
from tests.directory.factories import GuardianshipFactory, SchoolFactory, signed_in

pytestmark = pytest.mark.django_db


def page(who: Actor, name: str, *args: Any, **query: str) -> Any:
    return signed_in(who).get(reverse(f"cases:{name}", args=args), query)


def post(who: Actor, name: str, *args: Any, **data: Any) -> Any:
    return signed_in(who).post(reverse(f"cases:{name}", args=args), data)


def html(response: Any) -> str:
    return str(response.content.decode())


def test_the_pupils_card_shows_the_cases_and_offers_to_open_one() -> None:
    who = psychologist()
    pupil = pupil_of(who)
    assert reverse("cases:open", args=[pupil.pk]) in html(page(who, "of-pupil", pupil.pk))
    case = case_of(who, pupil)
    shown = html(page(who, "of-pupil", pupil.pk))
    assert reverse("cases:detail", args=[case.pk]) in shown
    assert reverse("cases:open", args=[pupil.pk]) not in shown
    assert page(psychologist(), "of-pupil", pupil.pk).status_code == 404
    assert page(class_teacher_of(pupil), "of-pupil", pupil.pk).status_code == 403


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ({}, {"open", "mine"}),
        ({"whose": "mine"}, {"mine"}),
        ({"stage": "closed"}, {"closed"}),
        ({"stage": "any"}, {"open", "mine", "closed"}),
        ({"risk": "high"}, {"open"}),
        ({"risk": "none"}, {"mine"}),
        ({"q": "серик"}, {"mine"}),
        ({"q": "Серикова Дана"}, {"mine"}),
        ({"q": "Дана Ахметова"}, set()),
        ({"whose": "nonsense", "risk": "worst"}, {"open", "mine"}),
    ],
)
def test_the_list_is_narrowed(query: dict[str, str], expected: set[str]) -> None:
    who = psychologist()
    colleague = psychologist(who.membership.school)
    cases = {
        "open": case_of(colleague),
        "mine": case_of(who, pupil_of(who, last_name="Серикова", first_name="Дана")),
        "closed": case_of(colleague),
    }
    set_risk(colleague, cases["open"].pk, level=RiskLevel.HIGH, basis="Беседа", formulation="Травля, дома слышат")
    close_case(colleague, cases["closed"].pk, reason="Пора")
    shown = page(who, "list", **query).context["page"]
    assert {case.pk for case in shown} == {cases[name].pk for name in expected}


def test_the_list_is_ordered_by_opening_whatever_the_risk() -> None:
    who = psychologist()
    first, second, third = (case_of(who) for _ in range(3))
    set_risk(who, first.pk, level=RiskLevel.ACUTE, basis="Беседа", formulation="Травля, дома слышат")
    assert list(page(who, "list").context["page"]) == [third, second, first]


def test_a_lead_sees_counts_and_given_cases_and_may_break_the_glass() -> None:
    who = psychologist()
    given, other = case_of(who), case_of(who)
    lead = lead_over(given.school)
    assign_case(who, given.pk, lead.user.pk)
    shown = html(page(lead, "list"))
    assert given.pupil.full_name in shown
    assert other.pupil.full_name not in shown
    sent = {"school": given.school_id, "number": other.number}
    assert post(lead, "break-glass", **sent, reason="").status_code == 422
    assert post(lead, "break-glass", **sent, reason="Психолог в больнице").status_code == 302
    assert page(lead, "detail", other.pk).status_code == 200
    again = post(lead, "break-glass", **sent, reason="Ещё раз")
    assert (again.status_code, "You have access to this case already." in html(again)) == (422, True)
    assert post(lead, "break-glass", school=given.school_id, number=999, reason="Нет такого").status_code == 404
    assert post(lead, "break-glass", school=SchoolFactory.create().pk, number=1, reason="Чужая").status_code == 422
    assert post(who, "break-glass", **sent, reason="Зачем").status_code == 403


def test_an_empty_list_says_what_comes_next() -> None:
    assert "open a case from Today" in html(page(psychologist(), "list"))


def fill(who: Actor, case: Case, number: int) -> None:
    """So many notes, tasks, assessments and colleagues' openings, and so many more cases."""
    teacher = class_teacher_of(case.pupil)
    for _ in range(number):
        note_in(case, who, "Заметка", Visibility.TEAM)
        task_for(case, who, teacher)
        set_risk(who, case.pk, level=RiskLevel.LOW, basis="Беседа")
        set_risk(who, case_of(who).pk, level=RiskLevel.LOW, basis="Беседа")
        GuardianshipFactory.create(pupil=case.pupil)


def queries_of(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


@pytest.mark.parametrize("name", ["detail", "assessments", "openings", "list", "tasks"])
def test_pages_ask_the_database_as_often_for_thirty_rows_as_for_one(name: str) -> None:
    counts = []
    for number in (1, 30):
        who = psychologist()
        case = case_of(who)
        fill(who, case, number)
        reader = who
        if name == "tasks":
            reader = class_teacher_of(case.pupil)
            for _ in range(number):
                task_for(case, who, reader)
        args = [] if name in ("list", "tasks") else [case.pk]
        counts.append(queries_of(signed_in(reader), reverse(f"cases:{name}", args=args)))
    assert counts[0] == counts[1]
