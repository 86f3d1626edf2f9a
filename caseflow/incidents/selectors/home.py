"""What keeps the child of a report safe at home, for those who decide alone (rule 10)."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, timedelta
from typing import TypeVar
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from caseflow.clocks.enums import Unit
from caseflow.clocks.rules import STEP
from caseflow.clocks.selectors import rule_in_force
from caseflow.consent.selectors import excluded_guardians
from caseflow.consent.selectors.exclusions import proposal_of
from caseflow.directory.actors import Actor
from caseflow.directory.models import Guardian, Guardianship
from caseflow.directory.rules import stands
from caseflow.incidents.enums import Category, GuardianState, OrderState, PartyRole
from caseflow.incidents.models import Incident, Party, ProtectiveOrder, SafeContact
from caseflow.incidents.rules.orders import CLOCK, order_state
from caseflow.incidents.selectors.merging import deciding_scope
from caseflow.records.vault import seal, unseal, where

HOLDING = (OrderState.RUNNING, OrderState.ENDING, OrderState.COMING)
Row = TypeVar("Row", SafeContact, ProtectiveOrder)


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody whom the school may call; `phone` and `when` may be empty."""

    row: SafeContact
    name: str
    relation: str
    phone: str
    when: str


@dataclass(frozen=True, slots=True)
class Order:
    row: ProtectiveOrder
    number: str
    issued_by: str
    state: OrderState

    @property
    def is_last(self) -> bool:
        """Whether it may still be extended or lifted."""
        return self.state not in (OrderState.EXTENDED, OrderState.LIFTED)


@dataclass(frozen=True, slots=True)
class AtHome:
    """A guardian of a harmed pupil. An exclusion says more than that the guardianship has ended."""

    guardianship: Guardianship
    state: GuardianState

    @property
    def do_not_call(self) -> bool:
        return self.state != GuardianState.STANDS


@dataclass(frozen=True, slots=True)
class Home:
    """`contacts` hold now, `past` were ended."""

    contacts: tuple[Contact, ...]
    past: tuple[Contact, ...]
    orders: tuple[Order, ...]
    guardians: tuple[AtHome, ...]

    @property
    def not_to_call(self) -> tuple[AtHome, ...]:
        return tuple(each for each in self.guardians if each.do_not_call)


@dataclass(frozen=True, slots=True)
class OfPupil:
    """What a case shows of a pupil's safety at home. All of it stands on `report`; the orders are by last day."""

    report: Incident
    orders: tuple[Order, ...]


def home_of_pupil(actor: Actor, pupil_id: UUID) -> tuple[OfPupil, ...]:
    """The reports by which a pupil is not safe at home, the newest first, with the orders that hold or are to come.

    Only those about which the actor decides. Raises Pupil.DoesNotExist outside the actor's scope.
    """
    actor.pupils().get(pk=pupil_id)
    here = Q(category=Category.DOMESTIC_VIOLENCE) | Q(safe_contacts__isnull=False) | Q(protective_orders__isnull=False)
    noted = Incident.objects.filter(here)
    at_home = deciding_scope(actor).filter(
        Q(pk__in=noted.values("pk")) | Q(pk__in=noted.values("merged_into")),
        merged_into=None,
        parties__in=Party.objects.filter(pupil=pupil_id, role=PartyRole.HARMED),
    )
    return tuple(OfPupil(report, _holding(report)) for report in at_home.distinct())


def concerns_home(incident: Incident) -> bool:
    """Whether safety at home stands on the report's page: by its category, or since somebody has noted something."""
    reports = Incident.objects.filter(Q(pk=incident.pk) | Q(merged_into=incident))
    noted = Q(safe_contacts__isnull=False) | Q(protective_orders__isnull=False)
    return reports.filter(Q(category=Category.DOMESTIC_VIOLENCE) | noted).exists()


