"""A substitute named or ended by mistake is none, or is one again, within seconds."""

from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from caseflow.accounts.models import User
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Membership
from caseflow.directory.selectors import active_memberships
from caseflow.schoolyear.services.classes import end_substitute, name_substitute
from caseflow.schoolyear.services.taking_back import facts_of, facts_of_ended
from caseflow.undo.rules import TooLateError
from caseflow.undo.services import take_back
from tests.cases.factories import psychologist, pupil_of
from tests.directory.factories import actor, signed_in
from tests.schoolyear.factories import DAY, school_of, teacher_at
from tests.undo.factories import offer_in, undone

pytestmark = pytest.mark.django_db
NAMED, ENDED = "substitute_named", "substitute_ended"


class Place:
    """A class, somebody who may substitute there, and the office."""

    def __init__(self) -> None:
        who = psychologist()
        klass = pupil_of(who).school_class
        assert klass is not None
        self.klass = klass
        self.office = actor(Role.SCHOOL_ADMIN, school=school_of(who))
        self.mate = teacher_at(school_of(who))
        self.page = reverse("schoolyear:class", args=[klass.pk])

    def named(self) -> Membership:
        today = timezone.localdate()
        return name_substitute(self.office, self.klass.pk, user_id=self.mate.user.pk, first=today, last=today + 2 * DAY)

    def substitutes(self) -> bool:
        return active_memberships(self.mate.user.pk).filter(substitute=True).exists()


def test_who_was_named_by_mistake_has_no_right_any_more() -> None:
    at = Place()
    given = at.named()
    assert undone(at.office, NAMED, given.pk, **facts_of(given)) == at.page
    assert not at.substitutes()
    with pytest.raises(TooLateError):
        undone(at.office, NAMED, given.pk, **facts_of(given))


def test_who_was_ended_by_mistake_goes_on_until_the_day_that_was_entered() -> None:
    at = Place()
    given = at.named()
    facts = facts_of_ended(end_substitute(at.office, given.pk))
    assert not at.substitutes()
    assert undone(at.office, ENDED, given.pk, **facts) == at.page
    assert at.substitutes()
    assert Membership.objects.get(pk=given.pk).ends_on == given.ends_on


def test_nobody_goes_on_whose_account_is_closed_or_at_another_school() -> None:
    at, elsewhere = Place(), Place()
    given = at.named()
    facts = facts_of_ended(end_substitute(at.office, given.pk))
    with pytest.raises(TooLateError):
        undone(elsewhere.office, ENDED, given.pk, **facts)
    User.objects.filter(pk=at.mate.user.pk).update(is_active=False)
    with pytest.raises(TooLateError):
        undone(at.office, ENDED, given.pk, **facts)


def test_the_pages_offer_both() -> None:
    at = Place()
    client, today = signed_in(at.office), timezone.localdate()
    last = today + timedelta(days=1)
    sent = {"s-teacher": at.mate.user.pk, "s-first": today, "s-last": last}
    take_back(at.office, offer_in(client.post(reverse("schoolyear:substitute", args=[at.klass.pk]), sent)))
    assert not at.substitutes()
    given = at.named()
    again = signed_in(at.office)
    take_back(at.office, offer_in(again.post(reverse("schoolyear:end-substitute", args=[given.pk]))))
    assert Actor(at.mate.user, given).role == Role.CLASS_TEACHER
    assert at.substitutes()
