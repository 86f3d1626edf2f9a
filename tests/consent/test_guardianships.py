"""The office ends a guardianship: the portal is gone at once, consents count no more; and it takes it up again."""

from datetime import timedelta

import pytest
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from caseflow.audit.models import AuditEntry
from caseflow.cases.selectors.people import people_of
from caseflow.consent.enums import EventKind, Purpose
from caseflow.consent.errors import LastDayError, NotItsGuardianError, NotNeededError
from caseflow.consent.models import ConsentEvent
from caseflow.consent.selectors import gate_open
from caseflow.consent.services import (
    confirm_paper,
    end_guardianship,
    enter_paper,
    resume_guardianship,
)
from caseflow.consent.services.ledger import reason_of
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Guardian, Guardianship, Membership, Pupil
from caseflow.directory.selectors import guardians_of, readable_memberships
from tests.cases.factories import case_of
from tests.consent.factories import given, line, picture
from tests.directory.factories import (
    GuardianFactory,
    GuardianshipFactory,
    PupilFactory,
    actor,
    parent_of,
    signed_in,
)

pytestmark = pytest.mark.django_db
COURT = "Решение суда от 3 ноября"


@pytest.fixture
def pupil() -> Pupil:
    return PupilFactory.create()


@pytest.fixture
def office(pupil: Pupil) -> Actor:
    return actor(Role.SCHOOL_ADMIN, school=pupil.school)


@pytest.fixture
def father(pupil: Pupil) -> Actor:
    return parent_of(pupil)


def guardian_of(who: Actor) -> Guardian:
    assert who.membership.guardian is not None
    return who.membership.guardian


def between(who: Actor, pupil: Pupil) -> Guardianship:
    return Guardianship.objects.get(pupil=pupil, guardian=guardian_of(who))


def ended(office: Actor, who: Actor, pupil: Pupil, days_ago: int = 0) -> ConsentEvent:
    last_day = timezone.localdate() - timedelta(days=days_ago)
    return end_guardianship(office, between(who, pupil).pk, last_day=last_day, ground=COURT)


def is_open(pupil: Pupil, purpose: Purpose = Purpose.MOOD_ANALYSIS, days_ago: int = 0) -> bool:
    now = timezone.now()
    frame_at = now - timedelta(days=days_ago)
    return gate_open(pupil.pk, purpose, frame_at=frame_at, now=now, operator_id=pupil.school_id)


def reaches(who: Actor) -> bool:
    """As an open socket asks."""
    return bool(readable_memberships({(who.user.pk, who.membership.pk)}))


def test_the_portal_shows_the_child_no_more_at_the_next_request_even_on_the_last_day(
    pupil: Pupil, office: Actor, father: Actor
) -> None:
    sibling = PupilFactory.create(school_class=pupil.school_class, first_name="Сымбат")
    GuardianshipFactory.create(pupil=sibling, guardian=guardian_of(father))
    client, home = signed_in(father), reverse("portal:home")
    decide = reverse("portal:decide", args=[pupil.pk, "mood_analysis"])
    assert str(pupil.pk) in client.get(home).content.decode()

    ended(office, father, pupil)

    shown = client.get(home)
    assert shown.status_code == 200
    assert str(pupil.pk) not in shown.content.decode()
    assert str(sibling.pk) in shown.content.decode()
    assert client.get(home, {"child": str(pupil.pk)}).status_code == 404
    assert client.post(decide, {"decision": "refuse"}).status_code == 404
    assert client.get(reverse("portal:export", args=[pupil.pk])).status_code == 404
    assert reaches(father)


def test_with_the_last_child_the_role_ends_and_open_sockets_with_it(pupil: Pupil, office: Actor, father: Actor) -> None:
    other = PupilFactory.create(school_class=pupil.school_class)
    GuardianshipFactory.create(pupil=other, guardian=guardian_of(father))
    mother = parent_of(pupil)
    client = signed_in(father)

    ended(office, father, pupil)
    assert reaches(father)
    ended(office, father, other)

    assert not reaches(father)
    assert client.get(reverse("portal:home")).status_code == 403
    assert reaches(mother)
    assert list(mother.pupils()) == [pupil]
    assert AuditEntry.objects.filter(action="end_role", obj=f"membership {father.membership.pk}").count() == 1


