"""What happens with answers: each is kept at once, one about suicide acts at once, and the end is scored."""

import json
from collections.abc import Mapping

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from caseflow.cases.selectors.people import recipients_leading
from caseflow.directory.actors import Actor
from caseflow.instruments.enums import Alarm, Filling, State
from caseflow.instruments.models import Administration, Answer
from caseflow.instruments.rules.refusals import InstrumentRefused
from caseflow.instruments.rules.scoring import is_worse
from caseflow.instruments.selectors.administrations import LABEL, read_answers, write_score
from caseflow.instruments.selectors.versions import pack_of
from caseflow.instruments.services.holding import enter, log
from caseflow.instruments.texts import REF
from caseflow.protocols.services.beginning import answer_calls
from caseflow.records.vault import seal, where
from notifications.enums import AlertKind
from notifications.services import alert


def keep(one: Administration, answers: Mapping[str, int | None], actor: Actor | None) -> None:
    """Keep answers, sealed, in the caller's transaction; the case is locked. Raises InstrumentRefused for no answer.

    The most pressing alarm is raised with them, whether or not anybody ever finishes.
    """
    rule = pack_of(one.version).rule
    if not all(rule.takes(question, value) for question, value in answers.items()):
        raise InstrumentRefused(gettext("This is no answer to the question."))
    for question, value in answers.items():
        _keep(one, question, value)
    if one.state == State.GIVEN:
        one.state, one.begun_at = State.BEGUN, timezone.now()
        one.save(update_fields=["state", "begun_at"])
    pressing = rule.alarm(read_answers(one))
    if pressing and is_worse(pressing, one.alarm):
        _raise_alarm(one, pressing, actor)


def end(one: Administration, state: State, actor: Actor | None) -> None:
    """Score what was answered and end the questionnaire: score, state and the code's end stand or fall together."""
    rule, answers = pack_of(one.version).rule, read_answers(one)
    one.state, one.ended_at = state, timezone.now()
    one.code_digest, one.code_expires_at, one.sitting = None, None, ""
    if answers:
        one.rule, one.rule_version = rule.name, rule.version
        one.result_sealed = seal(one.case.data_key, write_score(rule.score(answers)), where(LABEL, one.pk, "result"))
    one.save()
    enter(one, f"questionnaire_{state}", actor)
    if one.filling == Filling.CODE and state == State.FINISHED:
        _tell_leader(one)


def _keep(one: Administration, question: str, value: int | None) -> None:
    present = Answer.objects.filter(administration=one, question=question).first()
    answer = present or Answer(administration=one, question=question)
    answer.value_sealed = seal(one.case.data_key, json.dumps(value), where("instruments.Answer", answer.pk, "value"))
    answer.saved_at = timezone.now()
    answer.save()


def _raise_alarm(one: Administration, pressing: Alarm, actor: Actor | None) -> None:
    """The first positive answer and each graver one begin the high-risk flow, or are told of in the one that runs."""
    one.alarm, one.alarmed_at = pressing, timezone.now()
    one.save(update_fields=["alarm", "alarmed_at"])
    enter(one, "questionnaire_alarm", actor, pressing=pressing.value)
    log(actor, "instrument_alarm", one, pressing=pressing.value)
    by = actor.user if actor else None
    answer_calls(one.case, ref=f"{REF}:{one.pk}", by=by, acute=pressing == Alarm.ACUTE)


def _tell_leader(one: Administration) -> None:
    """Whoever leads the case is told to look, without a word of what was answered."""
    case = one.case
    alert(
        recipients=recipients_leading(case),
        kind=AlertKind.QUESTIONNAIRE_FINISHED,
        params={"number": case.number, "school": case.school.names},
        url=reverse("instruments:administration", args=[one.pk]),
    )
