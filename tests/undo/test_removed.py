"""What was removed by mistake is back as it was; what took its place meanwhile stays."""

import json
from base64 import b64decode
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from datetime import timedelta
from uuid import UUID

import pytest
from django.core import serializers
from django.db.models import Model
from django.urls import reverse
from django.utils import timezone

from caseflow.audit.models import AuditEntry
from caseflow.cases.enums import Stage
from caseflow.cases.models import Case
from caseflow.cases.services import close_case
from caseflow.clocks.models import DutyShift
from caseflow.clocks.services import add_shift
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.journals.models import PlanItem
from caseflow.journals.services import send_plan, write_item
from caseflow.plans.models import SafetyPlan
from caseflow.plans.services import begin_draft
from caseflow.postvention.models import Affected
from caseflow.protocols.models import ProtocolStep, ProtocolVersion
from caseflow.protocols.services import new_protocol
from caseflow.referrals.enums import Kind
from caseflow.referrals.models import Referral
from caseflow.referrals.rules import Draft
from caseflow.referrals.services import begin_referral, write_referral
from caseflow.undo.models import Removed
from caseflow.undo.rules import UNDO_WITHIN, TooLateError
from caseflow.undo.services import keep_removed, put_back, removed_rows, take_back
from caseflow.undo.tasks import erase_removed
from tests.cases.factories import case_of, psychologist, pupil_of
from tests.directory.factories import SchoolFactory, actor, signed_in
from tests.journals.factories import item, year_at
from tests.plans.factories import signed
from tests.postvention.factories import loss_of, on_list, region_lead
from tests.protocols.test_editing import PLAIN
from tests.referrals.factories import written
from tests.undo.factories import offer_in

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
SECRET = "Слова, которых больше никто не знает"


@dataclass(frozen=True)
class Thing:
    """Something that `who` removes on a page: `rows` are its rows as they stand, `spoil` is what makes it too late."""

    who: Actor
    pk: UUID
    page: str
    rows: Callable[[], list[Model]]
    spoil: Callable[[], object]
    sent: dict[str, str] = field(default_factory=dict)

    def stored(self) -> object:
        return serializers.serialize("python", self.rows())

    def remove(self) -> str:
        """Remove it on its page; returns the offer to undo it."""
        answer = signed_in(self.who).post(self.page, self.sent)
        assert answer.status_code == 302
        return offer_in(answer)


def referral() -> Thing:
    who = psychologist()
    case = case_of(who)
    made = begin_referral(who, case.pk, Kind.REFERRAL)
    write_referral(who, made.pk, written(None, draft=Draft((), SECRET)))
    return Thing(
        who,
        made.pk,
        reverse("referrals:drop", args=[made.pk]),
        lambda: list(Referral.objects.filter(pk=made.pk)),
        lambda: begin_referral(who, case.pk, Kind.REFERRAL),
    )


def referral_of_a_case_that_is_closed() -> Thing:
    thing = referral()
    case = Referral.objects.get(pk=thing.pk).case
    return replace(thing, spoil=lambda: close_case(thing.who, case.pk, reason="Помощь больше не нужна"))


def safety_plan() -> Thing:
    who = psychologist()
    case = case_of(who)
    signed(who, case)
    draft = begin_draft(who, case.pk)
    return Thing(
        who,
        case.pk,
        reverse("plans:drop", args=[case.pk]),
        lambda: list(SafetyPlan.objects.filter(case=case)),
        lambda: begin_draft(who, case.pk),
        {"seen": draft.sha256},
    )


def safety_plan_of_a_case_that_is_closed() -> Thing:
    thing = safety_plan()
    return replace(
        thing, spoil=lambda: Case.objects.filter(pk=thing.pk).update(closed_at=timezone.now(), stage=Stage.CLOSED)
    )


def safety_plan_that_is_signed_anew() -> Thing:
    thing = safety_plan()
    return replace(thing, spoil=lambda: signed(thing.who, Case.objects.get(pk=thing.pk)))


def protocol() -> Thing:
    lead = region_lead(SchoolFactory.create())
    made = new_protocol(lead, PLAIN)
    return Thing(
        lead,
        made.pk,
        reverse("protocols:discard", args=[made.pk]),
        lambda: [*ProtocolVersion.objects.filter(pk=made.pk), *ProtocolStep.objects.filter(version=made.pk)],
        lambda: ProtocolVersion(
            protocol=made.protocol, number=made.number, title=made.title, state=made.state, made_at=made.made_at
        ).save(force_insert=True),
    )


def plan_item() -> Thing:
    who = psychologist()
    year = year_at(who)
    made, _other = write_item(who, year.pk, item(who)), write_item(who, year.pk, item(who, title="Ещё"))
    return Thing(
        who,
        made.pk,
        reverse("journals:remove", args=[made.pk]),
        lambda: list(PlanItem.objects.filter(pk=made.pk)),
        lambda: send_plan(who, year.pk),
    )


