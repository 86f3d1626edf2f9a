from typing import Any
from uuid import uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from caseflow.consent.enums import EventKind, Purpose
from caseflow.consent.models import ConsentEvent, Invitation
from caseflow.consent.selectors import dissenting, excluded_guardians
from caseflow.consent.services import enter_paper
from caseflow.consent.services.scans import keep_scan
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Pupil
from tests.consent.factories import given, line, picture
from tests.directory.factories import (
    GuardianFactory,
    GuardianshipFactory,
    PupilFactory,
    SchoolClassFactory,
    actor,
    signed_in,
)

pytestmark = pytest.mark.django_db
REASON = "The child told of being beaten at home."


@pytest.fixture
def pupil() -> Pupil:
    pupil = PupilFactory.create()
    GuardianshipFactory.create(pupil=pupil, guardian=GuardianFactory.create(user=None))
    return pupil


def office_of(pupil: Pupil, role: Role = Role.SCHOOL_ADMIN) -> Actor:
    return actor(role, school=pupil.school)


def form(pupil: Pupil, **changes: Any) -> dict[str, Any]:
    return {
        "guardian": pupil.guardianships.get().guardian_id,
        "purpose": "mood_analysis",
        "decision": "given",
        "language": "ru",
        "scan": SimpleUploadedFile("form.pdf", picture("PNG")),
        **changes,
    }


@pytest.mark.parametrize("role", [Role.TEACHER, Role.PSYCHOLOGIST, Role.SOCIAL_PEDAGOGUE])
def test_the_office_is_for_the_office(pupil: Pupil, role: Role) -> None:
    assert signed_in(actor(role, school=pupil.school)).get(reverse("consent:office")).status_code == 403
    assert Client().get(reverse("consent:office")).status_code == 302


def test_a_form_is_entered_by_one_and_checked_by_another_through_the_pages(pupil: Pupil) -> None:
    admin, principal = signed_in(office_of(pupil)), signed_in(office_of(pupil, Role.PRINCIPAL))

    entered = admin.post(reverse("consent:paper", args=[pupil.pk]), form(pupil))

    assert entered.status_code == 302
    entry = ConsentEvent.objects.get()
    assert entry.scan is not None
    assert (entry.kind, entry.scan.media_type) == (EventKind.PAPER_ENTERED, "image/png")
    assert "Another person must check it" in admin.get(reverse("consent:office")).content.decode()
    assert "Scan and entry agree" in principal.get(reverse("consent:office")).content.decode()
    admin.post(reverse("consent:answer", args=[entry.pk]), {"answer": "confirm"})
    assert ConsentEvent.objects.count() == 1
    principal.post(reverse("consent:answer", args=[entry.pk]), {"answer": "confirm"})
    assert ConsentEvent.objects.filter(kind=EventKind.PAPER_CONFIRMED).count() == 1


@pytest.mark.parametrize(
    "change",
    [
        {"scan": SimpleUploadedFile("form.pdf", b"not a form at all")},
        {"scan": ""},
        {"guardian": uuid4()},
        {"purpose": "marketing"},
        {"decision": ""},
    ],
    ids=["no form", "no scan", "a stranger", "no such purpose", "no decision"],
)
def test_a_wrong_form_says_what_is_wrong_and_enters_nothing(pupil: Pupil, change: dict[str, Any]) -> None:
    answer = signed_in(office_of(pupil)).post(reverse("consent:paper", args=[pupil.pk]), form(pupil, **change))

    assert answer.status_code == 422
    assert "c-error" in answer.content.decode()
    assert not ConsentEvent.objects.exists()


def test_another_schools_pupil_class_entry_and_scan_are_not_found(pupil: Pupil) -> None:
    entry = enter_paper(
        office_of(pupil),
        pupil_id=pupil.pk,
        guardian_id=pupil.guardianships.get().guardian_id,
        purpose="mood_analysis",
        language="ru",
        decision="given",
        scan=picture(),
    )
    outsider = signed_in(office_of(PupilFactory.create()))

    assert outsider.get(reverse("consent:paper", args=[pupil.pk])).status_code == 404
    assert outsider.get(reverse("consent:roll", args=[pupil.school_class_id])).status_code == 404
    assert outsider.get(reverse("consent:scan", args=[entry.scan_id])).status_code == 404
    assert outsider.post(reverse("consent:answer", args=[entry.pk])).status_code == 404
    code = reverse("consent:invite-guardian", args=[entry.guardian_id])
    assert outsider.post(code, {"document": "seen"}).status_code == 404


def test_a_scan_is_downloaded_never_shown_in_place(pupil: Pupil) -> None:
    admin = office_of(pupil)
    signed_in(admin).post(reverse("consent:paper", args=[pupil.pk]), form(pupil))

    answer = signed_in(admin).get(reverse("consent:scan", args=[ConsentEvent.objects.get().scan_id]))

    assert answer["Content-Type"] == "image/png"
    assert answer["Content-Disposition"].startswith("attachment")
    assert (answer["Cache-Control"], answer["X-Content-Type-Options"]) == ("no-store", "nosniff")


