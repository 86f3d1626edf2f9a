"""Only the flow of high risk says high risk: any other protocol is named for what it is."""

import pytest
from django.urls import reverse

from caseflow.clocks.models import DutyCall
from caseflow.directory.actors import Actor
from caseflow.protocols.enums import Doer
from caseflow.protocols.models import Flow, Protocol
from caseflow.protocols.services import ask_to_end, begin_flow, change_second, do_step
from notifications.enums import Urgency, urgency_of
from notifications.models import Alert
from notifications.texts import sentence
from tests.cases.factories import case_of, lead_over, psychologist
from tests.cases.test_pages import html
from tests.directory.factories import signed_in
from tests.protocols.factories import step_of, version_for

pytestmark = pytest.mark.django_db


@pytest.fixture
def who(db: None) -> Actor:
    return psychologist()


@pytest.fixture
def colleague(who: Actor) -> Actor:
    return psychologist(who.membership.school)


def begun(leader: Actor, by: Actor) -> Flow:
    case = case_of(leader)
    version = version_for(
        Protocol.objects.create(code="absence", region=case.school.district.region),
        asked=Doer.LEADER,
        knows=Doer.SECOND,
    )
    return begin_flow(by, case.pk, version.pk)


def told(who: Actor) -> list[str]:
    return [sentence(one.kind, one.params) for one in Alert.objects.filter(recipient=who.user).order_by("pk")]


def test_the_second_person_hears_of_the_protocol_by_its_name(who: Actor) -> None:
    lead = lead_over(case_of(who).school)
    flow = begun(who, who)
    assert flow.second == lead.user
    assert told(lead) == [
        f"You are the second person in case no. {flow.case.number}. Protocol: Procedure. {flow.case.school.names['en']}"
    ]
    assert urgency_of(Alert.objects.get(recipient=lead.user).kind) == Urgency.NORMAL


def test_whoever_leads_the_case_hears_what_another_has_begun(who: Actor, colleague: Actor) -> None:
    flow = begun(who, colleague)
    assert told(who) == [
        f"In case no. {flow.case.number} a protocol was begun: Procedure. {flow.case.school.names['en']}"
    ]


def test_a_second_person_who_is_named_later_and_asked_for_the_end_hears_it_too(who: Actor, colleague: Actor) -> None:
    flow, third = begun(who, who), psychologist(who.membership.school)
    change_second(who, flow.pk, membership_id=third.membership.pk, reason="Отпуск")
    do_step(who, step_of(flow, "asked").pk, proof="Спросили")
    do_step(third, step_of(flow, "knows").pk, proof="Знаю")
    ask_to_end(who, flow.pk, reason="Ходит в школу")
    second, end = told(third)
    assert second.startswith("You are the second person in case no.")
    assert end.startswith(f"Case no. {flow.case.number}: confirm that the protocol has ended, or let it go on: Proc")


def test_where_nobody_can_be_the_second_person_no_duty_is_rung(who: Actor) -> None:
    assert begun(who, who).second is None
    assert not DutyCall.objects.exists()


def test_no_page_shows_it_as_high_risk(who: Actor, colleague: Actor) -> None:
    flow = begun(who, who)
    client = signed_in(who)
    pages = [reverse("protocols:own"), reverse("protocols:of-case", args=[flow.case_id])]
    for page in (*pages, reverse("protocols:flow", args=[flow.pk])):
        shown = html(client.get(page)).split('id="region-failed"')[0]  # what every page has for failures
        assert "Procedure" in shown
        for sign in ("c-fail", "ti-urgent", "is-high-risk", "cry for help"):
            assert sign not in shown, (page, sign)
