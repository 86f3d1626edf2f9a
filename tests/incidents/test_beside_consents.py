"""A report about a pupil and a decision about the same pupil, in transactions that overlap."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connections, transaction

from caseflow.consent.models import ConsentEvent
from caseflow.incidents.models import Incident
from tests.consent.factories import given
from tests.directory.factories import GuardianshipFactory
from tests.incidents.factories import harmed, reported, teacher_at

pytestmark = pytest.mark.usefixtures("on_postgresql", "transactional_db")


def test_neither_stops_the_other_for_good() -> None:
    """Each holds its lock when the other's rows are checked: one names the pupil, the other the school."""
    standing = GuardianshipFactory.create()
    pupil, teacher, both = standing.pupil, teacher_at(standing.pupil.school), Barrier(2)

    def in_one_transaction(act: Callable[[], object]) -> None:
        try:
            with transaction.atomic():
                act()
                both.wait(10)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as threads:
        report = threads.submit(in_one_transaction, lambda: reported(teacher, harmed(pupil)))
        consent = threads.submit(in_one_transaction, lambda: given(pupil, standing.guardian_id))
        report.result(30), consent.result(30)
    assert (Incident.objects.count(), ConsentEvent.objects.filter(pupil=pupil).count()) == (1, 1)
