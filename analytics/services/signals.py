"""A crossing becomes one signal and one item in the queue, never two."""

from collections import Counter
from dataclasses import dataclass
from datetime import date
from statistics import fmean
from typing import Any

from django.db import transaction
from django.utils import timezone

from analytics.enums import Mode, SeriesState
from analytics.models import DayValue, ModelCard, RunSeat, Seat, Series, Signal, Window
from analytics.pipeline.baseline import Chart, ChartParameters, Crossing, chart
from analytics.rules.evidence import Evidence, Figures, evidence_of, quality_of
from analytics.rules.geometry import seat_hash
from analytics.rules.wordings import QUALITY_CODES, TITLE_CODE
from analytics.selectors.plans import gate_for
from analytics.selectors.switching import mode_of
from analytics.services.series import charted
from caseflow.directory.models import Pupil
from caseflow.directory.rules import still_here
from caseflow.triage.enums import OPEN_STATES, Audience, ItemKind
from caseflow.triage.models import TriageItem
from caseflow.triage.services import file_item, note_corrected, withdraw_item


@transaction.atomic
def evaluate(series: Series) -> Signal | None:
    """Chart the series; on a sustained shift file its one signal. None when there is none, or there was one.

    Nothing is filed while the switch is off or the gate is closed, nor of a pupil who has left that school. In shadow
    only the lead psychologist is told.
    """
    if Signal.objects.filter(series=series).exists():
        return None
    found = _look(series)
    _note_state(series, found.chart)
    if found.finding is None or not _may_file(series):
        return None
    return _file(series, *found.finding)


@transaction.atomic
def settle_corrected(series: Series, day: date) -> None:
    """Chart a series anew after `day` was corrected, and let its signal follow.

    An open signal that no longer stands is withdrawn and erased as after a withdrawal of consent; one that stands is
    told by the corrected days. Of a decided one the decision stays, with the mark that its data were corrected.
    """
    signal = Signal.objects.filter(series=series).select_related("triage_item").first()
    if signal is None:
        evaluate(series)
    elif day <= signal.day:
        _follow(signal, _look(series))


@dataclass(frozen=True, slots=True)
class _Look:
    chart: Chart
    finding: tuple[Crossing, Evidence] | None


def _look(series: Series) -> _Look:
    rows = list(DayValue.objects.filter(series=series))
    parameters = chart_parameters(series.card)
    charts = chart(charted(series, rows), parameters=parameters)
    if charts.crossing is None:
        return _Look(charts, None)
    spreads = {row.date: (row.low, row.high) for row in rows}
    figures = _figures(series, charts.crossing)
    return _Look(charts, (charts.crossing, evidence_of(charts, charts.crossing, spreads, figures, parameters)))


def _follow(signal: Signal, found: _Look) -> None:
    if found.finding is None:
        if withdraw_item(signal.triage_item_id):
            series = signal.series
            signal.delete()
            _note_state(series, found.chart)
            return
    else:
        crossing, evidence = found.finding
        open_item = TriageItem.objects.filter(pk=signal.triage_item_id, state__in=OPEN_STATES)
        if open_item.update(facts=_facts(crossing, evidence), **_quality(signal.card, crossing, evidence)):
            Signal.objects.filter(pk=signal.pk).update(**_said(crossing, evidence))
            return
    note_corrected(signal.triage_item_id)


def chart_parameters(card: ModelCard) -> ChartParameters:
    """The chart as the AI card states it."""
    figures = card.thresholds
    return ChartParameters(
        smoothing=figures["smoothing"],
        baseline_days=figures["baseline_days"],
        limit=figures["limit"],
        days_in_a_row=figures["days_in_a_row"],
    )


def _note_state(series: Series, charts: Chart) -> None:
    state = SeriesState.COLLECTING if charts.baseline is None else SeriesState.WATCHING
    Series.objects.filter(pk=series.pk).exclude(state=SeriesState.ENDED).update(state=state)


