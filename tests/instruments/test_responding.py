"""Filling in by a one-time code: one question at a time, each answer kept at once, nothing left afterwards."""

from datetime import timedelta

import pytest
import time_machine
from django.utils import timezone

from caseflow.accounts.services.throttle import TooManyTriesError
from caseflow.audit.models import AuditEntry
from caseflow.cases.models import Case
from caseflow.directory.actors import Actor
from caseflow.instruments.enums import State
from caseflow.instruments.models import Administration
from caseflow.instruments.rules.codes import TRIES
from caseflow.instruments.rules.refusals import InstrumentRefused, NoSuchCodeError
from caseflow.instruments.selectors.administrations import read_answers
from caseflow.instruments.services import Given, open_code, open_result, renew_code, respond, stop
from caseflow.instruments.services.responding import PASS_AGE, Shown, Step
from notifications.enums import AlertKind
from notifications.models import Alert
from tests.cases.factories import case_of, psychologist
from tests.instruments.factories import given

pytestmark = pytest.mark.django_db
ADDRESS = "192.0.2.7"


@pytest.fixture
def who() -> Actor:
    return psychologist()


@pytest.fixture
def case(who: Actor) -> Case:
    return case_of(who)


@pytest.fixture
def told(who: Actor, case: Case) -> Given:
    return given(who, case, "gad-7")


def opened(told: Given) -> Shown:
    return open_code(told.code, address=ADDRESS)


def at(shown: Shown) -> str | None:
    assert shown.sheet is not None
    return shown.sheet.question.id if shown.sheet.question else None


def answered(shown: Shown, *values: int | None) -> Shown:
    for value in values:
        shown = respond(shown.carried, Step("answer", at(shown) or "", value))
    return shown


def refused(carried: str, step: Step) -> None:
    with pytest.raises(NoSuchCodeError):
        respond(carried, step)


def test_a_code_opens_the_beginning_and_then_one_question_after_the_other(told: Given) -> None:
    shown = opened(told)
    assert (shown.is_beginning, at(shown)) == (True, "1")
    shown = respond(shown.carried, Step("go_on"))
    assert (shown.is_beginning, at(shown)) == (False, "1")
    shown = answered(shown, 0, None, 3)
    assert at(shown) == "4"
    assert read_answers(told.administration) == {"1": 0, "2": None, "3": 3}


def test_a_killed_browser_loses_nothing_and_the_same_code_goes_on(told: Given) -> None:
    answered(opened(told), 1, 2)
    again = opened(told)
    assert (again.is_beginning, at(again)) == (False, "3")


def test_going_back_shows_and_changes_earlier_answers(told: Given) -> None:
    shown = answered(opened(told), 1, 2)
    back = respond(shown.carried, Step("back", "3"))
    assert at(back) == "2"
    assert back.sheet is not None
    assert back.sheet.row is not None
    assert (back.sheet.row.is_answered, back.sheet.row.value) == (True, 2)
    shown = respond(back.carried, Step("answer", "2", 0))
    assert at(shown) == "3"
    assert read_answers(told.administration) == {"1": 1, "2": 0}
    first = respond(shown.carried, Step("back", "1"))
    assert at(first) == "1"


def test_after_the_last_question_nothing_ends_by_itself(told: Given) -> None:
    shown = answered(opened(told), *[1] * 7)
    assert at(shown) is None
    assert at(respond(shown.carried, Step("back"))) == "7"
    told.administration.refresh_from_db()
    assert told.administration.state == State.BEGUN


def test_finishing_scores_kills_the_code_and_tells_who_leads_the_case(who: Actor, told: Given) -> None:
    shown = answered(opened(told), *[1] * 7)
    assert respond(shown.carried, Step("finish")) == Shown(None)
    one = Administration.objects.get()
    assert (one.state, one.code_digest, one.code_expires_at) == (State.FINISHED, None, None)
    listed = open_result(who, one.pk).listed
    assert listed.score is not None
    assert (listed.score.total, listed.band) == (7, "Mild signs")
    for step in (Step("finish"), Step("back"), Step("go_on"), Step("answer", "1", 0)):
        refused(shown.carried, step)
    with pytest.raises(NoSuchCodeError):
        opened(told)
    alert = Alert.objects.get(kind=AlertKind.QUESTIONNAIRE_FINISHED)
    assert (alert.recipient_id, alert.url) == (who.user.pk, f"/cases/questionnaires/{one.pk}/")
    assert AuditEntry.objects.get(action="instrument_finished").actor_id is None


def test_what_has_open_questions_is_not_finished_but_shown_the_first_of_them(told: Given) -> None:
    shown = answered(opened(told), 1)
    assert at(respond(shown.carried, Step("finish"))) == "2"


