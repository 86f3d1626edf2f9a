"""Packs are installed whole or not at all, and what was here before stays."""

import os
from hashlib import sha256
from pathlib import Path
from threading import Thread

import pytest
from django.db import connection
from pytest_django import Settings

from analytics.enums import RunState
from analytics.models import ModelCard
from analytics.pipeline.errors import (
    ModelChanged,
    ModelFailsTrial,
    ModelMissing,
    ModelOfAnotherKind,
    NotAModel,
    SourceUnreachable,
    WrongSum,
)
from analytics.pipeline.layouts import Role
from analytics.pipeline.packs import Expression
from analytics.pipeline.yunet import YuNet
from analytics.rules.builtin_card import CARD
from analytics.rules.model_cards import CARDS
from analytics.rules.pack_sources import Said, wanted_file
from analytics.rules.refusals import RefusedError
from analytics.services import installing
from analytics.services.choosing import choose_pack
from analytics.services.installing import install_pack, remove_pack
from analytics.services.model_files import model_store
from analytics.services.packs import load_pack
from caseflow.audit.models import AuditEntry
from tests.analytics.factories import lesson, run_of
from tests.analytics.onnx_files import blue_squares, face_api, write
from tests.analytics.packs_of import complete, installed, judge_here, tiny, wanted, with_builtin_detector
from tests.analytics.pipeline.test_networks import BLUE, RED, of_one_colour, room

pytestmark = pytest.mark.django_db
OURS = [card["slug"] for card in CARDS.values()]


