"""The pages of unusual motion, what the police centre sees of it, and what is published of its cameras."""

import re
from collections.abc import Iterable
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from analytics.enums import ClipAct, Feature, Mode
from analytics.models import Disturbance, ModelCard
from analytics.selectors.disturbances import precisions
from analytics.selectors.switching import mode_of
from analytics.services.disturbances import end_disturbances
from analytics.tasks import sweep_runs
from caseflow.alarms.models import Notice
from caseflow.audit.models import AuditEntry
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Camera, School
from notifications.models import Alert
from tests.alarms.factories import centre, operator
from tests.analytics.disturbance_factories import MADE, corridor_camera, disturbance, looked_at
from tests.directory.factories import SchoolFactory, actor, signed_in
from tests.incidents.factories import reported, teacher_at

pytestmark = pytest.mark.django_db

REASON = {"reason": "Надо понять, кто лежит на полу"}


@pytest.fixture
def school() -> School:
    return SchoolFactory.create()


@pytest.fixture
def camera(school: School) -> Camera:
    return corridor_camera(school)


@pytest.fixture
def psychologist(school: School) -> Actor:
    return actor(Role.PSYCHOLOGIST, school=school)


@pytest.fixture
def browser(psychologist: Actor) -> Client:
    return signed_in(psychologist)


def address(name: str, found: Disturbance | None = None, *more: str) -> str:
    return reverse(f"analytics:{name}", args=[found.pk, *more] if found else [])


def text(answer: Any, status: int = 200) -> str:
    assert answer.status_code == status
    return str(answer.content.decode())


def reported_as(answer: str, psychologist: Actor, browser: Client, camera: Camera) -> Disturbance:
    found = looked_at(psychologist, disturbance(camera))
    assert browser.post(address("disturbance-answer", found), {"answer": answer}).status_code == 302
    found.refresh_from_db()
    return found


def test_the_page_shows_the_pixelated_clip_its_model_and_three_answers_by_key(
    browser: Client, camera: Camera, school: School
) -> None:
    found, known = disturbance(camera), reported(teacher_at(school))
    page = text(browser.get(address("disturbance", found)))
    assert address("disturbance-file", found) in page
    for key, words in enumerate(("Ordinary interaction", "Possible bullying", "Fight"), start=1):
        assert re.search(rf'data-key="Digit{key}">\s*{words}', page)
    assert "found by the system, tirek-motion 1.0" in page
    assert f"Report no. {known.number}: " in page
    assert f"{found.strength}" not in page
    file = browser.get(address("disturbance-file", found))
    assert (file.content, file["Content-Type"], file["Cache-Control"]) == (MADE, "video/webm", "no-store")


def test_an_answer_leads_to_the_report_and_a_wrong_one_is_said(
    browser: Client, psychologist: Actor, camera: Camera
) -> None:
    found = disturbance(camera)
    assert "Look at the clip first" in text(
        browser.post(address("disturbance-answer", found), {"answer": "fight"}), 422
    )
    looked_at(psychologist, found)
    sent = {"answer": "fight", "report": "nonsense"}
    page = text(browser.post(address("disturbance-answer", found), sent, follow=True))
    assert "Report no. 1" in page
    assert "It belongs to report no. 1 now." in page
    assert "Send to the police centre" in page
    found.refresh_from_db()
    clips = text(browser.get(reverse("analytics:clips", args=[found.incident_id])))
    assert address("disturbance", found) in clips
    assert "A clip helps when" not in clips


def test_an_ordinary_one_is_not_sent_anywhere(browser: Client, psychologist: Actor, camera: Camera) -> None:
    found = reported_as("ordinary", psychologist, browser, camera)
    page = text(browser.get(address("disturbance", found)))
    assert "Send to the police centre" not in page
    refused = browser.post(address("disturbance-send", found), {"confirmed": "yes"})
    assert "Only what you called a fight" in text(refused, 422)


