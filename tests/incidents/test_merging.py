"""Two reports of one event: one goes on with the earlier terms, both can be told apart again."""

from datetime import timedelta

import pytest
from django.utils import timezone

from caseflow.clocks.services import sweep
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Pupil, School
from caseflow.incidents.enums import Category, PartyRole
from caseflow.incidents.models import Incident
from caseflow.incidents.selectors.figures import events
from caseflow.incidents.selectors.reading import state_of
from caseflow.incidents.services import (
    BadReportError,
    PartySaid,
    RolesDifferError,
    inform_police,
    merge_reports,
    open_incident,
)
from caseflow.triage.selectors import waiting
from caseflow.triage.services import AlreadyDecidedError, ClaimedError, claim, decide, undo
from caseflow.undo.rules import TooLateError
from notifications.models import Alert
from tests.directory.factories import SchoolFactory, actor, signed_in
from tests.incidents.factories import accused, harmed, officer_for, reported, teacher_at
from tests.triage.factories import make_parent, pupil_at

pytestmark = pytest.mark.django_db
UNKNOWN = PartySaid(PartyRole.SAID_TO_HAVE_HARMED)


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


def fresh(incident: Incident) -> Incident:
    return Incident.objects.select_related("triage_item__psych_clock", "triage_item__legal_clock", "police_clock").get(
        pk=incident.pk
    )


def test_the_merged_report_stays_readable_and_its_item_waits_no_more(
    psychologist: Actor, teacher: Actor, pair: tuple[Pupil, Pupil]
) -> None:
    goes_on = reported(teacher, harmed(pair[0]))
    merged = reported(teacher, harmed(pair[0]), accused(pair[1]))

    merge_reports(psychologist, merged.pk, goes_on.pk)

    detail = open_incident(psychologist, merged.pk)
    assert detail.merge
    assert (detail.words is None, detail.merge.into, len(detail.parties)) == (False, goes_on, 2)
    assert [one.pk for one in open_incident(psychologist, goes_on.pk).merged_here] == [merged.pk]
    assert [item.pk for item in waiting(psychologist)] == [goes_on.triage_item_id]
    item = fresh(merged).triage_item
    assert (item.state, item.decided_by) == ("merged", psychologist.user)
    roles = set(fresh(goes_on).parties.values_list("pupil", "role"))
    assert roles == {(pair[0].pk, "harmed"), (pair[1].pk, "said_to_have_harmed")}


def test_the_reporter_of_a_merged_report_hears_what_becomes_of_the_other(
    school: School, psychologist: Actor, teacher: Actor
) -> None:
    goes_on, merged = reported(teacher, harmed(pupil_at(school))), reported(teacher)
    merge_reports(psychologist, merged.pk, goes_on.pk)
    assert state_of(fresh(merged)) == "received"

    decide(psychologist, item_id=goes_on.triage_item_id, decision="open_case")

    assert state_of(fresh(merged)) == "handled"


def test_the_report_that_goes_on_keeps_the_earlier_terms_and_the_others_stop(
    psychologist: Actor, teacher: Actor
) -> None:
    goes_on = reported(teacher, category=Category.CONFLICT)
    merged = reported(teacher, category=Category.DOMESTIC_VIOLENCE)
    before, clocks = fresh(merged), [fresh(each).triage_item.psych_clock for each in (goes_on, merged)]
    earlier = min(clocks, key=lambda clock: clock.due_at)  # right before midnight, that of the day is

    merge_reports(psychologist, merged.pk, goes_on.pk)

    after, left = fresh(goes_on), fresh(merged)
    assert after.triage_item.psych_clock == earlier
    assert after.police_clock == before.police_clock
    assert (after.violence, after.triage_item.due_at) == (True, earlier.due_at)
    assert left.police_clock is None
    assert left.triage_item.psych_clock.stopped_at
    assert left.triage_item.legal_clock
    assert left.triage_item.legal_clock.stopped_at
    sweep(timezone.now() + timedelta(days=60))
    assert not Alert.objects.filter(kind="deadline_missed", url__contains=str(merged.triage_item_id)).exists()


def test_a_cry_for_help_stays_one(psychologist: Actor, teacher: Actor) -> None:
    goes_on = reported(teacher, category=Category.CONFLICT)
    merged = reported(teacher, category=Category.SELF_HARM)

    merge_reports(psychologist, merged.pk, goes_on.pk)

    decide(
        psychologist, item_id=goes_on.triage_item_id, decision="dismiss", reason_code="not_confirmed", reason="Не было"
    )
    assert fresh(goes_on).triage_item.state == "second_person"


def test_where_the_reports_disagree_about_a_part_somebody_chooses(
    psychologist: Actor, teacher: Actor, pair: tuple[Pupil, Pupil]
) -> None:
    goes_on = reported(teacher, harmed(pair[0]), accused(pair[1]))
    merged = reported(teacher, accused(pair[0]), accused(pair[1]))
    with pytest.raises(RolesDifferError) as differ:
        merge_reports(psychologist, merged.pk, goes_on.pk)
    (conflict,) = differ.value.joining.conflicts
    assert (conflict.party.role, conflict.theirs.role) == ("said_to_have_harmed", "harmed")
    assert fresh(merged).merged_into is None

    merge_reports(psychologist, merged.pk, goes_on.pk, roles={conflict.party.pk: PartyRole.WITNESS})

    assert goes_on.parties.get(pupil=pair[0]).role == "witness"
    assert merged.parties.get(pupil=pair[0]).role == "said_to_have_harmed"


