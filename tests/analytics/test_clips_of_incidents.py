"""Clips of incidents: added with a reason, each look logged, gone after 30 days or with the report (rule 12)."""

from datetime import timedelta
from pathlib import Path
from typing import Any
from unittest.mock import patch
from uuid import uuid4

import pytest
from django.conf import settings
from django.core import signing
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from analytics.enums import ClipAct, ClipState, UploadState
from analytics.models import ClipEvent, IncidentClip, Upload
from analytics.rules.clips import LARGEST, MOST_CLIPS, SHARP_FOR_S, ClipRefusedError
from analytics.services.clips import (
    add_clip,
    begin_clip_upload,
    end_clips,
    ending,
    open_covered,
    open_sharp,
    remove_clip,
    sharpen,
)
from analytics.services.clips.looking import SALT
from caseflow.audit.models import AuditEntry
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import School
from caseflow.incidents.models import Incident
from caseflow.records.models import DataKey
from caseflow.triage.models import TriageItem
from caseflow.triage.services import decide
from tests.analytics.clip_factories import MADE, REASON, clip_upload, film, ready_clip, uploaded_for
from tests.directory.factories import PupilFactory, SchoolFactory, actor, signed_in
from tests.incidents.factories import harmed, reported, teacher_at

pytestmark = pytest.mark.django_db

SHARP_REASON = "Полиция просит установить, кто стоял рядом"


@pytest.fixture
def school() -> School:
    return SchoolFactory.create()


@pytest.fixture
def psychologist(school: School) -> Actor:
    return actor(Role.PSYCHOLOGIST, school=school)


@pytest.fixture
def incident(school: School, psychologist: Actor) -> Incident:
    return reported(teacher_at(school), harmed(PupilFactory.create(school=school)))


@pytest.fixture
def clip(psychologist: Actor, incident: Incident) -> IncidentClip:
    return ready_clip(psychologist, incident)


def sealed_files() -> set[str]:
    return {path.stem for path in Path(settings.MEDIA_ROOT).rglob("*.sealed")}


def closed(who: Actor, incident: Incident) -> None:
    decide(
        who, item_id=incident.triage_item_id, decision="dismiss", reason_code="not_confirmed", reason="Не было такого"
    )


def refusal(call: Any, *args: Any, **named: Any) -> str:
    with pytest.raises(ClipRefusedError) as refused:
        call(*args, **named)
    assert str(refused.value.text)
    return refused.value.code


def test_a_clip_needs_a_reason_and_a_whole_video(psychologist: Actor, incident: Incident) -> None:
    upload = begin_clip_upload(psychologist, incident.pk, length=100, file_name="a.mp4")
    assert refusal(add_clip, psychologist, incident.pk, upload.pk, "  коротко ") == "short_reason"
    assert refusal(add_clip, psychologist, incident.pk, upload.pk, REASON) == "upload_not_ready"
    assert not IncidentClip.objects.exists()
    assert Upload.objects.get().state == UploadState.RECEIVING


def test_a_report_takes_three_clips_and_another_when_one_is_removed(psychologist: Actor, incident: Incident) -> None:
    content = film()
    uploads = [uploaded_for(psychologist, incident, content) for _ in range(MOST_CLIPS)]
    assert refusal(begin_clip_upload, psychologist, incident.pk, length=1, file_name="") == "most_clips"
    uploads.append(clip_upload(psychologist, incident))
    clips = [add_clip(psychologist, incident.pk, upload.pk, REASON) for upload in uploads[:MOST_CLIPS]]
    assert refusal(add_clip, psychologist, incident.pk, uploads[-1].pk, REASON) == "most_clips"
    assert refusal(begin_clip_upload, psychologist, incident.pk, length=1, file_name="") == "most_clips"
    remove_clip(psychologist, clips[0].pk, "Не тот день, не тот класс")
    assert add_clip(psychologist, incident.pk, uploads[-1].pk, REASON).number == MOST_CLIPS + 1
    IncidentClip.objects.exclude(state=ClipState.ENDED).update(state=ClipState.FAILED)  # failed ones take no place
    assert begin_clip_upload(psychologist, incident.pk, length=1, file_name="").incident == incident


def test_too_large_a_file_is_refused_before_it_comes(psychologist: Actor, incident: Incident) -> None:
    assert refusal(begin_clip_upload, psychologist, incident.pk, length=LARGEST + 1, file_name="") == "too_large"
    assert not Upload.objects.exists()


