"""Tiny ONNX models, written byte by byte (onnx/onnx.proto): one that finds blue squares, one that tells colours."""

from collections.abc import Iterable, Sequence
from hashlib import sha256
from math import log
from pathlib import Path

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
FLOAT, INT64 = 1, 7
ATTRIBUTE_INT, ATTRIBUTE_INTS = 2, 7
OPSET, IR_VERSION = 13, 8


def varint(number: int) -> bytes:
    content = bytearray()
    while number > 0x7F:
        content.append(number & 0x7F | 0x80)
        number >>= 7
    return bytes([*content, number])


def number(field: int, value: int) -> bytes:
    return varint(field << 3) + varint(value)


def message(field: int, content: bytes | str) -> bytes:
    content = content.encode() if isinstance(content, str) else content
    return varint(field << 3 | 2) + varint(len(content)) + content


def tensor(name: str, values: npt.NDArray[np.float32 | np.int64], further: bytes = b"") -> bytes:
    kind = FLOAT if values.dtype == np.float32 else INT64
    dims = b"".join(number(1, size) for size in values.shape)
    return dims + number(2, kind) + message(8, name) + message(9, values.tobytes()) + further


def attribute(name: str, value: int | Sequence[int]) -> bytes:
    if isinstance(value, int):
        return message(1, name) + number(3, value) + number(20, ATTRIBUTE_INT)
    return message(1, name) + b"".join(number(8, each) for each in value) + number(20, ATTRIBUTE_INTS)


def node(
    operator: str, inputs: Sequence[str], output: str, domain: str = "", further: bytes = b"", **attributes: object
) -> bytes:
    parts = [message(1, name) for name in inputs] + [message(2, output), message(4, operator)]
    parts += [message(5, attribute(name, value)) for name, value in attributes.items()]  # type: ignore[arg-type]
    return b"".join(parts) + (message(7, domain) if domain else b"") + further


def value_info(name: str, shape: Iterable[int | str], kind: int = FLOAT) -> bytes:
    dims = b"".join(message(1, message(2, size) if isinstance(size, str) else number(1, size)) for size in shape)
    return message(1, name) + message(2, message(1, number(1, kind) + message(2, dims)))


def graph(nodes: Iterable[bytes], tensors: Iterable[bytes], inputs: Iterable[bytes], outputs: Iterable[bytes]) -> bytes:
    parts = [message(2, "graph")]
    for field, each in ((1, nodes), (5, tensors), (11, inputs), (12, outputs)):
        parts += [message(field, content) for content in each]
    return b"".join(parts)


def model(content: bytes, further: bytes = b"") -> bytes:
    return number(1, IR_VERSION) + message(8, number(2, OPSET)) + message(7, content) + further


def colours(
    rows: Sequence[Sequence[float]], *, input_px: int = 112, probabilities: bool = True, bias: Sequence[float] = ()
) -> bytes:
    """A network whose output is the mean red, green and blue (0..1) times `rows`, softened to shares where asked."""
    weights = (np.array(rows) / 255).astype(np.float32)
    outputs = weights.shape[1]
    nodes = [
        node("GlobalAveragePool", ["input"], "pooled"),
        node("Flatten", ["pooled"], "flat", axis=1),
        node("Gemm", ["flat", "weights", "bias"], "numbers" if probabilities else "out"),
    ]
    if probabilities:
        nodes.append(node("Softmax", ["numbers"], "out", axis=1))
    biases = np.array(bias or [0.0] * outputs, dtype=np.float32)
    return model(
        graph(
            nodes,
            [tensor("weights", weights), tensor("bias", biases)],
            [value_info("input", ["n", 3, input_px, input_px])],
            [value_info("out", ["n", outputs])],
        )
    )


def face_api(red: int = 1, green: int = 0, blue: int = 3, strength: float = 20.0) -> bytes:
    """Of the layout face-api: red pictures are happiness, green ones neutral and blue ones anger, unless told so."""
    rows = np.zeros((3, 7))
    for channel, label in enumerate((red, green, blue)):
        rows[channel, label] = strength
    return colours(rows.tolist())


def blue_squares(height: int | str = "height", width: int | str = "width", heads: Iterable[str] = ()) -> bytes:
    """A detector as YuNet: each blue square of 32 points on the grid is a face of 64 x 64 around it."""
    nodes, tensors, outputs = [], [tensor("any", np.array([0, -1, 0], dtype=np.int64))], []
    sizes = {"cls": 1, "obj": 1, "bbox": 4, "kps": 10}
    eyes_nose_mouth = [0.1, 0.3, 0.9, 0.3, 0.5, 0.6, 0.2, 0.9, 0.8, 0.9]
    for stride in (8, 16, 32):
        nodes.append(node("AveragePool", ["input"], f"mean_{stride}", kernel_shape=[stride] * 2, strides=[stride] * 2))
        biases = {"cls": [0.0], "obj": [0.0], "bbox": [0.5, 0.5, log(2), log(2)], "kps": eyes_nose_mouth}
        for head, size in sizes.items():
            name = f"{head}_{stride}"
            weights = np.zeros((size, 3, 1, 1), dtype=np.float32)
            if size == 1 and stride == 32:
                weights[0, 0] = 1 / 255
            tensors.append(tensor(f"{name}_w", weights))
            tensors.append(tensor(f"{name}_b", np.array(biases[head], dtype=np.float32)))
            tensors.append(tensor(f"{name}_s", np.array([1, -1, size], dtype=np.int64)))
            nodes.append(node("Conv", [f"mean_{stride}", f"{name}_w", f"{name}_b"], f"{name}_c"))
            nodes.append(node("Transpose", [f"{name}_c"], f"{name}_t", perm=[0, 2, 3, 1]))
            nodes.append(node("Reshape", [f"{name}_t", f"{name}_s"], name))
            if name not in heads:
                outputs.append(value_info(name, [1, f"points_{stride}", size]))
    return model(graph(nodes, tensors, [value_info("input", [1, 3, height, width])], outputs))


def write(path: Path, content: bytes) -> tuple[Path, str]:
    """The file and the sha256 of its content."""
    path.write_bytes(content)
    return path, sha256(content).hexdigest()
