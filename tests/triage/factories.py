"""Items for tests, filed the way the product files them. Everything is invented."""

from typing import Any

from django.db import transaction

from caseflow.directory.actors import Actor
from caseflow.directory.models import Pupil, School
from caseflow.triage.enums import Audience, ItemKind
from caseflow.triage.models import TriageItem
from caseflow.triage.services import file_item
from tests.directory.factories import GuardianFactory, GuardianshipFactory, PupilFactory, SchoolClassFactory

WORDS = "Её добавили в группу и пишут, чтобы не приходила"


def pupil_at(school: School, **facts: Any) -> Pupil:
    return PupilFactory.create(school_class=SchoolClassFactory.create(school=school), **facts)


def item_at(school: School, pupil: Pupil | None = None, **facts: Any) -> TriageItem:
    """A report about a pupil of the school, waiting for a decision; `pupil=None` names a new one."""
    wanted: dict[str, Any] = {
        "kind": ItemKind.INCIDENT,
        "audience": Audience.SCHOOL,
        "pupil": pupil or pupil_at(school),
        "title_code": "conflict",
        "facts": {"reporter": "teacher", "parties": 1},
        "words": WORDS,
        "quality": 2,
        "quality_code": "pupils_named",
        "ai_model": None,
        "psych_code": "psych_assessment_moderate",
    }
    with transaction.atomic():
        return file_item(school=school, **wanted | facts)


def signal_at(school: School, **facts: Any) -> TriageItem:
    """A mood signal that a model made."""
    return item_at(
        school,
        kind=ItemKind.SIGNAL,
        title_code="test_signal",
        words="",
        ai_model="mini-XCEPTION 1.0",
        psych_code="signal_review",
        **facts,
    )


def make_parent(who: Actor, pupil: Pupil) -> None:
    """Let somebody on the staff be a parent of the pupil."""
    GuardianshipFactory.create(pupil=pupil, guardian=GuardianFactory.create(user=who.user))
