"""The switch of a school, the switch of everything, and the card without which nothing runs."""

import pytest
from django.db import IntegrityError
from django.test import Client
from django.test.utils import override_settings
from django.urls import reverse

from analytics.enums import Mode, RunState
from analytics.models import FeatureSwitch, ModelCard
from analytics.pipeline.builtin import BUILTIN_CARD
from analytics.pipeline.quality import Thresholds
from analytics.rules.refusals import RefusedError
from analytics.selectors.switching import any_on, mode_of
from analytics.services.leases import reason_to_stop
from analytics.services.switching import set_mode, stop_everything
from analytics.services.uploads import begin_upload
from caseflow.audit.models import AuditEntry
from caseflow.directory.enums import Role
from caseflow.triage.services import decide
from tests.analytics.factories import (
    GROUNDS,
    Lesson,
    lesson,
    run_of,
    signal_for,
)
from tests.directory.factories import actor, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def where() -> Lesson:
    return lesson(pupils=2)


@pytest.fixture
def client(where: Lesson) -> Client:
    return signed_in(where.psychologist)


@pytest.fixture
def lead(where: Lesson) -> Client:
    return signed_in(actor(Role.LEAD_PSYCHOLOGIST, district=where.school.district))


def text(client: Client, name: str, *args: object) -> str:
    answer = client.get(reverse(f"analytics:{name}", args=args))
    assert answer.status_code == 200
    return answer.content.decode()


class TestSwitch:
    def test_shipped_off(self, where: Lesson) -> None:
        FeatureSwitch.objects.all().delete()

        assert mode_of(where.school.pk) == Mode.OFF
        assert not any_on([where.school.pk])

    def test_the_latest_turn_counts_and_all_stay_on_record(self, where: Lesson, lead: Client) -> None:
        url = reverse("analytics:switch-school", args=[where.school.pk])

        lead.post(url, {"mode": "off"})
        assert mode_of(where.school.pk) == Mode.OFF
        lead.post(url, {"mode": "shadow", "legal_basis": "Order no. 9", "impact_assessment_on": "2026-02-01"})

        assert mode_of(where.school.pk) == Mode.SHADOW
        assert FeatureSwitch.objects.count() == 3
        assert AuditEntry.objects.filter(action="mood.switched").count() == 3

    @pytest.mark.parametrize(
        ("sent", "says"),
        [
            ({"mode": "active"}, "Say on which legal basis"),
            ({"mode": "active", "legal_basis": "x"}, "Say on which legal basis"),
            ({"mode": "shadow", "legal_basis": "x", "impact_assessment_on": "2999-01-01"}, "cannot lie in the future"),
        ],
    )
    def test_without_grounds_it_stays_as_it_is(
        self, where: Lesson, lead: Client, sent: dict[str, str], says: str
    ) -> None:
        answer = lead.post(reverse("analytics:switch-school", args=[where.school.pk]), sent)

        assert answer.status_code == 422
        assert says in answer.content.decode()
        assert FeatureSwitch.objects.count() == 1

    def test_without_a_card_nothing_can_be_switched_on(self, where: Lesson) -> None:
        ModelCard.objects.update(version="0.1")

        with pytest.raises(RefusedError, match="no_model_card"):
            set_mode(where.psychologist.user, where.school, Mode.ACTIVE, GROUNDS)

    @override_settings(JURISDICTION="EU")
    def test_where_the_ai_act_applies_it_is_refused_and_everything_is_off(self, where: Lesson, lead: Client) -> None:
        with pytest.raises(RefusedError, match="jurisdiction"):
            set_mode(where.psychologist.user, where.school, Mode.ACTIVE, GROUNDS)
        assert mode_of(where.school.pk) == Mode.OFF
        assert "article 5(1)(f)" in text(lead, "switch")

    def test_the_systems_stop_ends_everything_and_is_released_again(self, where: Lesson) -> None:
        run = run_of(where, state=RunState.RUNNING)
        admin = actor(Role.SYSTEM_ADMIN)
        client = signed_in(admin)

        client.post(reverse("analytics:switch-everything"), {"mode": "off"})
        assert mode_of(where.school.pk) == Mode.OFF
        assert reason_to_stop(run.pk) == "stopped"
        assert "Stopped for the whole installation." in text(client, "switch")

        stop_everything(admin, stopped=False)
        assert mode_of(where.school.pk) == Mode.ACTIVE
        assert reason_to_stop(run.pk) == ""

    def test_while_everything_is_stopped_no_video_is_taken(self, where: Lesson, client: Client) -> None:
        is_off = "Mood analysis is switched off."
        assert is_off not in text(client, "videos")

        stop_everything(actor(Role.SYSTEM_ADMIN), stopped=True)

        assert is_off in text(client, "videos")
        with pytest.raises(RefusedError, match="switched_off"):
            begin_upload(where.psychologist, length=1000, file_name="lesson.mp4")

    def test_a_lead_of_another_district_cannot_switch(self, where: Lesson) -> None:
        stranger = signed_in(actor(Role.LEAD_PSYCHOLOGIST, district=lesson(pupils=1).school.district))
        url = reverse("analytics:switch-school", args=[where.school.pk])

        assert stranger.post(url, {"mode": "off"}).status_code == 404
        assert stranger.post(url, {"mode": "active"}).status_code == 404
        assert mode_of(where.school.pk) == Mode.ACTIVE

    @pytest.mark.parametrize("role", [Role.PSYCHOLOGIST, Role.PRINCIPAL, Role.SCHOOL_ADMIN])
    def test_nobody_else_switches(self, where: Lesson, role: Role) -> None:
        other = signed_in(actor(role, school=where.school))

        assert other.get(reverse("analytics:switch")).status_code == 403
        assert other.post(reverse("analytics:switch-school", args=[where.school.pk])).status_code == 403
        assert other.post(reverse("analytics:switch-everything")).status_code == 403

    def test_grounds_are_required_by_the_database_too(self, where: Lesson) -> None:
        with pytest.raises(IntegrityError):
            FeatureSwitch.objects.create(school=where.school, mode=Mode.ACTIVE, by=where.psychologist.user)


