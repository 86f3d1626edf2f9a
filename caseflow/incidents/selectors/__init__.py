from caseflow.incidents.selectors.legal import LegalView, addressed_to, as_addressed
from caseflow.incidents.selectors.reading import (
    Detail,
    detail_of,
    listed,
    own_reports,
    place_of,
    places_of_items,
    words_of,
)
from caseflow.incidents.selectors.scope import findable_pupils, items_in_conflict, scoped_incidents

__all__ = [
    "Detail",
    "LegalView",
    "addressed_to",
    "as_addressed",
    "detail_of",
    "findable_pupils",
    "items_in_conflict",
    "listed",
    "own_reports",
    "place_of",
    "places_of_items",
    "scoped_incidents",
    "words_of",
]
