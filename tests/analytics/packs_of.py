"""Model packs of tiny files, as the tests install them."""

from collections.abc import Sequence
from datetime import timedelta
from pathlib import Path

from django.utils import timezone

from analytics.models import ModelCard
from analytics.pipeline.trial import judge
from analytics.rules.pack_sources import Said, WantedFile, wanted_file
from analytics.services.choosing import CardWords, complete_card
from analytics.services.installing import install_pack
from tests.analytics.onnx_files import blue_squares, face_api, write

LICENCE = "MIT"


def judge_here(path: Path, layout: str) -> None:
    """What a process of its own finds of a file, found in this one: half a second less for each file."""
    judge(path.read_bytes(), layout)


def wanted(folder: Path, name: str, content: bytes, layout: str) -> WantedFile:
    """A file of that content, pinned as it is."""
    path, sum_ = write(folder / name, content)
    return wanted_file(str(path), Said(sum_, layout, LICENCE))


def tiny(folder: Path, expression: bytes = b"") -> Sequence[WantedFile]:
    """A detector of blue squares and a network that tells colours."""
    folder.mkdir(parents=True, exist_ok=True)
    return (
        wanted(folder, "squares.onnx", blue_squares(), "yunet"),
        wanted(folder, "colours.onnx", expression or face_api(), "face-api"),
    )


def with_builtin_detector(folder: Path, expression: bytes = b"") -> Sequence[WantedFile]:
    """The built-in detector and a network that tells colours: it works on the lesson that the tests render."""
    folder.mkdir(parents=True, exist_ok=True)
    return (wanted_file("blazeface", Said()), wanted(folder, "colours.onnx", expression or face_api(), "face-api"))


def complete(card: ModelCard) -> ModelCard:
    """Somebody answers for the pack."""
    words = CardWords(
        owner="The district",
        review_on=timezone.localdate() + timedelta(days=200),
        impact_assessment_on=timezone.localdate(),
        accuracy=(("Colours told right", "100 %", "own test"),),
    )
    return complete_card(card, words)


def installed(files: Sequence[WantedFile]) -> ModelCard:
    """The pack is here and its card complete."""
    return complete(install_pack(files).card)