def test_each_look_stands_in_both_logs(psychologist: Actor, incident: Incident, clip: IncidentClip) -> None:
    browser = signed_in(psychologist)
    answer = browser.get(reverse("analytics:clip-file", args=[clip.pk]))
    assert (answer.content, answer["Content-Type"]) == (MADE, "video/webm")
    assert (answer["Cache-Control"], answer["X-Content-Type-Options"]) == ("no-store", "nosniff")
    assert [event.act for event in clip.events.all()] == [ClipAct.LOOKED, ClipAct.ADDED]
    entry = AuditEntry.objects.get(action="clip.looked")
    assert (entry.actor_id, entry.obj, entry.pupil_id) == (
        psychologist.user.pk,
        f"clip:{clip.pk}",
        incident.triage_item.pupil_id,
    )
    later = browser.get(reverse("analytics:clip-file", args=[clip.pk]), headers={"Range": "bytes=5-"})
    assert (later.status_code, later.content) == (206, MADE[5:])
    assert clip.events.count() == 2
    page = browser.get(reverse("analytics:clip", args=[clip.pk])).content.decode()
    assert REASON in page
    assert psychologist.user.get_full_name() in page


def test_the_picture_is_pixelated_unless_a_reason_is_given(psychologist: Actor, clip: IncidentClip) -> None:
    browser = signed_in(psychologist)
    page = browser.get(reverse("analytics:clip", args=[clip.pk])).content.decode()
    assert reverse("analytics:clip-file", args=[clip.pk]) in page
    assert "/sharp/W" not in page
    refused = browser.post(reverse("analytics:clip-sharp", args=[clip.pk]), {"reason": "нужно"})
    assert refused.status_code == 422
    assert "ten letters" in refused.content.decode()
    assert not clip.events.filter(act=ClipAct.ASKED).exists()
    shown = browser.post(reverse("analytics:clip-sharp", args=[clip.pk]), {"reason": SHARP_REASON})
    address = reverse("analytics:clip-sharp-file", args=[clip.pk, shown.context["given"]])
    assert address in shown.content.decode()
    assert browser.get(address).content == MADE
    assert [event.act for event in clip.events.all()][:2] == [ClipAct.SHARPENED, ClipAct.ASKED]
    assert AuditEntry.objects.filter(action="clip.sharpened").count() == 1
    (event,) = clip.events.filter(act=ClipAct.ASKED)
    assert SHARP_REASON.encode() not in bytes(event.reason_sealed)
    assert SHARP_REASON in browser.get(reverse("analytics:clip", args=[clip.pk])).content.decode()


def test_a_pass_is_for_one_person_one_clip_and_a_quarter_of_an_hour(
    psychologist: Actor, incident: Incident, clip: IncidentClip, school: School
) -> None:
    given = sharpen(psychologist, clip.pk, SHARP_REASON)
    assert open_sharp(psychologist, clip.pk, given) == MADE
    colleague = actor(Role.PSYCHOLOGIST, school=school)
    other = ready_clip(psychologist, incident)
    forged = signing.dumps([str(clip.pk), psychologist.user.pk, psychologist.role], salt=f"{SALT} no")
    for who, which, shown in (
        (colleague, clip, given),
        (psychologist, other, given),
        (psychologist, clip, forged),
        (psychologist, clip, "nothing"),
    ):
        with pytest.raises(IncidentClip.DoesNotExist):
            open_sharp(who, which.pk, shown)
    later = timezone.now().timestamp() + SHARP_FOR_S + 1
    with patch("django.core.signing.time.time", return_value=later), pytest.raises(IncidentClip.DoesNotExist):
        open_sharp(psychologist, clip.pk, given)


@pytest.mark.parametrize("way", ["expired", "closed", "removed"])
def test_an_ended_clip_is_opened_by_nothing(
    psychologist: Actor, incident: Incident, clip: IncidentClip, way: str, django_capture_on_commit_callbacks: Any
) -> None:
    files, key = {clip.covered_file, clip.sharp_file}, clip.key
    assert key
    assert files <= sealed_files()
    with django_capture_on_commit_callbacks(execute=True):
        if way == "removed":
            assert remove_clip(psychologist, clip.pk, "Не тот день, не тот класс") == incident.pk
        elif way == "closed":
            closed(psychologist, incident)
            with pytest.raises(IncidentClip.DoesNotExist):  # at once, before anything is swept
                open_covered(psychologist, clip.pk)
            assert end_clips() == 0  # it may still be taken back
            TriageItem.objects.update(decided_at=timezone.now() - timedelta(minutes=1))
        else:
            IncidentClip.objects.update(expires_at=timezone.now())
        assert end_clips() == (way != "removed")
    clip.refresh_from_db()
    assert (clip.state, clip.key, clip.covered_file, clip.sharp_file) == (ClipState.ENDED, None, "", "")
    assert clip.ended_at
    assert not files & sealed_files()
    assert not DataKey.objects.filter(pk=key.pk).exists()
    act = ClipAct.REMOVED if way == "removed" else ClipAct.EXPIRED
    assert clip.events.filter(act=act).count() == AuditEntry.objects.filter(action=f"clip.{act}").count() == 1
    with pytest.raises(IncidentClip.DoesNotExist):
        open_covered(psychologist, clip.pk)
    assert end_clips() == 0


