"""How the figures of a release are written down. Pure.

`content` is an object with:

- `format`: 1; `region`: its names; `period`, `version`; `parts`: the codes of the releases that a year sums up
- `places`: the districts, each with `id` (as text) and `names`
- `indicators`: each with `code`, `version`, `chapter`, `source`, `values`, `of`, `unit`, `key`, `names`, `meanings` and
  `own`
- `figures`: key → place (`region`, or the id of a district) → count rounded to five, or null where it is hidden
- `times`: source → place → `median_s` and `p90_s` in whole seconds, or null where there are too few

Names are in kk, ru and en.
"""

import hashlib
import json
from collections.abc import Mapping
from typing import Any, Final

from caseflow.alarms.rules.figures import times_of
from caseflow.disclosure.rounding import Published
from caseflow.indicators.rules.definitions import Definition
from caseflow.releases.rules.assembling import REGION

FORMAT: Final = 1
LEAST_ANSWERS: Final = 10
LEAST_ALARMS: Final = 15  # so shown there are 13 at least: that ten were answered tells nothing new of how many


def described(definition: Definition) -> dict[str, Any]:
    """A definition as it is kept with the figures that it was used for."""
    return {
        "code": definition.code,
        "version": definition.version,
        "chapter": definition.chapter.value,
        "source": definition.source,
        "values": sorted(definition.values),
        "of": definition.of,
        "unit": definition.unit.value,
        "key": definition.key,
        "names": definition.names,
        "meanings": definition.meanings,
        "own": definition.own,
    }


def published_times(
    lengths: Mapping[str, list[float]], alarms: Mapping[str, Published]
) -> dict[str, dict[str, int | None] | None]:
    """Median and 90th percentile of the region and each district; None where answers or shown alarms are too few."""
    everywhere = {**lengths, REGION: [seconds for each in lengths.values() for seconds in each]}
    return {place: _times(everywhere.get(place, []), alarms[place]) for place in alarms}


def digest_of(content: Mapping[str, Any]) -> str:
    """SHA-256 (hex) of the canonical JSON of `content`."""
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _times(lengths: list[float], alarms: Published) -> dict[str, int | None] | None:
    if len(lengths) < LEAST_ANSWERS or alarms is None or alarms < LEAST_ALARMS:
        return None
    times = times_of(lengths, exact=False)
    return {"median_s": times.median_s, "p90_s": times.p90_s}
