"""A second model makes a signal less sure where it sees the same faces differently, and decides nothing."""

from pathlib import Path

import pytest
from django.urls import reverse
from pytest_django import Settings

from analytics.models import ModelCard, Signal, Window
from analytics.rules.builtin_card import SLUG
from analytics.rules.evidence import Evidence
from analytics.rules.gates import AGREEMENT, agreement_words, quality_gates
from analytics.services import installing
from analytics.services.signals import evaluate
from tests.analytics.conftest import Execute
from tests.analytics.factories import Lesson, history, lesson, run_on
from tests.analytics.onnx_files import face_api
from tests.analytics.packs_of import installed, judge_here, with_builtin_detector
from tests.directory.factories import signed_in

pytestmark = pytest.mark.django_db

ALL_ANGER = face_api(red=3, green=3, blue=3)


@pytest.fixture
def where() -> Lesson:
    return lesson(consented=2)


@pytest.fixture
def second(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> ModelCard:
    """A model that takes any face for an angry one."""
    settings.MEDIA_ROOT = tmp_path / "media"
    monkeypatch.setattr(installing, "try_model", judge_here)
    return installed(with_builtin_detector(tmp_path / "files", ALL_ANGER))


class TestRun:
    def test_each_window_says_how_far_the_models_are_apart(
        self, where: Lesson, second: ModelCard, film: bytes, execute: Execute
    ) -> None:
        run = run_on(where, film)
        type(run).objects.filter(pk=run.pk).update(second_card=second)
        execute(run.pk)
        windows = list(Window.objects.all())
        assert len(windows) >= 2
        for window in windows:
            assert window.p_neg < 0.3, "the built-in model sees smiles"
            assert window.disagreement == pytest.approx(1 - window.p_neg, abs=0.05)

    def test_an_installed_pack_analyses_a_lesson(
        self, where: Lesson, second: ModelCard, film: bytes, execute: Execute
    ) -> None:
        run = run_on(where, film)
        type(run).objects.filter(pk=run.pk).update(card=second)
        execute(run.pk)
        assert {round(window.p_neg, 2) for window in Window.objects.all()} == {1.0}
        assert set(Window.objects.values_list("disagreement", flat=True)) == {None}


class TestSignal:
    @staticmethod
    def filed(where: Lesson, disagreement: float | None) -> Signal:
        series = history(where)
        Window.objects.update(disagreement=disagreement)
        signal = evaluate(series)
        assert signal is not None
        return signal

    @pytest.mark.parametrize(("disagreement", "quality"), [(None, 3), (0.1, 3), (0.2, 2), (0.4, 1)])
    def test_its_quality_is_lower_where_the_models_disagree(
        self, where: Lesson, disagreement: float | None, quality: int
    ) -> None:
        signal = self.filed(where, disagreement)
        assert signal.triage_item.quality == quality
        assert Evidence.from_json(signal.evidence).figures.disagreement == pytest.approx(disagreement)

    def test_windows_at_which_one_model_looked_do_not_count_against_the_other(self, where: Lesson) -> None:
        series = history(where)
        Window.objects.filter(index=0).update(disagreement=0.4)
        signal = evaluate(series)
        assert signal is not None
        assert Evidence.from_json(signal.evidence).figures.disagreement == pytest.approx(0.4)

    @pytest.mark.parametrize(
        ("disagreement", "state", "words"), [(0.1, "pass", 3), (0.2, "borderline", 2), (0.4, "fail", 1)]
    )
    def test_the_review_says_so_in_a_figure_and_in_words(
        self, where: Lesson, disagreement: float, state: str, words: int
    ) -> None:
        signal = self.filed(where, disagreement)
        evidence, thresholds = Evidence.from_json(signal.evidence), signal.card.thresholds
        gate = quality_gates(evidence, signal.coverage, thresholds)[-1]
        assert (str(gate.label), gate.threshold, gate.state) == ("Disagreement of two models", 30, state)
        assert gate.value == pytest.approx(disagreement * 100)
        assert agreement_words(evidence, thresholds) == AGREEMENT[words]
        page = signed_in(where.psychologist).get(reverse("analytics:signal", args=[signal.pk])).content.decode()
        assert "Disagreement of two models" in page
        assert str(AGREEMENT[words]) in page

    def test_without_a_second_model_nothing_is_said_of_it(self, where: Lesson) -> None:
        signal = self.filed(where, None)
        assert agreement_words(Evidence.from_json(signal.evidence), signal.card.thresholds) is None
        page = signed_in(where.psychologist).get(reverse("analytics:signal", args=[signal.pk])).content.decode()
        assert "Second opinion" not in page
        assert "Disagreement" not in page

    def test_the_api_gives_the_figure_with_the_evidence(self, where: Lesson) -> None:
        signal = self.filed(where, 0.4)
        answer = signed_in(where.psychologist).get(f"/api/v1/signals/{signal.pk}/")
        assert answer.json()["evidence"]["figures"]["disagreement"] == pytest.approx(0.4)

    def test_the_card_has_the_thresholds(self) -> None:
        thresholds = ModelCard.objects.get(slug=SLUG).thresholds
        assert thresholds["doubt_disagreement"] < thresholds["max_disagreement"]