def test_without_pixelation_for_a_reason_alone(browser: Client, camera: Camera) -> None:
    found = disturbance(camera)
    assert "ten letters" in text(browser.post(address("disturbance-sharp", found), {"reason": "надо"}), 422)
    shown = browser.post(address("disturbance-sharp", found), REASON)
    assert REASON["reason"] in text(shown)
    sharp = browser.get(address("disturbance-sharp-file", found, shown.context["given"]))
    assert sharp.content == MADE + b" not"


def test_an_ended_one_shows_its_log_alone(browser: Client, psychologist: Actor, camera: Camera) -> None:
    found = reported_as("ordinary", psychologist, browser, camera)
    Disturbance.objects.update(expires_at=timezone.now())
    assert sweep_runs() == 1
    page = text(browser.get(address("disturbance", found)))
    assert "its time was over" in page
    assert "<video" not in page
    assert "Said what it shows" in page


class TestPoliceCentre:
    def test_it_is_sent_after_a_confirmation_once_and_stands_in_both_logs(
        self, browser: Client, psychologist: Actor, camera: Camera, school: School
    ) -> None:
        found = reported_as("fight", psychologist, browser, camera)
        sending = address("disturbance-send", found)
        assert "Confirm that the police centre" in text(browser.post(sending), 422)
        assert "Phone 102" in text(browser.post(sending, {"confirmed": "yes"}), 422)
        police = operator(centre(school.district))
        assert "Sent to the police centre" in text(browser.post(sending, {"confirmed": "yes"}, follow=True))
        assert "It was sent already" in text(browser.post(sending, {"confirmed": "yes"}), 422)
        notice = Notice.objects.get()
        assert (notice.ref, notice.school, notice.sent_by) == (found.pk, school, psychologist.user)
        assert AuditEntry.objects.filter(action="notice.sent").count() == 1
        assert found.events.filter(act=ClipAct.SENT).count() == 1
        assert Alert.objects.get(kind="centre_notice").recipient == police.user

    def test_the_operator_sees_the_clip_pixelated_lifts_it_for_a_reason_and_closes_it(
        self, browser: Client, psychologist: Actor, camera: Camera, school: School
    ) -> None:
        police = operator(centre(school.district))
        console = signed_in(police)
        found = reported_as("bullying", psychologist, browser, camera)
        assert console.get(address("disturbance-sent", found)).status_code == 404
        browser.post(address("disturbance-send", found), {"confirmed": "yes"})
        notice = Notice.objects.get()
        page = reverse("alarms:notice", args=[notice.pk])
        assert page in text(console.get(reverse("alarms:list")))
        assert address("disturbance-sent", found) in text(console.get(page))
        assert Notice.objects.get().opened_by == police.user
        fragment = text(console.get(address("disturbance-sent", found)))
        assert "Possible bullying" in fragment
        assert "found by the system" in fragment
        assert console.get(address("disturbance-file", found)).content == MADE
        assert "ten letters" in text(console.post(address("disturbance-sharp", found), {"reason": ""}), 422)
        shown = console.post(address("disturbance-sharp", found), REASON)
        assert console.get(address("disturbance-sharp-file", found, shown.context["given"])).status_code == 200
        assert found.events.filter(by=police.user, act=ClipAct.SHARPENED).count() == 1
        assert console.get(address("disturbance", found)).status_code == 403
        closing = reverse("alarms:close-notice", args=[notice.pk])
        assert "Choose what it was" in text(console.post(closing, {"finding": "mistake"}), 409)
        assert console.post(closing, {"finding": "fight"}).status_code == 302
        assert "It is closed already" in text(console.post(closing, {"finding": "fight"}), 409)
        assert AuditEntry.objects.filter(action="notice.closed").count() == 1
        assert console.get(address("disturbance-file", found)).status_code == 404
        assert "The police say: Fight." in text(browser.get(address("disturbance", found)))

    def test_another_centre_has_nothing_of_it(
        self, browser: Client, psychologist: Actor, camera: Camera, school: School
    ) -> None:
        centre(school.district)
        stranger = signed_in(operator(centre(SchoolFactory.create().district)))
        found = reported_as("fight", psychologist, browser, camera)
        browser.post(address("disturbance-send", found), {"confirmed": "yes"})
        assert stranger.get(reverse("alarms:notice", args=[Notice.objects.get().pk])).status_code == 404
        assert stranger.get(address("disturbance-file", found)).status_code == 404
        assert str(Notice.objects.get()).startswith(str(school.pk))

    def test_what_ended_meanwhile_is_said_on_the_console(
        self, browser: Client, psychologist: Actor, camera: Camera, school: School
    ) -> None:
        console = signed_in(operator(centre(school.district)))
        found = reported_as("fight", psychologist, browser, camera)
        browser.post(address("disturbance-send", found), {"confirmed": "yes"})
        Disturbance.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
        assert end_disturbances() == 1
        assert "its time was over" in text(console.get(address("disturbance-sent", found)))


