"""A pupil leaves one school and is taken in at another; nothing is found there that was not handed over."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext, override

from caseflow.accounts.models import User
from caseflow.audit.models import AuditEntry
from caseflow.cases.models import Task
from caseflow.cases.selectors.lists import read_task
from caseflow.cases.selectors.people import members_around
from caseflow.cases.selectors.scope import open_case_of, scoped_cases
from caseflow.cases.services import open_case
from caseflow.consent.enums import Purpose
from caseflow.consent.selectors import gate_open
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Pupil, SchoolClass
from caseflow.directory.selectors.finding import find_pupils
from caseflow.records.vault import seal, where
from caseflow.schoolyear.errors import YearRefused
from caseflow.schoolyear.models import SchoolMove
from caseflow.schoolyear.selectors.moves import moves_of
from caseflow.schoolyear.services.moves import Arrival, Leaving, record_leaving, take_in, take_leaving_back
from notifications.models import Alert
from tests.cases.factories import case_of, class_teacher_of, psychologist, pupil_of, task_for
from tests.consent.factories import given
from tests.directory.factories import (
    GuardianshipFactory,
    MembershipFactory,
    PupilFactory,
    SchoolClassFactory,
    SchoolFactory,
    actor,
    signed_in,
)
from tests.schoolyear.factories import DAY, school_of

pytestmark = pytest.mark.django_db
NATIONAL = "070101500005"


class Move:
    """Two schools of a district, a pupil with a case and a consent at the first, and the offices of both."""

    def __init__(self) -> None:
        self.there = psychologist()
        self.old = school_of(self.there)
        self.new = SchoolFactory.create(district=self.old.district)
        self.pupil = pupil_of(self.there, last_name="Переездова")
        klass = self.pupil.school_class
        assert klass is not None
        self.case = case_of(self.there, self.pupil)
        self.guardianship = GuardianshipFactory.create(pupil=self.pupil)
        MembershipFactory.create(
            user=self.guardianship.guardian.user, role=Role.PARENT, guardian=self.guardianship.guardian
        )
        given(self.pupil, self.guardianship.guardian_id)
        self.office = actor(Role.SCHOOL_ADMIN, school=self.old)
        self.other = actor(Role.SCHOOL_ADMIN, school=self.new)
        self.here = psychologist(self.new)
        self.place: SchoolClass = SchoolClassFactory.create(school=self.new, year=klass.year, grade=7, letter="Г")

    def leave(self, day: int = 0) -> str:
        leaving = Leaving(timezone.localdate() + timedelta(days=day), self.new.pk)
        return record_leaving(self.office, self.pupil.pk, leaving)[1]

    def arrival(self, code: str = "", number: str = "", called: str = "N-17") -> Arrival:
        return Arrival(code, number, self.place.pk, called)

    def open_to(self, operator: int) -> bool:
        now = timezone.now()
        return gate_open(self.pupil.pk, Purpose.MOOD_ANALYSIS, frame_at=now, now=now, operator_id=operator)


def test_the_pupil_goes_with_the_guardians_and_the_case_and_the_consents_stay() -> None:
    move = Move()
    assert move.open_to(move.old.pk)
    code = move.leave()
    task = Task.objects.get(case=move.case)
    assert (task.owner, task.clock.code) == (move.there.user, "task_leaver")
    assert Alert.objects.get(kind="pupil_leaves").recipient == move.there.user
    assert not move.office.pupils().exists()
    assert [row.pupil for row in moves_of(move.office).leaving] == [move.pupil]

    taken = take_in(move.other, move.arrival(code.lower().replace("-", " ")))
    assert (taken.school, taken.school_class, taken.number, taken.left_on) == (move.new, move.place, "N-17", None)
    assert [each.pk for each in find_pupils(move.here, "Переездова")] == [move.pupil.pk]
    assert not find_pupils(move.there, "Переездова")
    assert taken.guardianships.count() == 1
    assert not move.open_to(move.new.pk)
    assert Alert.objects.get(kind="consents_anew").recipient == move.guardianship.guardian.user
    row = SchoolMove.objects.get()
    assert (row.from_class, row.to_class, row.code_hash) == (str(move.pupil.school_class), str(move.place), "")
    assert [each.pk for each in moves_of(move.other).taken] == [row.pk]

    assert list(scoped_cases(move.there)) == [move.case]
    assert not scoped_cases(move.here).exists()
    assert open_case_of(move.pupil.pk, move.new.pk) is None
    strangers = class_teacher_of(taken)
    assert not members_around(move.case).filter(user=strangers.user).exists()
    own = open_case(move.here, pupil_id=move.pupil.pk, reason="Новая школа")
    assert list(scoped_cases(move.here)) == [own]
    given(Pupil.objects.get(pk=move.pupil.pk), move.guardianship.guardian_id)
    assert move.open_to(move.new.pk)


def test_by_national_number_and_by_nothing_else() -> None:
    move = Move()
    place = where("directory.Pupil", move.pupil.pk, "national_number")
    sealed = seal(move.pupil.data_key, NATIONAL, place)
    Pupil.objects.filter(pk=move.pupil.pk).update(national_number_sealed=sealed)
    with pytest.raises(YearRefused):
        take_in(move.other, move.arrival(number=NATIONAL))
    move.leave()
    stranger = actor(Role.SCHOOL_ADMIN, school=SchoolFactory.create())
    for who, arrival in (
        (stranger, move.arrival(number=NATIONAL)),
        (move.other, move.arrival(number="070101500006")),
        (move.other, move.arrival("AAAA-BBBB-CCCC")),
        (move.other, move.arrival()),
    ):
        with pytest.raises(YearRefused, match="No pupil waits"):
            take_in(who, arrival)
    assert moves_of(move.other).taken == []
    assert AuditEntry.objects.filter(action="pupil.not_found_in_moves").count() == 5
    assert take_in(move.other, move.arrival(number=NATIONAL)).school == move.new


def test_what_stands_against_it_is_said() -> None:
    move = Move()
    today = timezone.localdate()
    for leaving in (
        Leaving(today - 61 * DAY, move.new.pk),
        Leaving(today + 366 * DAY, move.new.pk),
        Leaving(today, move.old.pk),
    ):
        with pytest.raises(YearRefused):
            record_leaving(move.office, move.pupil.pk, leaving)
    code = move.leave(3)
    with pytest.raises(YearRefused, match="already"):
        move.leave(4)
    with pytest.raises(YearRefused, match="former school until"):
        take_in(move.other, move.arrival(code))
    SchoolMove.objects.update(day=today)
    PupilFactory.create(school_class=move.place, number="N-17")
    with pytest.raises(YearRefused, match="has this number"):
        take_in(move.other, move.arrival(code))
    with pytest.raises(SchoolClass.DoesNotExist):
        take_in(move.other, Arrival(code, "", move.pupil.school_class_id or 0, "N-18"))
    for _ in range(7):
        with pytest.raises(YearRefused, match="No pupil"):
            take_in(move.other, move.arrival("X"))
    with pytest.raises(YearRefused, match="Too many"):
        take_in(move.other, move.arrival(code, called="N-18"))


def test_a_leaving_is_taken_back_and_its_code_is_void() -> None:
    move = Move()
    code = move.leave(2)
    row = SchoolMove.objects.get()
    with pytest.raises(SchoolMove.DoesNotExist):
        take_leaving_back(move.other, row.pk)
    take_leaving_back(move.office, row.pk)
    move.pupil.refresh_from_db()
    assert move.pupil.left_on is None
    with pytest.raises(YearRefused):
        take_in(move.other, move.arrival(code))


def test_where_a_pupil_stays_after_all_the_case_says_so_and_the_task_of_the_leaving_is_withdrawn() -> None:
    move = Move()
    kept = task_for(move.case, move.there)
    move.leave(2)
    (task,) = Task.objects.exclude(pk=kept.pk)
    take_leaving_back(move.office, SchoolMove.objects.get().pk)
    codes = list(move.case.entries.order_by("recorded_at").values_list("code", flat=True))
    assert codes[-4:] == ["pupil_leaves", "task_given", "pupil_stays", "task_withdrawn"]
    row = read_task(Task.objects.select_related("case__data_key", "clock").get(pk=task.pk))
    assert (row.task.withdrawn, row.task.done_by_id) == (True, move.office.user.pk)
    assert row.task.clock.stopped_at == row.task.done_at
    with override(move.there.user.language):
        assert row.outcome == gettext("Withdrawn: %(why)s") % {"why": gettext("the pupil stays at the school")}
    assert Alert.objects.filter(recipient=move.there.user).latest("pk").kind == "task_withdrawn"
    kept.refresh_from_db()
    assert kept.done_at is None


def test_of_who_leaves_already_the_pages_say_so_and_offer_the_way_back() -> None:
    move = Move()
    move.leave(2)
    office, back = signed_in(move.office), reverse("schoolyear:back", args=[SchoolMove.objects.get().pk])
    leave = reverse("schoolyear:leave", args=[move.pupil.pk])
    assert back in office.get(leave).content.decode()
    roll = office.get(reverse("directory:class", args=[move.pupil.school_class_id])).content.decode()
    assert "Leaves on" in roll
    assert "Leaves the school" not in roll
    office.post(back)
    assert back not in office.get(leave).content.decode()


def test_who_goes_elsewhere_gets_no_code_and_may_come_back_by_the_list() -> None:
    move = Move()
    row, code = record_leaving(move.office, move.pupil.pk, Leaving(timezone.localdate(), None, " Актобе "))
    assert (row.elsewhere, code, row.code_hash) == ("Актобе", "", "")
    Pupil.objects.filter(pk=move.pupil.pk).update(left_on=None)
    assert moves_of(move.office).leaving == []
    move.leave()
    Pupil.objects.filter(pk=move.pupil.pk).update(left_on=None)
    move.leave()
    assert SchoolMove.objects.filter(elsewhere="").count() == 1
    with pytest.raises(Pupil.DoesNotExist):
        move.leave()


def test_nobody_moves_the_own_child(django_user_model: type[User]) -> None:
    move = Move()
    move.leave()
    move.guardianship.guardian.staff_account = move.other.user
    move.guardianship.guardian.save()
    with pytest.raises(YearRefused):
        take_in(move.other, move.arrival("AAAA"))
    assert Actor(move.other.user, move.other.membership).role == Role.SCHOOL_ADMIN


def test_a_code_is_spent_once(monkeypatch: pytest.MonkeyPatch) -> None:
    move = Move()
    code = move.leave()
    found = SchoolMove.objects.get()
    take_in(move.other, move.arrival(code))
    monkeypatch.setattr("caseflow.schoolyear.services.moves._found", lambda *_: found)
    with pytest.raises(YearRefused, match="No pupil"):
        take_in(move.other, move.arrival(code, called="N-99"))
