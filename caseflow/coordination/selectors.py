"""What a reader of reports sees: published figures only."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import QuerySet
from django.utils.translation import get_language

from caseflow.coordination.disclosure import Published, change_percent, share_percent
from caseflow.coordination.enums import Indicator
from caseflow.coordination.models import PeriodFigures, Report
from caseflow.coordination.rules import Quarter
from caseflow.directory.actors import Actor
from caseflow.directory.models import Region
from caseflow.incidents.enums import AssessmentKind


@dataclass(frozen=True, slots=True)
class Cell:
    """One published count beside that of the year before; None is hidden."""

    now: Published
    before: Published

    @property
    def change(self) -> int | None:
        return change_percent(self.now, self.before)


@dataclass(frozen=True, slots=True)
class Row:
    """A district's cells, in the order of the indicators."""

    name: str
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class Timeliness:
    """Shares of the assessments of one kind, in whole percents; None where rule 22 gives none."""

    kind: AssessmentKind
    in_time: int | None
    late: int | None
    missing: int | None
    in_time_before: int | None


@dataclass(frozen=True, slots=True)
class ReportView:
    """Everything on a report's page and paper."""

    report: Report
    region: str
    quarter: Quarter
    indicators: tuple[Indicator, ...]
    rows: tuple[Row, ...]
    totals: tuple[Cell, ...]
    timeliness: tuple[Timeliness, ...]

    @property
    def hidden_cells(self) -> int:
        return sum(cell.now is None for row in self.rows for cell in row.cells)

    @property
    def cell_count(self) -> int:
        return sum(len(row.cells) for row in self.rows)


def scoped_reports(actor: Actor) -> QuerySet[Report]:
    """The released reports of the actor's region."""
    region = actor.membership.region_id
    return Report.objects.filter(figures__region=region).select_related("figures__region", "before", "composed_by")


def region_of(actor: Actor) -> Region | None:
    """The region a reader of reports belongs to."""
    return actor.membership.region


def report_view(actor: Actor, pk: UUID) -> ReportView:
    """A report laid out in the language of the page. Raises Report.DoesNotExist outside the actor's region."""
    return lay_out(scoped_reports(actor).get(pk=pk))


def lay_out(report: Report) -> ReportView:
    """The report's published figures, row by row."""
    now, before = report.figures.content, report.before.content
    indicators = tuple(Indicator)
    earlier = {district["id"]: district["cells"] for district in before["districts"]}
    return ReportView(
        report=report,
        region=_named(now["region"]),
        quarter=Quarter(report.figures.year, report.figures.quarter),
        indicators=indicators,
        rows=tuple(
            Row(_named(d["name"]), _cells(d["cells"], earlier.get(d["id"], {}), indicators)) for d in now["districts"]
        ),
        totals=_cells(now["totals"], before["totals"], indicators),
        timeliness=tuple(_timeliness(kind, now["assessments"], before["assessments"]) for kind in AssessmentKind),
    )


def figures_of(region: Region, quarter: Quarter) -> PeriodFigures | None:
    """The release of that quarter, if it was made."""
    return PeriodFigures.objects.filter(region=region, year=quarter.year, quarter=quarter.number).first()


def open_content(content: dict[str, Any]) -> dict[str, Any]:
    """Released figures as whoever reads the page may have them: assessments as shares, never as counts.

    Their total is a sum over the kinds of events and would narrow a hidden one.
    """
    shares = {
        kind: {part: share_percent(parts[part], parts["needed"]) for part in ("in_time", "late", "missing")}
        for kind, parts in content["assessments"].items()
    }
    return {**content, "assessments": shares}


def _cells(now: dict[str, Published], before: dict[str, Published], order: tuple[Indicator, ...]) -> tuple[Cell, ...]:
    return tuple(Cell(now[i], before.get(i)) for i in order)


def _timeliness(kind: AssessmentKind, now: dict[str, Any], before: dict[str, Any]) -> Timeliness:
    parts, earlier = now[kind], before[kind]
    return Timeliness(
        kind=kind,
        in_time=share_percent(parts["in_time"], parts["needed"]),
        late=share_percent(parts["late"], parts["needed"]),
        missing=share_percent(parts["missing"], parts["needed"]),
        in_time_before=share_percent(earlier["in_time"], earlier["needed"]),
    )


def _named(names: dict[str, str]) -> str:
    code = (get_language() or "ru")[:2]
    return names.get(code) or names["ru"]
