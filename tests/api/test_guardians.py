"""What guardians see and ask for by the API, and what is answered them."""

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from caseflow.audit.models import AuditEntry
from caseflow.audit.services import record
from caseflow.consent.enums import Purpose
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Pupil
from caseflow.portal.models import PortalRequest
from caseflow.portal.rules import LAG
from tests.api.asking import get, post, rows
from tests.consent.factories import given
from tests.directory.factories import PupilFactory, SchoolYearFactory, actor, parent_of

pytestmark = pytest.mark.django_db
WORDS = "Прошу, чтобы вывод проверил человек"


@pytest.fixture
def pupil() -> Pupil:
    return PupilFactory.create()


@pytest.fixture
def parent(pupil: Pupil) -> Actor:
    return parent_of(pupil)


@pytest.fixture
def psychologist(pupil: Pupil) -> Actor:
    return actor(Role.PSYCHOLOGIST, school=pupil.school)


@pytest.fixture
def lead(pupil: Pupil) -> Actor:
    return actor(Role.LEAD_PSYCHOLOGIST, district=pupil.school.district)


def read(who: Actor, pupil: Pupil, ago: timedelta, obj: str = "") -> None:
    entry = record(
        action="read", actor_id=who.user.pk, role=who.role, obj=obj or f"pupil {pupil.pk}", pupil_id=pupil.pk
    )
    AuditEntry.objects.filter(pk=entry.pk).update(at=timezone.now() - ago)


def test_a_parent_lists_the_own_children(parent: Actor, pupil: Pupil) -> None:
    PupilFactory.create(school_class=pupil.school_class)
    assert [(row["id"], row["name"]) for row in rows(parent, "child-list")] == [(str(pupil.pk), pupil.full_name)]


def test_who_opened_the_record_is_told_a_fortnight_later(parent: Actor, pupil: Pupil, psychologist: Actor) -> None:
    read(psychologist, pupil, LAG - timedelta(hours=1))
    assert rows(parent, "child-access-log", pupil.pk) == []
    read(psychologist, pupil, LAG + timedelta(hours=1))
    (line,) = rows(parent, "child-access-log", pupil.pk)
    assert (line["who"], line["what"]) == (psychologist.user.short_name, "the pupil's card")


def test_what_is_withheld_is_not_told_before_the_psychologist_releases_it(
    parent: Actor, pupil: Pupil, psychologist: Actor
) -> None:
    read(psychologist, pupil, LAG + timedelta(hours=1), obj="record:1")
    assert rows(parent, "child-access-log", pupil.pk) == []
    (hidden,) = rows(psychologist, "withheld-list")
    assert (hidden["pupil"], hidden["obj"]) == (str(pupil.pk), "record:1")
    assert post(psychologist, "withheld-release", pupil.pk, obj="record:2").status_code == 404
    assert post(psychologist, "withheld-release", pupil.pk, obj="record:1").status_code == 204
    assert len(rows(parent, "child-access-log", pupil.pk)) == 1
    assert rows(psychologist, "withheld-list") == []


def test_a_request_is_put_answered_once_and_read_by_who_put_it(parent: Actor, pupil: Pupil, lead: Actor) -> None:
    assert post(parent, "child-ask", pupil.pk, kind="human_review", words=WORDS).status_code == 201
    request = PortalRequest.objects.get()
    (waiting,) = rows(lead, "request-list")
    assert (waiting["id"], waiting["words"], waiting["answered_at"]) == (str(request.pk), WORDS, None)
    assert post(lead, "request-answer", request.pk, words="Человек проверил").status_code == 204
    again = post(lead, "request-answer", request.pk, words="И ещё раз")
    assert again.status_code == 409
    assert again.json() == {"detail": "Somebody has answered this already. Your text was not sent."}
    (answered,) = rows(parent, "child-requests", pupil.pk)
    assert (answered["words"], answered["answer"]) == (WORDS, "Человек проверил")
    assert rows(parent_of(pupil), "child-requests", pupil.pk) == []


def test_the_protection_officer_reads_requests_and_does_not_answer(parent: Actor, pupil: Pupil) -> None:
    post(parent, "child-ask", pupil.pk, kind="question", words=WORDS)
    officer, request = actor(Role.DPO), PortalRequest.objects.get()
    assert [row["id"] for row in rows(officer, "request-list")] == [str(request.pk)]
    assert post(officer, "request-answer", request.pk, words="Ответ").status_code == 403


@pytest.mark.parametrize(
    ("body", "field"), [({"kind": "wish", "words": WORDS}, "kind"), ({"kind": "question", "words": "?"}, "words")]
)
def test_a_wrong_request_is_refused_at_its_field(parent: Actor, pupil: Pupil, body: dict[str, Any], field: str) -> None:
    answer = post(parent, "child-ask", pupil.pk, **body)
    assert (answer.status_code, list(answer.json())) == (400, [field])
    assert not PortalRequest.objects.exists()


def test_the_export_holds_the_own_consents_and_is_logged(parent: Actor, pupil: Pupil) -> None:
    other = parent_of(pupil)
    given(pupil, parent.membership.guardian_id)
    given(pupil, other.membership.guardian_id)
    found = get(parent, "child-export", pupil.pk).json()
    assert [(one["purpose"], one["decision"]) for one in found["consents"]] == [("mood_analysis", "given")]
    assert found["pupil"]["id"] == str(pupil.pk)
    assert AuditEntry.objects.filter(action="portal.exported").count() == 1


@pytest.mark.parametrize("name", ["child-access-log", "child-requests", "child-export", "ai-use-detail"])
def test_somebody_elses_child_is_not_there(parent: Actor, name: str) -> None:
    assert get(parent, name, PupilFactory.create().pk).status_code == 404


def test_a_psychologist_sees_what_is_open_and_never_by_whom(pupil: Pupil, parent: Actor, psychologist: Actor) -> None:
    given(pupil, parent.membership.guardian_id)
    found = {row.pop("purpose"): row for row in get(psychologist, "pupil-consent-detail", pupil.pk).json()}
    assert set(found) == set(Purpose.values)
    assert (found["mood_analysis"]["state"], set(found["mood_analysis"])) == ("on", {"state", "since"})
    assert found["routine_screening"] == {"state": "none", "since": None}
    stranger = actor(Role.PSYCHOLOGIST, school=PupilFactory.create().school)
    assert get(stranger, "pupil-consent-detail", pupil.pk).status_code == 404


def test_the_office_sees_numbers_for_each_class_and_no_names(pupil: Pupil, parent: Actor) -> None:
    given(pupil, parent.membership.guardian_id)
    school_class, today = pupil.school_class, timezone.localdate()
    assert school_class is not None
    school_class.year = SchoolYearFactory.create(
        region=pupil.school.district.region, starts_on=today - timedelta(days=9), ends_on=today + timedelta(days=9)
    )
    school_class.save()
    answer = get(actor(Role.PRINCIPAL, school=pupil.school), "consent-coverage-list")
    (row,) = answer.json()["results"]
    assert (row["school_class"], row["pupils"]) == (school_class.pk, 1)
    assert {one["purpose"]: one["pupils"] for one in row["open"]} == {
        purpose: int(purpose == Purpose.MOOD_ANALYSIS) for purpose in Purpose.values
    }
    assert pupil.last_name not in answer.content.decode()