def test_a_clip_stays_while_the_case_of_its_report_is_open(
    psychologist: Actor, incident: Incident, clip: IncidentClip
) -> None:
    decide(psychologist, item_id=incident.triage_item_id, decision="open_case")
    assert end_clips() == 0
    assert open_covered(psychologist, clip.pk) == MADE
    incident.triage_item.refresh_from_db()
    case = incident.triage_item.case
    assert case
    type(case).objects.filter(pk=case.pk).update(stage="closed", closed_at=timezone.now())
    TriageItem.objects.update(decided_at=timezone.now() - timedelta(minutes=1))
    assert end_clips() == 1


def test_a_closed_report_takes_no_clip(psychologist: Actor, incident: Incident) -> None:
    upload = uploaded_for(psychologist, incident, film())
    closed(psychologist, incident)
    assert refusal(add_clip, psychologist, incident.pk, upload.pk, REASON) == "not_under_review"
    assert refusal(begin_clip_upload, psychologist, incident.pk, length=1, file_name="") == "not_under_review"
    page = signed_in(psychologist).get(reverse("analytics:clips", args=[incident.pk])).content.decode()
    assert "Clips exist only while it is under review" in page
    assert 'id="upload"' not in page


def test_two_hands_end_a_clip_once(psychologist: Actor, clip: IncidentClip) -> None:
    found = IncidentClip.objects.select_related("incident__data_key", "incident__triage_item").get()
    remove_clip(psychologist, clip.pk, "Не тот день, не тот класс")
    assert not ending._end(found, ClipAct.EXPIRED, None, "")
    assert ClipEvent.objects.filter(act=ClipAct.EXPIRED).count() == 0


def test_a_report_about_staff_is_the_leads_and_its_clips_too(school: School, psychologist: Actor) -> None:
    about = reported(teacher_at(school), harmed(PupilFactory.create(school=school)), about_staff=True)
    lead = actor(Role.LEAD_PSYCHOLOGIST, district=school.district)
    clip = ready_clip(lead, about)
    assert open_covered(lead, clip.pk) == MADE
    assert signed_in(psychologist).get(reverse("analytics:clip", args=[clip.pk])).status_code == 404
    assert uploaded_for(lead, about, film()).state == UploadState.RECEIVED


def tus(browser: Client, incident: Incident, length: int) -> Any:
    headers = {"Tus-Resumable": "1.0.0", "Upload-Length": str(length)}
    return browser.post(reverse("analytics:clip-upload", args=[incident.pk]), headers=headers)


def test_the_upload_speaks_as_that_of_a_lesson_does(psychologist: Actor, incident: Incident) -> None:
    browser = signed_in(psychologist)
    assert tus(browser, incident, 100).status_code == 201
    assert tus(browser, incident, 0).status_code == 400
    too_large = tus(browser, incident, LARGEST + 1)
    assert (too_large.status_code, "512 MB" in too_large.content.decode()) == (413, True)
    upload = Upload.objects.get()
    assert browser.get(reverse("analytics:own-videos")).content.decode().count("data-upload") == 0
    dropped = browser.post(reverse("analytics:clip-drop", args=[incident.pk, upload.pk]))
    assert dropped.status_code == 302
    assert Upload.objects.get().state == UploadState.REMOVED
    assert browser.post(reverse("analytics:clip-drop", args=[incident.pk, uuid4()])).status_code == 404


def test_pages_add_and_remove_with_a_reason(psychologist: Actor, incident: Incident) -> None:
    browser, upload = signed_in(psychologist), uploaded_for(psychologist, incident, film())
    address = reverse("analytics:clip-add", args=[incident.pk, upload.pk])
    refused = browser.post(address, {"reason": "нужно"})
    assert refused.status_code == 422
    assert "нужно" in refused.content.decode()
    assert browser.post(address, {"reason": REASON}).status_code == 302
    clip = IncidentClip.objects.get()
    assert "being made" in browser.get(reverse("analytics:clip", args=[clip.pk])).content.decode()
    assert "every 3s" in browser.get(reverse("analytics:clip-list", args=[incident.pk])).content.decode()
    remove = reverse("analytics:clip-remove", args=[clip.pk])
    assert browser.post(remove, {"reason": ""}).status_code == 422
    assert browser.post(remove, {"reason": "Не тот день, не тот класс"}).status_code == 302
    assert "Removed" in browser.get(reverse("analytics:clips", args=[incident.pk])).content.decode()