def test_a_question_that_is_shown_again_keeps_its_place(told: Given) -> None:
    shown = answered(opened(told), 1)
    assert at(respond(shown.carried, Step("show", "2"))) == "2"


@pytest.mark.parametrize("step", [Step("answer", "9", 0), Step("show", "9"), Step("back", "9"), Step("answer", "1", 7)])
def test_what_is_no_question_or_no_answer_is_refused(told: Given, step: Step) -> None:
    with pytest.raises(InstrumentRefused):
        respond(opened(told).carried, step)
    assert read_answers(told.administration) == {}


def test_a_question_that_is_not_asked_takes_no_answer(who: Actor, case: Case) -> None:
    shown = open_code(given(who, case, "asq").code, address=ADDRESS)
    with pytest.raises(InstrumentRefused):
        respond(shown.carried, Step("answer", "5", 1))


def test_the_language_changes_among_those_offered_alone(who: Actor, case: Case, told: Given) -> None:
    shown = opened(told)
    with pytest.raises(InstrumentRefused):
        respond(shown.carried, Step("language", "1", language="kk"))


def test_a_demo_changes_its_language_where_it_stands(who: Actor, case: Case, settings: object) -> None:
    settings.DEMO = True  # type: ignore[attr-defined]  # pytest-django's
    told = given(who, case, "demo", language="ru")
    shown = respond(opened(told).carried, Step("language", language="kk"))
    assert shown.sheet is not None
    assert (shown.is_beginning, shown.sheet.language) == (True, "kk")
    shown = respond(shown.carried, Step("go_on"))
    assert shown.sheet is not None
    assert shown.sheet.row is not None
    assert shown.sheet.row.text == "Сурет салғанды ұнатасың ба?"
    assert shown.sheet.lead_in.startswith("Бұл")
    shown = respond(shown.carried, Step("language", "1", language="en"))
    assert (shown.is_beginning, at(shown)) == (False, "1")
    told.administration.refresh_from_db()
    assert told.administration.language == "en"


def test_a_pass_lasts_half_an_hour_and_the_code_opens_it_anew(told: Given) -> None:
    shown = answered(opened(told), 1)
    with time_machine.travel(timezone.now() + PASS_AGE + timedelta(seconds=2), tick=False):
        refused(shown.carried, Step("answer", "2", 0))
        assert at(opened(told)) == "2"


def test_a_code_ends_with_its_term_and_so_does_every_pass(told: Given) -> None:
    shown = opened(told)
    Administration.objects.update(code_expires_at=timezone.now())
    refused(shown.carried, Step("go_on"))
    with pytest.raises(NoSuchCodeError):
        opened(told)


def test_a_new_code_makes_the_old_one_and_its_pages_worthless(who: Actor, told: Given) -> None:
    shown = answered(opened(told), 1)
    fresh = renew_code(who, told.administration.pk)
    refused(shown.carried, Step("answer", "2", 0))
    with pytest.raises(NoSuchCodeError):
        opened(told)
    assert at(opened(fresh)) == "2"


def test_after_a_pause_or_on_another_device_the_pages_of_before_show_nothing(told: Given) -> None:
    shown = answered(opened(told), 1)
    assert respond(shown.carried, Step("pause")) == Shown(None)
    refused(shown.carried, Step("back", "2"))
    first = opened(told)
    second = opened(told)
    refused(first.carried, Step("go_on"))
    assert at(respond(second.carried, Step("go_on"))) == "2"


def test_a_stopped_one_opens_no_more(who: Actor, told: Given) -> None:
    shown = answered(opened(told), 1)
    stop(who, told.administration.pk)
    refused(shown.carried, Step("answer", "2", 0))


@pytest.mark.parametrize("carried", ["", "nonsense", "WyJhIl0:1:x"])
def test_a_pass_that_we_never_signed_opens_nothing(told: Given, carried: str) -> None:
    refused(carried, Step("go_on"))


@pytest.mark.parametrize("code", ["", "XXXX-XXXX-XXXX", "0"])
def test_a_code_that_is_none_opens_nothing(told: Given, code: str) -> None:
    with pytest.raises(NoSuchCodeError):
        open_code(code, address=ADDRESS)


def test_tries_from_one_address_are_counted_whether_right_or_wrong(told: Given) -> None:
    for _ in range(TRIES):
        with pytest.raises(NoSuchCodeError):
            open_code("XXXX", address=ADDRESS)
    with pytest.raises(TooManyTriesError):
        opened(told)
    assert open_code(told.code, address="192.0.2.8").sheet is not None


def test_opening_by_a_code_is_logged_without_a_person(told: Given, case: Case) -> None:
    opened(told)
    entry = AuditEntry.objects.get(action="instrument_opened_by_code")
    assert (entry.actor_id, entry.role, entry.pupil_id) == (None, "", case.pupil_id)