def test_a_code_is_made_against_a_document_and_shown_once(pupil: Pupil) -> None:
    client = signed_in(office_of(pupil))
    url = reverse("consent:invite-guardian", args=[pupil.guardianships.get().guardian_id])

    assert client.post(url).status_code == 302
    assert not Invitation.objects.exists()
    shown = client.post(url, {"document": "seen"})

    assert "k-code" in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    assert "code until" in client.get(reverse("consent:roll", args=[pupil.school_class_id])).content.decode()


def queries(who: Actor, url: str) -> int:
    """How often the page asks the database."""
    client = signed_in(who)
    with CaptureQueriesContext(connection) as asked:
        assert client.get(url).status_code == 200
    return len(asked)


def test_the_office_asks_the_database_as_often_for_thirty_classes_as_for_one(pupil: Pupil) -> None:
    def one_more(number: int) -> None:
        school_class = SchoolClassFactory.create(school=pupil.school, grade=5, letter=str(number))
        other = PupilFactory.create(school_class=school_class)
        guardian_id = GuardianshipFactory.create(pupil=other).guardian_id
        given(other, guardian_id)
        line(other, EventKind.PAPER_ENTERED, guardian_id=guardian_id, purpose="agency_sharing", scan=scan)

    with transaction.atomic():
        scan = keep_scan(pupil, picture())
    one_more(0)
    for_one = queries(office_of(pupil), reverse("consent:office"))
    for number in range(1, 30):
        one_more(number)

    assert queries(office_of(pupil), reverse("consent:office")) == for_one


def test_the_roll_asks_the_database_as_often_for_thirty_pupils_as_for_one(pupil: Pupil) -> None:
    url = reverse("consent:roll", args=[pupil.school_class_id])
    for_one = queries(office_of(pupil), url)
    for _ in range(29):
        GuardianshipFactory.create(pupil=PupilFactory.create(school_class=pupil.school_class))

    assert queries(office_of(pupil), url) == for_one


def test_the_panel_names_purposes_and_states_and_nobody(pupil: Pupil) -> None:
    given(pupil, pupil.guardianships.get().guardian_id)
    url = reverse("consent:panel", args=[pupil.pk])

    shown = signed_in(actor(Role.PSYCHOLOGIST, school=pupil.school)).get(url).content.decode()

    assert "open since" in shown
    assert shown.count("not answered") == len(Purpose) - 1
    assert pupil.guardianships.get().guardian.last_name not in shown
    assert signed_in(actor(Role.PSYCHOLOGIST, school=PupilFactory.create().school)).get(url).status_code == 404
    assert signed_in(office_of(pupil)).get(url).status_code == 403


def test_the_psychologist_records_the_pupils_word(pupil: Pupil) -> None:
    client = signed_in(actor(Role.PSYCHOLOGIST, school=pupil.school))

    client.post(reverse("consent:say", args=[pupil.pk]), {"word": "dissent"})

    assert dissenting(pupil.pk)
    assert "The pupil said no." in client.get(reverse("consent:protection", args=[pupil.pk])).content.decode()
    client.post(reverse("consent:say", args=[pupil.pk]), {"word": "lift"})
    assert not dissenting(pupil.pk)


def test_an_exclusion_goes_from_the_psychologist_to_the_lead_and_back(pupil: Pupil) -> None:
    psychologist = signed_in(actor(Role.PSYCHOLOGIST, school=pupil.school))
    lead = signed_in(actor(Role.LEAD_PSYCHOLOGIST, district=pupil.school.district))
    guardian_id = pupil.guardianships.get().guardian_id
    url = reverse("consent:exclude", args=[pupil.pk])

    assert psychologist.post(url, {"guardian": guardian_id, "reason": "short"}).status_code == 422
    assert psychologist.post(url, {"guardian": guardian_id, "reason": REASON}).status_code == 302
    assert psychologist.post(url, {"guardian": guardian_id, "reason": REASON}).status_code == 422
    proposal = ConsentEvent.objects.get()
    assert REASON in lead.get(reverse("consent:exclusions")).content.decode()
    lead.post(reverse("consent:answer-exclusion", args=[proposal.pk]), {"answer": "approve"})
    assert excluded_guardians(pupil.pk) == {guardian_id}
    assert "approved by" in psychologist.get(reverse("consent:protection", args=[pupil.pk])).content.decode()
    readmit = reverse("consent:readmit", args=[pupil.pk, guardian_id])
    lead.post(readmit, {"reason": ""})
    assert excluded_guardians(pupil.pk)
    lead.post(readmit, {"reason": REASON})
    assert not excluded_guardians(pupil.pk)
    assert psychologist.get(reverse("consent:exclusions")).status_code == 403