@pytest.fixture(autouse=True)
def files(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr(installing, "try_model", judge_here)
    settings.MEDIA_ROOT = tmp_path / "media"
    return tmp_path / "media" / "models"


def lying(files: Path) -> list[str]:
    return sorted(path.name for path in files.glob("*")) if files.exists() else []


def acts() -> list[str]:
    return list(AuditEntry.objects.order_by("pk").values_list("action", flat=True))


class TestInstalling:
    def test_a_pack_has_its_files_and_a_draft_of_its_card(self, tmp_path: Path, files: Path) -> None:
        pack = install_pack(tiny(tmp_path))
        card = pack.card
        assert pack.fresh
        assert card.pack == "own-squares+own-colours"
        assert card.slug == f"own-squares-own-colours-{card.version}"
        assert [file["role"] for file in card.files] == [Role.DETECTOR, Role.EXPRESSION]
        assert (card.licence, card.owner, card.review_on, card.impact_assessment_on) == ("MIT", "", None, None)
        assert card.thresholds == CARD["thresholds"]
        assert set(lying(files)) == {".lock", *(f"{file['sha256']}.onnx" for file in card.files)}
        assert acts() == ["model.installed"]

    def test_its_models_find_and_tell(self, tmp_path: Path) -> None:
        pack = load_pack(install_pack(tiny(tmp_path)).card)
        assert isinstance(pack.detector, YuNet)
        assert len(pack.detector.detect(room((4, 3)), 0.5)) == 1
        assert pack.expression.distribution(of_one_colour(RED))[Expression.HAPPINESS] > 0.99
        assert [file.layout for file in pack.card.files] == ["yunet", "face-api"]

    def test_the_order_in_which_the_files_are_named_says_nothing(self, tmp_path: Path) -> None:
        detector, expression = tiny(tmp_path)
        first, second = install_pack([detector, expression]), install_pack([expression, detector])
        assert first.card == second.card
        assert not second.fresh

    def test_what_comes_with_the_product_needs_no_file(self, tmp_path: Path, files: Path) -> None:
        card = install_pack(with_builtin_detector(tmp_path)).card
        assert card.pack == "blazeface+own-colours"
        assert len(lying(files)) == 2
        assert load_pack(card).expression.distribution(of_one_colour(BLUE))[Expression.ANGER] > 0.99

    def test_two_files_of_the_product_make_a_pack(self, files: Path) -> None:
        pack = load_pack(install_pack([wanted_file("blazeface", Said()), wanted_file("mini-xception", Said())]).card)
        assert sum(pack.expression.distribution(of_one_colour(BLUE)).values()) == pytest.approx(1)
        assert lying(files) == [".lock"]

    def test_other_content_is_another_version(self, tmp_path: Path) -> None:
        one = install_pack(tiny(tmp_path)).card
        other = install_pack(tiny(tmp_path, face_api(red=2))).card
        assert one.pack == other.pack
        assert one.version != other.version

    @pytest.mark.parametrize("roles", [(0,), (1,), (0, 0), (1, 1), (0, 1, 1)])
    def test_a_pack_is_one_detector_and_one_expression_network(self, tmp_path: Path, roles: tuple[int, ...]) -> None:
        both = tiny(tmp_path)
        with pytest.raises(RefusedError, match="pack_incomplete"):
            install_pack([both[role] for role in roles])


class TestRefusing:
    @pytest.fixture
    def old(self, tmp_path: Path) -> ModelCard:
        return install_pack(tiny(tmp_path / "old")).card

    @pytest.fixture
    def before(self, old: ModelCard, files: Path) -> list[str]:
        return lying(files)

    @pytest.fixture(autouse=True)
    def nothing_changed(self, old: ModelCard, before: list[str], files: Path) -> object:
        """Whatever is refused, the old pack is as it was and nothing lies beside it."""
        yield
        assert lying(files) == before
        assert [card.pk for card in ModelCard.objects.exclude(slug__in=OURS)] == [old.pk]
        assert len(load_pack(old).detector.detect(room((4, 3)), 0.5)) == 1
        assert acts() == ["model.installed"]

    def test_a_wrong_sum(self, tmp_path: Path) -> None:
        detector, _ = tiny(tmp_path)
        path, _ = write(tmp_path / "other.onnx", face_api(red=4))
        other = wanted_file(str(path), Said("0" * 64, "face-api"))
        with pytest.raises(WrongSum, match=f"pinned {'0' * 64}"):
            install_pack([detector, other])

    def test_a_file_that_broke_off(self, tmp_path: Path) -> None:
        detector, expression = tiny(tmp_path, face_api(red=4))
        os.truncate(expression.where, 200)
        with pytest.raises(WrongSum):
            install_pack([detector, expression])

    def test_a_file_that_broke_off_before_it_was_pinned(self, tmp_path: Path) -> None:
        detector, _ = tiny(tmp_path)
        with pytest.raises(NotAModel):
            install_pack([detector, wanted(tmp_path, "cut.onnx", face_api(red=4)[:200], "face-api")])

    @pytest.mark.parametrize("content", [b"", b"\x89PNG", b"PK\x03\x04" + bytes(200)])
    def test_what_is_no_model(self, tmp_path: Path, content: bytes) -> None:
        detector, _ = tiny(tmp_path)
        with pytest.raises(NotAModel):
            install_pack([detector, wanted(tmp_path, "alien.onnx", content, "face-api")])

    def test_a_model_of_another_kind(self, tmp_path: Path) -> None:
        detector, _ = tiny(tmp_path)
        with pytest.raises(ModelOfAnotherKind):
            install_pack([detector, wanted(tmp_path, "alien.onnx", blue_squares(), "face-api")])

    def test_a_model_that_gives_no_distribution(self, tmp_path: Path) -> None:
        detector, _ = tiny(tmp_path)
        with pytest.raises(ModelFailsTrial):
            install_pack([detector, wanted(tmp_path, "alien.onnx", face_api(strength=float("nan")), "face-api")])

    def test_a_file_that_is_not_there(self, tmp_path: Path) -> None:
        detector, expression = tiny(tmp_path)
        Path(expression.where).unlink()
        with pytest.raises(SourceUnreachable):
            install_pack([detector, expression])

    def test_an_address_that_nobody_answers(self, tmp_path: Path) -> None:
        detector, _ = tiny(tmp_path)
        with pytest.raises(SourceUnreachable):
            install_pack([detector, wanted_file("face-api=https://127.0.0.1:1/x.onnx", Said())])


class TestLoading:
    def test_a_missing_file_is_told_and_comes_back_by_installing_again(self, tmp_path: Path) -> None:
        card = install_pack(tiny(tmp_path)).card
        path = model_store().path_of(card.files[1]["sha256"])
        path.unlink()
        with pytest.raises(ModelMissing):
            load_pack(card)
        assert install_pack(tiny(tmp_path)).card == card
        assert load_pack(card).card.version == card.version

    def test_a_changed_file_is_told(self, tmp_path: Path) -> None:
        card = install_pack(tiny(tmp_path)).card
        model_store().path_of(card.files[0]["sha256"]).write_bytes(blue_squares(64, 64))
        with pytest.raises(ModelChanged):
            load_pack(card)

    def test_a_card_that_does_not_say_how_its_files_are_read_is_refused(self) -> None:
        card = ModelCard(pack="older", version="1", files=CARD["files"])
        with pytest.raises(ModelChanged, match="older 1: the pack of another version"):
            load_pack(card)

    def test_a_second_model_comes_from_another_card(self, tmp_path: Path) -> None:
        card, builtin = install_pack(tiny(tmp_path)).card, ModelCard.objects.get(slug=CARD["slug"])
        one, other = load_pack(card, builtin), load_pack(builtin, card)
        assert one.second is not None
        assert other.second is not None
        assert set(one.second.distribution(of_one_colour(RED))) == set(
            other.expression.distribution(of_one_colour(RED))
        )
        assert other.second.distribution(of_one_colour(RED))[Expression.HAPPINESS] > 0.99
        assert load_pack(card).second is None


class TestRemoving:
    def test_the_files_go_and_so_does_a_card_that_was_never_used(self, tmp_path: Path, files: Path) -> None:
        card = install_pack(tiny(tmp_path)).card
        assert remove_pack(card)
        assert lying(files) == [".lock"]
        assert not ModelCard.objects.filter(pk=card.pk).exists()
        assert acts() == ["model.installed", "model.removed"]

    def test_a_file_that_another_pack_names_stays(self, tmp_path: Path) -> None:
        one, other = install_pack(tiny(tmp_path)).card, install_pack(tiny(tmp_path, face_api(red=2))).card
        remove_pack(one)
        assert len(load_pack(other).detector.detect(room((4, 3)), 0.5)) == 1

    def test_a_card_that_was_used_stays(self, tmp_path: Path) -> None:
        card = install_pack(tiny(tmp_path)).card
        run_of(lesson(pupils=1), card=card, state=RunState.DONE)
        assert not remove_pack(card)
        with pytest.raises(ModelMissing):
            load_pack(card)

    def test_what_analyses_or_is_waited_for_is_not_removed(self, tmp_path: Path) -> None:
        card, second = installed(tiny(tmp_path)), installed(tiny(tmp_path, face_api(red=2)))
        awaited, awaited_second = installed(tiny(tmp_path, face_api(red=4))), installed(tiny(tmp_path, face_api(red=5)))
        choose_pack(card, second)
        run_of(lesson(pupils=1), card=awaited, second_card=awaited_second)
        for each in (card, second, awaited, awaited_second):
            with pytest.raises(RefusedError, match="pack_in_use"):
                remove_pack(each)
        assert load_pack(awaited, awaited_second).second is not None

    def test_the_built_in_pack_is_not_removed(self) -> None:
        with pytest.raises(RefusedError, match="pack_builtin"):
            remove_pack(ModelCard.objects.get(slug=CARD["slug"]))


@pytest.mark.django_db(transaction=True)
def test_two_who_install_at_once_get_the_same_whole_pack(tmp_path: Path, files: Path) -> None:
    done: list[str] = []

    def install(number: int) -> None:
        done.append(install_pack(tiny(tmp_path / str(number))).card.slug)
        connection.close()

    threads = [Thread(target=install, args=(number,)) for number in range(3)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    (slug,) = set(done)
    assert len(done) == 3
    card = ModelCard.objects.get(slug=slug)
    assert len(load_pack(card).detector.detect(room((4, 3)), 0.5)) == 1
    assert [sha256(path.read_bytes()).hexdigest() for path in files.glob("*.onnx")] == [
        path.stem for path in files.glob("*.onnx")
    ]


def test_a_completed_card_stays_complete_when_its_pack_is_installed_again(tmp_path: Path) -> None:
    card = complete(install_pack(tiny(tmp_path)).card)
    again = install_pack(tiny(tmp_path)).card
    assert (again.owner, again.review_on) == (card.owner, card.review_on)