def home_of(incident: Incident) -> Home:
    """Everything noted on the report and on those merged into it. The caller has the scope and records the reading."""
    contacts = tuple(_contact(row) for row in _on(SafeContact.objects.all(), incident))
    lead, today = lead_time(), timezone.localdate()
    orders = _on(ProtectiveOrder.objects.select_related("extension"), incident)
    return Home(
        contacts=tuple(each for each in contacts if each.row.ended_at is None),
        past=tuple(each for each in contacts if each.row.ended_at is not None),
        orders=tuple(_order(row, lead, today) for row in orders),
        guardians=_guardians(incident),
    )


def lead_time() -> timedelta:
    """How long before its end those who decide are told of an order, as the table of terms says."""
    rule = rule_in_force(CLOCK, timezone.localdate())
    return rule.amount * STEP[Unit(rule.unit)]


def _holding(report: Incident) -> tuple[Order, ...]:
    orders = [order for order in home_of(report).orders if order.state in HOLDING]
    return tuple(sorted(orders, key=lambda order: order.row.valid_until))


def sealed_in(row: SafeContact | ProtectiveOrder, said: dict[str, str]) -> bytes:
    """What was said of a contact or an order, sealed with the key of its report."""
    return seal(row.incident.data_key, json.dumps(said, ensure_ascii=False), _place(row))


def said_in(row: SafeContact | ProtectiveOrder) -> dict[str, str]:
    """What was sealed. Raises VaultError."""
    said: dict[str, str] = json.loads(unseal(row.incident.data_key, row.said_sealed, _place(row)))
    return said


def _place(row: SafeContact | ProtectiveOrder) -> str:
    return where(f"incidents.{type(row).__name__}", row.pk, "said")


def _on(rows: QuerySet[Row], incident: Incident) -> QuerySet[Row]:
    on_it = Q(incident=incident) | Q(incident__merged_into=incident)
    return rows.filter(on_it).select_related("incident__data_key")


def _contact(row: SafeContact) -> Contact:
    return Contact(row, **said_in(row))


def _order(row: ProtectiveOrder, lead: timedelta, today: date) -> Order:
    state = order_state(
        row.valid_from,
        row.valid_until,
        today,
        lead,
        extended=hasattr(row, "extension"),
        lifted=row.lifted_at is not None,
    )
    return Order(row, state=state, **said_in(row))


def standing_guardians(pupil_ids: Collection[UUID]) -> dict[UUID, tuple[Guardian, ...]]:
    """Who stands for each of these pupils and may hear of a report: nobody who is excluded, or is about to be."""
    found: dict[UUID, tuple[Guardian, ...]] = dict.fromkeys(pupil_ids, ())
    for each in _at_home(Guardianship.objects.filter(pupil__in=pupil_ids)):
        if not each.do_not_call:
            found[each.guardianship.pupil_id] += (each.guardianship.guardian,)
    return found


def _guardians(incident: Incident) -> tuple[AtHome, ...]:
    harmed = incident.parties.filter(role=PartyRole.HARMED, pupil__isnull=False).values("pupil")
    return _at_home(Guardianship.objects.filter(pupil__in=harmed))


def _at_home(all_of_them: QuerySet[Guardianship]) -> tuple[AtHome, ...]:
    rows = list(all_of_them.select_related("pupil", "guardian").order_by("pupil", "pk"))
    ended = all_of_them.exclude(pk__in=all_of_them.filter(stands()).values("pk"))
    states = {(row.pupil_id, row.guardian_id): GuardianState.ENDED for row in ended}
    for pupil_id in {row.pupil_id for row in rows}:
        proposed = proposal_of(pupil_id).values_list("guardian", flat=True)
        states |= {(pupil_id, pk): GuardianState.PROPOSED for pk in proposed}
        states |= {(pupil_id, pk): GuardianState.EXCLUDED for pk in excluded_guardians(pupil_id) if pk}
    return tuple(AtHome(row, states.get((row.pupil_id, row.guardian_id), GuardianState.STANDS)) for row in rows)
