"""Releases for the explorer and the public page. The figures are invented, written down and not counted."""

from collections.abc import Iterable, Mapping
from datetime import date
from random import Random
from typing import Any

from caseflow.directory.actors import Actor
from caseflow.directory.models import District, Region
from caseflow.disclosure.rounding import publish_count
from caseflow.indicators.rules.definitions import Definition, in_force, shipped
from caseflow.indicators.rules.periods import period_named
from caseflow.indicators.rules.sources import SOURCES, TIMED
from caseflow.releases.models import Release
from caseflow.releases.rules.assembling import REGION
from caseflow.releases.rules.content import FORMAT, described, digest_of
from tests.directory.factories import DistrictFactory

NAMES = (
    ("Ақтау қаласы", "Город Актау"),
    ("Жаңаөзен қаласы", "Город Жанаозен"),
    ("Бейнеу ауданы", "Бейнеуский район"),
    ("Қарақия ауданы", "Каракиянский район"),
    ("Маңғыстау ауданы", "Мангистауский район"),
    ("Мұнайлы ауданы", "Мунайлинский район"),
    ("Түпқараған ауданы", "Тупкараганский район"),
)
TODAY = date(2026, 10, 1)


def districts_of(region: Region, count: int = len(NAMES)) -> list[District]:
    """Districts of a region that lies at the sea."""
    return [DistrictFactory.create(region=region, name_kk=kk, name_ru=ru, name_en="") for kk, ru in NAMES[:count]]


def release(region: Region, period: str, by: Actor, *, seed: int = 1, version: int = 1, **changed: Any) -> Release:
    """A release of every district that the region has; `changed` takes the place of parts of its content."""
    content = content_of(region, period, seed, version) | changed
    return Release.objects.create(
        region=region,
        period=period,
        version=version,
        content=content,
        digest=digest_of(content),
        reason="" if version == 1 else "Two reports were of one event.",
        made_by=by.user,
    )


def content_of(region: Region, period: str, seed: int, version: int = 1) -> dict[str, Any]:
    """What is released of a period: every shipped indicator that can be counted of it."""
    is_year = period_named(period).is_year
    definitions = [each for each in in_force(shipped(), TODAY) if _is_counted(each, is_year=is_year)]
    places = list(region.districts.order_by("pk"))
    dice = Random(f"{period} {seed}")
    return {
        "format": FORMAT,
        "region": region.names,
        "period": period,
        "version": version,
        "parts": [],
        "places": [{"id": str(place.pk), "names": place.names} for place in places],
        "indicators": [described(each) for each in definitions],
        "figures": dict(
            _figures([each for each in definitions if not each.is_time], [str(p.pk) for p in places], dice)
        ),
        "times": {each.source: _times([str(p.pk) for p in places], dice) for each in definitions if each.is_time},
    }


def numbers_in(content: Mapping[str, Any]) -> set[int]:
    """Every number that a release publishes."""
    counts = {n for by_place in content["figures"].values() for n in by_place.values() if n is not None}
    lengths = {
        n for by_place in content["times"].values() for times in by_place.values() if times for n in times.values()
    }
    return counts | lengths


def _is_counted(definition: Definition, *, is_year: bool) -> bool:
    if definition.source in TIMED:
        return True
    source = SOURCES[definition.source]
    return is_year if source.whole_year_only else not (is_year and source.is_stock)


def _figures(
    definitions: Iterable[Definition], places: list[str], dice: Random
) -> Iterable[tuple[str, dict[str, int | None]]]:
    for each in definitions:
        if SOURCES[each.source].whole_year_only:
            yield each.key, {REGION: publish_count(dice.randint(20, 60))}
            continue
        most = 90 if each.of else 260
        counts = [dice.choice((dice.randint(0, 12), dice.randint(8, most), dice.randint(8, most))) for _place in places]
        shown = {place: publish_count(count) for place, count in zip(places, counts, strict=True)}
        yield each.key, shown | {REGION: publish_count(sum(counts))}


def _times(places: list[str], dice: Random) -> dict[str, dict[str, int] | None]:
    def times() -> dict[str, int] | None:
        median = dice.randint(12, 240)
        return {"median_s": median, "p90_s": 2 * median} if dice.random() > 0.3 else None

    return {place: times() for place in (*places, REGION)}
