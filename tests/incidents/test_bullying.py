"""Bullying is two acts between the same pupils, or a recorded reason (rule 13)."""

from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from caseflow.audit.models import AuditEntry
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Pupil, School
from caseflow.incidents.enums import Category
from caseflow.incidents.models import Bullying, Incident, Party
from caseflow.incidents.rules.bullying import still_holds
from caseflow.incidents.selectors.bullying import Finding
from caseflow.incidents.services import (
    BadReportError,
    confirm_bullying,
    establish,
    merge_reports,
    open_incident,
    split_report,
    take_back_bullying,
)
from caseflow.triage.services import decide
from tests.directory.factories import SchoolFactory, actor
from tests.incidents.bullying_factories import ENOUGH, WHY, act, confirm, party_of
from tests.incidents.factories import accused, harmed, reported, teacher_at
from tests.triage.factories import make_parent, pupil_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> School:
    return SchoolFactory.create()


@pytest.fixture
def psychologist(school: School) -> Actor:
    return actor(Role.PSYCHOLOGIST, school=school)


@pytest.fixture
def teacher(school: School, psychologist: Actor) -> Actor:
    return teacher_at(school)


@pytest.fixture
def pair(school: School) -> tuple[Pupil, Pupil]:
    return pupil_at(school), pupil_at(school)


def only_finding(who: Actor, incident: Incident) -> Finding:
    (finding,) = open_incident(who, incident.pk).findings
    return finding


def test_one_act_alone_can_only_be_suspected(psychologist: Actor, teacher: Actor, pair: tuple[Pupil, Pupil]) -> None:
    alone = act(teacher, pair)
    for excuse in ("", "   ", "так", "короткое"):
        with pytest.raises(BadReportError, match="One act alone is a suspicion"):
            confirm(psychologist, alone, excuse)
    assert not Bullying.objects.exists()


def test_two_acts_between_the_same_pupils_confirm_it_and_are_named(
    psychologist: Actor, teacher: Actor, pair: tuple[Pupil, Pupil]
) -> None:
    first, second = act(teacher, pair), act(teacher, pair, Category.CONFLICT)
    finding = confirm(psychologist, second, WHY)
    assert (finding.said, finding.harmed, finding.override_sealed) == (*pair, None)
    for page in (first, second):
        shown = only_finding(psychologist, page)
        assert [ground.incident for ground in shown.grounds] == [first, second]
        assert (shown.stands, shown.holds, shown.overridden) == (True, True, False)
    entry = AuditEntry.objects.get(action="incident.bullying_confirmed")
    assert (entry.obj, entry.detail["overridden"]) == (f"incident:{second.pk}", False)


def test_a_recorded_reason_stands_for_the_second_act_and_is_read_by_those_who_decide(
    school: School, psychologist: Actor, teacher: Actor, pair: tuple[Pupil, Pupil]
) -> None:
    alone = act(teacher, pair)
    finding = confirm(psychologist, alone, f" {WHY} ")
    assert WHY.encode() not in bytes(finding.override_sealed or b"")
    assert only_finding(psychologist, alone).override == WHY
    seen = only_finding(actor(Role.PRINCIPAL, school=school), alone)
    assert (seen.override, seen.overridden, seen.stands) == ("", True, True)
    assert AuditEntry.objects.get(action="incident.bullying_confirmed").detail["overridden"] is True


@pytest.mark.parametrize("direction", ["the other way round", "another pupil", "another category", "not established"])
def test_what_is_no_second_act_of_this_pair_does_not_count(
    direction: str, school: School, psychologist: Actor, teacher: Actor, pair: tuple[Pupil, Pupil]
) -> None:
    one, other = pair
    alone = act(teacher, pair)
    if direction == "the other way round":
        act(teacher, (other, one))
    elif direction == "another pupil":
        act(teacher, (one, pupil_at(school)))
    elif direction == "another category":
        act(teacher, pair, Category.OTHER)
    else:
        second = act(teacher, pair)
        establish(psychologist, second.pk, party_of(second, "said_to_have_harmed"), established=False)
    with pytest.raises(BadReportError, match="One act alone"):
        confirm(psychologist, alone)


