"""Whom the school may call about a child who is hurt at home, and the orders that protect it (rule 10)."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from caseflow.audit.models import AuditEntry
from caseflow.clocks.models import Clock
from caseflow.clocks.services import sweep
from caseflow.consent.services import approve_exclusion, exclude_guardian
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Pupil, School
from caseflow.incidents.enums import Category, GuardianState, OrderState
from caseflow.incidents.models import Incident, ProtectiveOrder, SafeContact
from caseflow.incidents.rules.orders import order_state
from caseflow.incidents.services import BadReportError, merge_reports, open_incident
from caseflow.incidents.services.home import (
    add_contact,
    end_contact,
    extend_order,
    lift_order,
    open_home,
)
from notifications.models import Alert
from tests.directory.factories import GuardianFactory, GuardianshipFactory, SchoolFactory, actor
from tests.incidents.factories import harmed, reported, teacher_at
from tests.incidents.home_factories import AUNT, TODAY, order_on
from tests.triage.factories import make_parent, pupil_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> School:
    return SchoolFactory.create()


@pytest.fixture
def psychologist(school: School) -> Actor:
    return actor(Role.PSYCHOLOGIST, school=school)


@pytest.fixture
def child(school: School, psychologist: Actor) -> Pupil:
    return pupil_at(school)


@pytest.fixture
def incident(school: School, child: Pupil) -> Incident:
    return reported(teacher_at(school), harmed(child), category=Category.DOMESTIC_VIOLENCE)


def test_a_safe_contact_is_sealed_and_shown_to_those_who_decide(
    school: School, psychologist: Actor, incident: Incident
) -> None:
    row = add_contact(psychologist, incident.pk, **AUNT)
    assert AUNT["name"].encode() not in bytes(row.said_sealed)
    home = open_incident(psychologist, incident.pk).home
    assert home is not None
    (contact,) = home.contacts
    assert (contact.name, contact.relation, contact.when) == (AUNT["name"], AUNT["relation"], AUNT["when"])
    assert contact.phone == "+7 701 000 0001"
    for role in (Role.PRINCIPAL, Role.SOCIAL_PEDAGOGUE, Role.SCHOOL_ADMIN):
        assert open_incident(actor(role, school=school), incident.pk).home is None


def test_a_contact_ends_once_and_stays_on_record(psychologist: Actor, incident: Incident) -> None:
    row = add_contact(psychologist, incident.pk, **AUNT)
    add_contact(psychologist, incident.pk, name="Учитель", relation="сосед", when="лично")
    end_contact(psychologist, incident.pk, row.pk)
    _incident, home = open_home(psychologist, incident.pk)
    assert ([each.name for each in home.contacts], [each.name for each in home.past]) == (["Учитель"], [AUNT["name"]])
    assert SafeContact.objects.get(pk=row.pk).ended_by == psychologist.user
    with pytest.raises(SafeContact.DoesNotExist):
        end_contact(psychologist, incident.pk, row.pk)


@pytest.mark.parametrize(
    ("wrong", "says"),
    [
        ({"name": " "}, "Write who it is"),
        ({"relation": ""}, "Write who it is"),
        ({"phone": "", "when": " "}, "Write who it is"),
        ({"phone": "нет"}, "not a telephone number"),
    ],
)
def test_a_contact_says_who_it_is_and_how_to_reach_them(
    psychologist: Actor, incident: Incident, wrong: dict[str, str], says: str
) -> None:
    with pytest.raises(BadReportError, match=says):
        add_contact(psychologist, incident.pk, **AUNT | wrong)
    assert not SafeContact.objects.exists()


def test_nobody_else_reaches_any_of_it(school: School, psychologist: Actor, incident: Incident, child: Pupil) -> None:
    contact, order = add_contact(psychologist, incident.pk, **AUNT), order_on(incident, psychologist)
    mother = actor(Role.PSYCHOLOGIST, school=school)
    make_parent(mother, child)
    for who in (actor(Role.PRINCIPAL, school=school), mother, actor(Role.PSYCHOLOGIST, school=SchoolFactory.create())):
        with pytest.raises(Incident.DoesNotExist):
            open_home(who, incident.pk)
        with pytest.raises(Incident.DoesNotExist):
            add_contact(who, incident.pk, **AUNT)
        with pytest.raises(Incident.DoesNotExist):
            end_contact(who, incident.pk, contact.pk)
        with pytest.raises(Incident.DoesNotExist):
            order_on(incident, who)
        with pytest.raises(Incident.DoesNotExist):
            lift_order(who, incident.pk, order.pk)
    elsewhere = reported(teacher_at(school), harmed(pupil_at(school)))
    with pytest.raises(SafeContact.DoesNotExist):
        end_contact(psychologist, elsewhere.pk, contact.pk)
    with pytest.raises(ProtectiveOrder.DoesNotExist):
        lift_order(psychologist, elsewhere.pk, order.pk)


def test_it_stands_on_the_page_by_category_or_once_something_is_noted_even_on_a_merged_report(
    school: School, psychologist: Actor, incident: Incident
) -> None:
    other = reported(teacher_at(school), harmed(pupil_at(school)), category=Category.CONFLICT)
    assert open_incident(psychologist, other.pk).home is None
    order_on(other, psychologist)
    assert open_incident(psychologist, other.pk).home is not None
    goes_on = reported(teacher_at(school), harmed(pupil_at(school)), category=Category.OTHER)
    contact = add_contact(psychologist, incident.pk, **AUNT)
    order = order_on(incident, psychologist)
    merge_reports(psychologist, incident.pk, goes_on.pk)
    home = open_incident(psychologist, goes_on.pk).home
    assert home is not None
    assert [each.row for each in home.contacts] == [contact]
    end_contact(psychologist, goes_on.pk, contact.pk)
    longer = extend_order(psychologist, goes_on.pk, order.pk, valid_until=TODAY + timedelta(days=60))
    assert longer.incident == incident


def test_a_guardian_is_shown_with_what_stands_about_them_and_a_warning_not_to_call(
    school: School, psychologist: Actor, incident: Incident, child: Pupil
) -> None:
    lead = actor(Role.LEAD_PSYCHOLOGIST, district=school.district)
    stands, proposed, excluded, gone = (GuardianFactory.create() for _each in range(4))
    for guardian in (stands, proposed, excluded):
        GuardianshipFactory.create(pupil=child, guardian=guardian)
    GuardianshipFactory.create(pupil=child, guardian=gone, ends_on=TODAY - timedelta(days=2))
    why = "Ребёнок рассказал, что отец его бьёт"
    exclude_guardian(psychologist, pupil_id=child.pk, guardian_id=proposed.pk, reason=why)
    line = exclude_guardian(psychologist, pupil_id=child.pk, guardian_id=excluded.pk, reason=why)
    approve_exclusion(lead, line.pk)
    _incident, home = open_home(psychologist, incident.pk)
    assert {each.guardianship.guardian: each.state for each in home.guardians} == {
        stands: GuardianState.STANDS,
        proposed: GuardianState.PROPOSED,
        excluded: GuardianState.EXCLUDED,
        gone: GuardianState.ENDED,
    }
    assert {each.guardianship.guardian for each in home.not_to_call} == {proposed, excluded, gone}


def test_the_log_names_no_pupil_as_the_subject_of_any_of_it(
    psychologist: Actor, incident: Incident, child: Pupil
) -> None:
    contact, order = add_contact(psychologist, incident.pk, **AUNT), order_on(incident, psychologist)
    end_contact(psychologist, incident.pk, contact.pk)
    longer = extend_order(psychologist, incident.pk, order.pk, valid_until=TODAY + timedelta(days=90))
    lift_order(psychologist, incident.pk, longer.pk)
    open_incident(psychologist, incident.pk)
    open_home(psychologist, incident.pk)
    entries = AuditEntry.objects.filter(obj=f"incidents.Home/{incident.pk}").order_by("pk")
    assert [entry.action for entry in entries] == [
        "incident.contact_added",
        "incident.order_entered",
        "incident.contact_ended",
        "incident.order_extended",
        "incident.order_lifted",
        "read",
        "read",
    ]
    assert {entry.pupil_id for entry in entries} == {None}


def test_an_order_says_where_it_stands(psychologist: Actor, incident: Incident) -> None:
    days = {
        OrderState.COMING: (5, 20),
        OrderState.RUNNING: (-5, 20),
        OrderState.ENDING: (-5, 2),
        OrderState.OVER: (-20, -1),
    }
    for first, last in days.values():
        order_on(incident, psychologist, TODAY + timedelta(days=first), TODAY + timedelta(days=last))
    _incident, home = open_home(psychologist, incident.pk)
    assert {(each.state, (each.row.valid_until - TODAY).days) for each in home.orders} == {
        (state, last) for state, (_first, last) in days.items()
    }
    assert {(each.number, each.issued_by) for each in home.orders} == {("18/2", "Управление полиции района")}
    assert b"18/2" not in bytes(home.orders[0].row.said_sealed)
    over = ProtectiveOrder.objects.get(clock=None)  # of one that was over, nobody need be told
    longer = extend_order(psychologist, incident.pk, over.pk, valid_until=TODAY + timedelta(days=9))
    assert (longer.valid_from, longer.clock is not None) == (over.valid_from, True)


def test_an_extension_is_a_row_of_its_own_and_a_lifted_order_is_told_of_no_more(
    psychologist: Actor, incident: Incident
) -> None:
    first = order_on(incident, psychologist)
    for too_early in (first.valid_until, first.valid_until - timedelta(days=1)):
        with pytest.raises(BadReportError, match="later"):
            extend_order(psychologist, incident.pk, first.pk, valid_until=too_early)
    longer = extend_order(psychologist, incident.pk, first.pk, valid_until=TODAY + timedelta(days=90))
    for gone in (first, longer):
        if gone == longer:
            lift_order(psychologist, incident.pk, longer.pk)
        with pytest.raises(ProtectiveOrder.DoesNotExist):
            extend_order(psychologist, incident.pk, gone.pk, valid_until=TODAY + timedelta(days=120))
        with pytest.raises(ProtectiveOrder.DoesNotExist):
            lift_order(psychologist, incident.pk, gone.pk)
    _incident, home = open_home(psychologist, incident.pk)
    assert {each.row: each.state for each in home.orders} == {first: OrderState.EXTENDED, longer: OrderState.LIFTED}
    assert not any(each.is_last for each in home.orders)
    assert not Clock.objects.filter(code="protective_order", stopped_at=None).exists()


@pytest.mark.parametrize(
    "wrong",
    [{"kind": "other"}, {"number": " "}, {"issued_by": ""}, {"valid_until": TODAY - timedelta(days=11)}],
)
def test_an_order_that_says_too_little_or_runs_backwards_is_refused(
    psychologist: Actor, incident: Incident, wrong: dict[str, Any]
) -> None:
    with pytest.raises(BadReportError):
        order_on(incident, psychologist, **wrong)
    facts = {"incident": incident, "kind": "conduct", "said_sealed": b"", "entered_by": psychologist.user}
    days = {"valid_from": TODAY, "valid_until": TODAY - timedelta(days=1), "entered_at": timezone.now()}
    with pytest.raises(IntegrityError), transaction.atomic():
        ProtectiveOrder.objects.create(**facts, **days)


def test_three_days_before_its_end_and_at_its_end_those_who_decide_are_told_once(
    school: School, psychologist: Actor, incident: Incident, child: Pupil
) -> None:
    colleague, mother = (actor(Role.PSYCHOLOGIST, school=school) for _each in range(2))
    make_parent(mother, child)
    clock = order_on(incident, psychologist).clock
    assert clock is not None
    assert clock.due_at - clock.warn_at == timedelta(days=3)
    assert timezone.localtime(clock.due_at).date() == TODAY + timedelta(days=21)
    Clock.objects.exclude(pk=clock.pk).update(stopped_at=timezone.now())
    about_deadlines = Alert.objects.filter(kind__startswith="deadline")
    sweep(clock.warn_at - timedelta(minutes=1))
    assert not about_deadlines.exists()
    for at in (clock.warn_at, clock.warn_at, clock.due_at, clock.due_at):
        sweep(at + timedelta(minutes=1))
    told = sorted(about_deadlines.values_list("kind", "recipient"))
    both = sorted((psychologist.user.pk, colleague.user.pk))
    assert told == [("deadline_missed", pk) for pk in both] + [("deadline_near", pk) for pk in both]
    assert Clock.objects.get(pk=clock.pk).stopped_at == clock.due_at


def test_of_an_order_on_a_merged_report_those_are_told_who_decide_on_the_other(
    school: School, psychologist: Actor, incident: Incident
) -> None:
    clock = order_on(incident, psychologist).clock
    assert clock is not None
    goes_on = reported(teacher_at(school), harmed(pupil_at(school)))
    merge_reports(psychologist, incident.pk, goes_on.pk)
    Clock.objects.exclude(pk=clock.pk).update(stopped_at=timezone.now())
    sweep(clock.warn_at + timedelta(minutes=1))
    assert str(goes_on.pk) in Alert.objects.get(kind="deadline_near").url


DAYS = st.integers(-60, 60)


@given(begins=DAYS, length=st.integers(0, 60), lead=st.integers(1, 10), extended=st.booleans(), lifted=st.booleans())
def test_the_state_of_an_order_follows_from_its_days(
    begins: int, length: int, lead: int, extended: bool, lifted: bool
) -> None:
    today = date(2026, 3, 1)
    first, last = today + timedelta(days=begins), today + timedelta(days=begins + length)
    state = order_state(first, last, today, timedelta(days=lead), extended=extended, lifted=lifted)
    assert (state == OrderState.LIFTED) == lifted
    assert (state == OrderState.EXTENDED) == (extended and not lifted)
    if not extended and not lifted:
        binds = first <= today <= last
        assert (state in (OrderState.RUNNING, OrderState.ENDING)) == binds
        assert (state == OrderState.ENDING) == (binds and (last - today).days < lead)
        assert (state == OrderState.OVER) == (today > last)
