"""The switches of a school: off, shadow, active. What stops a feature needs no reason; starting it needs grounds."""

from dataclasses import dataclass
from datetime import date

from django.db import transaction
from django.utils import timezone

from analytics.enums import Feature, Mode
from analytics.models import FeatureSwitch
from analytics.rules.cards import is_overdue
from analytics.rules.refusals import RefusedError
from analytics.selectors.switching import current_card, forbidden_here
from caseflow.accounts.models import User
from caseflow.audit.services import record
from caseflow.directory.actors import Actor
from caseflow.directory.models import School


@dataclass(frozen=True, slots=True)
class Grounds:
    """On which legal basis a feature runs at a school, and when its impact was assessed."""

    legal_basis: str
    impact_assessment_on: date | None


NO_GROUNDS = Grounds("", None)


def turn_switch(
    actor: Actor, school_id: int, mode: Mode, grounds: Grounds = NO_GROUNDS, feature: Feature = Feature.MOOD
) -> FeatureSwitch:
    """Switch a feature at a school of the actor. What runs stops within seconds when it is off (rule 4).

    Raises School.DoesNotExist, RefusedError: jurisdiction, no_model_card, review_overdue, no_ground,
    assessment_in_future.
    """
    school = actor.schools().get(pk=school_id)
    return set_mode(actor.user, school, mode, grounds, role=actor.role, feature=feature)


def set_mode(
    by: User,
    school: School,
    mode: Mode,
    grounds: Grounds = NO_GROUNDS,
    *,
    role: str = "",
    feature: Feature = Feature.MOOD,
) -> FeatureSwitch:
    """`turn_switch` for whoever sets an installation up. Raises RefusedError as it does."""
    if mode != Mode.OFF:
        _require(grounds, feature)
    with transaction.atomic():
        turned = FeatureSwitch.objects.create(
            school=school,
            feature=feature,
            mode=mode,
            legal_basis=grounds.legal_basis.strip() if mode != Mode.OFF else "",
            impact_assessment_on=grounds.impact_assessment_on if mode != Mode.OFF else None,
            card=current_card(feature),
            by=by,
        )
        record(
            action="mood.switched" if feature == Feature.MOOD else "disturbance.switched",
            actor_id=by.pk,
            role=role,
            obj=f"school:{school.pk}",
            detail={"mode": mode},
        )
    return turned


def stop_everything(actor: Actor, *, stopped: bool) -> FeatureSwitch:
    """The installation's switch: stopped, nothing is analysed anywhere; released, each school's switch holds again."""
    mode = Mode.OFF if stopped else Mode.ACTIVE
    with transaction.atomic():
        turned = FeatureSwitch.objects.create(school=None, mode=mode, by=actor.user)
        record(
            action="mood.switched",
            actor_id=actor.user.pk,
            role=actor.role,
            obj="installation",
            detail={"mode": mode},
        )
    return turned


def _require(grounds: Grounds, feature: Feature) -> None:
    if forbidden_here(feature):
        raise RefusedError("jurisdiction")
    card = current_card(feature)
    if card is None:
        raise RefusedError("no_model_card")
    if is_overdue(card):
        raise RefusedError("review_overdue")
    if not grounds.legal_basis.strip() or grounds.impact_assessment_on is None:
        raise RefusedError("no_ground")
    if grounds.impact_assessment_on > timezone.localdate():
        raise RefusedError("assessment_in_future")
