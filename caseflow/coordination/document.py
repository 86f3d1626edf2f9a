"""A report as one document in data: what is offered openly, and what is signed.

It is written once, when the report is composed, as canonical JSON (UTF-8, keys in order, no blanks), and kept: what was
signed stays the same bytes, whatever the product says differently later.
"""

import json
from typing import Any, Final

from django.utils.translation import gettext, override

from caseflow.coordination.models import Report
from caseflow.coordination.selectors import places_of, territory_of
from caseflow.coordination.wording import title_words
from caseflow.indicators.rules.periods import period_named
from caseflow.releases.models import Release
from caseflow.releases.rules.assembling import REGION

FORMAT: Final = "tirek-report/1"
LANGUAGES: Final = ("kk", "ru", "en")


def document_of(report: Report) -> dict[str, Any]:
    """The report with what is needed to understand it without the product: definitions, method, periods, digests."""
    return {
        "format": FORMAT,
        "title": _in_each(lambda: title_words(period_named(report.release.period))),
        "method": _in_each(_method),
        **_facts(report),
    }


def _facts(report: Report) -> dict[str, Any]:
    """What stands in the document and is not worded by the product."""
    release = report.release
    content = release.content
    period = period_named(release.period)
    places = places_of(report)
    return {
        "region": content["region"],
        "period": {"code": period.code, "first_day": f"{period.first_day}", "last_day": f"{period.last_day}"},
        "version": release.version,
        "correction": release.reason,
        "territory": territory_of(report),
        "comment": report.comment,
        "indicators": content["indicators"],
        "places": [place for place in content["places"] if place["id"] in places],
        "now": _side(release, places),
        "year_before": _side(report.before, places),
        "period_before": _side(report.previous, places),
    }


def document_text(report: Report) -> str:
    """The document as it is kept, downloaded and signed."""
    return json.dumps(document_of(report), sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def holds_what_is_shown(report: Report) -> bool:
    """Whether the kept document has the very figures, definitions and words of which page and files are made now."""
    try:
        kept = json.loads(report.document)
    except ValueError:
        return False
    return all(kept.get(part) == shown for part, shown in _facts(report).items())


def _side(release: Release | None, places: list[str]) -> dict[str, Any] | None:
    """The figures of one release; None where nothing was counted."""
    if release is None:
        return None
    return {
        "period": release.period,
        "version": release.version,
        "sha256": release.digest,
        "figures": _within(release.content["figures"], places),
        "times": _within(release.content["times"], places),
    }


def _within(figures: dict[str, dict[str, Any]], places: list[str]) -> dict[str, dict[str, Any]]:
    kept = {*places, REGION}
    return {key: {place: n for place, n in of.items() if place in kept} for key, of in figures.items()}


def _method() -> str:
    return gettext(
        "Counts are rounded to five; null is hidden: one to seven, or a number that would give such a one away beside "
        "everything released. A figure stands under the key of its indicator, by place: “region”, or a district’s id."
    )


def _in_each(words: Any) -> dict[str, str]:
    found = {}
    for language in LANGUAGES:
        with override(language):
            found[language] = words()
    return found