class TestCard:
    def test_the_built_in_pack_has_its_card(self) -> None:
        card = ModelCard.objects.get(pack="tirek-builtin")

        assert (card.pack, card.version) == (BUILTIN_CARD.name, BUILTIN_CARD.version)
        assert [file["sha256"] for file in card.files] == [file.sha256 for file in BUILTIN_CARD.files]
        used = Thresholds()
        assert card.thresholds["min_score"] == used.min_score
        assert card.thresholds["min_face_height_px"] == used.min_face_height_px
        assert card.thresholds["min_sharpness"] == used.min_sharpness
        assert card.thresholds["max_nose_offset"] == used.max_nose_offset

    @pytest.mark.parametrize("role", [Role.TEACHER, Role.PRINCIPAL, Role.PSYCHOLOGIST])
    def test_all_staff_can_read_it(self, where: Lesson, role: Role) -> None:
        page = text(signed_in(actor(role, school=where.school)), "card", "tirek-builtin-1-0")

        assert "Known limits" in page
        assert BUILTIN_CARD.files[0].sha256 in page
        assert ("What people decided" in page) == (role == Role.PSYCHOLOGIST)

    def test_it_shows_how_people_decided(self, where: Lesson, client: Client) -> None:
        decide(where.psychologist, item_id=signal_for(where).pk, decision="open_case")
        signal_for(where, 1)

        page = text(client, "card", "tirek-builtin-1-0")

        assert f'{where.school.name}</th><td class="num text-end">2</td><td class="num text-end">1</td>' in page

    def test_an_unknown_card_is_not_there(self, client: Client) -> None:
        assert client.get(reverse("analytics:card", args=["none"])).status_code == 404
