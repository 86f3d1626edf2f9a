from datetime import timedelta

import pytest
from django.utils import timezone

from caseflow.cases.enums import RiskLevel
from caseflow.cases.models import Case
from caseflow.cases.services import set_risk
from caseflow.directory.models import Pupil, SchoolClass
from caseflow.postvention.enums import Circle, Who
from caseflow.postvention.models import Affected, LossEvent
from caseflow.postvention.rules import LossRefused
from caseflow.postvention.selectors.affected import affected_page, found_by_name
from caseflow.postvention.services import (
    add_affected,
    give_case,
    open_affected,
    record_parents_told,
    record_talk,
    remove_affected,
)
from tests.cases.factories import case_of, lead_over, psychologist, pupil_of
from tests.directory.factories import GuardianFactory, GuardianshipFactory, PupilFactory
from tests.postvention.factories import head_of, loss_of, on_list

pytestmark = pytest.mark.django_db


def classmate(pupil: Pupil, last_name: str) -> Pupil:
    assert isinstance(pupil.school_class, SchoolClass)
    return PupilFactory.create(school_class=pupil.school_class, last_name=last_name)


def test_circles_propose_each_pupil_once_by_name_and_never_the_dead() -> None:
    who = psychologist()
    lost = pupil_of(who)
    last, first = classmate(lost, "Яшина"), classmate(lost, "Абаева")
    sibling, worried, bereaved = (pupil_of(who, last_name=name) for name in ("Ким", "Ли", "Пак"))
    guardian = GuardianFactory.create()
    for child in (lost, sibling):
        GuardianshipFactory.create(pupil=child, guardian=guardian)
    case = case_of(who, worried)
    set_risk(who, case.pk, level=RiskLevel.HIGH, basis="Беседа", formulation="Травля, дома слышат")
    earlier = loss_of(who, who=Who.STAFF, pupil_id=None, name="Учитель")
    on_list(who, earlier, bereaved)
    event = loss_of(who, lost)
    found = {proposal.circle: proposal.pupils for proposal in affected_page(who, event.pk).proposals}
    assert found == {
        Circle.FAMILY: [sibling],
        Circle.CLASS: [first, last],
        Circle.HIGH_RISK: [worried],
        Circle.EARLIER_LOSS: [bereaved],
    }
    on_list(who, event, sibling, Circle.FAMILY)
    assert Circle.FAMILY not in {proposal.circle for proposal in affected_page(who, event.pk).proposals}
    of_parent = loss_of(who, lost, who=Who.PARENT, name="Отец")
    family = next(p for p in affected_page(who, of_parent.pk).proposals if p.circle == Circle.FAMILY)
    assert set(family.pupils) == {lost, sibling}


def test_a_case_that_is_not_open_to_the_reader_shows_in_no_circle() -> None:
    who = psychologist()
    event = loss_of(who)
    worried = pupil_of(who)
    case = case_of(who, worried)
    set_risk(who, case.pk, level=RiskLevel.ACUTE, basis="Беседа", formulation="Травля, дома слышат")
    on_list(who, event, worried, Circle.HIGH_RISK)
    lead = lead_over(event.school)
    seen, hidden = affected_page(who, event.pk).rows, affected_page(lead, event.pk).rows
    assert [(row.circle, row.reason) for row in seen] == [("at high risk already", "Сидели вместе")]
    assert [row.circle for row in hidden] == ["another reason"]


def test_a_person_adds_pupils_with_a_reason_and_only_of_this_school() -> None:
    who = psychologist()
    event = loss_of(who)
    friend = pupil_of(who)
    row = on_list(who, event, friend)
    again = add_affected(who, event.pk, pupil_ids=[friend.pk], circle=Circle.CLASS, reason="Ещё раз")
    assert again == []
    assert Affected.objects.get().circle == Circle.FRIEND
    assert event.pupil_id is not None
    for pupils, reason, sentence in (
        ([friend.pk], "  ", "Say why"),
        ([], "Друг", "Choose one to 100"),
        ([pupil_of(psychologist()).pk], "Друг", "no pupil of this school"),
        ([event.pupil_id], "Друг", "no pupil of this school"),
    ):
        with pytest.raises(LossRefused, match=sentence):
            add_affected(who, event.pk, pupil_ids=pupils, circle=Circle.FRIEND, reason=reason)
    classmate_row, *_none = add_affected(who, event.pk, pupil_ids=[pupil_of(who).pk], circle=Circle.CLASS, reason=" ")
    page = open_affected(who, event.pk)
    assert {view.reason for view in page.rows if view.row == classmate_row} == {""}
    assert found_by_name(who, page, "") == []
    other, third = pupil_of(who, last_name="Нурланова"), pupil_of(who, last_name="Серикова")
    assert found_by_name(who, page, "Нурланова") == [other]
    on_list(who, event, third)
    assert found_by_name(who, open_affected(who, event.pk), "Серикова") == []
    for stranger in (head_of(event.school), psychologist()):
        with pytest.raises(LossEvent.DoesNotExist):
            open_affected(stranger, event.pk)
        with pytest.raises(Affected.DoesNotExist):
            remove_affected(stranger, row.pk)


