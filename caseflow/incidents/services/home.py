"""Keeping the child of a report safe at home: safe contacts and protective orders.

The entries in the log name no pupil as their subject, so that no guardian's log can hint at any of it (rule 10a).
"""

from collections.abc import Iterable
from datetime import date, datetime
from typing import cast
from uuid import UUID

from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from caseflow.audit.services import record
from caseflow.clocks.models import Clock
from caseflow.clocks.services import start_clock, stop_clock, tell_of_deadline
from caseflow.directory.actors import Actor
from caseflow.directory.models import School
from caseflow.directory.rules import phone_of_text
from caseflow.incidents.enums import OrderKind
from caseflow.incidents.models import Incident, ProtectiveOrder, SafeContact
from caseflow.incidents.rules.orders import CLOCK, end_of
from caseflow.incidents.selectors.home import Home, OfPupil, home_of, home_of_pupil, lead_time, said_in, sealed_in
from caseflow.incidents.selectors.merging import deciding_scope
from caseflow.incidents.services.checking import BadReportError
from caseflow.triage.services.filing import deciders
from notifications.enums import AlertKind


@transaction.atomic
def open_home(actor: Actor, incident_id: UUID) -> tuple[Incident, Home]:
    """Show what keeps the child safe at home, and record that it was read. Raises Incident.DoesNotExist."""
    incident = deciding_scope(actor).select_related("school").get(pk=incident_id)
    log_home(actor, "read", incident)
    return incident, home_of(incident)


@transaction.atomic
def open_home_of_pupil(actor: Actor, pupil_id: UUID) -> tuple[OfPupil, ...]:
    """Show beside a case what holds of the pupil's safety at home, and record that it was read.

    Raises Pupil.DoesNotExist outside the actor's scope.
    """
    homes = home_of_pupil(actor, pupil_id)
    for home in homes:
        log_home(actor, "read", home.report)
    return homes


@transaction.atomic
def add_contact(
    actor: Actor, incident_id: UUID, *, name: str, relation: str, phone: str = "", when: str = ""
) -> SafeContact:
    """Note somebody whom the school may call. Raises Incident.DoesNotExist unless the actor decides on the report,
    BadReportError (nobody named, no way to reach them, no telephone number)."""
    incident = _reached(actor, incident_id)
    number = phone_of_text(phone) if phone.strip() else ""
    if number is None:
        raise BadReportError(_("This is not a telephone number."))
    said = {"name": name.strip(), "relation": relation.strip(), "phone": number, "when": when.strip()}
    if not said["name"] or not said["relation"] or not (said["phone"] or said["when"]):
        raise BadReportError(_("Write who it is, and a telephone number or how else to reach them"))
    contact = SafeContact(incident=incident, added_by=actor.user, added_at=timezone.now())
    contact.said_sealed = sealed_in(contact, said)
    contact.save(force_insert=True)
    log_home(actor, "incident.contact_added", incident, contact=str(contact.pk))
    return contact


@transaction.atomic
def end_contact(actor: Actor, incident_id: UUID, contact_id: UUID) -> None:
    """Say that a contact is safe no more; it stays on record. Raises Incident.DoesNotExist, SafeContact.DoesNotExist
    (none of this report, or ended before)."""
    incident = _reached(actor, incident_id)
    holding = SafeContact.objects.filter(pk=contact_id, ended_at=None).filter(incident__in=_all_of(incident))
    if not holding.update(ended_at=timezone.now(), ended_by=actor.user):
        raise SafeContact.DoesNotExist
    log_home(actor, "incident.contact_ended", incident, contact=str(contact_id))


@transaction.atomic
def enter_order(
    actor: Actor,
    incident_id: UUID,
    *,
    kind: str,
    number: str,
    issued_by: str,
    valid_from: date,
    valid_until: date,
) -> ProtectiveOrder:
    """Enter an order; those who decide are told before it ends and when it has ended.

    Raises Incident.DoesNotExist unless the actor decides on the report, BadReportError (something missing, ends before
    it begins).
    """
    incident = _reached(actor, incident_id)
    said = {"number": number.strip(), "issued_by": issued_by.strip()}
    if kind not in OrderKind.values or not all(said.values()):
        raise BadReportError(_("Write the number of the order and who issued it"))
    if valid_until < valid_from:
        raise BadReportError(_("The order would end before it begins"))
    order = ProtectiveOrder(incident=incident, kind=kind, valid_from=valid_from, valid_until=valid_until)
    _keep(actor, order, said)
    log_home(actor, "incident.order_entered", incident, order=str(order.pk))
    return order


