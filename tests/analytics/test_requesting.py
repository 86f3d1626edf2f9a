"""A video meets its lesson: everything that speaks against an analysis is said before there is a job."""

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from analytics.enums import Mode, Presence, RunState, UploadState
from analytics.models import AnalysisRun, ModelCard, Seat, SeatPlan, Upload
from analytics.rules.refusals import RefusedError
from analytics.selectors.plans import confirmed_pupils
from analytics.selectors.runs import lesson_offer, own_uploads
from analytics.services import requesting
from analytics.services.files import video_path
from analytics.services.switching import set_mode
from analytics.services.uploads import check_upload
from caseflow.audit.models import AuditEntry
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import LessonSlot
from tests.analytics.conftest import Film
from tests.analytics.factories import (
    Lesson,
    checked_upload,
    confirm,
    consent,
    lesson,
    plan_for,
    run_of,
    upload_of,
    withdraw,
)
from tests.analytics.requests_of import ask, refusal
from tests.directory.factories import MembershipFactory, SchoolFactory, actor, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def sent(monkeypatch: pytest.MonkeyPatch) -> list[object]:
    messages: list[object] = []
    monkeypatch.setattr(requesting, "send_run", messages.append)
    return messages


@pytest.fixture
def where() -> Lesson:
    return lesson(pupils=2, consented=1)


def test_a_video_of_a_confirmed_lesson_is_queued_and_sent(
    where: Lesson, sent: list[object], django_capture_on_commit_callbacks: Callable[..., object]
) -> None:
    upload = checked_upload(where)

    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[attr-defined]  # a context manager
        run = ask(where, upload)

    upload.refresh_from_db()
    assert (run.state, run.recorded_at, run.recorded_at_typed) == (RunState.QUEUED, where.recorded_at, False)
    assert upload.state == UploadState.USED
    assert sent == [run.pk]
    assert AuditEntry.objects.filter(action="run.requested", obj=f"run:{run.pk}").exists()


def test_the_same_video_makes_one_run(where: Lesson) -> None:
    upload = checked_upload(where)
    ask(where, upload)

    with pytest.raises(Upload.DoesNotExist):
        ask(where, upload)
    assert AnalysisRun.objects.count() == 1


@pytest.mark.parametrize("state", [RunState.QUEUED, RunState.RUNNING, RunState.DONE])
def test_a_lesson_is_analysed_once(where: Lesson, state: RunState) -> None:
    run_of(where, state=state)
    upload = checked_upload(where)

    with pytest.raises(RefusedError) as refused:
        ask(where, upload)

    upload.refresh_from_db()
    assert refused.value.code == "already_analysed"
    assert upload.state == UploadState.CHECKED
    assert AnalysisRun.objects.count() == 1


@pytest.mark.parametrize("state", [RunState.PARTIAL, RunState.FAILED, RunState.CANCELLED, RunState.QUARANTINED])
def test_a_lesson_that_was_not_analysed_whole_may_be_tried_again(where: Lesson, state: RunState) -> None:
    run_of(where, state=state)

    assert ask(where).state == RunState.QUEUED


def test_without_the_teachers_confirmation_there_is_no_run(where: Lesson) -> None:
    where.confirmation.states.all().delete()
    where.confirmation.delete()

    assert refusal(lambda: ask(where)) == "not_confirmed"


def test_of_several_cameras_the_one_that_made_the_video_is_named(where: Lesson) -> None:
    """Else it would be looked at through the seats that another camera sees."""
    mirrored = plan_for(where.slot, list(reversed(where.pupils)))
    confirm(where.slot, where.date, mirrored)

    assert refusal(lambda: ask(where)) == "which_camera"

    run = ask(where, camera_id=where.plan.camera_id)
    assert run.plan == where.plan
    assert set(confirmed_pupils(run)) == {seat.pk for seat in where.seats}


def test_a_video_of_one_school_is_not_there_in_another(where: Lesson) -> None:
    upload = checked_upload(where)
    right = MembershipFactory.create(
        user=where.psychologist.user, role=Role.PSYCHOLOGIST, school=SchoolFactory.create()
    )

    assert list(own_uploads(Actor(where.psychologist.user, right))) == []
    assert list(own_uploads(where.psychologist)) == [upload]


def test_a_plan_that_is_no_longer_in_force_does_not_count(where: Lesson) -> None:
    SeatPlan.objects.update(valid_to=where.date - timedelta(days=1))

    assert refusal(lambda: ask(where)) == "not_confirmed"


def test_a_video_of_another_shape_is_refused(where: Lesson) -> None:
    upload = checked_upload(where)
    Upload.objects.update(width_px=540, height_px=960)

    assert refusal(lambda: ask(where, upload)) == "plan_does_not_fit"


def test_seats_that_cannot_be_masked_are_refused(where: Lesson) -> None:
    Seat.objects.filter(pk=where.seats[0].pk).update(polygon=[[10, 10], [20, 10], [30, 10]])

    assert refusal(lambda: ask(where)) == "plan_does_not_fit"


