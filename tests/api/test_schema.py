"""The schema describes the API and is valid; whatever is sent to it, the answer is never a failure of the program."""

import os
import re
from collections.abc import Callable
from typing import Any, Final, TypeVar

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from django.utils.crypto import get_random_string
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.validation import validate_schema
from hypothesis import HealthCheck, given, settings
from hypothesis.strategies import SearchStrategy, one_of
from schemathesis import GenerationMode
from schemathesis.checks import not_a_server_error
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import content_type_conformance, response_schema_conformance

from caseflow.api import RESOURCES
from caseflow.directory.enums import Role
from tests.access.asking import Browsers, undone
from tests.access.cells import OWN

pytestmark = pytest.mark.django_db
EXAMPLES: Final = int(os.environ.get("FUZZ", "4"))  # for each operation and role; `make fuzz` tries many more
REFUSED: Final = 2  # where the role is turned away before anything is read
CHECKS = [not_a_server_error, response_schema_conformance, content_type_conformance]
# Between them these roles are let in everywhere; the parent and the prosecutor are let in elsewhere than the staff.
ROLES = (
    Role.PSYCHOLOGIST,
    Role.LEAD_PSYCHOLOGIST,
    Role.SCHOOL_ADMIN,
    Role.TEACHER,
    Role.PARENT,
    Role.AGENCY_OFFICER,
    Role.POLICE_OPERATOR,
    Role.PROSECUTOR,
    Role.SYSTEM_ADMIN,
    Role.DPO,
    None,
)
# What the objects of an operation are, so that the search goes deeper than "not found".
KINDS = {
    "absences": "absence",
    "ai-uses": "pupil",
    "affected-by-loss": "loss",
    "alarms": "alarm",
    "appointments": "appointment",
    "board": "worked",
    "attachments": "attached",
    "camera-health": "camera",
    "cards": "card",
    "case-files": "case",
    "case-items": "case",
    "case-questionnaires": "offer",
    "cases": "case",
    "children": "pupil",
    "class-teachers": "class_",
    "duties": "duty_body",
    "classes": "class_",
    "clocks": "clock",
    "climates": "class_",
    "confirmations": "taught",
    "council-decisions": "council_decision",
    "council-evidence": "council_proof",
    "council-items": "council_point",
    "council-members": "council_seat",
    "council-sessions": "council_session",
    "deadlines": "term",
    "dossiers": "case",
    "drafts": "written",
    "duty-calls": "duty_call",
    "duty-shifts": "duty_shift",
    "flows": "flow",
    "given-questionnaires": "questionnaire",
    "incidents": "incident",
    "legal-requests": "addressed",
    "loss-messages": "loss_message",
    "loss-templates": "loss_template",
    "losses": "loss",
    "members": "membership",
    "moods": "pupil",
    "own-reports": "report",
    "plan-items": "planned_work",
    "people-around": "peopled",
    "protocols": "protocol",
    "pupil-consents": "pupil",
    "pupils": "pupil",
    "questionnaires": "pack",
    "referral-grounds": "referral",
    "referrals": "referral",
    "reports": "council",
    "requests": "request",
    "result-records": "questionnaire",
    "runs": "run",
    "safety-plans": "planned",
    "saved-views": "saved_view",
    "school-moves": "move",
    "school-staff": "staff",
    "seat-plans": "plan",
    "signals": "signal",
    "supervision-notes": "supervised",
    "substitutes": "substitution",
    "support-plans": "planned",
    "switches": "school",
    "tasks": "task",
    "triage-items": "item",
    "videos": "upload",
    "withheld": "withheld",
    "work-records": "appointment",
    "year-turns": "turn",
}
KEYS = {"id": "pk"}  # how the objects' parameters are named where the schema names them otherwise
PARAMETER = re.compile(r"\{(\w+)\}")
VIEWSETS: dict[str, Any] = {prefix: viewset for prefix, viewset, _ in RESOURCES}
EVERYBODY = {"*": frozenset(Role)}  # alerts know of no role
LET_IN: dict[str, frozenset[Role]] = {
    prefix: frozenset().union(*getattr(viewset, "roles", EVERYBODY).values()) for prefix, viewset in VIEWSETS.items()
}
Drawn = TypeVar("Drawn")


def test_the_schema_is_valid_and_made_without_a_warning(capfd: pytest.CaptureFixture[str]) -> None:
    document = SchemaGenerator().get_schema(request=None, public=True)
    validate_schema(document)
    assert capfd.readouterr().err == ""
    assert {path.split("/")[3] for path in document["paths"]} == {prefix for prefix, _, _ in RESOURCES}


def test_the_search_is_let_in_everywhere() -> None:
    assert [prefix for prefix, roles in LET_IN.items() if not roles & set(ROLES)] == []


@pytest.fixture(scope="module")
def schema(browsers: Browsers) -> Any:
    return schemathesis.openapi.from_wsgi("/api/v1/schema/", get_wsgi_application())


@pytest.mark.parametrize("role", ROLES, ids=str)
def test_nothing_that_is_sent_makes_the_program_fail(role: Role | None, schema: Any, browsers: Browsers) -> None:
    session, failures = _session(browsers, role), []
    for found in schema.get_all_operations():
        operation = found.ok()
        try:
            _search(_cases(operation, browsers, role), _examples(operation, role), _sound(session))
        except FailureGroup as failure:
            failures += [f"{operation.label}: {one}" for one in failure.exceptions]
    assert failures == []


def _sound(session: dict[str, Any]) -> Callable[[Any], None]:
    def check(case: Any) -> None:
        with undone():
            response = case.call(**session)
        case.validate_response(response, checks=CHECKS)

    return check


def _examples(operation: Any, role: Role | None) -> int:
    let_in = LET_IN[operation.path.split("/")[3]]
    return EXAMPLES if role in let_in else REFUSED


def _cases(operation: Any, browsers: Browsers, role: Role | None) -> SearchStrategy[Any]:
    """What fits the schema, what does not, and what fits and names an object that is there."""
    ways = [operation.as_strategy(), operation.as_strategy(GenerationMode.NEGATIVE)]
    kind = KINDS.get(operation.path.split("/")[3], "")
    names = PARAMETER.findall(operation.path)
    if names:
        thing = browsers.places.thing(kind, OWN, role)
        ways.append(operation.as_strategy(path_parameters={name: str(thing[KEYS.get(name, name)]) for name in names}))
    return one_of(ways)


def _search(cases: SearchStrategy[Drawn], examples: int, check: Callable[[Drawn], None]) -> None:
    """Try examples, always the same ones."""

    @settings(
        max_examples=examples, derandomize=True, database=None, deadline=None, suppress_health_check=list(HealthCheck)
    )
    @given(cases)
    def search(case: Drawn) -> None:
        check(case)

    search()


def _session(browsers: Browsers, role: Role | None) -> dict[str, Any]:
    """The role's cookies, and the token without which a changing request is refused before anything is read."""
    token = get_random_string(32)
    cookies = {name: morsel.value for name, morsel in browsers.cookies_of(role).items()}
    return {"cookies": {**cookies, "csrftoken": token}, "headers": {"X-CSRFToken": token}}
