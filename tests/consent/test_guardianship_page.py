"""The page of a guardianship, reached from the roll: for the office, in whatever language."""

from datetime import date

import pytest
from django.urls import reverse
from django.utils import timezone

from caseflow.audit.models import AuditEntry
from caseflow.consent.enums import EventKind
from caseflow.consent.models import ConsentEvent
from caseflow.consent.services import end_guardianship
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Guardianship, Pupil
from tests.directory.factories import PupilFactory, actor, parent_of, signed_in

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


def between(who: Actor, pupil: Pupil) -> Guardianship:
    return Guardianship.objects.get(pupil=pupil, guardian=who.membership.guardian)


def roll(pupil: Pupil) -> str:
    return reverse("consent:roll", args=[pupil.school_class_id])


@pytest.mark.parametrize("language", ["kk", "ru"])
def test_from_the_roll_it_is_ended_and_taken_up_again_in_any_language(
    pupil: Pupil, office: Actor, father: Actor, language: str
) -> None:
    office.user.language = language
    office.user.save()
    client, pk = signed_in(office), between(father, pupil).pk
    page = reverse("consent:guardianship", args=[pk])
    end, resume = (reverse(f"consent:{act}-guardianship", args=[pk]) for act in ("end", "resume"))
    today = timezone.localdate()
    assert f'href="{page}"' in client.get(roll(pupil)).content.decode()
    offered = client.get(page).content.decode()
    assert f'action="{end}"' in offered
    assert f'max="{today.isoformat()}"' in offered

    said = {"last_day": today.isoformat(), "ground": COURT, "confirmed": "on"}
    assert client.post(end, said).status_code == 302

    shown = client.get(page).content.decode()
    assert COURT in shown
    assert f'action="{resume}"' in shown
    assert f'action="{end}"' not in shown
    assert f'href="{page}"' in client.get(roll(pupil)).content.decode()
    assert client.post(resume, {"ground": COURT}).status_code == 422
    assert client.post(resume, {"ground": "Қате енгізілген", "confirmed": "on"}).status_code == 302
    assert f'action="{end}"' in client.get(page).content.decode()
    assert client.post(resume, {"ground": COURT, "confirmed": "on"}).status_code == 302  # said in a message
    assert between(father, pupil).ended_at is None


@pytest.mark.parametrize(
    ("field", "wrong"),
    [
        ("last_day", ""),
        ("last_day", date(2990, 1, 1).isoformat()),
        ("last_day", date(1990, 1, 1).isoformat()),
        ("ground", ""),
        ("confirmed", ""),
    ],
)
def test_a_wrong_form_says_so_and_ends_nothing(
    pupil: Pupil, office: Actor, father: Actor, field: str, wrong: str
) -> None:
    said = {"last_day": timezone.localdate().isoformat(), "ground": COURT, "confirmed": "on", field: wrong}

    answer = signed_in(office).post(reverse("consent:end-guardianship", args=[between(father, pupil).pk]), said)

    assert answer.status_code == 422
    assert "c-error" in answer.content.decode()
    assert between(father, pupil).ends_on is None


def test_a_second_click_changes_nothing(pupil: Pupil, office: Actor, father: Actor) -> None:
    said = {"last_day": timezone.localdate().isoformat(), "ground": COURT, "confirmed": "on"}
    client, url = signed_in(office), reverse("consent:end-guardianship", args=[between(father, pupil).pk])

    assert [client.post(url, said).status_code for _ in range(2)] == [302, 302]

    assert ConsentEvent.objects.filter(kind=EventKind.GUARDIANSHIP_ENDED).count() == 1


def test_reading_the_ground_is_logged_and_in_no_guardians_log(pupil: Pupil, office: Actor, father: Actor) -> None:
    event = end_guardianship(office, between(father, pupil).pk, last_day=timezone.localdate(), ground=COURT)

    signed_in(office).get(reverse("consent:guardianship", args=[between(father, pupil).pk]))

    entry = AuditEntry.objects.get(action="read", actor=office.user)
    assert (entry.obj, entry.pupil_id) == (f"consent.ConsentEvent/{event.pk}", None)


def test_taking_up_again_has_its_own_hint(pupil: Pupil, office: Actor, father: Actor) -> None:
    pk = between(father, pupil).pk
    page, client = reverse("consent:guardianship", args=[pk]), signed_in(office)
    assert "moved away" in client.get(page).content.decode()
    end_guardianship(office, pk, last_day=timezone.localdate(), ground=COURT)
    ended = client.get(page).content.decode()
    assert "moved away" not in ended
    assert "ended by mistake" in ended


def test_no_paper_is_offered_where_nobody_stands_for_the_child(pupil: Pupil, office: Actor, father: Actor) -> None:
    paper, client = reverse("consent:paper", args=[pupil.pk]), signed_in(office)
    assert f'href="{paper}"' in client.get(roll(pupil)).content.decode()
    end_guardianship(office, between(father, pupil).pk, last_day=timezone.localdate(), ground=COURT)
    assert f'href="{paper}"' not in client.get(roll(pupil)).content.decode()
    assert "Nobody can sign for this pupil" in client.get(paper).content.decode()


def test_a_grown_pupil_signs_paper_without_a_guardian(pupil: Pupil, office: Actor) -> None:
    grown = PupilFactory.create(school_class=pupil.school_class, birth_date=date(2000, 1, 1))
    client = signed_in(office)
    paper = reverse("consent:paper", args=[grown.pk])
    assert f'href="{paper}"' in client.get(roll(grown)).content.decode()
    page = client.get(paper).content.decode()
    assert grown.full_name in page
    assert "Nobody can sign" not in page