def test_persons_not_known_are_joined_as_far_as_they_are_more(psychologist: Actor, teacher: Actor) -> None:
    goes_on, merged = reported(teacher, UNKNOWN), reported(teacher, UNKNOWN, UNKNOWN)

    merge_reports(psychologist, merged.pk, goes_on.pk)

    assert goes_on.parties.count() == 2


def test_what_the_police_were_told_of_one_holds_for_the_event(psychologist: Actor, teacher: Actor) -> None:
    goes_on, merged = reported(teacher), reported(teacher)
    at = timezone.now()
    inform_police(psychologist, merged.pk, at)

    merge_reports(psychologist, merged.pk, goes_on.pk)

    after = fresh(goes_on)
    assert after.police_informed_at == at
    assert after.police_clock
    assert after.police_clock.stopped_at == at


@pytest.mark.parametrize("category", [Category.BULLYING, Category.VIOLENCE])
def test_one_event_is_one_act_and_one_figure(
    psychologist: Actor, teacher: Actor, pair: tuple[Pupil, Pupil], category: Category
) -> None:
    goes_on, merged = (reported(teacher, harmed(pair[0]), accused(pair[1]), category=category) for _ in range(2))
    today = timezone.localdate()
    region = goes_on.school.district.region
    assert sum(events(region, today, today).values()) == 2

    merge_reports(psychologist, merged.pk, goes_on.pk)

    assert sum(events(region, today, today).values()) == 1
    for incident in (goes_on, merged):
        assert [repeat.reports for repeat in open_incident(psychologist, incident.pk).repeats] == [1]


def test_what_cannot_be_one_is_refused(school: School, psychologist: Actor, teacher: Actor) -> None:
    first, second, third = (reported(teacher) for _ in range(3))
    with pytest.raises(BadReportError, match="another report"):
        merge_reports(psychologist, first.pk, first.pk)
    merge_reports(psychologist, first.pk, second.pk)
    for one, other in ((first, third), (third, first), (second, third)):
        with pytest.raises(BadReportError, match="merged already"):
            merge_reports(psychologist, one.pk, other.pk)
    decide(psychologist, item_id=third.triage_item_id, decision="dismiss", reason_code="exercise", reason="Учения")
    with pytest.raises(BadReportError, match="dismissed"):
        merge_reports(psychologist, reported(teacher).pk, third.pk)


def test_a_matter_about_staff_joins_none_that_the_school_reads(school: School, teacher: Actor) -> None:
    lead = actor(Role.LEAD_PSYCHOLOGIST, district=school.district)
    staff, cry = reported(teacher, about_staff=True), reported(teacher, category=Category.SELF_HARM)

    for one, other in ((staff, cry), (cry, staff)):
        with pytest.raises(BadReportError, match="about an employee"):
            merge_reports(lead, one.pk, other.pk)


def test_only_who_decides_on_both_merges_them(school: School, psychologist: Actor, teacher: Actor) -> None:
    child = pupil_at(school)
    mother = actor(Role.PSYCHOLOGIST, school=school)
    make_parent(mother, child)
    own, other = reported(teacher, harmed(child)), reported(teacher)
    strangers = (mother, actor(Role.PRINCIPAL, school=school), actor(Role.PSYCHOLOGIST, school=SchoolFactory.create()))

    for who in strangers:
        for one, into in ((own, other), (other, own)):
            with pytest.raises(Incident.DoesNotExist):
                merge_reports(who, one.pk, into.pk)


def test_whose_child_joins_by_a_merge_loses_sight_of_the_event(
    school: School, psychologist: Actor, teacher: Actor
) -> None:
    mother, child = actor(Role.PSYCHOLOGIST, school=school), pupil_at(school)
    make_parent(mother, child)
    goes_on, merged = reported(teacher), reported(teacher, harmed(child))
    assert open_incident(mother, goes_on.pk).parties == ()

    merge_reports(psychologist, merged.pk, goes_on.pk)

    with pytest.raises(Incident.DoesNotExist):
        open_incident(mother, goes_on.pk)


def test_an_item_that_a_colleague_is_deciding_is_left_to_them(
    school: School, psychologist: Actor, teacher: Actor
) -> None:
    goes_on, merged = reported(teacher), reported(teacher)
    colleague = actor(Role.PSYCHOLOGIST, school=school)
    claim(colleague, merged.triage_item_id)

    with pytest.raises(ClaimedError, match=colleague.user.short_name):
        merge_reports(psychologist, merged.pk, goes_on.pk)


def test_a_merge_is_not_taken_back_in_the_queue(psychologist: Actor, teacher: Actor) -> None:
    goes_on, merged = reported(teacher), reported(teacher)
    merge_reports(psychologist, merged.pk, goes_on.pk)

    with pytest.raises(TooLateError):
        undo(psychologist, merged.triage_item_id)
    with pytest.raises(AlreadyDecidedError):
        decide(psychologist, item_id=merged.triage_item_id, decision="open_case")


def test_the_police_are_asked_once_for_one_event(school: School, psychologist: Actor, teacher: Actor) -> None:
    goes_on, merged = reported(teacher), reported(teacher)
    merge_reports(psychologist, merged.pk, goes_on.pk)
    client = signed_in(officer_for(school))

    (listed,) = client.get("/api/v1/legal-requests/").json()["results"]
    assert listed["number"] == goes_on.number