def test_consents_count_no_more_at_once_and_since_an_earlier_last_day(
    pupil: Pupil, office: Actor, father: Actor
) -> None:
    long_ago = timezone.now() - timedelta(days=9)
    given(pupil, guardian_of(father).pk, at=long_ago)
    given(pupil, guardian_of(father).pk, Purpose.PSYCHOLOGICAL_SUPPORT, at=long_ago)
    assert is_open(pupil, days_ago=3)

    ended(office, father, pupil, days_ago=1)

    assert not is_open(pupil)
    assert not is_open(pupil, days_ago=3)
    assert not is_open(pupil, Purpose.PSYCHOLOGICAL_SUPPORT)


def test_what_another_guardian_agreed_to_stays_open_and_nothing_else_changes(
    pupil: Pupil, office: Actor, father: Actor
) -> None:
    long_ago = timezone.now() - timedelta(days=9)
    given(pupil, guardian_of(father).pk, at=long_ago)
    given(pupil, guardian_of(parent_of(pupil)).pk, at=long_ago)

    ended(office, father, pupil)

    assert is_open(pupil, days_ago=3)


@pytest.mark.parametrize(("days_ago", "opens"), [(0, False), (1, True)])
def test_a_refusal_closes_until_the_last_day_is_over_and_opens_nothing_filmed_before(
    pupil: Pupil, office: Actor, father: Actor, days_ago: int, *, opens: bool
) -> None:
    long_ago = timezone.now() - timedelta(days=9)
    given(pupil, guardian_of(parent_of(pupil)).pk, at=long_ago)
    no = {"guardian_id": guardian_of(father).pk, "purpose": Purpose.MOOD_ANALYSIS, "operator": pupil.school}
    line(pupil, EventKind.REFUSED, at=long_ago, **no)

    ended(office, father, pupil, days_ago=days_ago)

    assert is_open(pupil) is opens
    assert not is_open(pupil, days_ago=3)


def test_staff_are_told_of_the_ended_guardian_no_more(pupil: Pupil, office: Actor, father: Actor) -> None:
    mother = parent_of(pupil)
    case = case_of(actor(Role.PSYCHOLOGIST, school=pupil.school), pupil)

    ended(office, father, pupil)

    assert [each.guardian for each in people_of(case).guardians] == [guardian_of(mother)]
    assert [each.guardian for each in guardians_of(pupil)] == [guardian_of(mother)]


def test_a_paper_of_an_ended_guardian_is_neither_entered_nor_confirmed(
    pupil: Pupil, office: Actor, father: Actor
) -> None:
    def enter() -> ConsentEvent:
        return enter_paper(
            office,
            pupil_id=pupil.pk,
            guardian_id=guardian_of(father).pk,
            purpose="mood_analysis",
            language="ru",
            decision="given",
            scan=picture(),
        )

    entry = enter()
    ended(office, father, pupil)

    with pytest.raises(NotItsGuardianError):
        confirm_paper(actor(Role.PRINCIPAL, school=pupil.school), entry.pk)
    with pytest.raises(NotItsGuardianError):
        enter()


def test_taken_up_again_portal_and_consents_count_from_then_on_only(pupil: Pupil, office: Actor, father: Actor) -> None:
    given(pupil, guardian_of(father).pk, at=timezone.now() - timedelta(days=9))
    ended(office, father, pupil, days_ago=2)

    resume_guardianship(office, between(father, pupil).pk, ground="Внесено по ошибке")

    assert is_open(pupil)
    assert not is_open(pupil, days_ago=1)
    assert not is_open(pupil, days_ago=5)
    back = Membership.objects.exclude(pk=father.membership.pk).get(user=father.user)
    assert (back.role, back.guardian, back.ends_on) == (Role.PARENT, guardian_of(father), None)
    assert list(Actor(father.user, back).pupils()) == [pupil]
    kept = between(father, pupil)
    assert (kept.ends_on, kept.ended_at) == (None, None)


