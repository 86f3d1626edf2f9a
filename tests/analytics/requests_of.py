"""Asking for the analysis of a lesson, and the reason for a refusal."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from analytics.models import AnalysisRun, Upload
from analytics.rules.refusals import RefusedError
from analytics.services.requesting import LessonChoice, request_run
from tests.analytics.factories import Lesson, checked_upload


def ask(where: Lesson, upload: Upload | None = None, **other: object) -> AnalysisRun:
    choice = replace(LessonChoice(where.slot.pk, where.date), **other)  # type: ignore[arg-type]  # fields of the choice
    return request_run(where.psychologist, (upload or checked_upload(where)).pk, choice)


def refusal(asking: Callable[[], object]) -> str:
    with pytest.raises(RefusedError) as refused:
        asking()
    assert not AnalysisRun.objects.exists()
    return refused.value.code
