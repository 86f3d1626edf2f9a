"""A still shows nobody: pictures by content, without metadata, refused or blurred where there are faces."""

from io import BytesIO
from pathlib import Path
from typing import Any

import cv2
import numpy as np
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from PIL import Image as Picture

from analytics.enums import StillKind
from analytics.models import WaitingStill
from analytics.pipeline.builtin import load_builtin_detector
from analytics.pipeline.errors import ModelMissing
from analytics.pipeline.images import Image
from analytics.pipeline.packs import Face
from analytics.pipeline.stills import POINTS_ACROSS, blurred_as_a_whole, shows_a_face
from analytics.rules.plan_refusals import PlanRefusedError
from analytics.services import stills
from analytics.services.stills import decoded, keep_still, waiting_still_file
from tests.analytics.plan_factories import HEIGHT, WIDTH, Room, empty, photographed, pixels, png, room, with_pupils
from tests.directory.factories import signed_in

DETECTOR = load_builtin_detector()


class TestFindingFaces:
    def test_the_empty_room_shows_none(self) -> None:
        assert not shows_a_face(empty(), DETECTOR)

    def test_the_faces_of_a_lesson_are_found(self) -> None:
        assert shows_a_face(with_pupils(), DETECTOR)

    @pytest.mark.parametrize("share", [1.0, 0.5])
    def test_a_single_small_face_in_a_large_picture_is_found(self, share: float) -> None:
        large = np.full((1080, 1920, 3), 150, np.uint8)
        people = with_pupils()
        face = cv2.resize(people[60:230, 90:230], None, fx=share, fy=share, interpolation=cv2.INTER_AREA)
        large[700 : 700 + face.shape[0], 1500 : 1500 + face.shape[1]] = face

        assert shows_a_face(large, DETECTOR)


