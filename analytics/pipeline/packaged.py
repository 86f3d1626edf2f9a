"""Data files inside installed packages that must not be imported (they would pull in TensorFlow or SciPy)."""

from hashlib import sha256
from importlib.util import find_spec
from pathlib import Path

from analytics.pipeline.errors import ModelChanged, ModelMissing


def packaged_file(package: str, relative_path: str) -> Path:
    """Where a file of an installed package lies. Raises ModelMissing if the package or the file is not there."""
    spec = find_spec(package)
    for folder in (spec.submodule_search_locations or []) if spec else []:
        path = Path(folder) / relative_path
        if path.is_file():
            return path
    raise ModelMissing(f"{package}/{relative_path}")


def verified_bytes(path: Path, pinned_sha256: str) -> bytes:
    """The file's bytes. Raises ModelChanged unless their sha256 is the pinned one."""
    content = path.read_bytes()
    found = sha256(content).hexdigest()
    if found != pinned_sha256:
        raise ModelChanged(f"{path.name}: sha256 {found}, pinned {pinned_sha256}")
    return content
