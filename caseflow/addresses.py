"""Addresses of pages that take ids, asked of Django's resolver once for each: the page of a case names a hundred."""

from functools import lru_cache
from uuid import UUID

from django.conf import settings
from django.urls import NoReverseMatch, get_script_prefix, get_urlconf, reverse


def address_of(page: str, *keys: UUID) -> str:
    """Where the page with this name lies. Raises NoReverseMatch."""
    pieces = _pieces(page, len(keys), get_urlconf() or settings.ROOT_URLCONF, get_script_prefix())
    return pieces[0] + "".join(f"{key}{piece}" for key, piece in zip(keys, pieces[1:], strict=True))


def address_if_there(page: str, *keys: UUID) -> str:
    """The same; "" where the room of the page is not installed."""
    try:
        return address_of(page, *keys)
    except NoReverseMatch:
        return ""


@lru_cache(maxsize=1000)
def _pieces(page: str, number: int, _urls: str, _prefix: str) -> list[str]:
    """What stands before, between and behind the ids."""
    marks = [UUID(int=mark) for mark in range(number)]
    pieces, rest = [], reverse(page, args=marks)
    for mark in marks:
        piece, _mark, rest = rest.partition(str(mark))
        pieces.append(piece)
    return [*pieces, rest]