def test_a_lesson_without_an_open_seat_is_refused(where: Lesson) -> None:
    withdraw(where.pupils[0])

    assert refusal(lambda: ask(where)) == "no_open_seat"


def test_a_seat_the_teacher_contradicted_is_not_open(where: Lesson) -> None:
    confirm(where.slot, where.date, where.plan, s1_1=Presence.OTHER_PERSON)

    assert refusal(lambda: ask(where)) == "no_open_seat"


def test_a_consent_given_after_the_lesson_opens_nothing(where: Lesson) -> None:
    withdraw(where.pupils[0])
    consent(where.pupils[1], at=timezone.now())

    assert refusal(lambda: ask(where)) == "no_open_seat"


def test_switched_off_there_is_no_run(where: Lesson) -> None:
    set_mode(where.psychologist.user, where.school, Mode.OFF)

    assert refusal(lambda: ask(where)) == "switched_off"


def test_without_a_card_there_is_no_run(where: Lesson) -> None:
    ModelCard.objects.update(version="0.1")

    assert refusal(lambda: ask(where)) == "no_model_card"


def test_a_lesson_of_another_school_is_not_there(where: Lesson) -> None:
    other = lesson(pupils=1)

    with pytest.raises(LessonSlot.DoesNotExist):
        ask(where, slot_id=other.slot.pk)


def test_a_good_file_is_checked_by_its_content(where: Lesson, dated_film: Film) -> None:
    upload = upload_of(where.psychologist.user, dated_film(where.recorded_at))

    checked = check_upload(where.psychologist, upload.pk)

    assert (checked.state, checked.recorded_at, checked.duration_s) == (UploadState.CHECKED, where.recorded_at, 2.0)
    assert (checked.width_px, checked.height_px) == (960, 540)
    offer = lesson_offer(where.psychologist, upload.pk)
    assert (offer.day, offer.suggested) == (where.date, f"{where.slot.pk}:{where.plan.camera_id}")


@pytest.mark.parametrize(
    ("content", "code"),
    [(b"", "empty_file"), (b"%PDF-1.7", "not_a_video"), (b"\0\0\0\x18ftypmp42\0\0\0\0", "truncated")],
)
def test_a_bad_file_is_refused_and_removed(where: Lesson, content: bytes, code: str) -> None:
    upload = upload_of(where.psychologist.user, content)

    assert refusal(lambda: check_upload(where.psychologist, upload.pk)) == code

    upload.refresh_from_db()
    assert (upload.state, upload.error_code) == (UploadState.REFUSED, code)
    assert not video_path(upload.pk).exists()


def test_a_video_that_is_not_whole_is_not_looked_into(where: Lesson) -> None:
    upload = upload_of(where.psychologist.user, b"ftyp", state=UploadState.RECEIVING)

    assert refusal(lambda: check_upload(where.psychologist, upload.pk)) == "upload_not_ready"
    assert video_path(upload.pk).exists()


def test_the_page_says_what_is_wrong_in_words_and_keeps_the_choice(where: Lesson) -> None:
    upload = checked_upload(where)
    Upload.objects.update(recorded_at=where.recorded_at - timedelta(days=1))
    client = signed_in(where.psychologist)

    key = f"{where.slot.pk}:{where.plan.camera_id}"
    answer = client.post(reverse("analytics:upload-analyse", args=[upload.pk]), {"date": where.date, "slot": key})

    page = answer.content.decode()
    assert answer.status_code == 422
    assert "cannot be brought together with the lesson" in page
    assert f'value="{key}" selected' in page


def test_the_page_of_a_run_opens_when_it_is_queued(where: Lesson) -> None:
    upload = checked_upload(where)

    answer = signed_in(where.psychologist).post(
        reverse("analytics:upload-analyse", args=[upload.pk]),
        {"date": where.date, "slot": where.slot.pk},
        HTTP_HX_REQUEST="true",
    )

    assert answer.headers["HX-Redirect"] == reverse("analytics:run", args=[AnalysisRun.objects.get().pk])


def test_a_lesson_must_be_chosen(where: Lesson) -> None:
    upload = checked_upload(where)

    answer = signed_in(where.psychologist).post(reverse("analytics:upload-analyse", args=[upload.pk]), {"date": "x"})

    assert answer.status_code == 422
    assert "Choose the lesson" in answer.content.decode()


def test_a_bad_file_is_said_on_the_page(where: Lesson) -> None:
    upload = upload_of(where.psychologist.user, b"%PDF")

    answer = signed_in(where.psychologist).post(reverse("analytics:upload-check", args=[upload.pk]))

    assert answer.status_code == 422
    assert "This is not a video" in answer.content.decode()


@pytest.mark.parametrize("name", ["upload-check", "upload-analyse", "upload-remove"])
def test_a_colleagues_video_is_not_there(where: Lesson, name: str) -> None:
    upload = checked_upload(where)
    colleague = signed_in(actor(Role.PSYCHOLOGIST, school=where.school))

    answer = colleague.post(reverse(f"analytics:{name}", args=[upload.pk]), {"date": where.date, "slot": where.slot.pk})

    assert answer.status_code == 404