def test_a_dismissed_report_is_no_act(psychologist: Actor, teacher: Actor, pair: tuple[Pupil, Pupil]) -> None:
    first, second = act(teacher, pair), act(teacher, pair)
    finding = confirm(psychologist, first)
    reason: dict[str, Any] = {"decision": "dismiss", "reason_code": "not_confirmed", "reason": "Старая ссора"}
    decide(psychologist, item_id=second.triage_item_id, **reason)
    assert not only_finding(psychologist, first).holds
    take_back_bullying(psychologist, first.pk, finding.pk, reason=ENOUGH)
    with pytest.raises(BadReportError, match="One act alone"):
        confirm(psychologist, first)


def test_what_the_school_does_not_read_is_never_counted_with_what_it_reads(
    school: School, psychologist: Actor, teacher: Actor, pair: tuple[Pupil, Pupil]
) -> None:
    alone = act(teacher, pair)
    act(teacher, pair, about_staff=True)
    with pytest.raises(BadReportError, match="One act alone"):
        confirm(psychologist, alone)


def test_what_was_found_not_established_here_is_not_confirmed_here_whatever_the_reason(
    psychologist: Actor, teacher: Actor, pair: tuple[Pupil, Pupil]
) -> None:
    first, _second, _third = (act(teacher, pair) for _each in range(3))
    establish(psychologist, first.pk, party_of(first, "said_to_have_harmed"), established=False)
    with pytest.raises(BadReportError, match="not established"):
        confirm(psychologist, first, WHY)
    assert open_incident(psychologist, first.pk).pairs == ()


def test_it_is_confirmed_once_on_a_report_and_the_database_holds_that(
    psychologist: Actor, teacher: Actor, pair: tuple[Pupil, Pupil]
) -> None:
    first = act(teacher, pair)
    act(teacher, pair)
    confirm(psychologist, first)
    with pytest.raises(BadReportError, match="already"):
        confirm(psychologist, first)
    facts: dict[str, Any] = {"incident": first, "by": psychologist.user, "at": timezone.now()}
    with pytest.raises(IntegrityError), transaction.atomic():
        Bullying.objects.create(said=pair[0], harmed=pair[1], **facts)
    with pytest.raises(IntegrityError), transaction.atomic():
        Bullying.objects.create(
            said=pair[0], harmed=pair[0], taken_back_by=psychologist.user, taken_back_at=timezone.now(), **facts
        )
    with pytest.raises(IntegrityError), transaction.atomic():
        Bullying.objects.create(said=pair[0], harmed=pair[1], taken_back_at=timezone.now(), **facts)


def test_it_is_taken_back_with_a_reason_and_both_stay_on_record(
    psychologist: Actor, teacher: Actor, pair: tuple[Pupil, Pupil]
) -> None:
    first = act(teacher, pair)
    act(teacher, pair)
    finding = confirm(psychologist, first)
    with pytest.raises(BadReportError, match="Explain"):
        take_back_bullying(psychologist, first.pk, finding.pk, reason=" нет ")
    taken = take_back_bullying(psychologist, first.pk, finding.pk, reason=ENOUGH)
    assert (taken.at, taken.taken_back_by) == (finding.at, psychologist.user)
    shown = only_finding(psychologist, first)
    assert (shown.stands, shown.taken_back) == (False, ENOUGH)
    assert not open_incident(psychologist, first.pk).found_here
    with pytest.raises(Bullying.DoesNotExist):
        take_back_bullying(psychologist, first.pk, finding.pk, reason=ENOUGH)
    again = confirm(psychologist, first)
    assert [each.bullying for each in open_incident(psychologist, first.pk).findings] == [again, finding]
    actions = AuditEntry.objects.filter(action__startswith="incident.bullying").order_by("pk")
    assert [entry.action.split("_")[-1] for entry in actions] == ["confirmed", "back", "confirmed"]


