"""What is asked again and again, at a pace that no change of the machine's clock disturbs.

The timetable sends a question each period. Clocks of several machines may each be an hour off, so that two differ by
two, and a question lives longer than that; what piled up while no worker ran is answered once.
"""

from datetime import UTC, datetime, timedelta
from time import monotonic
from typing import Any

from celery import Task
from celery.schedules import schedule

KEPT = timedelta(hours=3)  # a question nobody took up, by whichever clock
_STARTED_AT, _STARTED = datetime.now(UTC), monotonic()


def steady_now() -> datetime:
    """The time by this process: the machine's when it started, then what has passed, never a step back or ahead."""
    return _STARTED_AT + timedelta(seconds=monotonic() - _STARTED)


def every(task: str, *args: str, **period: float) -> dict[str, Any]:
    """An entry of CELERY_BEAT_SCHEDULE: ask `task` each `period` (as timedelta takes it), first when one has passed."""
    pace = schedule(timedelta(**period), nowfun=steady_now)
    return {"task": task, "args": args, "schedule": pace, "options": {"expires": KEPT.total_seconds()}}


class Asked(Task[Any, Any]):
    """A task that skips a question of the timetable when this process began to answer the same one just before."""

    abstract = True
    _begun: dict[tuple[str, tuple[Any, ...]], float] = {}

    def __call__(self, *args: Any, **kwargs: Any) -> Any:
        if self.request.called_directly:
            return super().__call__(*args, **kwargs)
        return self.run(*args, **kwargs) if self._is_due(args) else None

    def _is_due(self, args: tuple[Any, ...]) -> bool:
        asked, now = (self.name, args), monotonic()
        for entry in self.app.conf.beat_schedule.values():
            if (entry["task"], tuple(entry["args"])) == asked:
                since = now - self._begun.get(asked, -1e9)
                if since < entry["schedule"].run_every.total_seconds() / 2:
                    return False
                self._begun[asked] = now
        return True
