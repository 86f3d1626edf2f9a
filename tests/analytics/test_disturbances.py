"""Events of corridor cameras: taken into the queue within a budget (rules 4 and 12)."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone
from hypothesis import given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from analytics.enums import ClipAct, ClipState, Feature, Mode
from analytics.models import CameraDay, Disturbance, DisturbanceTerms, ModelCard
from analytics.pipeline.disturbance.budget import place_for
from analytics.rules.disturbances import DisturbanceRefusedError
from analytics.selectors.disturbances import is_watched, scoped_disturbances, terms_in_force
from analytics.selectors.switching import mode_of
from analytics.services.disturbances import (
    keep_motion,
    open_covered,
    recall_motion,
    send_to_centre,
    take_event,
    taking,
)
from analytics.services.switching import set_mode, stop_everything
from caseflow.alarms.selectors.notices import scoped_notices
from caseflow.directory.actors import Actor
from caseflow.directory.enums import CameraPurpose, Role
from caseflow.directory.models import Camera, School
from caseflow.triage.enums import Audience, ItemState
from caseflow.triage.models import TriageItem
from tests.analytics.disturbance_factories import (
    GROUNDS,
    corridor_camera,
    disturbance,
    event,
    looked_at,
    not_drawn,
)
from tests.directory.factories import SchoolFactory, actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def school() -> School:
    return SchoolFactory.create()


@pytest.fixture
def camera(school: School) -> Camera:
    return corridor_camera(school)


@pytest.fixture
def psychologist(school: School) -> Actor:
    return actor(Role.PSYCHOLOGIST, school=school)


def sealed_files() -> set[str]:
    return {path.stem for path in Path(settings.MEDIA_ROOT).rglob("*.sealed")}


def refusal(call: Any, *args: Any, **named: Any) -> str:
    with pytest.raises(DisturbanceRefusedError) as refused:
        call(*args, **named)
    assert str(refused.value.text)
    return refused.value.code


class TestTaking:
    def test_an_event_becomes_a_sealed_clip_and_an_item_of_the_queue(
        self, camera: Camera, psychologist: Actor, school: School
    ) -> None:
        taken = take_event(camera.pk, event(7.5, seconds=1))
        assert taken
        item = taken.triage_item
        assert (item.pk, item.kind, item.school, item.pupil) == (taken.pk, "disturbance", school, None)
        assert (item.legal_clock, item.psych_clock.code, item.ai_generated) == (None, "disturbance_review", True)
        assert item.model_label == "tirek-motion 1.0"
        assert {taken.covered_file, taken.sharp_file} <= sealed_files()
        assert taken.duration_s <= 12
        assert taken.expires_at - timezone.now() > timedelta(hours=71)
        content = open_covered(psychologist, taken.pk)
        assert content.startswith(b"\x1a\x45\xdf\xa3")
        raw = [path.read_bytes() for path in Path(settings.MEDIA_ROOT).rglob("*") if path.is_file()]
        assert not any(content[:64] in each for each in raw)
        assert [each.act for each in taken.events.all()] == [ClipAct.LOOKED, ClipAct.ADDED]

    def test_the_same_event_is_taken_once(self, camera: Camera) -> None:
        with not_drawn():
            told = event()
            assert take_event(camera.pk, told)
            assert take_event(camera.pk, told) is None
        assert CameraDay.objects.get().not_shown == 0

    def test_in_shadow_the_lead_alone_is_asked(self, school: School, psychologist: Actor) -> None:
        found = disturbance(corridor_camera(school, mode=Mode.SHADOW))
        assert found.triage_item.audience == Audience.LEAD
        lead = actor(Role.LEAD_PSYCHOLOGIST, district=school.district)
        assert list(scoped_disturbances(lead)) == [found]
        assert not scoped_disturbances(psychologist).exists()

    def test_shipped_off_and_stopped_within_the_next_question(self, school: School) -> None:
        camera = corridor_camera(school, mode=Mode.OFF)
        assert not is_watched(camera.pk)
        assert take_event(camera.pk, event()) is None
        who = actor(Role.SYSTEM_ADMIN)
        set_mode(who.user, school, Mode.ACTIVE, GROUNDS, feature=Feature.DISTURBANCE)
        assert is_watched(camera.pk)
        assert mode_of(school.pk) == Mode.OFF  # mood analysis has its own switch
        stop_everything(who, stopped=True)
        assert not is_watched(camera.pk)
        stop_everything(who, stopped=False)
        Camera.objects.update(purpose=CameraPurpose.CLASSROOM)  # lessons are never watched so
        assert not is_watched(camera.pk)

    def test_without_a_card_nothing_is_watched(self, camera: Camera) -> None:
        ModelCard.objects.filter(pack="tirek-motion").update(version="0.9")
        assert not is_watched(camera.pk)

    def test_what_is_stopped_while_it_is_drawn_is_not_stored(
        self, camera: Camera, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr("analytics.services.disturbances.taking.mode_of", lambda *_given: Mode.OFF)
        with not_drawn():
            assert take_event(camera.pk, event()) is None
        assert not Disturbance.objects.exists()

    def test_only_corridor_cameras_have_an_end_to_their_learning_kept(self, camera: Camera) -> None:
        assert recall_motion(camera.pk) == {}
        keep_motion(camera.pk, {"version": 1})
        keep_motion(camera.pk, {"version": 1, "began": None})
        assert recall_motion(camera.pk) == {"version": 1, "began": None}


class TestBudget:
    def test_a_stronger_event_takes_the_place_of_the_weakest_unseen_one(
        self, camera: Camera, psychologist: Actor, django_capture_on_commit_callbacks: Any
    ) -> None:
        now = timezone.now()
        weak, middle, strong = (disturbance(camera, each, now + timedelta(seconds=each)) for each in (4.0, 5.0, 6.0))
        files = {weak.covered_file, weak.sharp_file}
        with not_drawn(), django_capture_on_commit_callbacks(execute=True):
            assert take_event(camera.pk, event(3.9, now + timedelta(seconds=20))) is None
            assert take_event(camera.pk, event(8.0, now + timedelta(seconds=21)))
        weak.refresh_from_db()
        assert (weak.state, weak.gave_way, weak.key) == (ClipState.ENDED, True, None)
        assert TriageItem.objects.get(pk=weak.pk).state == ItemState.LAPSED
        assert weak.events.filter(act=ClipAct.GAVE_WAY).count() == 1
        assert not files & sealed_files()
        assert CameraDay.objects.get().not_shown == 2
        looked_at(psychologist, middle)
        with not_drawn():
            assert take_event(camera.pk, event(5.5, now + timedelta(seconds=22))) is None
            assert take_event(camera.pk, event(9.0, now + timedelta(seconds=23)))
        strong.refresh_from_db()
        assert strong.gave_way
        assert Disturbance.objects.get(pk=middle.pk).state == ClipState.READY

    def test_one_that_was_looked_at_meanwhile_keeps_its_place(self, camera: Camera, psychologist: Actor) -> None:
        now = timezone.now()
        DisturbanceTerms.objects.update(clips_a_day=1)
        found = disturbance(camera, 4.0, now)
        real, asked = place_for, list[Any]()

        def place(*given: Any) -> Any:
            asked.append(real(*given))
            if len(asked) == 2:  # the second question, when the place is taken
                Disturbance.objects.update(looked_at=now)
            return asked[-1]

        with not_drawn(), pytest.MonkeyPatch.context() as patched:
            patched.setattr(taking, "place_for", place)
            assert take_event(camera.pk, event(9.0, now + timedelta(seconds=1))) is None
        found.refresh_from_db()
        assert (found.gave_way, found.state) == (False, ClipState.READY)
        assert CameraDay.objects.get().not_shown == 1

    def test_each_camera_and_day_has_its_own_and_a_school_its_own_terms(self, camera: Camera, school: School) -> None:
        today = timezone.localdate()
        DisturbanceTerms.objects.create(
            school=school,
            clips_a_day=1,
            undecided_hours=24,
            ordinary_hours=1,
            reported_days=7,
            source="[P] школы",
            effective_from=today,
        )
        assert terms_in_force(school, today).clips_a_day == 1
        assert terms_in_force(school, today - timedelta(days=1)).clips_a_day == 3
        assert terms_in_force(SchoolFactory.create(), today).clips_a_day == 3
        found = disturbance(camera, 6.0)
        assert found.expires_at - timezone.now() < timedelta(hours=25)
        with not_drawn():
            assert take_event(camera.pk, event(5.0)) is None
            assert take_event(corridor_camera(school).pk, event(5.0))
            assert take_event(camera.pk, event(5.0, timezone.now() - timedelta(days=3)))


class TestBudgetOfADay(TestCase):
    @hypothesis_settings(max_examples=8, deadline=None)
    @given(acts=st.lists(st.one_of(st.floats(3.5, 12), st.just("look")), min_size=3, max_size=9))
    def test_never_more_than_the_budget_and_of_the_unseen_the_strongest(self, acts: list[Any]) -> None:
        school = SchoolFactory.create()
        camera, who = corridor_camera(school), actor(Role.PSYCHOLOGIST, school=school)
        noon = timezone.localtime().replace(hour=12)
        with not_drawn():
            for number, act in enumerate(acts):
                if act == "look":
                    unseen = Disturbance.objects.filter(gave_way=False, looked_at=None).order_by("at").first()
                    if unseen:
                        looked_at(who, unseen)
                else:
                    take_event(camera.pk, event(act, noon + timedelta(seconds=number), seconds=0.1))
        shown = Disturbance.objects.filter(gave_way=False)
        events = [act for act in acts if act != "look"]
        assert shown.count() == min(3, len(events))
        day = CameraDay.objects.filter(camera=camera).first()
        assert (day.not_shown if day else 0) == len(events) - shown.count()
        unseen_strengths = shown.filter(looked_at=None).values_list("strength", flat=True)
        gone = Disturbance.objects.filter(gave_way=True).values_list("strength", flat=True)
        assert not gone or not unseen_strengths or max(gone) <= min(unseen_strengths)


@pytest.mark.parametrize("role", [Role.SCHOOL_ADMIN, Role.PRINCIPAL])
def test_nobody_but_who_decides_sends_a_clip_to_the_police(camera: Camera, role: Role) -> None:
    clip = disturbance(camera)
    with pytest.raises(Disturbance.DoesNotExist):
        send_to_centre(actor(role, school=camera.room.school), clip.pk, confirmed=True)


def test_what_was_sent_to_a_centre_is_its_operators_alone(camera: Camera) -> None:
    assert not scoped_notices(actor(Role.DUTY_PERSON, school=camera.room.school)).exists()
