"""Reads what an ONNX file says of itself, byte by byte, before any library opens it.

The format is a protocol buffer (onnx/onnx.proto): a key, whose last three bits say how its value is written, then the
value. A model that would read other files, or that calls operators of its own, is refused here.
"""

from collections.abc import Iterator
from typing import Final, TypeAlias

from analytics.pipeline.errors import ModelAsksForMore, NotAModel

DEEPEST: Final = 8  # graphs inside graphs (If, Loop)
LONGEST_VARINT: Final = 10  # bytes
STANDARD_DOMAINS: Final = frozenset({"", "ai.onnx"})
VARINT, EIGHT_BYTES, WITH_LENGTH, FOUR_BYTES = 0, 1, 2, 5
FIXED: Final = {EIGHT_BYTES: 8, FOUR_BYTES: 4}

# Fields of onnx.proto by their numbers.
MODEL_VERSION, MODEL_GRAPH, MODEL_OPERATORS, MODEL_FUNCTIONS = 1, 7, 8, 25
GRAPH_NODE, GRAPH_TENSOR, GRAPH_SPARSE = 1, 5, 15
NODE_ATTRIBUTE, NODE_DOMAIN = 5, 7
ATTRIBUTE_TENSORS: Final = (5, 10)
ATTRIBUTE_GRAPHS: Final = (6, 11)
ATTRIBUTE_SPARSES: Final = (22, 23)
SPARSE_TENSORS: Final = (1, 2)
TENSOR_OUTSIDE, TENSOR_LOCATION = 13, 14

Value: TypeAlias = int | memoryview


def examine(content: bytes) -> None:
    """Raises NotAModel for what is no whole ONNX model, ModelAsksForMore for one that wants more than itself."""
    found = set()
    for field, value in _fields(memoryview(content)):
        found.add(field)
        if field == MODEL_FUNCTIONS:
            raise ModelAsksForMore("functions of its own")
        if field == MODEL_GRAPH:
            _graph(_message(value), DEEPEST)
    if not {MODEL_VERSION, MODEL_GRAPH, MODEL_OPERATORS} <= found:
        raise NotAModel("no version, graph or operators")


def _graph(graph: memoryview, depth: int) -> None:
    if not depth:
        raise ModelAsksForMore("graphs too deep in one another")
    for field, value in _fields(graph):
        if field == GRAPH_NODE:
            _node(_message(value), depth)
        elif field == GRAPH_TENSOR:
            _tensor(_message(value))
        elif field == GRAPH_SPARSE:
            _sparse(_message(value))


def _node(node: memoryview, depth: int) -> None:
    for field, value in _fields(node):
        if field == NODE_ATTRIBUTE:
            _attribute(_message(value), depth)
        elif field == NODE_DOMAIN:
            domain = bytes(_message(value)).decode("ascii", "replace")
            if domain not in STANDARD_DOMAINS:
                raise ModelAsksForMore(f"operators of {domain!r}")


def _attribute(attribute: memoryview, depth: int) -> None:
    for field, value in _fields(attribute):
        if field in ATTRIBUTE_TENSORS:
            _tensor(_message(value))
        elif field in ATTRIBUTE_SPARSES:
            _sparse(_message(value))
        elif field in ATTRIBUTE_GRAPHS:
            _graph(_message(value), depth - 1)


def _sparse(sparse: memoryview) -> None:
    for field, value in _fields(sparse):
        if field in SPARSE_TENSORS:
            _tensor(_message(value))


def _tensor(tensor: memoryview) -> None:
    for field, value in _fields(tensor):
        if field == TENSOR_OUTSIDE or (field == TENSOR_LOCATION and value):
            raise ModelAsksForMore("numbers in another file")


def _message(value: Value) -> memoryview:
    if isinstance(value, int):
        raise NotAModel("a number where a message belongs")
    return value


def _fields(message: memoryview) -> Iterator[tuple[int, Value]]:
    """(number, value) of each field: an int, or the bytes of what has a length."""
    at = 0
    while at < len(message):
        key, at = _varint(message, at)
        kind = key & 7
        if kind == VARINT:
            number, at = _varint(message, at)
            yield key >> 3, number
            continue
        if kind == WITH_LENGTH:
            length, at = _varint(message, at)
        elif kind in FIXED:
            length = FIXED[kind]
        else:
            raise NotAModel(f"a value of kind {kind}")
        if at + length > len(message):
            raise NotAModel("it breaks off")
        yield key >> 3, message[at : at + length]
        at += length


def _varint(message: memoryview, at: int) -> tuple[int, int]:
    """The number that begins there, and where the next thing begins."""
    number = 0
    for shift, byte in enumerate(message[at : at + LONGEST_VARINT]):
        number |= (byte & 0x7F) << 7 * shift
        if byte < 0x80:
            return number, at + shift + 1
    raise NotAModel("it breaks off within a number")
