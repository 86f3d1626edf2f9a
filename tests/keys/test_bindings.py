"""The list of keys is what the pages really bind: none is missing in it, and none stands there that nothing presses."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from caseflow.keys.acts import ACTS, MOST_CLICKS
from caseflow.keys.bindings import EVERYWHERE, FOUND, PLACES, Place
from caseflow.keys.caps import caps
from caseflow.keys.selectors import PLANS, WORK
from ops.trouble import ROOT

TEMPLATES, SCRIPTS = ROOT / "templates", ROOT / "static" / "js"
ALL = (EVERYWHERE, FOUND, *PLACES)
BOUND = re.compile(r'\bdata-key="([^"]+)"')
COUNTED = "Digit{{ forloop.counter }}"
CODE = re.compile(
    r"\b(?:Key[A-Z]|Digit\d|Arrow(?:Up|Down|Left|Right)|F[1-9]|(?:Numpad)?Enter|Space|Escape|Tab|Delete|Backspace"
    r"|Page(?:Up|Down)|Home|End|Slash)\b"
)
COMMENT = re.compile(r"//[^\n]*|/\*.*?\*/", re.DOTALL)
# It bears what others declare in their markup, and refuses what belongs to a focused button.
MACHINERY = {"keys.js": {"Enter", "Space", "ArrowDown", "ArrowUp"}}
# The field in which a pupil is sought keeps Enter from sending the whole report: nothing to be pressed by.
KEPT_QUIET = {"incidents/report.js"}


def in_templates() -> Iterator[tuple[str, str]]:
    for path in sorted(TEMPLATES.rglob("*.html")):
        for code in BOUND.findall(path.read_text(encoding="utf-8")):
            yield str(path.relative_to(TEMPLATES)), "Digit*" if code == COUNTED else code


def in_scripts() -> Iterator[tuple[str, str]]:
    for path in sorted(SCRIPTS.rglob("*.js")):
        name, source = str(path.relative_to(SCRIPTS)), COMMENT.sub("", path.read_text(encoding="utf-8"))
        if "keydown" in source and name not in KEPT_QUIET:
            for code in set(CODE.findall(source)) - MACHINERY.get(name, set()):
                yield name, code


def holder_of(template: str) -> list[Place]:
    return [place for place in ALL if any(template.startswith(each) for each in place.templates)]


def codes_of(place: Place) -> set[str]:
    return {code for key in place.keys for code in key.codes}


def single(code: str) -> set[str]:
    """The keys of a combination without those that are only held: a script asks for them one by one."""
    return set(code.split("+")) - {"Control", "Shift"}


def test_every_key_of_a_template_is_listed_for_its_page() -> None:
    found = list(in_templates())
    assert len(found) > 30
    assert [
        f"{name}: {code}" for name, code in found if not any(code in codes_of(one) for one in holder_of(name))
    ] == []


def test_every_key_of_a_script_is_listed_for_its_page() -> None:
    found = list(in_scripts())
    assert len(found) > 25
    held = {name: [place for place in ALL if name in place.scripts] for name, _code in found}
    listed = {
        name: {one for place in there for code in codes_of(place) for one in single(code)}
        for name, there in held.items()
    }
    assert [f"{name}: {code}" for name, code in found if code not in listed[name]] == []


@pytest.mark.parametrize("place", ALL, ids=lambda place: place.name)
def test_every_listed_key_is_bound(place: Place) -> None:
    marked = {code for name, code in in_templates() if place in holder_of(name)}
    scripted = {code for name, code in in_scripts() if name in place.scripts}
    moved = {"ArrowUp", "ArrowDown"} if place.templates else set()  # rows of a list, by the shared script
    loose = {code for code in codes_of(place) if code not in marked | moved and not single(code) <= scripted}
    assert loose - ({"Control+Enter"} if place is EVERYWHERE else set()) == set()


@pytest.mark.parametrize("place", ALL, ids=lambda place: place.name)
def test_what_is_said_to_bind_keys_is_there(place: Place) -> None:
    assert [name for name in place.scripts if not (SCRIPTS / name).is_file()] == []
    assert [name for name in place.templates if not (TEMPLATES / name).exists()] == []


def test_what_is_done_often_takes_two_clicks_at_most_on_a_page_that_is_named() -> None:
    assert [act.name for act in ACTS if act.clicks > MOST_CLICKS] == []
    assert {act.place for act in ACTS} <= {place.name for place in (*ALL, PLANS, WORK)}
    assert len({act.name for act in ACTS}) == len(ACTS)


def test_keys_of_an_act_are_keys_of_its_page() -> None:
    known = {place.name: codes_of(place) | codes_of(EVERYWHERE) | codes_of(FOUND) for place in ALL}
    assert [(act.name, code) for act in ACTS for code in act.keys if code not in known[act.place]] == []


def test_caps_read_as_on_a_keyboard() -> None:
    assert [caps(code) for code in ("Control+KeyZ", "Digit*", "Shift+Slash", "Slash", "ArrowLeft", "F2")] == [
        ["Ctrl", "Z"],
        ["1…9"],
        ["?"],
        ["/"],
        ["←"],
        ["F2"],
    ]


def test_the_help_of_single_scripts_reads_their_folder() -> None:
    assert {Path(name).suffix for place in ALL for name in place.scripts} == {".js"}
