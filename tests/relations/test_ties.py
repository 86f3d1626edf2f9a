"""Pupils are linked by incidents in the reader's reach, in their parts, and counted as acts between two (rule 13)."""

from typing import Any

import pytest

from caseflow.cases.models import Case
from caseflow.directory.actors import Actor
from caseflow.incidents.enums import Category, PartyRole
from caseflow.incidents.models import Incident, Party
from caseflow.incidents.services import PartySaid
from caseflow.relations.selectors.drawing import picture_of
from caseflow.relations.selectors.ties import Tie, ties_of
from caseflow.relations.services.reading import list_people
from caseflow.triage.services import decide
from tests.cases.factories import case_of, psychologist
from tests.directory.factories import GuardianFactory, GuardianshipFactory, PupilFactory
from tests.incidents.factories import accused, harmed, reported, teacher_at

pytestmark = pytest.mark.django_db


@pytest.fixture
def who(db: None) -> Actor:
    return psychologist()


@pytest.fixture
def case(who: Actor) -> Case:
    return case_of(who)


def classmate(case: Case, last_name: str) -> Any:
    return PupilFactory.create(school_class=case.pupil.school_class, last_name=last_name)


def told(case: Case, *parties: PartySaid, category: str = Category.VIOLENCE, **facts: Any) -> Incident:
    return reported(teacher_at(case.school), *parties, category=category, **facts)


def counts(ties: list[Tie]) -> list[tuple[str, int, int, bool, bool]]:
    return [(t.pupil.last_name, t.harmed_by_them, t.harmed_them, t.established, t.is_drawn) for t in ties]


def test_repeats_are_counted_for_each_pair_and_direction_and_listed_by_name(who: Actor, case: Case) -> None:
    strong, weak, witness = classmate(case, "Яковлев"), classmate(case, "Аманов"), classmate(case, "Беков")
    for _time in range(2):
        told(case, harmed(case.pupil), accused(strong), PartySaid(PartyRole.WITNESS, witness.pk))
    told(case, accused(case.pupil), harmed(weak))
    told(case, harmed(case.pupil), accused(strong), category=Category.OTHER)  # not one of the acts of rule 13
    assert counts(ties_of(who, case.pupil_id)) == [
        ("Аманов", 0, 1, False, True),
        ("Беков", 0, 0, False, True),
        ("Яковлев", 2, 0, False, True),
    ]
    newest = ties_of(who, case.pupil_id)[2].newest
    assert (newest.theirs, newest.own, newest.established) == (
        PartyRole.SAID_TO_HAVE_HARMED,
        PartyRole.HARMED,
        None,
    )
    labels = {box.node.name: (box.node.label, box.node.told) for box in picture_of(list_people(who, case.pk)[1]).boxes}
    assert labels[strong.short_name] == ("Said to have harmed · 2", True)
    assert labels[witness.short_name] == ("Witness", True)


def test_what_was_found_untrue_is_told_and_neither_counted_nor_drawn(who: Actor, case: Case) -> None:
    other = classmate(case, "Беков")
    act = told(case, harmed(case.pupil), accused(other))
    Party.objects.filter(incident=act, pupil=other).update(established=False)
    assert counts(ties_of(who, case.pupil_id)) == [("Беков", 0, 0, False, False)]
    assert picture_of(list_people(who, case.pk)[1]).boxes == ()
    Party.objects.filter(incident=act, pupil=other).update(established=True)
    assert counts(ties_of(who, case.pupil_id)) == [("Беков", 1, 0, True, True)]
    assert [box.node.told for box in picture_of(list_people(who, case.pk)[1]).boxes] == [False]


def test_dismissed_and_merged_reports_and_those_out_of_reach_link_nobody(who: Actor, case: Case) -> None:
    other = classmate(case, "Беков")
    kept = told(case, harmed(case.pupil), accused(other))
    dropped = told(case, harmed(case.pupil), accused(classmate(case, "Ведов")), category=Category.CONFLICT)
    decide(who, item_id=dropped.triage_item_id, decision="dismiss", reason_code="not_confirmed", reason="Не было")
    merged = told(case, harmed(case.pupil), accused(classmate(case, "Галиев")))
    Incident.objects.filter(pk=merged.pk).update(merged_into=kept)
    told(case, harmed(case.pupil), accused(classmate(case, "Досов")), about_staff=True)
    own = classmate(case, "Ержанов")
    GuardianshipFactory.create(pupil=own, guardian=GuardianFactory.create(staff_account=who.user))
    told(case, harmed(case.pupil), accused(own))
    assert [tie.pupil for tie in ties_of(who, case.pupil_id)] == [other]
    assert ties_of(psychologist(), case.pupil_id) == []


def test_unknown_people_and_reporters_are_no_links(who: Actor, case: Case) -> None:
    told(case, harmed(case.pupil), PartySaid(PartyRole.SAID_TO_HAVE_HARMED))
    assert ties_of(who, case.pupil_id) == []


def test_the_number_of_queries_does_not_grow(who: Actor, case: Case, django_assert_num_queries: Any) -> None:
    told(case, harmed(case.pupil), accused(classmate(case, "Беков")))
    with django_assert_num_queries(1):
        ties_of(who, case.pupil_id)
    for number in range(5):
        told(case, harmed(case.pupil), accused(classmate(case, f"Ведов{number}")))
    with django_assert_num_queries(1):
        assert len(ties_of(who, case.pupil_id)) == 6
