"""Police centres as the administrator sets them up: entered, changed, ended
(docs/decisions/the-end-of-a-police-centre.md)."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from caseflow.alarms.enums import AlarmState
from caseflow.alarms.models import Call, Centre
from caseflow.alarms.rules.centres import ARRIVAL_MINUTES, closes_circle
from caseflow.alarms.selectors.calling import answering
from caseflow.alarms.selectors.centres import agencies_without_centre, scoped_centres, silenced_without
from caseflow.audit.services import record
from caseflow.directory.actors import Actor
from caseflow.directory.models import Region

BOUNDS = gettext_lazy("Give between 1 and 120 minutes.")


class BadCentreError(ValueError):
    """This cannot be done with the centre now; the message is for the administrator."""


@transaction.atomic
def enter_centre(actor: Actor, agency_id: int, arrival_minutes: int) -> Centre:
    """Let the operators of a police agency answer alarms; one that had ended begins anew, with nobody called after it.

    Raises ObjectDoesNotExist for what is no agency of the police, has a centre already or lies outside the scope, and
    BadCentreError.
    """
    _lock(agencies=agency_id)
    agency = agencies_without_centre(actor).get(pk=agency_id)
    _refuse_target(arrival_minutes)
    said = {"arrival_minutes": arrival_minutes, "follows": None, "ended_at": None}
    centre, _new = Centre.objects.update_or_create(agency=agency, defaults=said)
    _log(actor, "alarm.centre_entered", centre, agency=agency.pk, arrival_minutes=arrival_minutes)
    return centre


@transaction.atomic
def change_centre(actor: Actor, centre_id: int, *, follows: int | None, arrival_minutes: int) -> Centre:
    """Say who is called when nobody of the centre accepts in time, and how long a patrol may take.

    Raises ObjectDoesNotExist outside the scope, and BadCentreError.
    """
    centre = _locked(actor, centre_id)
    _refuse_target(arrival_minutes)
    if follows is not None:
        _refuse_next(centre, follows)
    Centre.objects.filter(pk=centre.pk).update(follows=follows, arrival_minutes=arrival_minutes)
    before = {"follows": centre.follows_id, "arrival_minutes": centre.arrival_minutes}
    now = {"follows": follows, "arrival_minutes": arrival_minutes}
    if now != before:
        _log(actor, "alarm.centre_changed", centre, before=before, now=now)
    return scoped_centres(actor).get(pk=centre.pk)


@transaction.atomic
def end_centre(actor: Actor, centre_id: int) -> None:
    """No alarm calls the centre any more. Raises ObjectDoesNotExist outside the scope; BadCentreError while alarms are
    open there, while it is called after another one, and where a school's alarms would reach no police without it.
    """
    centre = _locked(actor, centre_id)
    _refuse_end(centre)
    Centre.objects.filter(pk=centre.pk).update(ended_at=timezone.now(), follows=None)
    _log(actor, "alarm.centre_ended", centre, agency=centre.agency_id)


def _lock(**has: int) -> None:
    """Hold the region until the end of the transaction: two changes at a time could close a circle together. Raises
    Region.DoesNotExist."""
    Region.objects.select_for_update(no_key=True, of=("self",)).only("pk").get(**has)


def _locked(actor: Actor, centre_id: int) -> Centre:
    _lock(agencies__centre=centre_id)
    return scoped_centres(actor).get(pk=centre_id)


def _refuse_target(arrival_minutes: int) -> None:
    if arrival_minutes not in ARRIVAL_MINUTES:
        raise BadCentreError(BOUNDS)


def _refuse_next(centre: Centre, follows: int) -> None:
    if centre.agency.district_id is None:
        raise BadCentreError(_("The centre over a region is called last, so none is called after it."))
    region = {other.pk: other for other in answering().filter(agency__region=centre.agency.region_id)}
    if follows not in region:
        raise BadCentreError(_("Choose a centre of the same region: an alarm never leaves its region."))
    if closes_circle(centre.pk, follows, {pk: other.follows_id for pk, other in region.items()}):
        names = {"centre": centre, "next": region[follows]}
        raise BadCentreError(_("That leads in a circle: after %(next)s alarms would come back to %(centre)s.") % names)


def _refuse_end(centre: Centre) -> None:
    if Call.objects.filter(centre=centre).exclude(alarm__state=AlarmState.CLOSED).exists():
        raise BadCentreError(_("An alarm that called this centre is open. It has to be closed first."))
    before = [str(other) for other in answering().filter(follows=centre)]
    if before:
        raise BadCentreError(
            _("It is called after %(names)s. Name another one there first.") % {"names": ", ".join(before)}
        )
    silenced = [str(district) for district in silenced_without(centre)]
    if silenced:
        raise BadCentreError(
            _("Alarms from %(names)s would reach no police. Enter another centre first.")
            % {"names": ", ".join(silenced)}
        )


def _log(actor: Actor, action: str, centre: Centre, **detail: object) -> None:
    record(action=action, actor_id=actor.user.pk, role=actor.role, obj=f"centre:{centre.pk}", detail=detail)
