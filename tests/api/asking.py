"""Asking the API as somebody signed in."""

from typing import Any

from django.urls import reverse

from caseflow.directory.actors import Actor
from tests.directory.factories import signed_in


def get(who: Actor, name: str, *args: Any, **query: Any) -> Any:
    return signed_in(who).get(reverse(f"api:{name}", args=args), query)


def post(who: Actor, name: str, *args: Any, **body: Any) -> Any:
    return signed_in(who).post(reverse(f"api:{name}", args=args), body, content_type="application/json")


def rows(who: Actor, name: str, *args: Any, **query: Any) -> list[dict[str, Any]]:
    """The results of a list."""
    answer = get(who, name, *args, **query)
    assert answer.status_code == 200, answer.content
    found: list[dict[str, Any]] = answer.json()["results"]
    return found
