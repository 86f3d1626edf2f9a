"""Supervision for tests, made the way the product makes it. Everything is invented."""

from datetime import timedelta
from typing import Any

from django.utils import timezone

from caseflow.directory.actors import Actor
from caseflow.directory.models import School
from caseflow.supervision.models import Supervision, SupervisionNote
from caseflow.supervision.services import Agreed, Said, begin_supervision, write_note

WORDS, THEMES = "Устаёт от ночных звонков, договорились о границах", "Границы и нагрузка"


def school_of(who: Actor) -> School:
    """Where a psychologist works."""
    school = who.membership.school
    assert school is not None
    return school


def supervision_of(lead: Actor, who: Actor) -> Supervision:
    return begin_supervision(lead, who.membership.pk)


def said(**changes: Any) -> Said:
    """A note of today without agreements."""
    facts: dict[str, Any] = {"held_on": timezone.localdate(), "themes": THEMES, "text": WORDS}
    return Said(**(facts | changes))


def agreed(what: str = "Передать два дела", *, by_lead: bool = False, days: int = 7) -> Agreed:
    return Agreed(what, by_lead, timezone.now() + timedelta(days=days))


def noted(lead: Actor, who: Actor, *, share: bool = False, **changes: Any) -> SupervisionNote:
    """A note of the lead about the work of `who`."""
    return write_note(lead, supervision_of(lead, who).pk, said(**changes), share=share)
