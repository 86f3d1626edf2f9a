"""What is asked for: the reports of a region, their papers, and questions to the explorer drawn by chance."""

from random import Random

from bench.reports.shape import Reader


def path_of(page: str, reader: Reader, random: Random) -> str:
    """The address of one request."""
    report = random.choice(reader.reports)
    if page == "report":
        return f"/reports/{report}/"
    if page == "pdf":
        return f"/reports/{report}/pdf/?language=kk-ru"
    return "/explorer/"
