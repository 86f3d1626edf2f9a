"""Where the details of an item are shown: the room an item came from says so, this room only knows the URL name."""

from django.urls import reverse

from caseflow.triage.models import TriageItem

_urls: dict[str, str] = {}


def register(kind: str, url_name: str) -> None:
    """Say which page shows the details of items of `kind`; it is reversed with the item's id as its only argument."""
    _urls[kind] = url_name


def details_url(item: TriageItem) -> str:
    """The page with the details of the item, "" when its room has none."""
    name = _urls.get(item.kind)
    return reverse(name, args=[item.pk]) if name else ""