def affected() -> Thing:
    who = psychologist()
    event, pupil = loss_of(who), pupil_of(who)
    made = on_list(who, event, pupil)
    return Thing(
        who,
        made.pk,
        reverse("postvention:remove-affected", args=[event.pk, made.pk]),
        lambda: list(Affected.objects.filter(pk=made.pk)),
        lambda: on_list(who, event, pupil),
    )


def affected_of_a_loss_that_is_closed() -> Thing:
    thing = affected()
    event = Affected.objects.get(pk=thing.pk).event
    closed = {"closed_at": timezone.now(), "closed_by": thing.who.user}
    return replace(thing, spoil=lambda: type(event).objects.filter(pk=event.pk).update(**closed))


def shift(starts_in: timedelta = 2 * HOUR) -> Thing:
    principal = actor(Role.PRINCIPAL, school=SchoolFactory.create())
    now, me = timezone.now(), principal.membership.pk
    made = add_shift(principal, member_id=me, starts_at=now + starts_in, ends_at=now + 8 * HOUR)
    return Thing(
        principal,
        made.pk,
        reverse("clocks:take-off", args=[made.pk]),
        lambda: list(DutyShift.objects.filter(pk=made.pk)),
        lambda: add_shift(principal, member_id=me, starts_at=now + 3 * HOUR, ends_at=now + 4 * HOUR),
    )


def running_shift() -> Thing:
    return shift(-2 * HOUR)


MADE = [
    *(referral, referral_of_a_case_that_is_closed, safety_plan, safety_plan_of_a_case_that_is_closed),
    *(safety_plan_that_is_signed_anew, protocol),
    *(plan_item, affected, affected_of_a_loss_that_is_closed, shift, running_shift),
]


@pytest.mark.parametrize("make", MADE)
def test_it_is_back_as_it_was_and_once(make: Callable[[], Thing]) -> None:
    thing = make()
    before = thing.stored()
    offered = thing.remove()
    assert thing.stored() != before
    page = take_back(thing.who, offered)
    assert thing.stored() == before
    assert signed_in(thing.who).get(page).status_code == 200
    assert not Removed.objects.exists()
    assert AuditEntry.objects.filter(action__endswith="restored").exists()
    with pytest.raises(TooLateError):
        take_back(thing.who, offered)
    assert thing.stored() == before


@pytest.mark.parametrize("make", MADE)
def test_what_took_its_place_meanwhile_stays(make: Callable[[], Thing]) -> None:
    thing = make()
    offered = thing.remove()
    thing.spoil()
    after = thing.stored()
    with pytest.raises(TooLateError):
        take_back(thing.who, offered)
    assert thing.stored() == after


def test_a_draft_of_a_colleague_is_dropped_and_brought_back_whatever_draft_the_own_is() -> None:
    thing = referral()
    colleague = psychologist(thing.who.membership.school)
    case = Referral.objects.get(pk=thing.pk).case
    own = begin_referral(colleague, case.pk, Kind.REFERRAL)
    take_back(colleague, replace(thing, who=colleague).remove())
    assert set(Referral.objects.values_list("pk", "created_by")) == {
        (thing.pk, thing.who.user.pk),
        (own.pk, colleague.user.pk),
    }
    offered = replace(thing, who=colleague).remove()
    begin_referral(thing.who, case.pk, Kind.REFERRAL)
    with pytest.raises(TooLateError):
        take_back(colleague, offered)


def test_who_has_moved_away_is_not_put_on_duty_again() -> None:
    thing = shift()
    removed = DutyShift.objects.get(pk=thing.pk)
    offered = thing.remove()
    removed.membership.ends_on = timezone.localdate() - timedelta(days=1)
    removed.membership.save()
    with pytest.raises(TooLateError):
        take_back(thing.who, offered)


def test_only_the_last_act_of_a_person_is_kept_sealed_and_for_seconds() -> None:
    thing, who = referral(), psychologist()
    case = case_of(who)
    pupil = Referral.objects.get(pk=thing.pk).case.pupil
    offered = thing.remove()
    (kept,) = Removed.objects.all()
    assert (kept.pupil, kept.by) == (pupil, thing.who.user)
    (row,) = json.loads(kept.rows)
    assert SECRET.encode() not in b64decode(row["fields"]["draft_sealed"])
    keep_removed(who, "other", case.pk, [case], pupil_id=case.pupil_id)
    assert Removed.objects.count() == 2
    with pytest.raises(TooLateError):
        put_back([case])
    keep_removed(thing.who, "other", case.pk, [case])
    assert set(Removed.objects.values_list("kind", flat=True)) == {"other"}
    with pytest.raises(TooLateError):
        take_back(thing.who, offered)
    assert erase_removed() == 0
    Removed.objects.update(at=timezone.now() - UNDO_WITHIN * 1.1)
    assert erase_removed() == 2
    with pytest.raises(Removed.DoesNotExist):
        removed_rows(who, "other", str(case.pk))
