from datetime import date
from typing import TypeAlias

from django.db.models import QuerySet

from analytics.enums import RunState
from analytics.models import AnalysisRun
from analytics.rules.run_states import WITH_RESULT
from analytics.selectors.plans import is_valid_on

Seen: TypeAlias = tuple[int, date, int]


def runs_that_count(found: QuerySet[AnalysisRun]) -> list[AnalysisRun]:
    """Of these one run per lesson and camera, or its pieces, with their plan: over the plan in force rather than one it
    replaced, whole rather than partial, the latest of what is left (1 query)."""
    by_time = found.filter(state__in=WITH_RESULT).select_related("plan").order_by("ended_at")
    by_weight = sorted(by_time, key=lambda run: (is_valid_on(run.plan, run.date), run.state == RunState.DONE))
    chosen = {_lesson(run): run for run in by_weight}
    return [run for run in by_weight if run is chosen[_lesson(run)] or _goes_with(run, chosen[_lesson(run)])]


def _goes_with(run: AnalysisRun, chosen: AnalysisRun) -> bool:
    """Whether both are pieces of one lesson that was watched live and broken off."""
    return run.live and chosen.live and run.plan_id == chosen.plan_id


def _lesson(run: AnalysisRun) -> Seen:
    """The lesson of a day as one camera saw it, however often it was analysed and its seats were drawn."""
    return run.slot_id, run.date, run.plan.camera_id
