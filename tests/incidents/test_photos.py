"""Photos on a report by name: drawn anew, sealed, seen by those who read its words, each look logged (rule 25)."""

from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone
from PIL import Image

from caseflow.audit.models import AuditEntry
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import School
from caseflow.incidents.forms import MINUTES
from caseflow.incidents.models import Incident, Photo
from caseflow.incidents.services import BadReportError, open_incident
from caseflow.incidents.services.photos import MOST_PHOTOS, add_photos, open_photo
from tests.directory.factories import SchoolFactory, actor, signed_in
from tests.incidents.anonymous_factories import anonymous_report, drawn_photo, photo
from tests.incidents.factories import PLACE, WORDS, reported, teacher_at

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


def upload(content: bytes | None = None, name: str = "a.jpg") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, photo() if content is None else content, "image/jpeg")


def send(who: Actor, *pictures: SimpleUploadedFile, **more: Any) -> Any:
    said = {"category": "violence", "occurred_at": timezone.localtime().strftime(MINUTES), "place": PLACE}
    return signed_in(who).post(reverse("incidents:create"), said | {"words": WORDS, "pictures": pictures} | more)


def address(row: Photo) -> str:
    return reverse("incidents:photo", args=[row.incident_id, row.pk])


def files() -> set[Path]:
    return {path for path in Path(settings.DATA_DIR).rglob("*") if path.is_file() and len(path.name) == 32}


def test_the_reporter_sends_photos_along_which_are_drawn_anew_and_sealed(teacher: Actor, psychologist: Actor) -> None:
    exif = Image.Exif()
    exif[0x010F] = "Камера Иванова"
    assert send(teacher, upload(photo(exif=exif)), upload(photo("PNG"))).status_code == 302
    first, second = Photo.objects.all()
    assert (first.number, second.number, first.added_by) == (1, 2, teacher.user)
    answer = signed_in(psychologist).get(address(first))
    assert (answer.status_code, answer["Cache-Control"], answer["X-Content-Type-Options"]) == (
        200,
        "no-store",
        "nosniff",
    )
    assert dict(Image.open(BytesIO(answer.content)).getexif()) == {}
    assert AuditEntry.objects.get(action="incident.photo_opened").detail == {"photo": str(first.pk)}
    assert (
        f"Photo {first.number},"
        in signed_in(psychologist).get(reverse("incidents:detail", args=[first.incident_id])).content.decode()
    )


@pytest.mark.parametrize(
    ("pictures", "says"),
    [
        ([upload(b"MZ not a picture")], "Only pictures can be sent"),
        ([upload() for _each in range(4)], "at most 3 pictures"),
    ],
)
def test_what_is_no_picture_or_too_many_is_refused_with_the_report_as_it_was_typed(
    teacher: Actor, pictures: list[SimpleUploadedFile], says: str
) -> None:
    before = files()
    answer = send(teacher, *pictures)
    text = answer.content.decode()
    assert (answer.status_code, says in text, WORDS in text) == (422, True, True)
    assert not Incident.objects.exists()
    assert files() == before


def test_who_decides_adds_photos_until_the_report_takes_no_more(psychologist: Actor, teacher: Actor) -> None:
    incident = reported(teacher)
    for most in (3, 6, 9, MOST_PHOTOS):
        add_photos(psychologist, incident.pk, [drawn_photo()] * 3)
        assert incident.photos.count() == most
    before = files()
    with pytest.raises(BadReportError, match="at most 12"):
        add_photos(psychologist, incident.pk, [drawn_photo()])
    assert (incident.photos.count(), files()) == (MOST_PHOTOS, before)
    assert AuditEntry.objects.filter(action="incident.photos_added", detail__number=3).count() == 4


def test_on_the_page_a_refusal_is_said(psychologist: Actor, teacher: Actor) -> None:
    incident = reported(teacher)
    client, url = signed_in(psychologist), reverse("incidents:photos", args=[incident.pk])
    for body, says in (({}, "Choose a picture first"), ({"pictures": upload(b"x")}, "Only pictures can be sent")):
        assert says in client.post(url, body, follow=True).content.decode()
    assert "Added." in client.post(url, {"pictures": upload()}, follow=True).content.decode()


def test_others_neither_see_nor_add_photos(school: School, psychologist: Actor, teacher: Actor) -> None:
    incident = reported(teacher, photos=[drawn_photo()])
    row = incident.photos.get()
    administrator, principal = (actor(role, school=school) for role in (Role.SCHOOL_ADMIN, Role.PRINCIPAL))
    assert open_incident(administrator, incident.pk).photos == ()
    assert open_incident(principal, incident.pk).photos == (row,)
    assert open_photo(principal, incident.pk, row.pk)[0] == row
    stranger = actor(Role.PSYCHOLOGIST, school=SchoolFactory.create())
    for who in (administrator, stranger, teacher):
        with pytest.raises(Incident.DoesNotExist):
            open_photo(who, incident.pk, row.pk)
    for who in (administrator, principal, stranger, teacher):
        with pytest.raises(Incident.DoesNotExist):
            add_photos(who, incident.pk, [drawn_photo()])
    with pytest.raises(Photo.DoesNotExist):
        open_photo(psychologist, reported(teacher).pk, row.pk)


def test_a_report_without_a_name_has_its_pictures_from_the_reporter_alone(school: School, psychologist: Actor) -> None:
    with pytest.raises(Incident.DoesNotExist):
        add_photos(psychologist, anonymous_report(school).pk, [drawn_photo()])
