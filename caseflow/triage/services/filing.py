from collections.abc import Collection, Mapping
from datetime import datetime
from typing import cast
from uuid import UUID, uuid4

from django.db import transaction
from django.urls import reverse
from django.utils import timezone

from caseflow.audit.services import record
from caseflow.clocks.enums import Rung
from caseflow.clocks.selectors import out_of_hours
from caseflow.clocks.services import call_duty, is_ringing, start_clock, stop_clock
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Membership, Pupil, School
from caseflow.directory.selectors import WITH_UNIT, accounts_of_parents, leads_over_school, members_of_school
from caseflow.records.models import DataKey
from caseflow.records.vault import new_key, seal, where
from caseflow.triage.conflicts import without_conflicts
from caseflow.triage.enums import ACUTE_CODE, LEGAL_CODE, Audience, ItemKind
from caseflow.triage.models import TriageItem
from caseflow.triage.selectors import scoped_items
from notifications.enums import AlertKind
from notifications.services import alert
from notifications.texts import Params

Fact = str | int | float


@transaction.atomic
def file_item(
    *,
    kind: str,
    audience: str,
    school: School,
    pupil: Pupil | None,
    title_code: str,
    facts: Mapping[str, Fact],
    words: str,
    quality: int,
    quality_code: str,
    ai_model: str | None,
    psych_code: str,
    words_key: DataKey | None = None,
    second_person: bool = False,
    demo: bool = False,
    not_for: Collection[int] = (),
    shown_at: datetime | None = None,
) -> TriageItem:
    """Put something new into the queue, start its clocks and tell those who decide, all in the caller's transaction.

    `facts` and the codes hold no free text; `words` are sealed with `words_key` (the report's key; a new one when
    None), so that what destroys that key destroys them. `ai_model` is "name version" of the model that made the item,
    None when a person did. A report starts a legal clock too (fact 3 of the rules), a signal never does (fact 2).
    `second_person` tells a lead psychologist too and forbids a dismissal by one person.
    `demo` says that what it rests on was generated.
    `not_for` are users who must not learn of it: parties, and parents of parties. Out of hours something acute rings
    the duty roster. `shown_at` is the time the item bears, where the exact one is not to be shown (rule 19); the clocks
    start now.
    """
    now, key = timezone.now(), words_key or new_key("triage item")
    psych = start_clock(psych_code, school, now)
    legal = start_clock(LEGAL_CODE, school, now) if kind == ItemKind.INCIDENT else None
    pk = uuid4()
    item = TriageItem.objects.create(
        pk=pk,
        kind=kind,
        audience=_audience(audience, school, pupil, not_for),
        school=school,
        pupil=pupil,
        title_code=title_code,
        facts=dict(facts),
        words_key=key,
        words_sealed=seal(key, words, where("triage.TriageItem", pk, "words")),
        quality=quality,
        quality_code=quality_code,
        ai_generated=bool(ai_model),
        model_label=ai_model or "",
        demo=demo,
        second_person=second_person,
        psych_clock=psych,
        legal_clock=legal,
        due_at=min(clock.due_at for clock in (psych, legal) if clock),
        created_at=shown_at or now,
    )
    record(action="triage.filed", actor_id=None, role="", obj=f"triage:{pk}", pupil_id=pupil.pk if pupil else None)
    marked: Params = {"model": ai_model} if ai_model else {}
    params: Params = {"category": title_code, "school": school.names, **marked}
    tell(item, AlertKind.TRIAGE_ITEM_NEW, params, not_for=not_for)
    if psych_code == ACUTE_CODE:
        ring_roster(item, not_for)
    return item


def tell(item: TriageItem, kind: AlertKind, params: Params, *, not_for: Collection[int] = ()) -> int:
    """Alert those who decide on `item`; returns how many."""
    told = [pair for pair in deciders(item) if pair[0] not in not_for]
    return alert(recipients=told, kind=kind, params=params, url=address_of(item))


def address_of(item: TriageItem) -> str:
    """Where the item is decided."""
    return f"{reverse('triage:today')}?item={item.pk}"


def ring_roster(item: TriageItem, not_for: Collection[int]) -> None:
    """Out of hours something acute rings those on duty, unless it rings already; what is kept from the school rings
    above it (rule 10b)."""
    if not out_of_hours(item.school) or is_ringing(address_of(item)):
        return
    parents = accounts_of_parents([item.pupil_id]) if item.pupil_id else set()
    first = Rung.DISTRICT if item.audience == Audience.LEAD else Rung.SCHOOL
    call_duty(item.school, reason="acute_item", url=address_of(item), not_for=parents | set(not_for), first=first)


def deciders(item: TriageItem) -> list[tuple[int, int | None]]:
    """Who decides on the item, as alerts are addressed: whoever has it in their scope now."""
    return [(membership.user_id, membership.pk) for membership in deciding_memberships(item)]


def leads_who_may_know(item: TriageItem) -> list[tuple[int, int | None]]:
    """The leads over the item's school, without those whose own affair it is (rule 10b), as alerts are addressed."""
    return [(membership.user_id, membership.pk) for membership in leading_memberships(item)]


def deciding_memberships(item: TriageItem) -> list[Membership]:
    """The rights by which somebody has the item in their scope now."""
    about = members_of_school(item.school, [Role.PSYCHOLOGIST]) | leads_over_school(item.school)
    people = about.select_related(*WITH_UNIT, "user")
    return [who for who in people if scoped_items(Actor(who.user, who)).filter(pk=item.pk).exists()]


def leading_memberships(item: TriageItem) -> list[Membership]:
    """The rights of the leads over the item's school whose own affair it is not."""
    leads = leads_over_school(item.school).select_related(*WITH_UNIT, "user")
    itself = TriageItem.objects.filter(pk=item.pk)
    return [who for who in leads if without_conflicts(Actor(who.user, who), itself).exists()]


def _audience(audience: str, school: School, pupil: Pupil | None, not_for: Collection[int]) -> Audience:
    """Without a psychologist at the school who may see it, an item is decided by the leads (rule 10b)."""
    own = members_of_school(school, [Role.PSYCHOLOGIST]).exclude(user__in=not_for)
    if pupil is not None:
        own = own.exclude(user__in=accounts_of_parents([pupil.pk]))
    return Audience(audience) if own.exists() else Audience.LEAD


def legal_assessed(item: TriageItem) -> None:
    """A report's legal assessment is there: its clock stops, and its place in the queue is that of the other clock."""
    stop_clock(cast("UUID", item.legal_clock_id))  # a constraint gives every report one
    TriageItem.objects.filter(pk=item.pk).update(due_at=item.psych_clock.due_at)
