"""What of the queue a case page shows, and how long its tasks are overdue."""

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from caseflow.cases.models import Case, Task
from caseflow.cases.services import assign_case, open_case
from caseflow.clocks.models import Clock
from caseflow.clocks.services import stop_clock
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import School
from caseflow.triage import readable
from caseflow.triage.enums import Audience, ItemKind
from caseflow.triage.services import decide
from tests.cases.factories import task_for
from tests.directory.factories import SchoolFactory, actor, signed_in
from tests.triage.factories import WORDS, item_at, pupil_at, signal_at
from tests.triage.test_deciding import nothing_readable
from tests.triage.test_pages import queries_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> School:
    return SchoolFactory.create()


@pytest.fixture
def psychologist(school: School) -> Actor:
    return actor(Role.PSYCHOLOGIST, school=school)


@pytest.fixture
def client(psychologist: Actor) -> Client:
    return signed_in(psychologist)


class TestWhatWaitsForACase:
    def waiting(self, client: Client, case: Case) -> str:
        return client.get(reverse("triage:case-waiting", args=[case.pk])).content.decode()

    def test_the_pupils_undecided_items_lead_to_today(
        self, school: School, psychologist: Actor, client: Client
    ) -> None:
        pupil = pupil_at(school)
        case = open_case(psychologist, pupil_id=pupil.pk, reason="Слова учителя")
        item, other = item_at(school, pupil), item_at(school)
        page = self.waiting(client, case)
        assert f"{reverse('triage:today')}?item={item.pk}" in page
        assert str(other.pk) not in page
        assert WORDS not in page

    def test_nothing_is_said_when_nothing_waits(self, school: School, psychologist: Actor, client: Client) -> None:
        pupil = pupil_at(school)
        case = open_case(psychologist, pupil_id=pupil.pk, reason="Слова учителя")
        decide(psychologist, item_id=item_at(school, pupil).pk, decision="link", case_id=case.pk)
        assert self.waiting(client, case).strip() == ""

    def test_what_the_school_may_not_see_waits_for_the_lead_alone(
        self, school: School, psychologist: Actor, client: Client
    ) -> None:
        pupil = pupil_at(school)
        case = open_case(psychologist, pupil_id=pupil.pk, reason="Слова учителя")
        item = item_at(school, pupil, audience=Audience.LEAD)
        lead = actor(Role.LEAD_PSYCHOLOGIST, district=school.district)
        assign_case(psychologist, case.pk, lead.user.pk)
        assert self.waiting(client, case).strip() == ""
        assert str(item.pk) in self.waiting(signed_in(lead), case)

    def test_a_withdrawn_item_is_blank(
        self, school: School, psychologist: Actor, client: Client, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(readable._filters, ItemKind.SIGNAL, f"{nothing_readable.__module__}.nothing_readable")
        pupil = pupil_at(school)
        case = open_case(psychologist, pupil_id=pupil.pk, reason="Слова учителя")
        signal_at(school, pupil=pupil)
        page = self.waiting(client, case)
        assert "Consent withdrawn, nothing to show" in page
        assert "mini-XCEPTION" not in page

    def test_it_asks_as_much_for_one_item_as_for_ten(self, school: School, psychologist: Actor, client: Client) -> None:
        pupil = pupil_at(school)
        case = open_case(psychologist, pupil_id=pupil.pk, reason="Слова учителя")
        item_at(school, pupil)
        url = reverse("triage:case-waiting", args=[case.pk])
        client.get(url)
        few = queries_of(client, url)
        for _each in range(9):
            item_at(school, pupil)
        assert queries_of(client, url) == few


def test_an_overdue_task_says_for_how_long(school: School, psychologist: Actor, client: Client) -> None:
    case = open_case(psychologist, pupil_id=pupil_at(school).pk, reason="Слова учителя")
    task_for(case, psychologist)
    pages = [reverse("triage:side"), reverse("cases:detail", args=[case.pk])]
    assert not any("c-late-by" in client.get(page).content.decode() for page in pages)
    Task.objects.update(due_at=timezone.now() - timedelta(days=2, hours=1))
    assert all("Overdue: </span>2 days</b>" in client.get(page).content.decode() for page in pages)


def test_the_legal_clock_of_a_report_is_seen_with_the_case_until_it_has_stopped(
    school: School, psychologist: Actor, client: Client
) -> None:
    pupil = pupil_at(school)
    case = open_case(psychologist, pupil_id=pupil.pk, reason="Слова учителя")
    item = item_at(school, pupil)
    decide(psychologist, item_id=item.pk, decision="link", case_id=case.pk)
    address = reverse("triage:case-items", args=[case.pk])
    assert item.legal_clock_id is not None
    times = {
        name: timezone.now() - timedelta(days=days) for name, days in (("started_at", 5), ("warn_at", 2), ("due_at", 1))
    }
    Clock.objects.filter(pk=item.legal_clock_id).update(**times)
    assert "Legal assessment" in client.get(address).content.decode()
    stop_clock(item.legal_clock_id)
    assert "Legal assessment" not in client.get(address).content.decode()