def _may_file(series: Series) -> bool:
    school_id = series.camera.room.school_id
    if not Pupil.objects.filter(still_here(), pk=series.pupil_id, school=school_id).exists():
        return False  # a signal about somebody who has moved would travel with them
    gate = gate_for([series.pupil_id], school_id)
    is_open = gate.allows(series.pupil_id, frame_at=series.first_frame_at, now=timezone.now())
    return is_open and mode_of(school_id) != Mode.OFF


def _file(series: Series, crossing: Crossing, evidence: Evidence) -> Signal | None:
    watched = Series.objects.filter(pk=series.pk, state=SeriesState.WATCHING)
    if not watched.update(state=SeriesState.CROSSED):
        return None
    mode = mode_of(series.camera.room.school_id)
    item = _item(series, crossing, evidence, mode)
    return Signal.objects.create(
        pk=item.pk,
        triage_item=item,
        pupil=series.pupil,
        series=series,
        card=series.card,
        seat=_seat(series),
        mode=mode,
        demo=series.demo,
        **_said(crossing, evidence),
    )


def _said(crossing: Crossing, evidence: Evidence) -> dict[str, Any]:
    return {
        "since": crossing.since,
        "day": crossing.day,
        "effect": crossing.effect_sd,
        "interval_low": crossing.effect_low_sd,
        "interval_high": crossing.effect_high_sd,
        "coverage": crossing.coverage_share,
        "evidence": evidence.to_json(),
    }


def _facts(crossing: Crossing, evidence: Evidence) -> dict[str, int]:
    coverage = round(crossing.coverage_share * 100)
    return {"above": evidence.above, "days": evidence.shifted, "coverage": coverage}


def _quality(card: ModelCard, crossing: Crossing, evidence: Evidence) -> dict[str, Any]:
    quality = quality_of(crossing.coverage_share, evidence.figures, card.thresholds)
    return {"quality": quality, "quality_code": QUALITY_CODES[quality]}


def _item(series: Series, crossing: Crossing, evidence: Evidence, mode: Mode) -> TriageItem:
    return file_item(
        kind=ItemKind.SIGNAL,
        audience=Audience.LEAD if mode == Mode.SHADOW else Audience.SCHOOL,
        school=series.camera.room.school,
        pupil=series.pupil,
        title_code=TITLE_CODE,
        facts=_facts(crossing, evidence),
        words="",
        **_quality(series.card, crossing, evidence),
        ai_model=str(series.card),
        demo=series.demo,
        psych_code="signal_review",
    )


def _seats_since(series: Series, first: date, last: date) -> list[RunSeat]:
    rows = RunSeat.objects.filter(
        pupil=series.pupil_id,
        run__plan__camera=series.camera_id,
        run__card=series.card_id,
        run__date__range=(first, last),
    ).select_related("seat__plan", "run")
    return [row for row in rows.order_by("run__date", "pk") if _is_of(series, row.seat)]


def _is_of(series: Series, seat: Seat) -> bool:
    return seat_hash(seat.polygon, seat.plan.frame_width, seat.plan.frame_height) == series.seat_hash


def _seat(series: Series) -> Seat:
    return _seats_since(series, series.baseline_from, date.max)[-1].seat


def _figures(series: Series, crossing: Crossing) -> Figures:
    rows = _seats_since(series, crossing.since, crossing.day)
    measured = list(
        Window.objects.filter(run__in=[row.run_id for row in rows], pupil=series.pupil_id).values_list(
            "face_height_px", "sharpness", "nose_offset", "score", "disagreement"
        )
    )
    *columns, told = zip(*measured, strict=True) if measured else ((0.0,),) * 4 + ((),)
    face, sharp, nose, score = (fmean(column) for column in columns)
    disagreements = [value for value in told if value is not None]
    rejected: Counter[str] = Counter()
    for row in rows:
        rejected.update(row.frames_rejected)
    used = sum(row.frames_used for row in rows)
    disagreement = fmean(disagreements) if disagreements else None
    return Figures(face, sharp, nose, score, used, dict(rejected), disagreement)
