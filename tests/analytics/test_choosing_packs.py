"""Which pack analyses: only one whose card is whole, reviewed and true; and the command that does all of it."""

from collections.abc import Callable
from datetime import date, timedelta
from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from pytest_django import Settings

from analytics.enums import Mode, PackState
from analytics.models import FeatureSwitch, ModelCard, ModelChoice
from analytics.pipeline.errors import ModelChanged, ModelMissing
from analytics.rules.builtin_card import SLUG
from analytics.rules.refusals import RefusedError
from analytics.selectors.switching import all_packs, current_card, second_card
from analytics.services import installing
from analytics.services.choosing import CardWords, choose_pack, complete_card
from analytics.services.installing import install_pack
from analytics.services.model_files import model_store
from analytics.services.requesting import LessonChoice, request_run
from analytics.services.switching import set_mode
from caseflow.audit.models import AuditEntry
from tests.analytics.factories import GROUNDS, checked_upload, lesson
from tests.analytics.onnx_files import blue_squares, face_api, write
from tests.analytics.packs_of import complete, installed, judge_here, tiny

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installing, "try_model", judge_here)
    settings.MEDIA_ROOT = tmp_path / "media"


@pytest.fixture
def builtin() -> ModelCard:
    return ModelCard.objects.get(slug=SLUG)


@pytest.fixture
def card(tmp_path: Path) -> ModelCard:
    return installed(tiny(tmp_path))


def overdue(card: ModelCard) -> ModelCard:
    ModelCard.objects.filter(pk=card.pk).update(review_on=timezone.localdate())
    card.refresh_from_db()
    return card


class TestChoosing:
    def test_without_a_choice_the_built_in_pack_analyses(self, builtin: ModelCard, card: ModelCard) -> None:
        assert current_card() == builtin
        assert second_card() is None

    def test_the_latest_choice_counts_and_is_on_record(self, builtin: ModelCard, card: ModelCard) -> None:
        choose_pack(card, builtin)
        assert (current_card(), second_card()) == (card, builtin)
        choose_pack(builtin)
        assert (current_card(), second_card()) == (builtin, None)
        entry = AuditEntry.objects.filter(action="model.chosen").order_by("pk").first()
        assert entry is not None
        assert (entry.obj, entry.detail) == (f"card:{card.slug}", {"second": SLUG})

    def test_a_draft_is_refused(self, tmp_path: Path, builtin: ModelCard) -> None:
        draft = install_pack(tiny(tmp_path)).card
        for pair in ((draft, None), (builtin, draft)):
            with pytest.raises(RefusedError, match="card_incomplete"):
                choose_pack(*pair)
        assert current_card() == builtin

    def test_an_overdue_review_is_refused(self, card: ModelCard, builtin: ModelCard) -> None:
        with pytest.raises(RefusedError, match="review_overdue"):
            choose_pack(overdue(card))
        with pytest.raises(RefusedError, match="review_overdue"):
            choose_pack(builtin, card)
        assert not ModelChoice.objects.exists()

    def test_a_missing_file_is_refused(self, card: ModelCard) -> None:
        model_store().remove(card.files[1]["sha256"])
        with pytest.raises(ModelMissing):
            choose_pack(card)
        assert not ModelChoice.objects.exists()

    def test_a_changed_file_is_refused(self, card: ModelCard, builtin: ModelCard) -> None:
        model_store().path_of(card.files[1]["sha256"]).write_bytes(face_api(red=6))
        for pair in ((card, None), (builtin, card)):
            with pytest.raises(ModelChanged):
                choose_pack(*pair)
        assert not ModelChoice.objects.exists()

    def test_a_second_opinion_is_another_ones(self, card: ModelCard) -> None:
        with pytest.raises(RefusedError, match="second_is_same"):
            choose_pack(card, card)
        with pytest.raises(IntegrityError):
            ModelChoice.objects.create(card=card, second=card)

    def test_a_run_keeps_the_models_it_was_asked_for_with(self, card: ModelCard, builtin: ModelCard) -> None:
        where = lesson(pupils=1)
        choose_pack(builtin, card)
        run = request_run(where.psychologist, checked_upload(where).pk, LessonChoice(where.slot.pk, where.date))
        choose_pack(card)
        run.refresh_from_db()
        assert (run.card, run.second_card) == (builtin, card)

    def test_no_school_is_switched_on_while_the_review_is_overdue(self, builtin: ModelCard) -> None:
        where = lesson(pupils=1)
        overdue(builtin)
        with pytest.raises(RefusedError, match="review_overdue"):
            set_mode(where.psychologist.user, where.school, Mode.ACTIVE, GROUNDS)
        set_mode(where.psychologist.user, where.school, Mode.OFF)

    def test_a_school_is_switched_on_with_the_card_that_runs(self, card: ModelCard) -> None:
        where = lesson(pupils=1)
        choose_pack(card)
        set_mode(where.psychologist.user, where.school, Mode.ACTIVE, GROUNDS)
        latest = FeatureSwitch.objects.first()
        assert latest is not None
        assert latest.card == card