class TestBlurringAsAWhole:
    def test_no_face_is_left_and_the_size_stays(self) -> None:
        blurred = blurred_as_a_whole(with_pupils(), DETECTOR)

        assert blurred.shape == (HEIGHT, WIDTH, 3)
        assert not shows_a_face(blurred, DETECTOR)

    def test_nothing_finer_than_the_chosen_points_is_left(self) -> None:
        noise = np.random.default_rng(1).integers(0, 256, (HEIGHT, WIDTH, 3), np.uint8)
        blurred = blurred_as_a_whole(noise, DETECTOR)
        coarse = cv2.resize(blurred, (POINTS_ACROSS[0], POINTS_ACROSS[0]), interpolation=cv2.INTER_AREA)
        again = cv2.resize(coarse, (WIDTH, HEIGHT), interpolation=cv2.INTER_CUBIC).astype(float)

        assert np.abs(noise - again).mean() > 50
        assert np.abs(blurred - again).mean() < 3

    def test_a_face_that_fills_the_picture_is_made_coarser_until_it_is_none(self) -> None:
        close = np.asarray(cv2.resize(with_pupils()[40:250, 60:260], (900, 900)), np.uint8)

        assert shows_a_face(close, DETECTOR)
        assert not shows_a_face(blurred_as_a_whole(close, DETECTOR), DETECTOR)

    def test_where_a_face_is_seen_to_the_last_the_coarsest_picture_is_left(self) -> None:
        stripe = WIDTH // POINTS_ACROSS[-1] // 2  # a dark and a bright one fall into one of the coarsest points
        row = (np.arange(WIDTH) // stripe % 2 * 255).astype(np.uint8)
        stripes = np.repeat(np.tile(row, (HEIGHT, 1))[:, :, None], 3, axis=2)

        assert blurred_as_a_whole(stripes, Seeing()).std() > 50
        assert blurred_as_a_whole(stripes, Seeing(Face(0, 0, 9, 9, 1.0, (3, 3), (6, 3), (4, 5)))).std() < 5


class Seeing:
    """A detector that sees the same in every picture."""

    def __init__(self, *faces: Face) -> None:
        self.faces = list(faces)

    def detect(self, _image: Image, _min_score: float) -> list[Face]:
        return self.faces


class TestReadingPictures:
    @pytest.mark.parametrize(
        ("content", "code"),
        [
            (b"", "empty_file"),
            (b"%PDF-1.7 not a picture", "not_a_picture"),
            (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "not_a_picture"),
            (png(empty())[:2000], "not_a_picture"),
            (png(np.zeros((100, 200, 3), np.uint8)), "too_small"),
            (png(np.zeros((3000, 4000, 3), np.uint8)), "too_large"),
            (b"x" * (15 * 1024 * 1024 + 1), "too_heavy"),
        ],
    )
    def test_what_is_no_usable_picture_is_refused(self, content: bytes, code: str) -> None:
        with pytest.raises(PlanRefusedError) as refused:
            decoded(content)
        assert refused.value.code == code

    def test_a_picture_is_told_by_its_content_and_not_by_its_name(self) -> None:
        out = BytesIO()
        Picture.fromarray(empty()).save(out, format="GIF")
        with pytest.raises(PlanRefusedError, match="not_a_picture"):
            decoded(out.getvalue())

    def test_a_camera_held_sideways_is_set_upright(self) -> None:
        assert decoded(photographed(empty(), orientation=6)).shape == (WIDTH, HEIGHT, 3)


@pytest.fixture
def where(db: None) -> Room:
    return room(pupils=1)


class TestKeeping:
    def test_the_picture_is_sealed_and_says_nothing_of_who_took_it(self, where: Room) -> None:
        still = keep_still(where.admin, *where.where, content=photographed(empty()), kind=StillKind.EMPTY_ROOM)
        shown = waiting_still_file(where.admin, still.pk)

        assert (still.width, still.height, shown.media_type) == (WIDTH, HEIGHT, "image/jpeg")
        assert b"Bekzhanova" not in shown.content
        with Picture.open(BytesIO(shown.content)) as picture:
            assert not picture.getexif()
        assert not path_of(still).read_bytes().startswith(b"\xff\xd8")

    def test_a_room_that_is_said_to_be_empty_and_is_not_is_refused(self, where: Room) -> None:
        with pytest.raises(PlanRefusedError, match="face_found"):
            keep_still(where.admin, *where.where, content=png(with_pupils()), kind=StillKind.EMPTY_ROOM)
        assert not WaitingStill.objects.exists()

    def test_the_server_blurs_whatever_was_sent_as_blurred(self, where: Room) -> None:
        still = keep_still(where.admin, *where.where, content=png(with_pupils()), kind=StillKind.BLURRED)
        shown = waiting_still_file(where.admin, still.pk).content

        kept = pixels(shown)
        assert not shows_a_face(kept, DETECTOR)

    def test_another_still_takes_the_place_of_the_one_that_waits(
        self, where: Room, django_capture_on_commit_callbacks: Any
    ) -> None:
        first = keep_still(where.admin, *where.where, content=png(empty()), kind=StillKind.EMPTY_ROOM)
        with django_capture_on_commit_callbacks(execute=True):
            second = keep_still(where.admin, *where.where, content=png(empty()), kind=StillKind.BLURRED)

        assert WaitingStill.objects.get() == second
        assert (path_of(first).exists(), path_of(second).exists()) == (False, True)

    def test_without_a_detector_no_picture_is_taken(self, where: Room, monkeypatch: pytest.MonkeyPatch) -> None:
        def missing() -> None:
            raise ModelMissing("detector")

        monkeypatch.setattr(stills, "load_builtin_detector", missing)
        with pytest.raises(PlanRefusedError, match="model_missing"):
            keep_still(where.admin, *where.where, content=png(empty()), kind=StillKind.EMPTY_ROOM)


class TestUploading:
    def upload(self, where: Room, content: bytes, kind: str = "empty_room") -> Any:
        file = SimpleUploadedFile("still.png", content)
        return signed_in(where.admin).post(where.url("seat-still-upload"), {"kind": kind, "picture": file})

    def test_a_face_is_refused_in_words_that_offer_to_blur(self, where: Room) -> None:
        answer = self.upload(where, png(with_pupils()))

        assert answer.status_code == 422
        assert "so the room is not empty. Have it blurred as a whole instead." in answer.text
        assert (
            '<input class="form-check-input" type="radio" name="kind" value="blurred" required checked>' in answer.text
        )

    def test_then_the_editor_opens_on_the_still(self, where: Room) -> None:
        answer = self.upload(where, png(empty()))
        page = signed_in(where.admin).get(answer.headers["Location"])

        assert answer.headers["Location"] == where.url("seat-plan")
        assert f"/seat-plans/stills/{WaitingStill.objects.get().pk}/" in page.text

    def test_something_has_to_be_chosen(self, where: Room) -> None:
        answer = signed_in(where.admin).post(where.url("seat-still-upload"), {})

        assert answer.status_code == 422
        assert ("Choose a picture" in answer.text, "Say what the picture shows" in answer.text) == (True, True)

    def test_a_waiting_still_of_another_school_is_not_there(self, where: Room) -> None:
        self.upload(where, png(empty()))
        url = f"/analysis/seat-plans/stills/{WaitingStill.objects.get().pk}/"

        assert signed_in(where.admin).get(url).status_code == 200
        assert signed_in(room().admin).get(url).status_code == 404


def path_of(still: WaitingStill) -> Path:
    return Path(settings.MEDIA_ROOT) / still.file[:2] / f"{still.file}.sealed"
