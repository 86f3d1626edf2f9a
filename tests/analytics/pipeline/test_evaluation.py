"""A model on labelled faces: a real smile is told as one, and what cannot be used or read is counted, not fatal."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from statistics import fmean

import cv2
import numpy as np
import pytest

from analytics.pipeline.clips import Clip, Person, draw_frame, render_clip
from analytics.pipeline.engine import analyse
from analytics.pipeline.evaluation import (
    CANNOT_BE_OPENED,
    FEWEST_IN_A_GROUP,
    NO_WINDOW,
    OTHER_KIND,
    Unreadable,
    clip_shares,
    evaluate,
    picture_shares,
)
from analytics.pipeline.evaluation_json import evaluation_json
from analytics.pipeline.figures import Share
from analytics.pipeline.geometry import Seat, SeatPlan
from analytics.pipeline.images import Image
from analytics.pipeline.labelled import read_labelled_set
from analytics.pipeline.packs import Expression, Face, ModelPack
from analytics.pipeline.quality import Rejection, Thresholds
from analytics.pipeline.windows import pooled
from tests.analytics.pipeline.sources import CARD, ArraySource, box, frontal_face, scripted_pack, textured

FACE = frontal_face(20, 20, 100)
SMILING = Person(0.5, 0.45, 0.4, sway_share=0.0)


def smile(width_px: int = 400, height_px: int = 300) -> Image:
    return draw_frame(Clip((), (SMILING,), width_px, height_px), 0.0)


def save(path: Path, image: Image) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    assert cv2.imwrite(str(path), image)


@dataclass
class Playing:
    """Finds in each image what is next in turn, and says of each face what is next in turn."""

    faces: list[list[Face]]
    shares: list[Mapping[Expression, float]]
    met: list[Image] = field(default_factory=list)
    in_colour: bool = True

    def detect(self, image: Image, min_score: float) -> list[Face]:
        return self.faces.pop(0)

    def distribution(self, face: Image) -> Mapping[Expression, float]:
        return self.shares.pop(0)

    def pack(self) -> ModelPack:
        return ModelPack(CARD, self, self)


def sad(share: float) -> Mapping[Expression, float]:
    return {Expression.SADNESS: share, Expression.HAPPINESS: 1 - share}


class TestPicture:
    def test_a_smile_is_told_as_one(self, pack: ModelPack) -> None:
        shares = picture_shares(smile(), pack, Thresholds())
        assert isinstance(shares, Mapping)
        assert shares[Expression.HAPPINESS] > 0.9

    def test_a_face_may_be_of_any_size_above_the_least(self) -> None:
        large, _detector, _expression = scripted_pack(frontal_face(0, 0, 190))
        small, _detector, _expression = scripted_pack(frontal_face(0, 0, 71))
        assert isinstance(picture_shares(textured(200, 200), large, Thresholds()), Mapping)
        assert picture_shares(textured(200, 200), small, Thresholds()) is Rejection.TOO_SMALL

    @pytest.mark.parametrize(
        ("faces", "reason"),
        [
            ([], Rejection.NO_FACE),
            ([FACE, frontal_face(150, 150, 40)], Rejection.MORE_THAN_ONE_FACE),
            ([frontal_face(150, 20, 100)], Rejection.CUT_BY_EDGE),
        ],
    )
    def test_none_and_several_and_cut_ones_are_not_used(self, faces: list[Face], reason: Rejection) -> None:
        pack, _detector, expression = scripted_pack(*faces)
        assert picture_shares(textured(200, 200), pack, Thresholds()) is reason
        assert expression.seen == []

    def test_a_blurred_one_is_not_used(self) -> None:
        pack, _detector, expression = scripted_pack(FACE)
        flat = np.full((200, 200, 3), 90, dtype=np.uint8)
        assert picture_shares(flat, pack, Thresholds()) is Rejection.BLURRED
        assert expression.seen == []


class TestClip:
    def test_it_is_the_mean_over_its_windows_and_not_over_its_frames(self) -> None:
        """Ten frames in the first window and five in the second; the third has too few."""
        shares = [sad(0.2)] * 10 + [sad(0.8)] * 5 + [sad(1.0)] * 4
        faces = [[FACE]] * 10 + [[FACE], []] * 5 + [[FACE]] * 4
        playing = Playing(faces, shares)
        found = clip_shares(ArraySource([textured(200, 200)] * 24), playing.pack(), Thresholds())
        assert found == pytest.approx(sad(0.5))

    def test_it_is_what_a_lesson_would_give(self, pack: ModelPack) -> None:
        images = [draw_frame(Clip((), (Person(0.5, 0.45, 0.4),), 400, 300), float(second)) for second in range(16)]
        plan = SeatPlan((Seat("a", box(0, 0, 1, 1), 0.4),), 400 / 300)
        lesson = analyse(ArraySource(images), plan, pack, lambda _seat, _t: True)
        found = clip_shares(ArraySource(images), pack, Thresholds())
        assert isinstance(found, Mapping)
        windows = lesson.seats[0].windows
        assert len(windows) == 2
        assert pooled(found) == pytest.approx(
            (fmean(window.p_neg for window in windows), fmean(window.p_pos for window in windows))
        )

    def test_with_too_few_frames_in_every_window_it_is_not_used(self) -> None:
        playing = Playing([[FACE]] * 4 + [[]] * 8, [sad(0.2)] * 4)
        assert clip_shares(ArraySource([textured(200, 200)] * 12), playing.pack(), Thresholds()) == NO_WINDOW

    def test_where_no_frame_can_be_used_the_commonest_reason_is_told(self) -> None:
        playing = Playing([[]] * 2 + [[frontal_face(0, 0, 50)]] * 3, [])
        found = clip_shares(ArraySource([textured(200, 200)] * 5), playing.pack(), Thresholds())
        assert found is Rejection.TOO_SMALL


class TestSet:
    def test_real_faces_and_a_real_clip(self, pack: ModelPack, tmp_path: Path) -> None:
        """The portrait smiles; labelled as sad it is one that the model gets wrong."""
        save(tmp_path / "happy" / "a.png", smile())
        save(tmp_path / "happy" / "b.jpg", smile(600, 300))
        save(tmp_path / "sad" / "c.png", smile())
        render_clip(tmp_path / "happy" / "d.mp4", Clip((), (SMILING,), 400, 300, fps=2, duration_s=7))
        found = evaluate(read_labelled_set(tmp_path), pack, Thresholds())
        assert (found.files, found.used, found.not_used, found.unreadable) == (4, 4, {}, ())
        assert found.figures is not None
        assert found.figures.single is not None
        assert found.figures.single.classes == ("happiness", "sadness")
        assert found.figures.single.counts == ((3, 0), (1, 0))
        assert found.figures.pooled.counts == ((0, 0, 1), (0, 0, 0), (0, 0, 3))
        assert found.figures.calibration.expected_error == pytest.approx(0.25, abs=0.06)

    def test_what_cannot_be_used_or_read_is_counted(self, pack: ModelPack, tmp_path: Path) -> None:
        save(tmp_path / "happy" / "a.png", smile())
        save(tmp_path / "happy" / "empty.png", textured(300, 200) // 8)
        (tmp_path / "happy" / "broken.jpg").write_bytes(b"\xff\xd8\xffno")
        (tmp_path / "happy" / "film.mp4").write_bytes(b"no film")
        (tmp_path / "happy" / "notes.txt").touch()
        labelled = read_labelled_set(tmp_path)
        save(tmp_path / "happy" / "gone.png", smile())
        gone = read_labelled_set(tmp_path).files[-1]
        assert gone.name == "happy/gone.png"
        gone.path.unlink()
        found = evaluate(type(labelled)((*labelled.files, gone), labelled.others), pack, Thresholds())
        assert (found.files, found.used, found.not_used) == (2, 1, {"no_face": 1})
        assert found.unreadable == (
            Unreadable("happy/notes.txt", OTHER_KIND),
            Unreadable("happy/broken.jpg", "not_a_picture"),
            Unreadable("happy/film.mp4", "not_a_video"),
            Unreadable("happy/gone.png", CANNOT_BE_OPENED),
        )

    def test_without_a_face_there_are_no_figures(self, tmp_path: Path) -> None:
        save(tmp_path / "happy" / "a.png", textured(200, 200))
        nobody, _detector, _expression = scripted_pack()
        found = evaluate(read_labelled_set(tmp_path), nobody, Thresholds())
        assert (found.files, found.used, found.figures) == (1, 0, None)
        assert evaluation_json(found)["figures"] is None


class TestGroups:
    @pytest.fixture
    def grouped(self, tmp_path: Path) -> Path:
        """Glasses: five used, two of them sad and told as happy. Scarf: five, of which four used. Few: four."""
        rows = ["file,group"]
        for number in range(5):
            label = "sad" if number < 2 else "happy"
            save(tmp_path / label / f"{number}.png", textured(200, 200))
            rows.append(f"{label}/{number}.png,glasses")
        for number in range(4):
            save(tmp_path / "happy" / f"s{number}.png", textured(200, 200))
            rows += [f"happy/s{number}.png,scarf", f"happy/s{number}.png,few"]
        save(tmp_path / "happy" / "s9.png", np.zeros((200, 200, 3), dtype=np.uint8))
        rows.append("happy/s9.png,scarf")
        (tmp_path / "groups.csv").write_text("\n".join(rows), encoding="utf-8")
        return tmp_path

    def test_each_group_has_the_same_figures_and_a_small_one_none(self, grouped: Path) -> None:
        pack, _detector, _expression = scripted_pack(FACE)
        found = evaluate(read_labelled_set(grouped), pack, Thresholds())
        assert (found.files, found.used, found.not_used) == (10, 9, {"blurred": 1})
        few, glasses, scarf = found.groups
        assert (few.name, few.files, few.used, few.figures) == ("few", FEWEST_IN_A_GROUP - 1, None, None)
        assert (glasses.name, glasses.files, glasses.used) == ("glasses", 5, Share(5, 5))
        assert glasses.figures is not None
        assert glasses.figures.pooled.accuracy == Share(3, 5)
        assert (scarf.name, scarf.files, scarf.used, scarf.figures) == ("scarf", 5, Share(4, 5), None)

    def test_as_json_a_small_group_has_no_figures_and_no_file_has_a_name(self, grouped: Path) -> None:
        pack, _detector, _expression = scripted_pack(FACE)
        kept = evaluation_json(evaluate(read_labelled_set(grouped), pack, Thresholds()))
        assert {name: kept[name] for name in ("files", "used", "not_used", "unreadable")} == {
            "files": 10,
            "used": 9,
            "not_used": {"blurred": 1},
            "unreadable": {},
        }
        few, glasses, scarf = kept["groups"]
        assert few == {"group": "few", "too_few": True}
        assert (glasses["too_few"], glasses["figures"]["n"]) == (False, 5)
        assert scarf["used"] == {"count": 4, "n": 5, "value": 0.8, "low": 0.3755, "high": 0.9638}
        assert "figures" not in scarf
        assert kept["figures"]["pooled"]["accuracy"]["count"] == 7
        assert kept["figures"]["single"]["by_class"]["sadness"]["precision"] == {
            "count": 0, "n": 0, "value": None, "low": None, "high": None,
        }  # fmt: skip
        filled = [one for one in kept["figures"]["calibration"]["bins"] if one["right"]["n"]]
        assert [(one["from"], one["mean_confidence"], one["right"]["count"]) for one in filled] == [(0.7, 0.7, 7)]
        assert ".png" not in str(kept)