class TestCompleting:
    def test_what_is_said_is_added_and_the_rest_stays(self, tmp_path: Path) -> None:
        card = complete(install_pack(tiny(tmp_path)).card)
        words = CardWords(limits=("No figures for head scarves.",), licence="Apache-2.0")
        again = complete_card(card, words)
        assert (again.owner, again.review_on) == (card.owner, card.review_on)
        assert again.limits[-1] == "No figures for head scarves."
        assert again.licence == "Apache-2.0"
        assert {file["licence"] for file in again.files} == {"MIT"}
        assert AuditEntry.objects.filter(action="card.completed").count() == 2

    def test_files_without_a_licence_get_the_one_that_is_said(self, card: ModelCard) -> None:
        card.files[0]["licence"] = ""
        card.save()
        assert complete_card(card, CardWords(licence="BSD-3-Clause")).files[0]["licence"] == "BSD-3-Clause"

    def test_days_must_make_sense(self, card: ModelCard) -> None:
        today = timezone.localdate()
        with pytest.raises(RefusedError, match="review_overdue"):
            complete_card(card, CardWords(review_on=today))
        with pytest.raises(RefusedError, match="assessment_in_future"):
            complete_card(card, CardWords(impact_assessment_on=today + timedelta(days=1)))

    def test_the_built_in_card_is_reviewed_in_the_same_way(self, builtin: ModelCard) -> None:
        later = timezone.localdate() + timedelta(days=400)
        assert complete_card(overdue(builtin), CardWords(review_on=later)).review_on == later


class TestListing:
    def test_each_pack_says_what_it_does(self, tmp_path: Path, builtin: ModelCard, card: ModelCard) -> None:
        second = installed(tiny(tmp_path, face_api(red=2)))
        draft = install_pack(tiny(tmp_path, face_api(red=4))).card
        late = overdue(installed(tiny(tmp_path, face_api(red=5))))
        choose_pack(card, second)
        assert [(pack.card, pack.state, pack.in_use) for pack in all_packs()] == [
            (card, PackState.ANALYSES, True),
            (second, PackState.SECOND, True),
            (builtin, PackState.READY, False),
            (late, PackState.OVERDUE, False),
            (draft, PackState.DRAFT, False),
        ]

    def test_it_takes_the_same_queries_for_any_number(self, tmp_path: Path) -> None:
        def asked() -> int:
            with CaptureQueriesContext(
                connection,
            ) as queries:
                all_packs()
            return len(queries)

        before = asked()
        for label in (2, 4, 5):
            install_pack(tiny(tmp_path, face_api(red=label)))
        assert asked() == before == 3


Models = Callable[..., str]


@pytest.fixture
def models() -> Models:
    def call(*arguments: object) -> str:
        out = StringIO()
        call_command("models", "--language", "en", *(str(argument) for argument in arguments), stdout=out)
        return out.getvalue()

    return call