@transaction.atomic
def extend_order(actor: Actor, incident_id: UUID, order_id: UUID, *, valid_until: date) -> ProtectiveOrder:
    """Let an order go on until a later day, as a row of its own. Raises Incident.DoesNotExist,
    ProtectiveOrder.DoesNotExist (none of this report, extended or lifted), BadReportError (no later day)."""
    incident, order = _standing(actor, incident_id, order_id)
    if valid_until <= order.valid_until:
        raise BadReportError(_("The order has to end later than before"))
    longer = ProtectiveOrder(
        incident=order.incident,
        kind=order.kind,
        valid_from=order.valid_from,
        valid_until=valid_until,
        extends=order,
    )
    _keep(actor, longer, said_in(order))
    _stop(order)
    log_home(actor, "incident.order_extended", incident, order=str(order_id))
    return longer


@transaction.atomic
def lift_order(actor: Actor, incident_id: UUID, order_id: UUID) -> None:
    """Note that an order was lifted. Raises Incident.DoesNotExist, ProtectiveOrder.DoesNotExist."""
    incident, order = _standing(actor, incident_id, order_id)
    ProtectiveOrder.objects.filter(pk=order.pk).update(lifted_at=timezone.now(), lifted_by=actor.user)
    _stop(order)
    log_home(actor, "incident.order_lifted", incident, order=str(order_id))


def tell_of_orders(clock_ids: Iterable[UUID]) -> None:
    """Tell those who decide that an order is about to end, and once more when it has; then its clock stops."""
    orders = ProtectiveOrder.objects.filter(clock__in=list(clock_ids))
    for order in orders.select_related("clock", "incident__school__district", "incident__merged_into"):
        _tell(order, cast("Clock", order.clock))


def log_home(actor: Actor, action: str, incident: Incident, **detail: object) -> None:
    """Record an act, with no pupil as its subject."""
    record(
        action=action,
        actor_id=actor.user.pk,
        role=actor.role,
        obj=f"incidents.Home/{incident.pk}",
        detail=detail,
    )


def _tell(order: ProtectiveOrder, clock: Clock) -> None:
    ended = clock.escalated_at is not None
    incident = order.incident.merged_into or order.incident
    tell_of_deadline(
        clock,
        deciders(incident.triage_item),
        kind=AlertKind.DEADLINE_MISSED if ended else AlertKind.DEADLINE_NEAR,
        params={"clock": clock.code, "due": clock.due_at.isoformat(), "school": incident.school.names},
        url=reverse("incidents:home", args=[incident.pk]),
    )
    if ended:
        stop_clock(clock.pk, clock.due_at)


def _reached(actor: Actor, incident_id: UUID) -> Incident:
    return deciding_scope(actor).select_related("data_key", "school").get(pk=incident_id)


def _all_of(incident: Incident) -> list[UUID]:
    """The report and those merged into it."""
    return [incident.pk, *incident.merged_here.values_list("pk", flat=True)]


def _standing(actor: Actor, incident_id: UUID, order_id: UUID) -> tuple[Incident, ProtectiveOrder]:
    incident = _reached(actor, incident_id)
    open_ones = ProtectiveOrder.objects.filter(incident__in=_all_of(incident), lifted_at=None, extension=None)
    open_ones.select_for_update(of=("self",)).get(pk=order_id)
    return incident, open_ones.select_related("incident__data_key", "incident__school").get(pk=order_id)


def _keep(actor: Actor, order: ProtectiveOrder, said: dict[str, str]) -> None:
    order.entered_by, order.entered_at = actor.user, timezone.now()
    order.said_sealed = sealed_in(order, said)
    order.clock = _clock(order.incident.school, order.valid_until, order.entered_at)
    order.save(force_insert=True)


def _clock(school: School, valid_until: date, now: datetime) -> Clock | None:
    end = end_of(valid_until, timezone.get_default_timezone())
    return None if end <= now else start_clock(CLOCK, school, now, due_at=end, warn_at=end - lead_time())


def _stop(order: ProtectiveOrder) -> None:
    if order.clock_id:
        stop_clock(order.clock_id)
