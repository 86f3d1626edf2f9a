"""Composing and freezing reports."""

import hashlib
import json
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from caseflow.audit.services import record
from caseflow.coordination.disclosure import Published, PublishedSum, Sums, publish_beside, publish_sum
from caseflow.coordination.enums import INDICATOR_OF, NEVER_BY_QUARTER, Indicator
from caseflow.coordination.models import PeriodFigures, Report
from caseflow.coordination.rules import READERS, Quarter
from caseflow.coordination.selectors import ReportView, figures_of, report_view
from caseflow.directory.actors import Actor
from caseflow.directory.models import Region
from caseflow.directory.selectors import members_of_region, recipients
from caseflow.incidents.enums import AssessmentKind
from caseflow.incidents.selectors.figures import assessment_times, counts
from notifications.services import alert

PARTS = ("in_time", "late", "missing", "waiting")


class PeriodNotOverError(Exception):
    """A running quarter is not released: it would be released twice, and the difference tells."""


class AlreadyReleasedError(Exception):
    """The quarter's report exists; a release is made once."""


@transaction.atomic
def compose_report(actor: Actor, *, region: Region, quarter: Quarter, comment: str = "") -> Report:
    """Freeze the published figures of a finished quarter and compose its report.

    Raises PeriodNotOverError, AlreadyReleasedError. The year before is shown as it was released then; if it never
    was, it is frozen now.
    """
    if not quarter.is_over(timezone.localdate()):
        raise PeriodNotOverError
    # Two composers at once: the second finds the first's release.
    Region.objects.select_for_update(no_key=True).get(pk=region.pk)
    figures = _freeze(region, quarter)
    if Report.objects.filter(figures=figures).exists():
        raise AlreadyReleasedError
    report = Report.objects.create(
        figures=figures, before=_freeze(region, quarter.year_before), comment=comment, composed_by=actor.user
    )
    detail = {"year": quarter.year, "quarter": quarter.number, "digest": figures.digest}
    record(action="release_report", actor_id=actor.user.pk, role=actor.role, obj=f"report {report.pk}", detail=detail)
    readers = recipients(members_of_region(region, READERS).exclude(user=actor.user))
    alert(
        recipients=readers,
        kind="report_released",
        params={"period": f"{quarter.year} Q{quarter.number}"},
        url=f"/reports/{report.pk}/",
    )
    return report


@transaction.atomic
def open_report(actor: Actor, report_id: UUID) -> ReportView:
    """A released report laid out; the reading is logged. Raises Report.DoesNotExist outside the actor's region."""
    view = report_view(actor, report_id)
    record(action="read", actor_id=actor.user.pk, role=actor.role, obj=f"report {report_id}")
    return view


def is_unchanged(figures: PeriodFigures) -> bool:
    """Whether the frozen content still has the digest it was released with."""
    return digest_of(figures.content) == figures.digest


def digest_of(content: dict[str, Any]) -> str:
    """SHA-256 (hex) of the canonical JSON of `content`."""
    canonical = json.dumps(content, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
    return hashlib.sha256(canonical.encode()).hexdigest()


def _freeze(region: Region, quarter: Quarter) -> PeriodFigures:
    released = figures_of(region, quarter)
    if released:
        return released
    content = _published(region, quarter)
    return PeriodFigures.objects.create(
        region=region, year=quarter.year, quarter=quarter.number, content=content, digest=digest_of(content)
    )


def _published(region: Region, quarter: Quarter) -> dict[str, Any]:
    """What may be shown of the quarter: each kind's districts and total as one sum, each kind of assessment's parts."""
    districts = list(region.districts.order_by("pk"))
    exact = _exact_counts(region, quarter)
    counted = {i: [exact.get((d.pk, i), 0) for d in districts] for i in Indicator}
    sums = {i: publish_sum(cells) for i, cells in counted.items()}
    return {
        "region": {"kk": region.name_kk, "ru": region.name_ru, "en": region.name_en},
        "districts": [
            {
                "id": district.pk,
                "name": {"kk": district.name_kk, "ru": district.name_ru, "en": district.name_en},
                "cells": {i.value: sums[i].cells[place] for i in Indicator},
            }
            for place, district in enumerate(districts)
        ],
        "totals": {i.value: sums[i].total for i in Indicator},
        "assessments": _published_assessments(region, quarter, [(counted[i], sums[i]) for i in Indicator]),
    }


def _exact_counts(region: Region, quarter: Quarter) -> dict[tuple[int, Indicator], int]:
    exact: dict[tuple[int, Indicator], int] = {}
    for count in counts(region, quarter.first_day, quarter.last_day):
        if count.category not in NEVER_BY_QUARTER:
            place = (count.district_id, INDICATOR_OF[count.category])
            exact[place] = exact.get(place, 0) + count.events
    return exact


def _published_assessments(region: Region, quarter: Quarter, kinds: Sums) -> dict[str, dict[str, Published]]:
    """The parts of each kind of assessment: every report needs both, so each divides the events that `kinds` count."""
    exact = {kind.value: dict.fromkeys(PARTS, 0) for kind in AssessmentKind}
    for times in assessment_times(region, quarter.first_day, quarter.last_day, leave_out=NEVER_BY_QUARTER):
        parts = exact[times.kind]
        parts["in_time"] += times.in_time
        parts["late"] += times.late
        parts["missing"] += times.overdue
        parts["waiting"] += times.open
    shown = publish_beside(kinds, {kind: list(parts.values()) for kind, parts in exact.items()})
    return {kind: _parts(each) for kind, each in shown.items()}


def _parts(shown: PublishedSum | None) -> dict[str, Published]:
    if shown is None:
        return dict.fromkeys((*PARTS, "needed"))
    return dict(zip(PARTS, shown.cells, strict=True)) | {"needed": shown.total}
