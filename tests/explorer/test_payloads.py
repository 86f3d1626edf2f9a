"""Whatever is asked for or chosen: no number that no release published, and no self-harm below a region and a year."""

import re
from dataclasses import dataclass
from typing import Any

import pytest
from django.template.loader import render_to_string
from django.test import RequestFactory
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from caseflow.directory.actors import Actor
from caseflow.directory.models import Region
from caseflow.disclosure.rounding import change_percent
from caseflow.explorer.documents import document_of, lines_of
from caseflow.explorer.enums import Axis, Shown
from caseflow.explorer.selectors.exploring import explore
from caseflow.explorer.selectors.opening import drafted, open_page
from caseflow.explorer.views.opened import open_context
from caseflow.indicators.rules.definitions import in_force, shipped
from caseflow.indicators.rules.periods import period_named
from caseflow.releases.models import Release
from caseflow.releases.rules.content import described
from tests.explorer.conftest import PERIODS
from tests.explorer.factories import TODAY, content_of, release

pytestmark = pytest.mark.django_db
DEFINED = {each.code: described(each) for each in in_force(shipped(), TODAY)}
PLANTED = 7777  # stands in no release but where no figure of self-harm may be
CODES = st.lists(st.sampled_from(sorted(DEFINED)), min_size=1, max_size=6, unique=True)
MANY = settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])


@dataclass(frozen=True)
class Land:
    region: Region
    contents: dict[str, dict[str, Any]]

    def published(self, indicator: str, place: str, period: str) -> Any:
        """The one number that may stand there; None for none."""
        defined, content = DEFINED[indicator], self.contents.get(period)
        if content is None:
            return None
        if defined["unit"] == "seconds":
            return content["times"].get(defined["source"], {}).get(place)
        if defined["source"] == "self_harm" and (place != "region" or not period_named(period).is_year):
            return None
        return content["figures"].get(defined["key"], {}).get(place)


@pytest.fixture
def poisoned(region: Region, prosecutor: Actor) -> Land:
    """Releases in which figures of self-harm stand where they must never be."""
    contents = {}
    for period in PERIODS:
        content = content_of(region, period, 3)
        places = [place["id"] for place in content["places"]]
        figures = content["figures"]
        below = dict.fromkeys(places if period_named(period).is_year else [*places, "region"], PLANTED)
        figures["self_harm:*"] = figures.get("self_harm:*", {}) | below
        if DEFINED["self_harm"] not in content["indicators"]:
            content["indicators"].append(DEFINED["self_harm"])
        contents[period] = content
        release(region, period, prosecutor, figures=figures, indicators=content["indicators"], times=content["times"])
    return Land(region, contents)


def check(land: Land, document: dict[str, Any]) -> None:
    assert str(PLANTED) not in str(document)
    for told in document["figures"]:
        published = land.published(told["indicator"], told["place"], told["period"])
        before = period_named(told["period"]).year_before.code
        if DEFINED[told["indicator"]]["unit"] == "seconds":
            assert (told["median_s"], told["p90_s"]) == tuple((published or {}).values() or (None, None))
            assert (told["figure"], told["year_before"]) == (None, None)
            continue
        assert told["figure"] == published
        assert told["year_before"] in (land.published(told["indicator"], told["place"], before), None)
        assert told["change_percent"] == change_percent(told["figure"], told["year_before"])
        assert told["share_percent"] is None or 5 < told["share_percent"] < 95


@MANY
@given(
    CODES,
    st.lists(st.sampled_from(["region", "everywhere"]), min_size=1, unique=True),
    st.lists(st.sampled_from([*PERIODS, "newest", "last-4", "newest-year"]), min_size=1, unique=True),
    st.sampled_from(Shown),
    st.permutations(list(Axis)),
)
def test_the_explorer_tells_what_was_published(
    poisoned: Land, codes: list[str], places: list[str], periods: list[str], shown: Shown, axes: list[Axis]
) -> None:
    said = {"indicator": codes, "place": places, "period": periods, "shown": [shown.value]}
    answer = explore(poisoned.region, said | {"rows": [axes[0].value], "columns": [axes[1].value]}).answer
    assert answer is not None
    check(poisoned, document_of(answer))
    assert str(PLANTED) not in str(list(lines_of(answer)))


@MANY
@given(CODES)
def test_the_public_page_tells_what_was_published(poisoned: Land, codes: list[str]) -> None:
    found = open_page(drafted(poisoned.region, codes, 1))
    check(poisoned, document_of(found))
    assert str(PLANTED) not in str(list(lines_of(found)))
    request = RequestFactory().get("/open/mangystau/embed/")
    page = render_to_string("explorer/open/_figures.html", open_context(request, found))
    assert str(PLANTED) not in page
    numbers = {n for content in poisoned.contents.values() for by in content["figures"].values() for n in by.values()}
    shown = {int(n) for n in re.findall(r"<td>(\d+)</td>", page)}
    assert shown <= numbers - {PLANTED}


def test_what_was_planted_would_be_seen(poisoned: Land) -> None:
    assert str(PLANTED) in str(Release.objects.get(period="2026-Q3").content)
