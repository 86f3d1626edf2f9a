"""The explorer shows what was released, as it is asked for, and nothing else."""

import csv
import json
from io import BytesIO, StringIO
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from openpyxl import load_workbook

from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Region
from caseflow.explorer.charts import MIDDLE_PERCENT, charts_of
from caseflow.explorer.enums import Shown
from caseflow.explorer.selectors.exploring import explore
from caseflow.releases.models import Release
from tests.coordination.test_reports import QUARTER
from tests.directory.factories import DistrictFactory, RegionFactory, actor, signed_in
from tests.explorer.factories import content_of, districts_of, numbers_in, release

pytestmark = pytest.mark.django_db
EVERYTHING = {"place": ["everywhere"], "period": ["last-4", "newest-year"], "rows": ["place"], "columns": ["period"]}
MOST_QUERIES = 12


def figures(region: Region, **said: list[str]) -> dict[tuple[str, str, str], Any]:
    answer = explore(region, said).answer
    assert answer is not None
    return {(e.column.code, e.place.code, e.period.code): e.cell for e in answer.entries}


def test_without_a_word_it_shows_the_usual_of_every_place_in_the_newest_quarter(released: Region) -> None:
    found = figures(released)
    districts = {str(district.pk) for district in released.districts.all()}
    assert {code for code, _place, _period in found} == {"events", "bullying", "violence", "domestic"}
    assert {place for _code, place, _period in found} == {"region", *districts}
    assert {period for _code, _place, period in found} == {"2026-Q3"}


def test_figures_are_those_of_the_version_in_force(released: Region) -> None:
    newest = Release.objects.get(period="2026-Q3", version=2).content
    shown = figures(released, indicator=["events"], place=["region"])["events", "region", "2026-Q3"]
    assert shown.count == newest["figures"]["incidents:*"]["region"]
    assert shown.before == Release.objects.get(period="2025-Q3").content["figures"]["incidents:*"]["region"]


def test_another_region_s_figures_are_not_there(released: Region, prosecutor: Actor) -> None:
    other = RegionFactory.create()
    districts_of(other, 2)
    stranger = actor(Role.PROSECUTOR, region=other)
    release(other, "2026-Q3", stranger, seed=7)
    theirs = str(other.districts.all()[0].pk)
    found = explore(released, {"indicator": ["events"], "place": [theirs, "region"]})
    assert found.left_out
    assert found.question.places == ("region",)


def test_a_district_that_the_region_has_no_more_stands_in_the_releases_that_have_it(released: Region) -> None:
    moved = released.districts.all()[0]
    moved.region = RegionFactory.create()
    moved.save()
    assert ("events", str(moved.pk), "2026-Q3") in figures(released)


def test_a_new_district_was_not_counted_before_it_was(released: Region) -> None:
    fresh = DistrictFactory.create(region=released)
    assert figures(released)["events", str(fresh.pk), "2026-Q3"].state == "not_counted"


def test_what_no_period_asked_has_is_named_by_the_catalogue(released: Region) -> None:
    found = figures(released, indicator=["schools"], place=["region"], period=["2025"])
    assert found["schools", "region", "2025"].state == "not_counted"


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"rows": "place", "columns": "place", "indicator": "events", "place": "region"}, "The same stands in rows"),
        ({"rows": "place", "columns": "period"}, "Choose at least one indicator"),
    ],
)
def test_a_question_without_an_answer_says_why(
    released: Region, analyst: Actor, asked: dict[str, str], words: str
) -> None:
    answer = signed_in(analyst).get("/explorer/", asked)
    assert answer.status_code == 422
    assert words in answer.content.decode()


def test_too_many_figures_are_refused_in_words(released: Region, analyst: Actor) -> None:
    for _ in range(150):
        DistrictFactory.create(region=released)
    every = [option.value for _chapter, options in explore(released, {}).offer.chapters for option in options]
    answer = signed_in(analyst).get("/explorer/", EVERYTHING | {"indicator": every})
    assert answer.status_code == 422
    assert "4000 is the most" in answer.content.decode()


def test_the_page_asks_as_many_questions_for_many_figures_as_for_one(released: Region, analyst: Actor) -> None:
    client = signed_in(analyst)
    client.get("/explorer/")
    every = [option.value for _chapter, options in explore(released, {}).offer.chapters for option in options]
    counts = []
    for asked in ({"indicator": ["events"], "place": ["region"]}, EVERYTHING | {"indicator": every}):
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/explorer/", asked).status_code == 200
        counts.append(len(queries))
    assert counts[0] == counts[1] <= MOST_QUERIES, [query["sql"] for query in queries.captured_queries]


def test_the_page_offers_everything_that_was_ever_defined_and_released(released: Region, analyst: Actor) -> None:
    page = signed_in(analyst).get("/explorer/").content.decode()
    for shown in ("The newest quarter, whichever it is", "quarter II of 2025", "the year 2025", "Reports of self-harm"):
        assert shown.capitalize()[:8] in page or shown in page
    assert "corrected version 2" in page


def test_a_region_without_releases_says_so(region: Region, analyst: Actor) -> None:
    page = signed_in(analyst).get("/explorer/")
    assert page.status_code == 200
    assert "No report is released yet" in page.content.decode()
    assert signed_in(analyst).get("/explorer/csv/").status_code == 404


