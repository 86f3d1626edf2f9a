"""Boxes never lie on each other or outside the picture, whoever is around the pupil."""

from itertools import combinations

from hypothesis import given, settings
from hypothesis import strategies as st

from caseflow.relations.enums import Side
from caseflow.relations.rules.picture import BOX_HEIGHT, BOX_WIDTH, HEIGHT, WIDTH, Node, drawn

GROUPS = st.dictionaries(
    st.sampled_from(Side),
    st.lists(st.builds(Node, row=st.just("x"), name=st.text(max_size=40), label=st.text(max_size=40)), max_size=6),
)
PUPIL = ((WIDTH - BOX_WIDTH) // 2, (HEIGHT - BOX_HEIGHT) // 2)


@settings(max_examples=30)
@given(groups=GROUPS)
def test_nobody_covers_anybody_and_nobody_is_lost(groups: dict[Side, list[Node]]) -> None:
    picture = drawn(groups)
    corners = [(box.x, box.y) for box in picture.boxes] + [PUPIL]
    assert all(0 <= x <= WIDTH - BOX_WIDTH and 0 <= y <= HEIGHT - BOX_HEIGHT for x, y in corners)
    assert all(abs(a - c) >= BOX_WIDTH or abs(b - d) >= BOX_HEIGHT for (a, b), (c, d) in combinations(corners, 2))
    assert len(picture.boxes) + picture.hidden == sum(map(len, groups.values()))
    assert len(picture.boxes) <= 12


def test_sides_are_told_apart_by_their_corners_and_long_words_are_cut() -> None:
    node = Node("guardian-1", "Сериккалиева-Абдрахманова Айгуль", "мать")
    above, below = drawn({Side.GUARDIAN: [node], Side.INCIDENT: [node]}).boxes
    assert (above.name, above.label) == ("Сериккалиева-Абдрахманов…", "мать")
    assert above.outline == "M299 6H501A2 2 0 0 1 503 8V54A2 2 0 0 1 501 56H299A2 2 0 0 1 297 54V8A2 2 0 0 1 299 6Z"
    assert below.outline.startswith("M309 344H491L503 356V382L491 394")
    picture = drawn({})
    assert (picture.pupil, picture.center, above.middle) == ((297, 175), (400, 200), (400, 31))
