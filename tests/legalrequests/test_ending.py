"""Terms of legal requests that are over, and what cannot be."""

from datetime import timedelta

import pytest
from django.utils import timezone

from caseflow.directory.enums import Role
from caseflow.legalrequests.enums import State
from caseflow.legalrequests.models import LegalRequest
from caseflow.legalrequests.rules import RequestRefused
from caseflow.legalrequests.services import approve, ask, ending, open_request, refuse, sweep_legal_requests
from caseflow.legalrequests.services.asking import destroy_copy
from caseflow.legalrequests.services.telling import remind_of_request, targets_of_request
from caseflow.legalrequests.tasks import sweep_legal_requests as task
from notifications.models import Alert
from tests.directory.factories import actor
from tests.legalrequests.factories import Scene, asked, prepared, released, scene, wish

pytestmark = pytest.mark.django_db
LATER = timedelta(days=12)


@pytest.fixture
def at() -> Scene:
    return scene()


def test_one_that_fails_is_tried_again_and_holds_no_other_up(at: Scene, monkeypatch: pytest.MonkeyPatch) -> None:
    first, second = released(at), released(at)

    def stumbling(request: LegalRequest) -> None:
        if request.pk == first.pk:
            raise RuntimeError("the disk is full")
        destroy_copy(request)

    monkeypatch.setattr(ending, "destroy_copy", stumbling)
    assert sweep_legal_requests(timezone.now() + LATER) == 1
    monkeypatch.undo()
    assert sweep_legal_requests(timezone.now() + LATER) == 1
    states = LegalRequest.objects.filter(pk__in=[first.pk, second.pk]).values_list("state", flat=True)
    assert set(states) == {State.ENDED}
    assert task() == 0


def test_what_has_ended_meanwhile_is_left_alone(at: Scene) -> None:
    request = released(at)
    sweep_legal_requests(timezone.now() + LATER)
    request.refresh_from_db()
    assert not ending._end(request, timezone.now() + LATER)


def test_a_copy_that_is_destroyed_is_not_shown(at: Scene) -> None:
    request = released(at)
    LegalRequest.objects.filter(pk=request.pk).update(snapshot_key=None)
    opened = open_request(at.prosecutor, request.pk)
    assert (opened.snapshot, opened.unchanged) == (None, False)


def test_only_a_prosecutor_of_a_region_asks_and_only_those_whose_turn_it_is_refuse(at: Scene) -> None:
    with pytest.raises(RequestRefused):
        ask(at.officer, wish(at))
    with pytest.raises(RequestRefused):
        refuse(at.prosecutor, asked(at).pk, "Не нужно")
    request = prepared(at, asked(at))
    for days in (0, 31):
        with pytest.raises(RequestRefused):
            approve(at.officer, request.pk, seen_sha256=request.sha256, days=days)


def test_whoever_is_next_is_reminded_and_told_by_the_steps_of_the_ladder(at: Scene) -> None:
    request = asked(at)
    remind_of_request([request.clock_id])
    assert list(Alert.objects.filter(kind="deadline_near").values_list("recipient", flat=True)) == [at.lead.user.pk]
    other = actor(Role.PROSECUTOR, region=at.region)
    targets = frozenset({"owner", "region:prosecutor", "region:lead_psychologist", "agency:agency_officer"})
    told = {(one.target, one.user_id) for one in targets_of_request(request.clock_id, targets)}
    assert told == {
        ("owner", at.lead.user.pk),
        ("region:lead_psychologist", at.lead.user.pk),
        ("region:prosecutor", at.prosecutor.user.pk),
    }
    assert other.user.pk not in {user for _target, user in told}
    assert str(request) == f"{request.number} asked"
