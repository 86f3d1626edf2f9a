"""Where the files of model packs lie."""

from pathlib import Path
from typing import Any

from django.conf import settings

from analytics.pipeline.catalogue import BY_SUM, CatalogueFile
from analytics.pipeline.layouts import PACKAGED
from analytics.pipeline.model_store import ModelStore
from analytics.pipeline.packaged import packaged_file, verified_bytes


def model_store() -> ModelStore:
    """The installed files of this installation."""
    return ModelStore(Path(settings.MEDIA_ROOT) / "models")


def bytes_of(file: dict[str, Any]) -> bytes:
    """The content of a file as its card states it. Raises ModelMissing or ModelChanged."""
    if file["layout"] in PACKAGED:
        return packaged_bytes(BY_SUM[file["sha256"]])
    return model_store().read(file["sha256"])


def packaged_bytes(file: CatalogueFile) -> bytes:
    """The content of a file that came with the product. Raises ModelMissing or ModelChanged."""
    return verified_bytes(packaged_file(file.package, f"data/{file.file_name}"), file.sha256)
