"""The gate of a running analysis: every frame asks it anew (rule 1)."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from time import monotonic
from typing import Final
from uuid import UUID

from django.utils import timezone

from analytics.models import AnalysisRun
from analytics.selectors.plans import Gate, confirmed_pupils, gate_for

READ_ANEW_AFTER_S: Final = 2.0


class RunGate:
    """Answers the pipeline whether a seat may be seen at a second of the video.

    What the teacher confirmed and the pupils' ledgers are read anew every two seconds, so a withdrawal while the
    analysis runs closes the seat within that time.
    """

    def __init__(self, run: AnalysisRun) -> None:
        self._run = run
        self._read_at = float("-inf")
        self._pupils: Mapping[int, UUID] = {}
        self._gate = Gate({}, run.school_id)
        self._now = timezone.now()

    def __call__(self, seat_id: str, t_s: float) -> bool:
        self._read_when_due()
        pupil_id = self._pupils.get(int(seat_id))
        return pupil_id is not None and self._gate.allows(pupil_id, frame_at=self._frame_at(t_s), now=self._now)

    def pupil_of(self, seat_id: str) -> UUID | None:
        """The pupil confirmed in the seat."""
        return self._pupils.get(int(seat_id))

    def _frame_at(self, t_s: float) -> datetime:
        """A live frame is of this moment, which is later than what was read last, and judged as of then."""
        frame_at = self._run.recorded_at + timedelta(seconds=t_s)
        return min(frame_at, self._now) if self._run.live else frame_at

    def _read_when_due(self) -> None:
        if monotonic() - self._read_at < READ_ANEW_AFTER_S:
            return
        self._now = timezone.now()
        self._pupils = confirmed_pupils(self._run)
        self._gate = gate_for(self._pupils.values(), self._run.school_id)
        self._read_at = monotonic()
