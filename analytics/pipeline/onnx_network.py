"""A network in an ONNX file, run by ONNX Runtime on one thread. One belongs to one thread."""

from collections.abc import Mapping, Sequence
from typing import Any, Final, TypeAlias

import numpy as np
import numpy.typing as npt
import onnxruntime

from analytics.pipeline.errors import ModelFailsTrial, ModelOfAnotherKind

PROVIDERS: Final = ("CPUExecutionProvider",)
SILENT: Final = 4  # the library would write to the terminal what is raised here anyhow
FLOATS: Final = "tensor(float)"
Floats: TypeAlias = npt.NDArray[np.float32]
Shape: TypeAlias = Sequence[int | None]
"""None where any size will do."""

onnxruntime.disable_telemetry_events()


class Network:
    """`inputs` and `outputs` are the shapes by name as the file states them, None for a size that it leaves open."""

    def __init__(self, content: bytes) -> None:
        """Raises ModelFailsTrial."""
        try:
            self._session = onnxruntime.InferenceSession(content, _options(), providers=list(PROVIDERS))
        except Exception as error:  # the library's own have no base in common
            raise ModelFailsTrial(_short(error)) from error
        self.inputs: dict[str, Shape | None] = {node.name: _shape(node) for node in self._session.get_inputs()}
        self.outputs: dict[str, Shape | None] = {node.name: _shape(node) for node in self._session.get_outputs()}

    def run(self, input_name: str, values: Floats) -> Mapping[str, Floats]:
        """What comes out, by name. Raises ModelFailsTrial."""
        try:
            found = self._session.run(None, {input_name: values})
        except Exception as error:  # as above
            raise ModelFailsTrial(_short(error)) from error
        return dict(zip(self.outputs, found, strict=True))

    def only_input(self, *wanted: int | None) -> str:
        """The name of the one input, which takes that shape. Raises ModelOfAnotherKind."""
        if len(self.inputs) != 1:
            raise ModelOfAnotherKind(f"{len(self.inputs)} inputs")
        ((name, shape),) = self.inputs.items()
        require_shape(f"input {name}", shape, wanted)
        return name


def require_shape(what: str, shape: Shape | None, wanted: Shape) -> None:
    """Raises ModelOfAnotherKind where the shape is given and is another one."""
    fits = shape is not None and len(shape) == len(wanted)
    if not fits or any(None not in pair and pair[0] != pair[1] for pair in zip(shape or (), wanted, strict=True)):
        raise ModelOfAnotherKind(f"{what} is {_shown(shape)} and should be {_shown(wanted)}")


def _options() -> onnxruntime.SessionOptions:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    options.log_severity_level = SILENT
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    options.add_session_config_entry("session.inter_op.allow_spinning", "0")
    return options


def _shape(node: Any) -> tuple[int | None, ...] | None:
    """None for anything but floats of a known number of dimensions."""
    if node.type != FLOATS or not isinstance(node.shape, list):
        return None
    return tuple(size if isinstance(size, int) else None for size in node.shape)


def _shown(shape: Shape | None) -> str:
    return "no array of floats" if shape is None else "×".join("?" if size is None else str(size) for size in shape)


def _short(error: Exception) -> str:
    return str(error)[:200].partition("\n")[0]
