"""Acts between two pupils, and findings of them, for tests. Everything is invented."""

from typing import Any
from uuid import UUID

from caseflow.directory.actors import Actor
from caseflow.directory.models import Pupil
from caseflow.incidents.enums import Category
from caseflow.incidents.models import Bullying, Incident
from caseflow.incidents.services import confirm_bullying
from tests.incidents.factories import accused, harmed, reported

WHY = "Об этом говорят трое одноклассников, записано со слов"
ENOUGH = "Второй случай был с другим ребёнком"


def act(teacher: Actor, pair: tuple[Pupil, Pupil], category: str = Category.BULLYING, **facts: Any) -> Incident:
    return reported(teacher, accused(pair[0]), harmed(pair[1]), category=category, **facts)


def party_of(incident: Incident, role: str) -> UUID:
    return incident.parties.get(role=role).pk


def confirm(who: Actor, incident: Incident, override: str = "") -> Bullying:
    said, hurt = party_of(incident, "said_to_have_harmed"), party_of(incident, "harmed")
    return confirm_bullying(who, incident.pk, said_id=said, harmed_id=hurt, override=override)