def test_a_figure_that_was_really_counted_is_shown(region: Region, prosecutor: Actor) -> None:
    from caseflow.releases.services import make_release

    content = make_release(prosecutor, region, QUARTER).content
    shown = figures(region, indicator=["events"], place=["region"], period=[QUARTER.code])
    assert shown["events", "region", QUARTER.code].count == content["figures"]["incidents:*"]["region"] == 0


def test_every_line_of_the_csv_is_a_figure_with_its_names(released: Region, analyst: Actor) -> None:
    answer = signed_in(analyst).get("/explorer/csv/", EVERYTHING | {"indicator": ["events", "self_harm", "accepting"]})
    assert answer["Content-Disposition"].startswith('attachment; filename="tirek-mangystau-2025.csv"')
    lines = list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig"))))
    assert len(lines) == 3 * 4 * 5
    year = next(line for line in lines if line["indicator"] == "self_harm" and line["state"] == "shown")
    assert (year["period"], year["place"], year["place_kk"]) == ("2025", "region", "Маңғыстау облысы")
    assert {line["state"] for line in lines if line["indicator"] == "self_harm"} == {"shown", "not_counted"}


def test_the_json_has_definitions_releases_and_method(released: Region, analyst: Actor) -> None:
    told = json.loads(signed_in(analyst).get("/explorer/json/", {"indicator": "bullying", "place": "region"}).content)
    release_told = told["releases"][0]
    assert (release_told["period"], release_told["version"]) == ("2026-Q3", 2)
    assert release_told["sha256"] == Release.objects.get(version=2).digest
    assert told["indicators"][0]["names"]["en"] == "Bullying suspected"
    assert set(told["method"]) == {"kk", "ru", "en"}
    [figure] = told["figures"]
    assert figure["figure"] in numbers_in(Release.objects.get(version=2).content) | {None}


@pytest.mark.parametrize("language", ["en", "kk-ru"])
def test_the_workbook_holds_the_tables_of_the_page(released: Region, analyst: Actor, language: str) -> None:
    asked = {"indicator": ["events", "accepting"], "place": "everywhere", "language": language}
    book = load_workbook(BytesIO(signed_in(analyst).get("/explorer/xlsx/", asked).content))
    cells = [cell for row in book.worksheets[0].iter_rows(values_only=True) for cell in row if cell is not None]
    count = figures(released)["events", "region", "2026-Q3"].count
    assert count in cells
    assert ("Маңғыстау облысы / Мангистауская область" in cells) is (language == "kk-ru")


def test_what_has_no_answer_has_no_file(released: Region, analyst: Actor) -> None:
    assert signed_in(analyst).get("/explorer/json/", {"rows": "place"}).status_code == 404


def test_the_api_tells_the_same_and_refuses_in_words(released: Region, analyst: Actor) -> None:
    client = signed_in(analyst)
    asked = EVERYTHING | {"indicator": ["violence", "psych_in_time"], "shown": ["share"]}
    assert client.get("/api/v1/explorer/", asked).json() == json.loads(client.get("/explorer/json/", asked).content)
    usual = client.get("/api/v1/explorer/").json()
    assert client.get("/api/v1/explorer/", {"format": "json"}).json() == usual
    refused = client.get("/api/v1/explorer/", {"rows": "place"})
    assert (refused.status_code, list(refused.json())) == (400, ["detail"])


@pytest.mark.parametrize("shown", list(Shown))
@pytest.mark.parametrize(("rows", "columns"), [("place", "indicator"), ("indicator", "period"), ("period", "place")])
def test_bars_are_drawn_of_published_figures_within_the_room(
    released: Region, shown: Shown, rows: str, columns: str
) -> None:
    said = {"indicator": ["events", "psych_in_time", "accepting"], "place": ["everywhere"], "period": ["last-4"]}
    answer = explore(released, said | {"shown": [shown.value], "rows": [rows], "columns": [columns]}).answer
    assert answer is not None
    bars = [bar for charts in charts_of(answer) for chart in charts for bar in chart.bars]
    assert bars
    assert all(0 <= bar.start <= bar.start + bar.length <= 72 for bar in bars)
    assert all(bar.before_length <= 72 for bar in bars)
    if shown == Shown.CHANGE:
        assert all(MIDDLE_PERCENT in (bar.start, round(bar.start + bar.length, 1)) for bar in bars)
    assert any(bar.length for bar in bars)


def test_beside_a_region_its_districts_are_compared_with_each_other(released: Region) -> None:
    answer = explore(released, {"indicator": ["events"], "place": ["everywhere"]}).answer
    assert answer is not None
    [[chart]] = charts_of(answer)
    assert len(chart.bars) == 3
    assert max(bar.length for bar in chart.bars) <= 72
    alone = explore(released, {"indicator": ["events"], "place": ["region"]}).answer
    assert alone is not None
    assert len(charts_of(alone)[0][0].bars) == 1


def test_of_very_many_figures_no_bars_are_drawn(released: Region, analyst: Actor) -> None:
    every = [option.value for _chapter, options in explore(released, {}).offer.chapters for option in options]
    page = signed_in(analyst).get("/explorer/", EVERYTHING | {"indicator": every}).content.decode()
    assert "too many figures for a chart" in page


def test_made_up_releases_are_like_real_ones(region: Region) -> None:
    assert content_of(region, "2026-Q1", 1) == content_of(region, "2026-Q1", 1)
    assert "self_harm:*" not in content_of(region, "2026-Q1", 1)["figures"]
