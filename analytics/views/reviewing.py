"""What the review page is made of, for the page and for the decision that failed."""

from typing import Any

from analytics.forms import DecisionForm
from analytics.rules.drawing import draw
from analytics.rules.evidence import FROZEN_NOTICED
from analytics.rules.refusals import rejection_text
from analytics.rules.seat_map import lay_out
from analytics.services.reviewing import OpenedSignal
from caseflow.directory.enums import Role
from caseflow.triage.enums import OFFERED_REASONS, Decision

DECIDERS = (Role.PSYCHOLOGIST, Role.LEAD_PSYCHOLOGIST)


def review_context(opened: OpenedSignal, form: DecisionForm) -> dict[str, Any]:
    """Everything the template writes down."""
    review = opened.review
    seat_map = lay_out([seat.polygon for seat in review.seats])
    figures = review.evidence.figures
    rejected = sorted(figures.frames_rejected.items(), key=lambda pair: -pair[1])
    return {
        "review": review,
        "signal": review.signal,
        "item": review.signal.triage_item,
        "pupil": review.signal.pupil,
        "evidence": review.evidence,
        "percent_now": round(review.evidence.shifted_share * 100),
        "percent_usual": round(review.evidence.usual_share * 100),
        "drawing": draw(review.evidence),
        "gates": review.gates,
        "agreement": review.agreement,
        "seat_map": seat_map,
        "shapes": [
            (shape, seat.pk in review.open_seats, seat.pk == review.signal.seat_id)
            for shape, seat in zip(seat_map.seats, review.seats, strict=True)
        ],
        "still_percent": round(figures.frozen_share * 100) if figures.frozen_share >= FROZEN_NOTICED else 0,
        "rejected": [(rejection_text(reason), frames) for reason, frames in rejected],
        "neighbours": opened.neighbours,
        "own_case": opened.own_case,
        "form": form,
        "reasons": OFFERED_REASONS,
        "decisions": Decision,
    }
