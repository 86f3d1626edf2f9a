"""Where people stand in the small picture. Pure: groups in, boxes and lines out, in points of a fixed box.

The pupil stands in the middle, who stands for them by law above, the family on the left, friends and helpers on the
right, pupils of the same incidents below. Places go by group and never by how many incidents there are: it is no
ranking.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from caseflow.relations.enums import Side

WIDTH, HEIGHT = 800, 400
BOX_WIDTH, BOX_HEIGHT = 206, 50
MARGIN: Final = 6
MOST: Final = {Side.GUARDIAN: 3, Side.FAMILY: 3, Side.CLOSE: 3, Side.INCIDENT: 3}
GAP: Final = 24
CORNERS: Final = {Side.GUARDIAN: 2, Side.FAMILY: 12, Side.CLOSE: 25, Side.INCIDENT: 12}
NAME_LETTERS, LABEL_LETTERS = 25, 28  # that fit into a box


@dataclass(frozen=True, slots=True)
class Node:
    """Somebody in the picture: `row` is where the table tells of them; `told` what nobody has established yet."""

    row: str
    name: str
    label: str
    told: bool = False


@dataclass(frozen=True, slots=True)
class Box:
    """A node at its place: left upper corner, and the middle that its line ends in."""

    node: Node
    side: Side
    x: int
    y: int

    @property
    def middle(self) -> tuple[int, int]:
        return self.x + BOX_WIDTH // 2, self.y + BOX_HEIGHT // 2

    @property
    def outline(self) -> str:
        """The box as a path (SVG): form before hue, each side has corners of its own."""
        cut, right, bottom = CORNERS[self.side], self.x + BOX_WIDTH, self.y + BOX_HEIGHT
        turn = "L{} {}" if self.side == Side.INCIDENT else f"A{cut} {cut} 0 0 1 {{}} {{}}"
        edges = (
            f"M{self.x + cut} {self.y}H{right - cut}",
            turn.format(right, self.y + cut),
            f"V{bottom - cut}",
            turn.format(right - cut, bottom),
            f"H{self.x + cut}",
            turn.format(self.x, bottom - cut),
            f"V{self.y + cut}",
            turn.format(self.x + cut, self.y),
        )
        return f"{''.join(edges)}Z"

    @property
    def name(self) -> str:
        return _short(self.node.name, NAME_LETTERS)

    @property
    def label(self) -> str:
        return _short(self.node.label, LABEL_LETTERS)


@dataclass(frozen=True, slots=True)
class Picture:
    """What is drawn; `hidden` people are in the table alone."""

    boxes: tuple[Box, ...]
    hidden: int
    width: int = WIDTH
    height: int = HEIGHT
    box_width: int = BOX_WIDTH
    box_height: int = BOX_HEIGHT

    @property
    def pupil(self) -> tuple[int, int]:
        """The left upper corner of the pupil's box."""
        return (WIDTH - BOX_WIDTH) // 2, (HEIGHT - BOX_HEIGHT) // 2

    @property
    def center(self) -> tuple[int, int]:
        return WIDTH // 2, HEIGHT // 2


def drawn(groups: Mapping[Side, Sequence[Node]]) -> Picture:
    """The picture of these people; of each side at most three, the others are counted."""
    boxes = [box for side in Side for box in _placed(side, list(groups.get(side, ()))[: MOST[side]])]
    return Picture(tuple(boxes), sum(map(len, groups.values())) - len(boxes))


def _placed(side: Side, nodes: Sequence[Node]) -> list[Box]:
    if side in (Side.GUARDIAN, Side.INCIDENT):
        y = MARGIN if side == Side.GUARDIAN else HEIGHT - MARGIN - BOX_HEIGHT
        lefts = _spread(len(nodes), WIDTH, BOX_WIDTH, GAP)
        return [Box(node, side, x, y) for node, x in zip(nodes, lefts, strict=True)]
    x = MARGIN if side == Side.FAMILY else WIDTH - MARGIN - BOX_WIDTH
    tops = _spread(len(nodes), HEIGHT, BOX_HEIGHT, GAP)
    return [Box(node, side, x, y) for node, y in zip(nodes, tops, strict=True)]


def _spread(number: int, room: int, size: int, gap: int) -> list[int]:
    """The beginnings of `number` things of that size around the middle of the room."""
    first = (room - number * size - (number - 1) * gap) // 2
    return [first + at * (size + gap) for at in range(number)]


def _short(words: str, most: int) -> str:
    return words if len(words) <= most else f"{words[: most - 1]}…"
