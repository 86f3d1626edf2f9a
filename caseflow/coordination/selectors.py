"""What a reader of reports sees: published figures only."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from uuid import UUID

from django.db.models import QuerySet

from caseflow.coordination.models import Report
from caseflow.directory.actors import Actor
from caseflow.directory.models import Region
from caseflow.disclosure.rounding import Published, change_percent, share_percent
from caseflow.indicators.enums import Chapter
from caseflow.indicators.rules.periods import Period, period_named
from caseflow.indicators.selectors.catalogue import in_language
from caseflow.releases.models import Release
from caseflow.releases.reading import Column, Times, column_of, figure_in, is_counted, times_in
from caseflow.releases.rules.assembling import REGION


@dataclass(frozen=True, slots=True)
class Cell:
    """One published figure beside those of the year before and of the period before; None is hidden or not counted.

    `whole` is the figure of which it is a part, `times` the lengths where the indicator is one. `has_before` and
    `has_previous`: whether it was counted then at all.
    """

    now: Published
    before: Published = None
    previous: Published = None
    whole: Published = None
    whole_before: Published = None
    times: Times = None
    times_before: Times = None
    has_before: bool = False
    has_previous: bool = False

    @property
    def change(self) -> int | None:
        """Against the year before, in whole percents."""
        return change_percent(self.now, self.before)

    @property
    def change_previous(self) -> int | None:
        """Against the period just before, in whole percents."""
        return change_percent(self.now, self.previous)

    @property
    def share(self) -> int | None:
        """Of the figure of which it is a part, in whole percents; None where rule 22 gives none."""
        return share_percent(self.now, self.whole)

    @property
    def share_before(self) -> int | None:
        return share_percent(self.before, self.whole_before)


@dataclass(frozen=True, slots=True)
class Row:
    """A place's cells, in the order of the columns."""

    name: str
    columns: tuple[Column, ...]
    cells: tuple[Cell, ...]

    @property
    def pairs(self) -> list[tuple[Column, Cell]]:
        return list(zip(self.columns, self.cells, strict=True))


@dataclass(frozen=True, slots=True)
class Table:
    """A chapter of the report: districts, then the region."""

    chapter: Chapter
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    total: Row

    @property
    def has_before(self) -> bool:
        return any(cell.has_before for cell in self.total.cells)

    @property
    def has_previous(self) -> bool:
        return any(cell.has_previous for cell in self.total.cells)

    def total_of(self, code: str) -> Cell | None:
        """The region's cell of an indicator; None where the report has none of that code."""
        return next((cell for column, cell in self.total.pairs if column.code == code), None)


@dataclass(frozen=True)
class ReportView:
    """Everything on a report's page and paper."""

    report: Report
    region: str
    district: str
    period: Period
    tables: tuple[Table, ...]

    @cached_property
    def hidden_cells(self) -> int:
        return sum(cell.now is None for cell in self._cells)

    @cached_property
    def cell_count(self) -> int:
        return len(self._cells)

    def table(self, chapter: Chapter) -> Table | None:
        return next((table for table in self.tables if table.chapter == chapter), None)

    def total(self, code: str) -> Cell | None:
        """The region's cell of an indicator; None where the report has none of that code."""
        return next((cell for table in self.tables if (cell := table.total_of(code))), None)

    def column(self, code: str) -> Column | None:
        return next((column for table in self.tables for column in table.columns if column.code == code), None)

    @property
    def _cells(self) -> list[Cell]:
        return [
            cell
            for table in self.tables
            for row in (*table.rows, table.total)
            for column, cell in row.pairs
            if not column.is_time
        ]


def scoped_reports(actor: Actor) -> QuerySet[Report]:
    """The released reports of the actor's region, the newest first."""
    reports = Report.objects.filter(release__region=actor.membership.region_id)
    return reports.select_related("release__region", "district", "before", "previous", "composed_by")


def listed_reports(actor: Actor) -> QuerySet[Report]:
    """The same reports for a list: without their figures and documents, which are large."""
    reports = Report.objects.filter(release__region=actor.membership.region_id)
    return reports.select_related("release", "district", "composed_by").defer("document", "release__content")


def region_of(actor: Actor) -> Region | None:
    """The region a reader of reports belongs to."""
    return actor.membership.region


def report_view(actor: Actor, pk: UUID) -> ReportView:
    """A report laid out in the language of the page. Raises Report.DoesNotExist outside the actor's region."""
    return lay_out(scoped_reports(actor).get(pk=pk))


def versions_of(report: Report) -> list[Report]:
    """Every version of the report, the newest first (1 query)."""
    release = report.release
    same = Report.objects.filter(release__region=release.region_id, release__period=release.period)
    return list(same.filter(district=report.district_id).select_related("release", "composed_by"))


def places_of(report: Report) -> list[str]:
    """The districts that the report shows: its own, or all of the region."""
    every = [str(place["id"]) for place in report.release.content["places"]]
    return [place for place in every if report.district_id is None or place == str(report.district_id)]


def territory_of(report: Report) -> dict[str, str] | None:
    """The names of the report's district as they were when it was released; None for the region."""
    names: dict[str, dict[str, str]] = {place["id"]: place["names"] for place in report.release.content["places"]}
    return names.get(str(report.district_id))


def subject_of(report: Report) -> str:
    """As what the report is signed."""
    return f"report:{report.pk}"


def lay_out(report: Report) -> ReportView:
    """The report's published figures, chapter by chapter."""
    content = report.release.content
    columns = [column_of(row) for row in content["indicators"]]
    shown = places_of(report)
    places = {place["id"]: in_language(place["names"]) for place in content["places"] if place["id"] in shown}
    region = in_language(content["region"])
    sides = _Sides(report.release, report.before, report.previous, {column.code: column for column in columns})
    tables = []
    for chapter in Chapter:
        of = tuple(column for column in columns if column.chapter == chapter)
        if of:
            rows = tuple(Row(name, of, sides.cells(of, place)) for place, name in places.items())
            tables.append(Table(chapter, of, rows, Row(region, of, sides.cells(of, REGION))))
    names = territory_of(report)
    district = in_language(names) if names else ""
    return ReportView(report, region, district, period_named(content["period"]), tuple(tables))


@dataclass(frozen=True, slots=True)
class _Sides:
    """The release of the report and those beside which it stands."""

    now: Release
    before: Release | None
    previous: Release | None
    columns: Mapping[str, Column]

    def cells(self, columns: tuple[Column, ...], place: str) -> tuple[Cell, ...]:
        return tuple(self._cell(column, place) for column in columns)

    def _cell(self, column: Column, place: str) -> Cell:
        if column.is_time:
            times, before = (_times(release, column.source, place) for release in (self.now, self.before))
            return Cell(None, times=times, times_before=before)
        whole = self.columns.get(column.of)
        return Cell(
            now=_figure(self.now, column, place),
            before=_figure(self.before, column, place),
            previous=_figure(self.previous, column, place),
            whole=_figure(self.now, whole, place),
            whole_before=_figure(self.before, whole, place),
            has_before=_has(self.before, column),
            has_previous=_has(self.previous, column),
        )


def _has(release: Release | None, column: Column) -> bool:
    return release is not None and is_counted(release.content, column.key)


def _figure(release: Release | None, column: Column | None, place: str) -> Published:
    return None if release is None or column is None else figure_in(release.content, column.key, place)


def _times(release: Release | None, source: str, place: str) -> Times:
    return None if release is None else times_in(release.content, source, place)