class TestCommand:
    def test_from_files_to_an_analysing_pack(self, models: Models, tmp_path: Path) -> None:
        squares, squares_sum = write(tmp_path / "squares.onnx", blue_squares())
        with pytest.raises(CommandError, match="Name both"):
            models("install", squares, "--sha256", squares_sum, "--layout", "yunet")
        colours, colours_sum = write(tmp_path / "colours.onnx", face_api())
        said = models("install", "blazeface", colours, "--sha256", colours_sum, "--layout", "face-api")
        slug = said.split()[1].rstrip(".")
        assert said.startswith(f"Installed: {slug}.\n  – Missing: the owner\n")
        assert models("list").splitlines()[1].startswith(slug)
        with pytest.raises(CommandError, match=r"does not say all it must.*\n  – Missing: the owner"):
            models("use", slug)

        later = timezone.localdate() + timedelta(days=90)
        said = models("card", slug, "--owner", "The district", "--review-on", later, "--licence", "MIT")
        assert said.splitlines() == [
            "  – Missing: the published accuracy of its expression network, with its source",
            "  – Missing: the day of the impact assessment",
        ]
        figure = "Colours told right|100 %|own test"
        said = models("card", slug, "--impact-assessed-on", timezone.localdate(), "--accuracy", figure)
        assert said == f"The card is complete: {slug}.\n"
        assert "analyses from now on" in models("use", slug, "--second", SLUG)
        assert [line.split("  ")[0] for line in models("list").splitlines()] == [slug, SLUG]
        with pytest.raises(CommandError, match="Choose another one first"):
            models("remove", slug)
        models("use", SLUG)
        assert models("remove", slug) == f"Removed: {slug}. Its card stays, for it has been used.\n"

    def test_a_second_installation_says_so(self, models: Models, tmp_path: Path) -> None:
        colours, sum_ = write(tmp_path / "colours.onnx", face_api())
        arguments = ("install", "blazeface", colours, "--sha256", sum_, "--layout", "face-api")
        models(*arguments)
        assert models(*arguments).startswith("Was installed already: blazeface-own-colours-")
        assert models("remove", ModelCard.objects.get(slug__startswith="blazeface-own-colours-").slug).startswith(
            "Removed: "
        )

    @pytest.mark.parametrize(
        ("language", "says"),
        [("en", "The content is not the pinned one"), ("ru", "Содержимое"), ("kk", "Мазмұны")],
    )
    def test_a_wrong_sum_is_told_in_the_language_asked_for(self, tmp_path: Path, language: str, says: str) -> None:
        write(tmp_path / "faceapi_expression.onnx", face_api())
        with pytest.raises(CommandError, match=says):
            call_command(
                "models", "--language", language, "install", "blazeface", str(tmp_path / "faceapi_expression.onnx")
            )

    def test_one_sum_is_not_that_of_two_files(self, models: Models) -> None:
        with pytest.raises(CommandError, match="No sha256 is known"):
            models("install", "enet-b2-7", "enet-b0-8-best-afew", "--sha256", "ab" * 32)

    def test_the_catalogue_names_roles_layouts_and_pins(self, models: Models) -> None:
        lines = models("catalogue").splitlines()
        assert lines[0].split() == ["Name", "Role", "Layout", "Licence", "sha256", "Where", "from"]
        assert any(line.split()[:4] == ["yunet-2026may", "face", "detector", "yunet"] for line in lines)
        assert any(line.startswith("blazeface") and line.endswith("comes with the product") for line in lines)
        assert any(line.startswith("face-api") and line.endswith("from a file of yours") for line in lines)
        assert any(line.startswith("enet-b2-7") and " –  " in line for line in lines)

    @pytest.mark.parametrize("figure", ["a|b", "a|b|", "a|b|c|d"])
    def test_a_figure_has_three_parts(self, models: Models, figure: str) -> None:
        with pytest.raises(CommandError, match="accuracy"):
            models("card", SLUG, "--accuracy", figure)

    def test_an_unknown_card_is_told(self, models: Models) -> None:
        with pytest.raises(CommandError, match=f"There are: {SLUG}"):
            models("use", "none")

    def test_a_day_in_the_past_is_no_day_of_review(self, models: Models) -> None:
        with pytest.raises(CommandError, match="The review of this card is overdue"):
            models("card", SLUG, "--review-on", date(2020, 1, 1))
