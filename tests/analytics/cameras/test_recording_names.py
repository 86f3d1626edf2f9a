"""When a recording began, by the name that its recorder gave it."""

from datetime import datetime, time

import pytest
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from analytics.rules.recordings import recording_time, time_in_name
from analytics.rules.refusals import RefusedError

MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2099, 12, 31), timezones=st.none()).map(  # noqa: DTZ001
    lambda moment: moment.replace(microsecond=0)
)


@settings(deadline=None)
@given(MOMENTS, st.sampled_from(["%Y-%m-%d_%H-%M-%S", "%Y%m%d%H%M%S", "%Y%m%dT%H%M%S", "%Y.%m.%d %H.%M.%S"]))
def test_a_name_tells_its_time(moment: datetime, pattern: str) -> None:
    told = time_in_name(f"cam3_{moment:{pattern}}.mp4")
    assert told is not None
    assert told.replace(tzinfo=None) == moment


@pytest.mark.parametrize("name", ["", "lesson.mp4", "20261341250000.mp4", "123456789012345678901.mp4"])
def test_other_names_tell_none(name: str) -> None:
    assert time_in_name(name) is None


def test_a_name_with_two_times_tells_none_and_a_contradiction_is_refused() -> None:
    zone = timezone.get_default_timezone()
    at = datetime.combine(datetime(2026, 3, 4), time(9), zone)  # noqa: DTZ001 # given by combine
    assert time_in_name("2026-03-04_09-00-00_2026-03-04_09-45-00.mp4") == at
    assert time_in_name("2026-03-04_09-00-00_2026-03-05_09-00-00.mp4") is None
    assert time_in_name("20260304090000_20260304091000_20260304094500.mp4") is None
    assert time_in_name("2026-03-04_0900.mp4") == at
    assert recording_time(at, "2026-03-04_09-10-00.mp4") == at
    assert recording_time(None, "2026-03-04_09-00-00.mp4") == at
    assert recording_time(at, "x.mp4") == at
    with pytest.raises(RefusedError, match="name_contradicts"):
        recording_time(at, "2026-03-04_10-00-00.mp4")
