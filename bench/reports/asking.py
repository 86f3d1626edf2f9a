"""What is asked for: the reports of a region, their papers, and questions to the explorer drawn by chance."""

from random import Random
from urllib.parse import urlencode

from bench.reports.shape import Reader

INDICATORS = ("events", "bullying", "violence", "domestic", "psych_in_time", "legal_in_time", "legal_late", "alarms")
PERIODS = ("newest", "last-4")
AXES = ("place", "indicator", "period")
SHOWN = ("figure", "share", "change")


def path_of(page: str, reader: Reader, random: Random) -> str:
    """The address of one request."""
    report = random.choice(reader.reports)
    if page == "report":
        return f"/reports/{report}/"
    if page == "pdf":
        return f"/reports/{report}/pdf/?language=kk-ru"
    rows, columns = random.sample(AXES, 2)
    asked = {
        "indicator": random.sample(INDICATORS, random.randint(2, len(INDICATORS))),
        "place": ["everywhere"],
        "period": [random.choice(PERIODS)],
        "shown": [random.choice(SHOWN)],
        "rows": [rows],
        "columns": [columns],
    }
    return f"/explorer/?{urlencode(asked, doseq=True)}"
