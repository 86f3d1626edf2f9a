from datetime import date
from hashlib import sha256
from io import BytesIO
from pathlib import Path
from threading import Barrier, Thread
from typing import Any
from uuid import UUID

import pytest
from django.db import IntegrityError, connections
from django.http import Http404
from django.utils import timezone
from PIL import Image

from caseflow.consent.enums import EventKind, Purpose
from caseflow.consent.errors import (
    AlreadyAnsweredError,
    ConsentError,
    NoSchoolYearError,
    NotItsGuardianError,
    SamePersonError,
    SupersededError,
    UnreadableScanError,
)
from caseflow.consent.models import ConsentEvent, PaperScan
from caseflow.consent.selectors import gate_open
from caseflow.consent.services import confirm_paper, enter_paper, read_scan, refuse, reject_paper
from caseflow.consent.services.scans import MAX_BYTES, cleaned, open_scan
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Pupil, SchoolYear
from caseflow.records.models import DataKey
from caseflow.records.pictures import MAX_PIXELS
from tests.consent.factories import picture
from tests.directory.factories import GuardianshipFactory, PupilFactory, actor, parent_of

MOOD = Purpose.MOOD_ANALYSIS
PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


def enter(admin: Actor, pupil: Pupil, decision: str = "given", scan: bytes = PDF) -> ConsentEvent:
    guardian_id = GuardianshipFactory.create(pupil=pupil).guardian_id
    return enter_paper(
        admin,
        pupil_id=pupil.pk,
        guardian_id=guardian_id,
        purpose=MOOD,
        language="ru",
        decision=decision,
        scan=scan,
    )


def scan_of(entry: ConsentEvent) -> UUID:
    assert entry.scan_id is not None
    return entry.scan_id


def is_open(pupil: Pupil) -> bool:
    now = timezone.now()
    return gate_open(pupil.pk, MOOD, frame_at=now, now=now, operator_id=pupil.school_id)


@pytest.mark.django_db
def test_a_consent_on_paper_holds_when_a_second_person_has_checked_it() -> None:
    pupil = PupilFactory.create()
    entry = enter(actor(Role.SCHOOL_ADMIN, school=pupil.school), pupil)
    assert not is_open(pupil)

    confirmed = confirm_paper(actor(Role.PRINCIPAL, school=pupil.school), entry.pk)

    assert is_open(pupil)
    assert (confirmed.answers, confirmed.scan, confirmed.is_complete) == (entry, entry.scan, True)


@pytest.mark.django_db
def test_who_entered_it_cannot_check_it() -> None:
    pupil = PupilFactory.create()
    admin = actor(Role.SCHOOL_ADMIN, school=pupil.school)
    entry = enter(admin, pupil)
    same_person_as_principal = Actor(admin.user, actor(Role.PRINCIPAL, school=pupil.school, user=admin.user).membership)

    for who in (admin, same_person_as_principal):
        with pytest.raises(SamePersonError):
            confirm_paper(who, entry.pk)
    assert not is_open(pupil)


@pytest.mark.django_db
def test_a_refusal_on_paper_holds_at_once() -> None:
    pupil = PupilFactory.create()
    admin = actor(Role.SCHOOL_ADMIN, school=pupil.school)
    confirm_paper(actor(Role.PRINCIPAL, school=pupil.school), enter(admin, pupil).pk)

    enter(admin, pupil, decision="refused")

    assert not is_open(pupil)


@pytest.mark.django_db
def test_an_entry_is_answered_once() -> None:
    pupil = PupilFactory.create()
    entry = enter(actor(Role.SCHOOL_ADMIN, school=pupil.school), pupil)
    reject_paper(actor(Role.PRINCIPAL, school=pupil.school), entry.pk)

    with pytest.raises(AlreadyAnsweredError):
        confirm_paper(actor(Role.SCHOOL_ADMIN, school=pupil.school), entry.pk)
    assert not is_open(pupil)


@pytest.mark.usefixtures("transactional_db")
def test_of_two_checkers_at_the_same_moment_one_answers() -> None:
    pupil = PupilFactory.create()
    entry = enter(actor(Role.SCHOOL_ADMIN, school=pupil.school), pupil)
    checkers = [actor(Role.PRINCIPAL, school=pupil.school), actor(Role.SCHOOL_ADMIN, school=pupil.school)]
    results: list[object] = []
    start = Barrier(2)

    def check(who: Actor) -> None:
        start.wait()
        try:
            results.append(confirm_paper(who, entry.pk))
        except (ConsentError, IntegrityError) as error:
            results.append(error)
        connections.close_all()

    threads = [Thread(target=check, args=(who,)) for who in checkers]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert sorted(type(result).__name__ for result in results) == ["AlreadyAnsweredError", "ConsentEvent"]
    assert ConsentEvent.objects.filter(kind=EventKind.PAPER_CONFIRMED).count() == 1


@pytest.mark.django_db
def test_a_form_signed_before_a_refusal_does_not_undo_it() -> None:
    pupil = PupilFactory.create()
    parent = parent_of(pupil)
    entry = enter_paper(
        actor(Role.SCHOOL_ADMIN, school=pupil.school),
        pupil_id=pupil.pk,
        guardian_id=parent.membership.guardian_id,
        purpose=MOOD,
        language="ru",
        decision="given",
        scan=PDF,
    )
    refuse(parent, pupil_id=pupil.pk, purpose=MOOD)

    with pytest.raises(SupersededError):
        confirm_paper(actor(Role.PRINCIPAL, school=pupil.school), entry.pk)
    assert not is_open(pupil)


