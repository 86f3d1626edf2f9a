"""Clips of unusual motion: looked at, answered by a human, ended (rules 12 and 13)."""

from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.utils import timezone

from analytics.enums import ClipAct, DisturbanceAnswer
from analytics.models import Disturbance
from analytics.rules.disturbances import DisturbanceRefusedError
from analytics.services.disturbances import (
    answer_disturbance,
    end_disturbances,
    open_covered,
    open_sharp,
    sharpen,
)
from caseflow.audit.models import AuditEntry
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Camera, School
from caseflow.incidents.enums import Category
from caseflow.incidents.models import Incident
from caseflow.triage.enums import ItemState
from caseflow.triage.models import TriageItem
from caseflow.triage.services import claim, decide
from tests.analytics.disturbance_factories import (
    MADE,
    corridor_camera,
    disturbance,
    looked_at,
)
from tests.directory.factories import SchoolFactory, actor
from tests.incidents.factories import reported, teacher_at

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


class TestLooking:
    def test_without_pixelation_for_a_reason_alone_and_each_look_is_logged(
        self, camera: Camera, psychologist: Actor
    ) -> None:
        found = disturbance(camera)
        given = sharpen(psychologist, found.pk, "Надо понять, кто лежит на полу")
        assert open_sharp(psychologist, found.pk, given) == MADE + b" not"
        assert [each.act for each in found.events.all()] == [ClipAct.SHARPENED, ClipAct.ASKED, ClipAct.ADDED]
        assert AuditEntry.objects.filter(action="clip.sharpened", obj=f"disturbance:{found.pk}").count() == 1
        assert Disturbance.objects.get().looked_at

    def test_another_schools_psychologist_and_the_principal_reach_nothing(self, camera: Camera, school: School) -> None:
        found = disturbance(camera)
        strangers = (actor(Role.PSYCHOLOGIST, school=SchoolFactory.create()), actor(Role.PRINCIPAL, school=school))
        for who in strangers:
            with pytest.raises(Disturbance.DoesNotExist):
                open_covered(who, found.pk)


class TestAnswering:
    def test_nobody_answers_who_has_not_looked(self, camera: Camera, psychologist: Actor) -> None:
        found = disturbance(camera)
        assert refusal(answer_disturbance, psychologist, found.pk, "fight") == "look_first"
        assert refusal(answer_disturbance, psychologist, found.pk, "confirmed") == "no_answer"

    def test_ordinary_interaction_makes_no_report_and_the_clip_goes_within_a_day(
        self, camera: Camera, psychologist: Actor
    ) -> None:
        found = looked_at(psychologist, disturbance(camera))
        answered = answer_disturbance(psychologist, found.pk, "ordinary")
        assert (answered.answer, answered.incident) == (DisturbanceAnswer.ORDINARY, None)
        assert not Incident.objects.exists()
        assert answered.triage_item.state == ItemState.ANSWERED
        assert answered.expires_at - timezone.now() < timedelta(hours=25)
        assert refusal(answer_disturbance, psychologist, found.pk, "fight") == "answered"

    @pytest.mark.parametrize(("answer", "category"), [("fight", Category.VIOLENCE), ("bullying", Category.BULLYING)])
    def test_a_fight_and_possible_bullying_become_a_report_with_both_clocks(
        self, camera: Camera, psychologist: Actor, answer: str, category: Category
    ) -> None:
        found = looked_at(psychologist, disturbance(camera))
        report = answer_disturbance(psychologist, found.pk, answer).incident
        assert report
        assert report.category == category
        assert report.triage_item.legal_clock
        assert report.triage_item.psych_clock.code == "psych_assessment_high"
        assert bool(report.police_clock) == (category == Category.VIOLENCE)
        assert not report.parties.exists()
        assert found.events.filter(act=ClipAct.ANSWERED).count() == 1

    def test_it_can_belong_to_an_open_report_of_the_school(
        self, camera: Camera, psychologist: Actor, school: School
    ) -> None:
        known = reported(teacher_at(school))
        elsewhere = reported(teacher_at(SchoolFactory.create()))
        found = looked_at(psychologist, disturbance(camera))
        assert refusal(answer_disturbance, psychologist, found.pk, "fight", elsewhere.pk) == "no_such_report"
        Disturbance.objects.get(pk=found.pk, answer="")
        assert answer_disturbance(psychologist, found.pk, "fight", known.pk).incident == known
        assert Incident.objects.filter(school=school).count() == 1

    def test_it_waits_for_who_holds_the_item_and_is_answered_once(
        self, camera: Camera, psychologist: Actor, school: School
    ) -> None:
        found = looked_at(psychologist, disturbance(camera))
        claim(actor(Role.PSYCHOLOGIST, school=school), found.pk)
        assert refusal(answer_disturbance, psychologist, found.pk, "ordinary") == "held"
        TriageItem.objects.update(state=ItemState.LAPSED, decided_at=timezone.now())
        assert refusal(answer_disturbance, psychologist, found.pk, "ordinary") == "answered"

    def test_an_operator_answers_nothing(self, camera: Camera) -> None:
        found = disturbance(camera)
        with pytest.raises(Disturbance.DoesNotExist):
            answer_disturbance(actor(Role.SCHOOL_ADMIN, school=found.school), found.pk, "fight")

    def test_the_database_wants_a_report_for_what_was_no_ordinary_thing(self, camera: Camera) -> None:
        found = disturbance(camera)
        with pytest.raises(IntegrityError), transaction.atomic():
            Disturbance.objects.filter(pk=found.pk).update(answer="fight", answered_at=timezone.now())


class TestEnding:
    def test_what_nobody_decided_on_lapses_and_its_files_go(
        self, camera: Camera, psychologist: Actor, django_capture_on_commit_callbacks: Any
    ) -> None:
        found = disturbance(camera)
        assert end_disturbances() == 0
        Disturbance.objects.update(expires_at=timezone.now())
        with django_capture_on_commit_callbacks(execute=True):
            assert end_disturbances() == 1
        assert end_disturbances() == 0
        assert TriageItem.objects.get().state == ItemState.LAPSED
        assert not {found.covered_file, found.sharp_file} & sealed_files()
        with pytest.raises(Disturbance.DoesNotExist):
            open_covered(psychologist, found.pk)

    def test_it_ends_with_its_report(self, camera: Camera, psychologist: Actor) -> None:
        found = looked_at(psychologist, disturbance(camera))
        report = answer_disturbance(psychologist, found.pk, "fight").incident
        assert report
        assert end_disturbances() == 0
        decide(
            psychologist,
            item_id=report.triage_item_id,
            decision="dismiss",
            reason_code="not_confirmed",
            reason="Играли в догонялки",
        )
        assert end_disturbances() == 0  # it may still be taken back
        TriageItem.objects.update(decided_at=timezone.now() - timedelta(minutes=1))
        assert end_disturbances() == 1
        assert Disturbance.objects.get().answer == DisturbanceAnswer.FIGHT
