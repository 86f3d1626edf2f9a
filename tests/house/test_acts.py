"""Every act that is written into the access log has words (rule 24 asks for the log, its reader for a sentence)."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db.models import TextChoices

from analytics.enums import ClipAct, RunState
from caseflow.audit.names import action_name, name_actions, named_actions
from caseflow.consent.enums import EventKind
from caseflow.council.enums import Move as DecisionMove
from caseflow.referrals.enums import Move
from ops.trouble import ROOT
from tests.house.test_structure import ours, shown

# Codes that are put together: what stands before, and what may follow.
FAMILIES: dict[str, type[TextChoices]] = {
    "clip.": ClipAct,
    "consent.": EventKind,
    "council_decision_": DecisionMove,
    "referral_": Move,
    "run.": RunState,
}
# Written by an earlier version: the log keeps them, and they still have to be read.
BEFORE = {"case_task_handed"}
Function = ast.FunctionDef | ast.AsyncFunctionDef


def sources() -> list[Path]:
    return [
        path for path in ours("*.py") if path.relative_to(ROOT).parts[0] in ("analytics", "caseflow", "notifications")
    ]


def name_of(call: ast.Call) -> str:
    return call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")


def codes_in(value: ast.expr, place: str) -> Iterator[str]:
    """What the argument can be. Raises AssertionError where that cannot be read from the code."""
    match value:
        case ast.Constant(value=str(code)):
            yield code
        case ast.IfExp(body=one, orelse=other):
            yield from codes_in(one, place)
            yield from codes_in(other, place)
        case ast.JoinedStr(values=[ast.Constant(value=str(before)), ast.FormattedValue()]) if before in FAMILIES:
            yield from (f"{before}{member.value}" for member in FAMILIES[before])
        case _:
            raise AssertionError(f"{place}: the code of an act cannot be read here: {ast.unparse(value)}")


def forwarders(tree: ast.AST) -> dict[str, int]:
    """Functions that hand their parameter `action` on to `record`: name → its place among the parameters."""
    found: dict[str, int] = {}
    for function in ast.walk(tree):
        if isinstance(function, Function) and any(passes_on(node) for node in ast.walk(function)):
            found[function.name] = [each.arg for each in function.args.args].index("action")
    return found


def passes_on(node: ast.AST) -> bool:
    if not isinstance(node, ast.Call) or name_of(node) != "record":
        return False
    return any(each.arg == "action" and getattr(each.value, "id", "") == "action" for each in node.keywords)


def written() -> dict[str, str]:
    """Every code that is written → where."""
    trees = {path: ast.parse(path.read_text()) for path in sources()}
    shared = {name: at for tree in trees.values() for name, at in forwarders(tree).items() if not name.startswith("_")}
    found: dict[str, str] = {}
    for path, tree in trees.items():
        known = shared | forwarders(tree)
        for call in ast.walk(tree):
            if isinstance(call, ast.Call) and not passes_on(call):
                place = f"{shown(path)}:{call.lineno}"
                found |= {code: place for value in arguments(call, known) for code in codes_in(value, place)}
    return found


def arguments(call: ast.Call, known: dict[str, int]) -> Iterator[ast.expr]:
    name = name_of(call)
    if name in ("record", "record_events"):
        yield from (each.value for each in call.keywords if each.arg == "action")
    elif name in known and len(call.args) > known[name]:
        yield call.args[known[name]]


def test_every_act_that_is_written_has_a_name() -> None:
    codes = written()
    assert len(codes) > 60
    assert {code: place for code, place in codes.items() if code not in named_actions()} == {}


def test_no_name_stands_for_an_act_that_nobody_writes() -> None:
    assert named_actions() - set(written()) == BEFORE


def test_the_name_of_an_act_is_no_code() -> None:
    assert action_name("case_opened") == "Opened a new case"
    assert action_name("consent.given") == "Consent: given"
    assert action_name("somebody's own") == "somebody's own"


def test_an_act_is_named_once() -> None:
    name_actions([("read", action_name("read"))])
    with pytest.raises(ValueError, match="read"):
        name_actions([("read", "Looked at")])
