"""The plain way to hide, for comparison: no line of a table may have a single hidden cell.

Small counts are hidden; where one is alone in a line with its total, the smallest other cell is hidden too, until no
line of the release has one alone. Each release is looked at by itself. It leaks, as the attack shows.
"""

from collections.abc import Collection, Mapping

from caseflow.disclosure.cube import Cube, Key
from caseflow.disclosure.rounding import Published, publish_count


def hide_plainly(cube: Cube, exact: Mapping[Key, int], fresh: Collection[Key]) -> dict[Key, Published]:
    """How the `fresh` counts would be shown."""
    shown = {key: publish_count(exact[key]) for key in fresh}
    lines = [(equation.whole, *equation.parts) for equation in cube.equations(fresh)]
    alone = True
    while alone:
        alone = False
        for line in lines:
            hidden = [key for key in line if shown[key] is None]
            others = sorted((exact[key], key) for key in line if shown[key])
            if len(hidden) == 1 and others:
                shown[others[0][1]] = None
                alone = True
    return shown
