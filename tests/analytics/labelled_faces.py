"""Folders of labelled faces: the portrait, which smiles, and pictures that show nobody."""

from pathlib import Path

import cv2
import numpy as np

from analytics.pipeline.clips import Clip, Person, draw_frame

SMILE = draw_frame(Clip((), (Person(0.5, 0.45, 0.4, sway_share=0.0),), 400, 300), 0.0)
NOBODY = np.full((300, 400, 3), 120, dtype=np.uint8)


def smiles(folder: Path, label: str, count: int, *, nobody: int = 0) -> Path:
    """So many smiles under that label, and pictures without a face beside them."""
    (folder / label).mkdir(parents=True, exist_ok=True)
    for number in range(count + nobody):
        assert cv2.imwrite(str(folder / label / f"{number}.png"), SMILE if number < count else NOBODY)
    return folder


def in_groups(folder: Path, **groups: list[str]) -> Path:
    lines = [f"{file},{group}" for group, files in groups.items() for file in files]
    (folder / "groups.csv").write_text("\n".join(["file,group", *lines]), encoding="utf-8")
    return folder