def answered(camera: Camera, answers: Iterable[str]) -> None:
    """Rows as answers leave them, far apart in time."""
    for number, answer in enumerate(answers):
        found = disturbance(camera, at=timezone.now() - timedelta(days=number))
        report = reported(teacher_at(found.school)) if answer not in ("", "ordinary") else None
        Disturbance.objects.filter(pk=found.pk).update(
            answer=answer,
            answered_at=timezone.now() if answer else None,
            answered_by=teacher_at(found.school).user if answer else None,
            incident=report,
        )


class TestPublished:
    def test_under_ten_answers_no_share_is_named(self, browser: Client, camera: Camera) -> None:
        answered(camera, ["ordinary", "fight", ""])
        page = text(browser.get(address("disturbance-cameras")))
        assert "not enough answers, fewer than 10" in page
        assert "a fifth of fights at 5 % false positives" in page

    def test_from_ten_on_the_share_with_its_interval(
        self, psychologist: Actor, browser: Client, camera: Camera
    ) -> None:
        answered(camera, ["ordinary"] * 8 + ["fight", "bullying", ""])
        (row,) = precisions(psychologist)
        assert (row.shown, row.answered, row.ordinary, row.bullying, row.fight) == (11, 10, 8, 1, 1)
        assert row.percent == (20, 6, 51)  # Wilson
        assert "95 %: 6–51 %" in text(browser.get(address("disturbance-cameras")))

    def test_shadow_is_not_published_and_a_school_without_cameras_says_so(self, school: School) -> None:
        who = actor(Role.SCHOOL_ADMIN, school=school)
        assert "No camera of a corridor" in text(signed_in(who).get(address("disturbance-cameras")))
        disturbance(corridor_camera(school, mode=Mode.SHADOW))
        assert precisions(who)[0].shown == 0

    def test_the_card_leads_there_and_says_what_it_is(self, browser: Client, school: School) -> None:
        card = ModelCard.objects.get(pack="tirek-motion")
        page = text(browser.get(reverse("analytics:card", args=[card.slug])))
        assert "0.75–0.78" in page
        assert address("disturbance-cameras") in page
        teacher = signed_in(actor(Role.TEACHER, school=school))
        assert address("disturbance-cameras") not in text(teacher.get(reverse("analytics:card", args=[card.slug])))


def test_the_lead_switches_it_beside_mood_analysis_and_not_with_it(school: School) -> None:
    lead = signed_in(actor(Role.LEAD_PSYCHOLOGIST, district=school.district))
    grounds = {"legal_basis": "Приказ № 9", "impact_assessment_on": "2026-02-01"}
    turning = reverse("analytics:switch-school", args=[school.pk])
    answer = lead.post(turning, {"mode": "active", "feature": "disturbance", **grounds})
    assert answer["Location"].endswith("?feature=disturbance")
    assert mode_of(school.pk, Feature.DISTURBANCE) == Mode.ACTIVE
    assert mode_of(school.pk) == Mode.OFF
    assert AuditEntry.objects.filter(action="disturbance.switched").count() == 1
    assert "mostly wrong" in text(lead.get(reverse("analytics:switch"), {"feature": "disturbance"}))
    refused = lead.post(turning, {"mode": "active", "feature": "disturbance"})
    assert "mostly wrong" in text(refused, 422)