def test_whoever_still_has_the_role_or_never_had_an_account_gets_no_second(
    pupil: Pupil, office: Actor, father: Actor
) -> None:
    GuardianshipFactory.create(pupil=PupilFactory.create(school_class=pupil.school_class), guardian=guardian_of(father))
    without = GuardianshipFactory.create(pupil=pupil, guardian=GuardianFactory.create(user=None))
    ended(office, father, pupil)
    end_guardianship(office, without.pk, last_day=timezone.localdate(), ground=COURT)

    resume_guardianship(office, between(father, pupil).pk, ground="Внесено по ошибке")
    resume_guardianship(office, without.pk, ground="Внесено по ошибке")

    assert list(Membership.objects.filter(role=Role.PARENT)) == [father.membership]


def test_a_role_that_was_taken_away_otherwise_is_not_given_back(pupil: Pupil, office: Actor, father: Actor) -> None:
    sister = PupilFactory.create(school_class=pupil.school_class)
    GuardianshipFactory.create(pupil=sister, guardian=guardian_of(father))
    ended(office, father, pupil)
    Membership.objects.filter(user=father.user).update(ends_on=timezone.localdate() - timedelta(days=1))
    resume_guardianship(office, between(father, pupil).pk, ground=COURT)
    assert not reaches(father)


def test_who_ended_it_and_why_is_a_sealed_line_with_its_entry_in_the_log(
    pupil: Pupil, office: Actor, father: Actor
) -> None:
    event = ended(office, father, pupil, days_ago=1)
    back = resume_guardianship(office, between(father, pupil).pk, ground="Внесено по ошибке")

    assert (event.guardian, event.last_day) == (guardian_of(father), timezone.localdate() - timedelta(days=1))
    assert COURT.encode() not in bytes(event.reason_sealed)
    assert (reason_of(event), reason_of(back)) == (COURT, "Внесено по ошибке")
    logged = AuditEntry.objects.filter(actor=office.user, pupil_id=pupil.pk).order_by("pk")
    assert [(entry.action, entry.obj) for entry in logged] == [
        ("consent.guardianship_ended", f"consent.ConsentEvent/{event.pk}"),
        ("consent.guardianship_resumed", f"consent.ConsentEvent/{back.pk}"),
    ]


@pytest.mark.parametrize("days", [1, -4])
def test_the_last_day_is_neither_ahead_nor_before_the_first(pupil: Pupil, office: Actor, days: int) -> None:
    today = timezone.localdate()
    guardianship = GuardianshipFactory.create(pupil=pupil, starts_on=today - timedelta(days=3))

    with pytest.raises(LastDayError):
        end_guardianship(office, guardianship.pk, last_day=today + timedelta(days=days), ground=COURT)

    guardianship.refresh_from_db()
    assert (guardianship.ends_on, guardianship.ended_at) == (None, None)
    assert not ConsentEvent.objects.exists()


def test_what_is_ended_is_ended_once_and_what_lasts_is_not_taken_up(pupil: Pupil, office: Actor, father: Actor) -> None:
    with pytest.raises(NotNeededError):
        resume_guardianship(office, between(father, pupil).pk, ground="Внесено по ошибке")
    ended(office, father, pupil, days_ago=3)

    with pytest.raises(NotNeededError):
        ended(office, father, pupil)

    assert between(father, pupil).ends_on == timezone.localdate() - timedelta(days=3)


def test_another_school_and_a_parent_of_the_child_do_not_find_it(pupil: Pupil, office: Actor, father: Actor) -> None:
    guardianship = between(father, pupil)
    own = GuardianFactory.create(user=office.user)
    elsewhere = actor(Role.SCHOOL_ADMIN, school=PupilFactory.create().school)
    GuardianshipFactory.create(pupil=pupil, guardian=own)

    for who in (elsewhere, office):
        with pytest.raises(Http404):
            end_guardianship(who, guardianship.pk, last_day=timezone.localdate(), ground=COURT)
        with pytest.raises(Http404):
            resume_guardianship(who, guardianship.pk, ground=COURT)
        assert signed_in(who).get(reverse("consent:guardianship", args=[guardianship.pk])).status_code == 404