def test_the_own_child_is_not_on_the_list_of_somebody_of_the_staff() -> None:
    who = psychologist()
    event = loss_of(who)
    mother = psychologist(event.school)
    child = pupil_of(who)
    GuardianshipFactory.create(pupil=child, guardian=GuardianFactory.create(staff_account=mother.user))
    on_list(who, event, child)
    assert [view.row.pupil for view in affected_page(who, event.pk).rows] == [child]
    assert affected_page(mother, event.pk).rows == []


def test_each_pupil_is_talked_with_parents_are_told_and_a_case_supports() -> None:
    who = psychologist()
    event = loss_of(who)
    row, calm = on_list(who, event, pupil_of(who)), on_list(who, event, pupil_of(who))
    today = timezone.localdate()
    with pytest.raises(LossRefused, match="Record a talk first"):
        give_case(who, row.pk)
    for day in (today + timedelta(days=1), today - timedelta(days=30)):
        with pytest.raises(LossRefused, match="before the death or in the future"):
            record_talk(who, row.pk, on=day, needs_support=True)
    record_talk(who, row.pk, on=today, needs_support=True)
    record_talk(who, calm.pk, on=today, needs_support=False)
    record_parents_told(who, row.pk, on=today)
    case = give_case(who, row.pk)
    page = open_affected(who, event.pk)
    counts = page.progress
    assert (counts.listed, counts.talked, counts.parents_told) == (2, 2, 1)
    assert (counts.need_support, counts.supported) == (1, 1)
    assert {view.case_number for view in page.rows} == {case.number, None}
    assert {view.case_number for view in affected_page(lead_over(event.school), event.pk).rows} == {None}
    with pytest.raises(LossRefused, match="the list keeps it"):
        remove_affected(who, row.pk)
    remove_affected(who, on_list(who, event, pupil_of(who)).pk)
    assert event.affected.count() == 2


def test_an_open_case_is_linked_unless_it_is_kept_from_the_actor() -> None:
    who = psychologist()
    event = loss_of(who)
    lead = lead_over(event.school)
    pupil = pupil_of(who)
    present = case_of(who, pupil)
    row = on_list(lead, event, pupil)
    record_talk(lead, row.pk, on=timezone.localdate(), needs_support=True)
    with pytest.raises(LossRefused, match="Somebody else supports"):
        give_case(lead, row.pk)
    assert give_case(who, row.pk) == present
    assert Case.objects.filter(pupil=pupil).count() == 1


def test_the_list_takes_as_many_queries_for_one_as_for_thirty(django_assert_max_num_queries: object) -> None:
    who = psychologist()
    event = loss_of(who)
    school_class = pupil_of(who).school_class
    pupils = [PupilFactory.create(school_class=school_class) for _ in range(30)]
    on_list(who, event, pupils[0])
    for ids in ([], [pupil.pk for pupil in pupils[1:]]):
        if ids:
            add_affected(who, event.pk, pupil_ids=ids, circle=Circle.CLASS, reason="Класс")
        with django_assert_max_num_queries(9):  # type: ignore[operator]
            affected_page(who, event.pk)


def test_where_nothing_is_recorded_nobody_is_proposed() -> None:
    who = psychologist()
    staff = loss_of(who, who=Who.STAFF, pupil_id=None, name="Учитель")
    assert affected_page(who, staff.pk).proposals == []
    alone = pupil_of(who)
    Pupil.objects.filter(pk=alone.pk).update(school_class=None)
    assert affected_page(who, loss_of(who, alone).pk).proposals == []