@pytest.mark.parametrize("what", ["not established", "merged", "split"])
def test_where_an_act_falls_away_the_page_says_so_and_nothing_is_removed(
    what: str, school: School, psychologist: Actor, teacher: Actor, pair: tuple[Pupil, Pupil]
) -> None:
    first, second = act(teacher, pair), act(teacher, pair)
    third = reported(teacher, harmed(pupil_at(school)))
    if what == "split":
        merge_reports(psychologist, second.pk, third.pk)
        second, merged = third, second
    finding = confirm(psychologist, first)
    if what == "split":
        split_report(psychologist, merged.pk, reason=ENOUGH)
    elif what == "merged":
        merge_reports(psychologist, second.pk, third.pk)
    else:
        establish(psychologist, second.pk, party_of(second, "said_to_have_harmed"), established=False)
    shown = only_finding(psychologist, first)
    assert (shown.bullying, shown.stands, shown.holds) == (finding, True, False)
    assert {ground.incident: ground.counts for ground in shown.grounds} == {first: True, second: False}


def test_two_acts_merged_into_one_are_one_act(psychologist: Actor, teacher: Actor, pair: tuple[Pupil, Pupil]) -> None:
    first, second = act(teacher, pair), act(teacher, pair)
    confirm(psychologist, second)
    merge_reports(psychologist, second.pk, first.pk)
    assert not only_finding(psychologist, first).holds
    with pytest.raises(BadReportError, match="merged into another"):
        confirm(psychologist, second, WHY)
    with pytest.raises(BadReportError, match="One act alone"):
        confirm(psychologist, first)


def test_only_those_who_decide_find_and_only_of_parties_of_the_report(
    school: School, psychologist: Actor, teacher: Actor, pair: tuple[Pupil, Pupil]
) -> None:
    first, other = act(teacher, pair), act(teacher, pair)
    finding = confirm(psychologist, other)
    mother = actor(Role.PSYCHOLOGIST, school=school)
    make_parent(mother, pair[0])
    strangers = [actor(Role.PRINCIPAL, school=school), actor(Role.PSYCHOLOGIST, school=SchoolFactory.create()), mother]
    for who in strangers:
        with pytest.raises(Incident.DoesNotExist):
            confirm(who, first, WHY)
        with pytest.raises(Incident.DoesNotExist):
            take_back_bullying(who, other.pk, finding.pk, reason=ENOUGH)
    said, hurt = party_of(first, "said_to_have_harmed"), party_of(first, "harmed")
    for wrong in ((hurt, said), (party_of(other, "said_to_have_harmed"), hurt)):
        with pytest.raises(Party.DoesNotExist):
            confirm_bullying(psychologist, first.pk, said_id=wrong[0], harmed_id=wrong[1], override=WHY)
    with pytest.raises(Bullying.DoesNotExist):
        take_back_bullying(psychologist, first.pk, finding.pk, reason=ENOUGH)


def test_a_report_that_its_reader_cannot_open_is_not_named(
    school: School, psychologist: Actor, teacher: Actor, pair: tuple[Pupil, Pupil]
) -> None:
    other = pupil_at(school)
    first, second = act(teacher, pair), reported(teacher, accused(pair[0]), harmed(pair[1]), harmed(other))
    confirm_bullying(
        psychologist,
        first.pk,
        said_id=party_of(first, "said_to_have_harmed"),
        harmed_id=first.parties.get(pupil=pair[1]).pk,
    )
    principal = actor(Role.PRINCIPAL, school=school)
    make_parent(principal, other)
    shown = only_finding(principal, first)
    assert [ground.incident for ground in shown.grounds] == [first]
    assert shown.holds
    assert [ground.incident for ground in only_finding(psychologist, first).grounds] == [first, second]


def test_with_a_reason_everything_that_was_there_has_to_hold() -> None:
    assert still_holds(recorded=1, counting=1, overridden=True)
    assert not still_holds(recorded=1, counting=0, overridden=True)
    assert still_holds(recorded=3, counting=2, overridden=False)
    assert not still_holds(recorded=2, counting=1, overridden=False)
