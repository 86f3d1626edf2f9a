"""Asking a route all its questions. Each is put to the whole product and taken back afterwards."""

import json
import os
from dataclasses import dataclass, field
from datetime import timedelta
from http.cookies import SimpleCookie
from typing import Any
from urllib.parse import urlencode
from zlib import crc32

from django.core.handlers.base import BaseHandler
from django.db import transaction
from django.http import HttpResponse
from django.test import RequestFactory
from django.test.client import BOUNDARY, MULTIPART_CONTENT, encode_multipart
from django.urls import reverse
from django.utils import timezone

from caseflow.directory.enums import Role
from caseflow.directory.models import Membership
from tests.access.cells import JSON, LOGIN, REVOKED, Answer, Asked, Cell, Relation
from tests.access.leaks import leaks_in, planted
from tests.access.places import Places, Thing
from tests.access.routes import Route
from tests.directory.factories import signed_in

EVERYTHING = os.environ.get("MATRIX") == "everything"


@dataclass
class Tally:
    """What came of the cells: how many, which nobody has filled, which were answered otherwise, which tell too much."""

    cells: int = 0
    unclassified: list[str] = field(default_factory=list)
    failed: list[str] = field(default_factory=list)
    leaks: list[str] = field(default_factory=list)


class Browsers:
    """One signed-in session for each role, used again for every question.

    Requests go straight into the product's middleware: the test client would keep a copy of all that templates show.
    """

    def __init__(self, places: Places) -> None:
        self.places = places
        self.words = planted(places)
        self.factory = RequestFactory()
        self.cookies = {role: signed_in(places[role]).cookies for role in Role}
        self._product = BaseHandler()
        self._product.load_middleware()
        for role in Role:
            self.send(role, "GET", "/accounts/profile/")  # the session begins

    def send(self, role: Role | None, method: str, url: str, **request: Any) -> HttpResponse:
        """The answer to a request of somebody right after signing in; without a role of a visitor."""
        self.factory.cookies = self.cookies_of(role)
        made = self.factory.generic(method, url, **request)
        made._dont_enforce_csrf_checks = True  # type: ignore[attr-defined]  # as the test client does
        return self._product.get_response(made)  # type: ignore[return-value]

    def cookies_of(self, role: Role | None) -> SimpleCookie:
        """What the browser has kept."""
        return self.cookies[role] if role else SimpleCookie()


def is_settled(route: Route, role: Role | None, relation: Relation, relations: tuple[Relation, ...]) -> bool:
    """Whether the guard refuses this role whatever it asks for, and another of its questions shows that it does."""
    if role is None or route.roles is None or role in route.roles or relation is Relation.REVOKED:
        return False
    return relation is not relations[crc32(f"{route} {role}".encode()) % len(relations)]


def ask_all(route: Route, cell: Cell, browsers: Browsers) -> Tally:
    """Put every role with every relation to the route.

    Whom the guard by role refuses, it refuses before anything is looked up, so in a run of the tests each of them asks
    for an object of one relation (another one at each route) and once with an ended right; `make matrix` asks for all.
    """
    tally, places, words = Tally(), browsers.places, browsers.words
    for role, relation in cell.questions(places.relations(cell.kind)):
        if not EVERYTHING and is_settled(route, role, relation, places.relations(cell.kind)):
            continue
        tally.cells += 1
        expected, name = cell.answer(role, relation), f"{route} {role or 'visitor'} {relation}"
        if expected is None or not places.has(cell.kind, relation):
            tally.unclassified.append(name)
            continue
        with undone():
            response = respond(route, cell, browsers, role, relation)
            answered, told = answer_of(response), leaks_in(response, role, words)
        if answered != expected:
            tally.failed.append(f"{name}: expected {expected}, got {answered}")
        tally.leaks += [f"{name}: {word}" for word in told]
    return tally


def respond(route: Route, cell: Cell, browsers: Browsers, role: Role | None, relation: Relation) -> HttpResponse:
    """The response to one question; the caller takes back what it changed."""
    places = browsers.places
    thing = places.thing(cell.kind, relation, role)
    if relation is REVOKED and role:
        end_right(places, role)
    asked = Asked(role, relation, thing, places)
    sent = cell.sends(asked) if cell.sends else {}
    return browsers.send(role, cell.method, address(route, thing), **_written(cell, sent))


def address(route: Route, thing: Thing) -> str:
    """Where the route is for an object. Raises KeyError when the kind of object does not fit the route."""
    return reverse(route.name, kwargs={name: thing[name] for name in route.parameters})


def end_right(places: Places, role: Role) -> None:
    """Yesterday was its last day."""
    yesterday = timezone.localdate() - timedelta(days=1)
    Membership.objects.filter(pk=places[role].membership.pk).update(ends_on=yesterday)


def answer_of(response: HttpResponse) -> Answer:
    """The status, or that the sign-in page was named."""
    to_login = response.status_code == 302 and response.headers["Location"].startswith("/accounts/login/?next=")
    return LOGIN if to_login else response.status_code


class undone(transaction.Atomic):  # noqa: N801  reads as a statement
    """A block whose changes are taken back."""

    def __init__(self) -> None:
        super().__init__(using=None, savepoint=True, durable=False)

    def __exit__(self, *args: Any) -> None:
        if args[0] is None:
            transaction.set_rollback(True)
        super().__exit__(*args)


def _written(cell: Cell, sent: Any) -> dict[str, Any]:
    """`sent` as a query, a form, JSON or a raw body."""
    headers = dict(cell.headers)
    if cell.method in ("GET", "HEAD"):
        return {"headers": headers, "QUERY_STRING": urlencode(sent)}
    if cell.content_type == JSON:
        return {"headers": headers, "data": json.dumps(sent, default=str), "content_type": JSON}
    if cell.content_type:
        return {"headers": headers, "data": sent["body"], "content_type": cell.content_type}
    return {"headers": headers, "data": encode_multipart(BOUNDARY, sent), "content_type": MULTIPART_CONTENT}
