"""What a teacher corrects after an analysis is taken out of its results: whose face it was is doubtful (rule 1)."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from analytics.enums import Presence
from analytics.models import AiUse, AnalysisRun, DayValue, RunSeat, SeatConfirmation, Series
from analytics.services.series import rebuild_days
from analytics.services.signals import settle_corrected
from analytics.services.withdrawal import erase_runs


def take_out_contradicted(confirmation: SeatConfirmation) -> int:
    """Erase what runs of this lesson kept of seats that are not confirmed as drawn any more. Returns how many.

    A run over a plan that was replaced since is doubtful as a whole: the new drawing says that the old one was wrong.
    Belongs to the caller's transaction. Everybody's day is worked out anew, since the median of the class changes with
    it, and signals follow the corrected days, see `settle_corrected`.
    """
    present = confirmation.states.filter(state=Presence.PRESENT).values("seat")
    seen = RunSeat.objects.filter(run__in=_held_runs(confirmation))
    class_pupils = set(seen.values_list("pupil", flat=True))
    doubtful = list(seen.exclude(seat__in=present))
    if not doubtful:
        return 0
    before = _values(class_pupils, confirmation.date)
    _erase(doubtful, confirmation)
    rebuild_days(class_pupils, confirmation.date)
    after = _values(class_pupils, confirmation.date)
    changed = [pk for pk in before.keys() | after.keys() if before.get(pk) != after.get(pk)]
    for series in Series.objects.filter(pk__in=changed).select_related("card", "pupil", "camera__room__school"):
        settle_corrected(series, confirmation.date)
    return len(doubtful)


def _held_runs(confirmation: SeatConfirmation) -> list[AnalysisRun]:
    """The lesson's runs before that camera, held until the caller's transaction ends.

    A run that is just ending has kept its seats when this returns, or waits and then reads this confirmation; another
    correction of the lesson is seen as a whole.
    """
    runs = AnalysisRun.objects.filter(
        slot=confirmation.slot_id, date=confirmation.date, plan__camera=confirmation.plan.camera_id
    )
    return list(runs.select_for_update(of=("self",)).order_by("pk").only("pk"))


def _erase(doubtful: Iterable[RunSeat], confirmation: SeatConfirmation) -> None:
    for row in doubtful:
        erase_runs(row.pupil_id, [row.run_id])
        AiUse.objects.filter(run=row.run_id, pupil=row.pupil_id).delete()
    pupils = {row.pupil_id for row in doubtful}
    camera = confirmation.plan.camera_id
    DayValue.objects.filter(pupil__in=pupils, date=confirmation.date, series__camera=camera).delete()


def _values(pupils: Iterable[UUID], day: date) -> dict[UUID, float | None]:
    """The day's value in each series of these pupils."""
    return dict(DayValue.objects.filter(pupil__in=pupils, date=day).values_list("series", "value"))
