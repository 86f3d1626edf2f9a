"""The shared plan in the portal: calm, logged, and the same empty page for whoever nothing is shared with."""

from datetime import date
from typing import Any

import pytest
from django.urls import reverse

from caseflow.audit.models import AuditEntry
from caseflow.cases.models import Case
from caseflow.consent.services import approve_exclusion, exclude_guardian
from caseflow.directory.actors import Actor
from caseflow.plans.services import end_sharing, share_plan
from tests.cases.factories import case_of, lead_over, psychologist, pupil_of
from tests.directory.factories import parent_of, signed_in
from tests.plans.factories import SECRET, SHARED, signed

pytestmark = pytest.mark.django_db


@pytest.fixture
def who(db: None) -> Actor:
    return psychologist()


@pytest.fixture
def case(who: Actor) -> Case:
    return case_of(who, pupil_of(who, birth_date=date(2012, 5, 1)))


def ask(parent: Actor, name: str, *args: Any, **query: Any) -> Any:
    return signed_in(parent).get(reverse(name, args=args), query)


def html(answer: Any) -> str:
    return str(answer.content.decode())


def main_of(page: str) -> str:
    return page[page.index("<main") : page.index("</main>")]


def test_a_parent_reads_what_is_shared_and_the_reading_is_logged(who: Actor, case: Case) -> None:
    parent = parent_of(case.pupil)
    address = reverse("portal:plan", args=[case.pupil_id])
    assert address not in html(ask(parent, "portal:home"))
    signed(who, case)
    share_plan(who, case.pk)
    assert address in html(ask(parent, "portal:home"))
    assert not AuditEntry.objects.filter(action="shared_plan_read").exists()
    page = html(ask(parent, "portal:plan", case.pupil_id))
    for word in (SHARED, "Мадина", who.user.short_name, "tel:112", "tel:111"):
        assert word in page
    for hidden in (SECRET, f"no. {case.number}", str(case.pk), "How I notice", "{#", "<li value"):
        assert hidden not in page
    assert AuditEntry.objects.filter(action="shared_plan_read", actor=parent.user).count() == 1


def test_the_api_shows_the_same_lines_by_step(who: Actor, case: Case) -> None:
    parent = parent_of(case.pupil)
    assert ask(parent, "api:child-plan", case.pupil_id).json() == {"plan": None}
    signed(who, case)
    share_plan(who, case.pk)
    body = ask(parent, "api:child-plan", case.pupil_id).json()["plan"]
    assert (body["name"], body["psychologist"]) == ("Мадина", who.user.short_name)
    assert [step["lines"] for step in body["steps"]] == [[SHARED]]
    assert [step["number"] for step in body["steps"]] == [6]


def test_an_excluded_parent_sees_what_everybody_sees_while_nothing_is_shared(who: Actor, case: Case) -> None:
    parent, other = parent_of(case.pupil), parent_of(case.pupil)
    before = main_of(html(ask(parent, "portal:plan", case.pupil_id)))
    assert "Nothing is shared with you now" in before
    signed(who, case)
    guardian = parent.membership.guardian
    assert guardian is not None
    line = exclude_guardian(who, pupil_id=case.pupil_id, guardian_id=guardian.pk, reason="Страх")
    approve_exclusion(lead_over(case.school), line.pk)
    share_plan(who, case.pk)
    assert main_of(html(ask(parent, "portal:plan", case.pupil_id))) == before
    assert ask(parent, "api:child-plan", case.pupil_id).json() == {"plan": None}
    assert reverse("portal:plan", args=[case.pupil_id]) not in html(ask(parent, "portal:home"))
    assert SHARED in html(ask(other, "portal:plan", case.pupil_id))
    end_sharing(who, case.pk)
    assert "Nothing is shared with you now" in html(ask(other, "portal:plan", case.pupil_id))


def test_nobody_elses_childs_plan_is_there(who: Actor, case: Case) -> None:
    signed(who, case)
    share_plan(who, case.pk)
    stranger = parent_of(pupil_of(who, birth_date=date(2012, 5, 1)))
    assert ask(stranger, "portal:plan", case.pupil_id).status_code == 404
    assert ask(stranger, "api:child-plan", case.pupil_id).status_code == 404
    assert ask(who, "portal:plan", case.pupil_id).status_code == 403
