"""At the end of a shift the held alarms go to a colleague, and the session ends (rule 23)."""

import pytest
from django.test import Client
from django.urls import reverse

from caseflow.alarms.enums import Step
from caseflow.alarms.models import Alarm, AlarmStep
from caseflow.alarms.services import BadAlarmError, accept, classify, close, hand_over
from caseflow.audit.models import AuditEntry
from caseflow.directory.actors import Actor
from tests.alarms.factories import Territory, operator, pressed, staff_phone, territory
from tests.directory.factories import signed_in

pytestmark = pytest.mark.django_db
END = reverse("alarms:end-shift")


@pytest.fixture
def here() -> Territory:
    return territory()


@pytest.fixture
def colleague(here: Territory) -> Actor:
    return operator(here.own)


def accepted(here: Territory) -> Alarm:
    return accept(here.operator, pressed(staff_phone(here.school)).pk)


def test_all_that_is_held_goes_to_the_colleague_and_what_is_closed_stays(here: Territory, colleague: Actor) -> None:
    ended = accepted(here)
    classify(here.operator, ended.pk, "mistake")
    close(here.operator, ended.pk)
    held = {accepted(here).pk, accepted(here).pk}
    waiting = pressed(here.phone)

    assert hand_over(here.operator, colleague.user.pk) == 2

    assert set(Alarm.objects.filter(operator=colleague.user).values_list("pk", flat=True)) == held
    ended.refresh_from_db()
    waiting.refresh_from_db()
    assert (ended.operator, waiting.operator) == (here.operator.user, None)
    steps = AlarmStep.objects.filter(step=Step.HANDED_OVER, by=colleague.user)
    assert set(steps.values_list("alarm", flat=True)) == held
    assert AuditEntry.objects.filter(action="alarm.shift_ended", actor_id=here.operator.user.pk).count() == 1


def test_held_alarms_are_left_to_nobody_and_to_nobody_of_another_centre(here: Territory, colleague: Actor) -> None:
    alarm = accepted(here)
    for to in (None, here.operator.user.pk, operator(here.neighbour).user.pk):
        with pytest.raises(BadAlarmError, match="Choose"):
            hand_over(here.operator, to)
    alarm.refresh_from_db()
    assert alarm.operator == here.operator.user


def test_the_page_hands_over_and_signs_out(here: Territory, colleague: Actor) -> None:
    accepted(here)
    client = signed_in(here.operator)
    page = client.get(reverse("alarms:console")).content.decode()
    assert colleague.user.short_name in page

    refused = client.post(END, {"to": ""})
    assert refused.status_code == 422
    assert "Choose who takes your open alarms" in refused.content.decode()
    assert client.post(END, {"to": str(colleague.user.pk)})["Location"] == "/accounts/login/"
    assert "_auth_user_id" not in client.session


def test_who_holds_nothing_just_ends_the_shift(here: Territory, client: Client) -> None:
    client = signed_in(here.operator)
    assert "You hold no open alarm" in client.get(reverse("alarms:console")).content.decode()
    assert client.post(END)["Location"] == "/accounts/login/"


def test_without_a_centre_nobody_is_a_colleague(here: Territory) -> None:
    other = operator(here.own).user
    here.own.delete()
    assert hand_over(here.operator, other.pk) == 0
    assert AuditEntry.objects.get(action="alarm.shift_ended").detail["to"] is None
