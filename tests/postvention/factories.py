"""Losses for tests, opened the way the product opens them. Everything is invented."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Pupil, School
from caseflow.postvention.enums import Audience, Circle, Who
from caseflow.postvention.models import Affected, LossEvent, LossMessage, LossStep, MessageTemplate
from caseflow.postvention.services import Loss, add_affected, begin_message, open_event
from tests.cases.factories import pupil_of
from tests.directory.factories import actor

YESTERDAY = timedelta(days=1)


def head_of(school: School) -> Actor:
    return actor(Role.PRINCIPAL, school=school)


def region_lead(school: School) -> Actor:
    return actor(Role.LEAD_PSYCHOLOGIST, region=school.district.region)


def loss_of(by: Actor, pupil: Pupil | None = None, **facts: Any) -> LossEvent:
    """An event in which a pupil of the actor's school has died yesterday."""
    lost = pupil or pupil_of(by)
    usual: dict[str, Any] = {"school_id": lost.school_id, "who": Who.PUPIL, "pupil_id": lost.pk}
    return open_event(by, Loss(**(usual | {"died_on": timezone.localdate() - YESTERDAY} | facts)))


def step_of(event: LossEvent, code: str) -> LossStep:
    return event.steps.get(step__code=code)


def on_list(who: Actor, event: LossEvent, pupil: Pupil, circle: Circle = Circle.FRIEND) -> Affected:
    (row,) = add_affected(who, event.pk, pupil_ids=[pupil.pk], circle=circle, reason="Сидели вместе")
    return row


def shipped(audience: Audience) -> MessageTemplate:
    return MessageTemplate.objects.get(region=None, audience=audience)


def message_in(who: Actor, event: LossEvent, audience: Audience = Audience.STAFF, language: str = "ru") -> LossMessage:
    """A message begun from the shipped template."""
    return begin_message(who, event.pk, audience=audience, language=language)
