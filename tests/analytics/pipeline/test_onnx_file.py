"""What is refused of an ONNX file before any library opens it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.pipeline.errors import ModelAsksForMore, ModelRefused, NotAModel
from analytics.pipeline.onnx_file import examine
from tests.analytics.onnx_files import (
    blue_squares,
    face_api,
    graph,
    message,
    model,
    node,
    number,
    tensor,
    value_info,
    varint,
)

ONE = np.ones(1, dtype=np.float32)
GOOD = face_api()


def with_nodes(*nodes: bytes) -> bytes:
    return model(graph(nodes, [], [value_info("input", [1])], [value_info("out", [1])]))


def with_tensor(content: bytes) -> bytes:
    return model(graph([], [content], [], []))


@pytest.mark.parametrize("content", [GOOD, blue_squares()])
def test_a_plain_model_passes(content: bytes) -> None:
    examine(content)


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "no version, graph or operators"),
        (b"version https://git-lfs.github.com/spec/v1\noid sha256:00", "a value of kind 6"),
        (b"\x89PNG\r\n\x1a\n" + bytes(100), "no version, graph or operators"),
        (GOOD[:-1], "it breaks off"),
        (GOOD[: len(GOOD) // 2], "it breaks off"),
        (GOOD + b"\xff", "within a number"),
        (GOOD + varint(99 << 3 | 2) + b"\xff" * 20, "within a number"),
        (number(1, 8) + message(8, number(2, 13)), "no version, graph or operators"),
        (number(1, 8) + message(8, b"") + number(7, 1), "a number where a message belongs"),
        (model(number(1, 5)), "a number where a message belongs"),
    ],
)
def test_what_is_no_whole_model_is_refused(content: bytes, says: str) -> None:
    with pytest.raises(NotAModel, match=says):
        examine(content)


@pytest.mark.parametrize(
    "content",
    [
        with_tensor(tensor("w", ONE, number(14, 1))),
        with_tensor(tensor("w", ONE, message(13, message(1, "location") + message(2, "/etc/passwd")))),
        model(graph([], [], [], []) + message(15, message(1, tensor("values", ONE, number(14, 1))))),
        with_nodes(node("Constant", [], "out", further=message(5, message(5, tensor("w", ONE, number(14, 1)))))),
        with_nodes(node("Constant", [], "out", further=message(5, message(10, tensor("w", ONE, number(14, 1)))))),
        with_nodes(
            node("Constant", [], "out", further=message(5, message(22, message(2, tensor("w", ONE, number(14, 1))))))
        ),
        with_nodes(
            node("If", ["c"], "out", further=message(5, message(6, message(5, tensor("w", ONE, number(14, 1))))))
        ),
    ],
)
def test_numbers_in_another_file_are_refused_wherever_they_are_named(content: bytes) -> None:
    with pytest.raises(ModelAsksForMore, match="another file"):
        examine(content)


@pytest.mark.parametrize("domain", ["com.microsoft", "ai.onnx.ml", "my.own", "\xff"])
def test_operators_of_its_own_are_refused(domain: str) -> None:
    with pytest.raises(ModelAsksForMore, match="operators of"):
        examine(with_nodes(node("Anything", ["input"], "out", domain)))


def test_the_standard_operators_may_be_named_in_full() -> None:
    examine(with_nodes(node("Identity", ["input"], "out", "ai.onnx")))


def test_functions_of_its_own_are_refused() -> None:
    with pytest.raises(ModelAsksForMore, match="functions"):
        examine(GOOD + message(25, message(1, "f")))


def test_graphs_may_lie_in_one_another_but_not_without_end() -> None:
    inner = b""
    for depth in range(12):
        content = model(message(1, message(5, message(6, inner))))
        if depth < 5:
            examine(content)
        inner = message(1, message(5, message(6, inner)))
    with pytest.raises(ModelAsksForMore, match="deep"):
        examine(content)


def test_numbers_written_sparsely_are_the_models_own() -> None:
    content = message(1, tensor("values", ONE)) + message(2, tensor("places", ONE)) + number(3, 1)
    examine(model(graph([], [], [], []) + message(15, content)))


def test_fixed_numbers_are_passed_over() -> None:
    examine(GOOD + varint(99 << 3 | 1) + bytes(8) + varint(99 << 3 | 5) + bytes(4))


@given(st.binary(max_size=60))
def test_any_bytes_are_refused_or_passed_and_nothing_else(content: bytes) -> None:
    with pytest.raises(ModelRefused):
        examine(content)
    try:
        examine(GOOD + content)
    except ModelRefused:
        return
