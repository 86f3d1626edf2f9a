"""The API offers the same resources with the same scopes as the pages; what it leaves out has a reason."""

import re
from collections import Counter, defaultdict
from pathlib import Path
from typing import Final

from django.conf import settings

from caseflow.directory.enums import Role
from tests.access.routes import CONNECT, all_routes
from tests.api.left_to_pages import PAGE_ONLY
from tests.api.offered import OFFERED, WIDER, WITHOUT_PAGE

API: Final = "api:"
ROUTES: Final = {str(route): route for route in all_routes() if route.method != CONNECT}
PAGES: Final = {name for name in ROUTES if not name.startswith(API)}
ENDPOINTS: Final = {name.removeprefix(API) for name in ROUTES if name.startswith(API)}
DECISION: Final = Path(settings.BASE_DIR) / "docs" / "decisions" / "what-the-api-leaves-to-pages.md"


def roles_of(name: str) -> frozenset[Role]:
    """Whom a route lets in: everybody where no guard by role stands before it."""
    roles = ROUTES[name].roles
    return frozenset(Role) if roles is None else roles


def roles_of_all(names: set[str]) -> frozenset[Role]:
    return frozenset().union(*map(roles_of, names))


def test_every_page_is_offered_by_the_api_or_left_to_pages_and_none_is_both() -> None:
    said = Counter([*OFFERED, *(name for names in PAGE_ONLY.values() for name in names)])
    assert set(said) == PAGES
    assert [name for name, times in said.items() if times > 1] == []


def test_what_offers_a_page_is_there() -> None:
    assert [name for name, offering in OFFERED.items() if not offering or not set(offering) <= ENDPOINTS] == []


def test_every_endpoint_stands_for_a_page() -> None:
    offering = {endpoint for endpoints in OFFERED.values() for endpoint in endpoints}
    assert offering | WITHOUT_PAGE == ENDPOINTS
    assert not offering & WITHOUT_PAGE


def test_whoever_has_a_page_has_its_endpoints() -> None:
    kept_out = {
        page: sorted(roles_of(page) - roles_of_all({API + endpoint for endpoint in endpoints}))
        for page, endpoints in OFFERED.items()
    }
    assert {page: roles for page, roles in kept_out.items() if roles} == {}


def test_nobody_has_an_endpoint_without_having_one_of_its_pages() -> None:
    pages: defaultdict[str, set[str]] = defaultdict(set)
    for page, endpoints in OFFERED.items():
        for endpoint in endpoints:
            pages[endpoint].add(page)
    wider = {endpoint: roles_of(API + endpoint) - roles_of_all(of) for endpoint, of in pages.items()}
    assert {endpoint: roles for endpoint, roles in wider.items() if roles} == WIDER


def test_the_decision_gives_a_reason_for_each_thing_left_to_pages() -> None:
    reasons = dict(re.findall(r"^- \*\*(.+?)\.\*\* (\S.+?)(?=\n- |\n\n|\Z)", DECISION.read_text(), re.M | re.S))
    assert set(reasons) == set(PAGE_ONLY)
    assert [heading for heading, reason in reasons.items() if len(reason) < 40] == []