@pytest.mark.django_db
def test_only_who_stands_for_the_pupil_can_have_signed() -> None:
    pupil, stranger = PupilFactory.create(), GuardianshipFactory.create().guardian
    admin = actor(Role.SCHOOL_ADMIN, school=pupil.school)
    for signer in (stranger.pk, None):
        with pytest.raises(NotItsGuardianError):
            enter_paper(
                admin,
                pupil_id=pupil.pk,
                guardian_id=signer,
                purpose=MOOD,
                language="ru",
                decision="given",
                scan=PDF,
            )
    assert not PaperScan.objects.exists()


@pytest.mark.django_db
def test_from_eighteen_on_the_pupil_signs_and_no_guardian() -> None:
    pupil = PupilFactory.create(birth_date="2001-05-05")
    admin = actor(Role.SCHOOL_ADMIN, school=pupil.school)
    with pytest.raises(NotItsGuardianError):
        enter(admin, pupil)

    own = enter_paper(
        admin, pupil_id=pupil.pk, guardian_id=None, purpose=MOOD, language="ru", decision="given", scan=PDF
    )
    confirm_paper(actor(Role.PRINCIPAL, school=pupil.school), own.pk)

    assert is_open(pupil)


@pytest.mark.django_db
def test_another_school_neither_enters_checks_nor_reads() -> None:
    pupil = PupilFactory.create()
    entry = enter(actor(Role.SCHOOL_ADMIN, school=pupil.school), pupil)
    outsider = actor(Role.SCHOOL_ADMIN, school=PupilFactory.create().school)

    with pytest.raises(Http404):
        enter(outsider, pupil)
    with pytest.raises(Http404):
        confirm_paper(outsider, entry.pk)
    with pytest.raises(Http404):
        read_scan(outsider, scan_of(entry))


def files(data_dir: Path) -> set[Path]:
    return set(data_dir.glob("files/*/*"))


@pytest.mark.django_db
def test_the_scan_of_an_entry_that_is_sent_back_is_removed_and_its_key_with_it(
    data_dir: Path, django_capture_on_commit_callbacks: Any
) -> None:
    pupil = PupilFactory.create()
    before = files(data_dir)
    entry = enter(actor(Role.SCHOOL_ADMIN, school=pupil.school), pupil)
    scan = PaperScan.objects.get(pk=scan_of(entry))
    key = scan.data_key
    assert key is not None
    checker = actor(Role.PRINCIPAL, school=pupil.school)
    assert len(files(data_dir) - before) == 1

    with django_capture_on_commit_callbacks(execute=True):
        reject_paper(checker, entry.pk)
        assert len(files(data_dir) - before) == 1  # another transaction may still fail

    assert files(data_dir) == before
    assert not DataKey.objects.filter(pk=key.pk).exists()
    with pytest.raises(Http404):
        read_scan(checker, scan.pk)
    scan.refresh_from_db()
    assert scan.sha256 == sha256(PDF).hexdigest()
    with pytest.raises(FileNotFoundError):
        open_scan(scan)


@pytest.mark.django_db
def test_the_scan_of_an_entry_that_was_not_made_is_not_on_disk(data_dir: Path) -> None:
    pupil = PupilFactory.create()
    admin = actor(Role.SCHOOL_ADMIN, school=pupil.school)
    before = files(data_dir)
    SchoolYear.objects.update(starts_on=date(2001, 9, 1), ends_on=date(2002, 5, 25))

    with pytest.raises(NoSchoolYearError):
        enter(admin, pupil)

    assert not PaperScan.objects.exists()
    assert files(data_dir) == before


@pytest.mark.django_db
def test_a_scan_comes_back_as_it_was_kept() -> None:
    pupil = PupilFactory.create()
    entry = enter(actor(Role.SCHOOL_ADMIN, school=pupil.school), pupil)

    scan, content = read_scan(actor(Role.PRINCIPAL, school=pupil.school), scan_of(entry))

    assert (scan.media_type, content) == ("application/pdf", PDF)


def test_a_picture_is_drawn_anew_without_its_metadata() -> None:
    exif = Image.Exif()
    exif[0x010F] = "the camera of the secretary"
    dirty = picture("JPEG", exif=exif)
    assert b"secretary" in dirty

    clean, media_type = cleaned(dirty)

    assert media_type == "image/jpeg"
    assert b"secretary" not in clean


@pytest.mark.parametrize(
    "content",
    [b"", b"MZ\x90 a program", b"%PDF-1.7 cut off", picture("GIF"), picture("PNG")[:60], b"%PDF-" + b" " * MAX_BYTES],
    ids=["empty", "program", "cut PDF", "GIF", "cut PNG", "too large"],
)
def test_anything_but_a_whole_pdf_jpeg_or_png_is_refused(content: bytes) -> None:
    with pytest.raises(UnreadableScanError):
        cleaned(content)


def test_a_picture_larger_than_any_form_is_refused_before_it_is_unpacked() -> None:
    out = BytesIO()
    Image.new("1", (8000, MAX_PIXELS // 8000 + 1)).save(out, format="PNG")
    assert len(out.getvalue()) < MAX_BYTES

    with pytest.raises(UnreadableScanError):
        cleaned(out.getvalue())
