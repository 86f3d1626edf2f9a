"""A prosecutor gets a minimised copy on a recorded ground, chosen by one person and approved by another."""

from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone
from hypothesis import given, settings
from hypothesis import strategies as st

from caseflow.audit.models import AuditEntry
from caseflow.cases.models import Case
from caseflow.clocks.services import sweep
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.documents.enums import Tongue
from caseflow.legalrequests.enums import Given, State
from caseflow.legalrequests.models import LegalRequest
from caseflow.legalrequests.rules import MINIMUM, RequestRefused, kept
from caseflow.legalrequests.selectors.composing import Chosen
from caseflow.legalrequests.selectors.reading import Child, candidates
from caseflow.legalrequests.services import (
    approve,
    ask,
    look_for_case,
    open_request,
    prepare,
    print_copy,
    refuse,
    show_copy,
    sweep_legal_requests,
    withdraw,
)
from caseflow.records.models import DataKey
from notifications.models import Alert
from tests.cases.factories import case_of, pupil_of
from tests.directory.factories import actor, parent_of
from tests.legalrequests.factories import CHOSEN, Scene, asked, barred, prepared, released, scene, wish
from tests.triage.factories import make_parent

pytestmark = pytest.mark.django_db


@pytest.fixture
def at() -> Scene:
    return scene()


def told(kind: str) -> list[int]:
    return sorted(Alert.objects.filter(kind=kind).values_list("recipient", flat=True))


def test_what_was_chosen_is_given_to_whoever_asked_and_nothing_else(at: Scene) -> None:
    request = released(at)
    opened = open_request(at.prosecutor, request.pk)
    assert opened.snapshot is not None
    assert opened.unchanged
    assert [line.given for line in opened.snapshot.lines] == [*MINIMUM, Given.SCHOOL_CLASS, Given.COURSE]
    assert opened.snapshot.lines[0].shown == at.case.pupil.full_name
    assert f"no. {at.case.number}" in opened.snapshot.lines[-1].shown


def test_nobody_else_reads_the_copy(at: Scene) -> None:
    request = released(at)
    other = actor(Role.PROSECUTOR, region=at.region)
    with pytest.raises(LegalRequest.DoesNotExist):
        open_request(other, request.pk)
    for who in (at.lead, at.officer):
        assert open_request(who, request.pk).snapshot is None
    officers = open_request(at.officer, request.pk)
    assert (officers.file.child, officers.file.asked) == (None, None)


def test_before_the_second_person_nothing_is_given(at: Scene) -> None:
    request = prepared(at, asked(at))
    assert open_request(at.prosecutor, request.pk).snapshot is None
    with pytest.raises(LegalRequest.DoesNotExist):
        print_copy(at.prosecutor, request.pk, Tongue.RUSSIAN)


def test_two_different_people_give(at: Scene) -> None:
    both = Actor(at.lead.user, actor(Role.DPO, user=at.lead.user).membership)
    request = prepared(at, asked(at))
    with pytest.raises(RequestRefused):
        approve(both, request.pk, seen_sha256=request.sha256)
    own = Actor(at.prosecutor.user, actor(Role.LEAD_PSYCHOLOGIST, user=at.prosecutor.user, region=at.region).membership)
    mine = asked(at)
    shown = show_copy(own, mine.pk, at.case.pk, CHOSEN).snapshot
    assert shown is not None
    with pytest.raises(RequestRefused):
        prepare(own, mine.pk, at.case.pk, CHOSEN, seen_sha256=shown.sha256)
    request.refresh_from_db()
    request.state, request.approved_by, request.approved_at = State.RELEASED, request.prepared_by, timezone.now()
    request.expires_at = timezone.now() + timedelta(days=1)
    with pytest.raises(IntegrityError), transaction.atomic():
        request.save()


def test_what_was_seen_is_what_is_signed_and_approved(at: Scene) -> None:
    request = asked(at)
    with pytest.raises(RequestRefused):
        prepare(at.lead, request.pk, at.case.pk, CHOSEN, seen_sha256="0" * 64)
    ready = prepared(at, request)
    with pytest.raises(RequestRefused):
        approve(at.officer, ready.pk, seen_sha256="0" * 64)
    ready.refresh_from_db()
    assert ready.state == State.PREPARED


def test_a_name_alone_is_no_answer(at: Scene) -> None:
    request = asked(at)
    with pytest.raises(RequestRefused):
        prepared(at, request, Chosen(()))


def test_a_changed_byte_is_found(at: Scene) -> None:
    request = released(at)
    LegalRequest.objects.filter(pk=request.pk).update(sha256="0" * 64)
    assert not open_request(at.prosecutor, request.pk).unchanged
    with pytest.raises(LegalRequest.DoesNotExist):
        print_copy(at.prosecutor, request.pk, Tongue.BOTH)


def test_when_the_term_is_over_the_copy_is_destroyed_with_its_key(at: Scene) -> None:
    request = released(at)
    key = request.snapshot_key_id
    assert sweep_legal_requests(timezone.now() + timedelta(days=9)) == 0
    assert sweep_legal_requests(timezone.now() + timedelta(days=11)) == 1
    request.refresh_from_db()
    assert (request.state, bytes(request.snapshot_sealed), request.snapshot_key_id) == (State.ENDED, b"", None)
    assert not DataKey.objects.filter(pk=key or "").exists()
    assert request.sha256
    assert open_request(at.prosecutor, request.pk).snapshot is None


def test_a_copy_is_closed_the_moment_its_term_is_over(at: Scene) -> None:
    request = released(at)
    LegalRequest.objects.filter(pk=request.pk).update(
        approved_at=timezone.now() - timedelta(days=2), expires_at=timezone.now() - timedelta(seconds=1)
    )
    assert open_request(at.prosecutor, request.pk).snapshot is None


def test_the_family_is_told_at_once_and_an_excluded_parent_is_not(at: Scene) -> None:
    parent = parent_of(at.case.pupil)
    released(at)
    assert told("legal_note") == [parent.user.pk]


def test_what_the_law_bars_is_told_once_the_bar_is_over_and_leads_from_nowhere_until_then(at: Scene) -> None:
    parent = parent_of(at.case.pupil)
    request = released(at, **barred())
    open_request(at.prosecutor, request.pk)
    assert told("legal_note") == []
    assert not AuditEntry.objects.filter(pupil_id=at.case.pupil_id, action__startswith="legal").exists()
    assert sweep_legal_requests(timezone.now() + timedelta(days=29)) == 1  # the copy ends
    assert told("legal_note") == []
    sweep_legal_requests(timezone.now() + timedelta(days=32))
    assert told("legal_note") == [parent.user.pk]
    sweep_legal_requests(timezone.now() + timedelta(days=33))
    assert told("legal_note") == [parent.user.pk]


def test_a_refused_or_withdrawn_request_gives_nothing_and_keeps_nothing(at: Scene) -> None:
    first, second = asked(at), prepared(at, asked(at))
    refuse(at.lead, first.pk, "Такого дела нет")
    refuse(at.officer, second.pk, "Основание не названо")
    third = prepared(at, asked(at))
    withdraw(at.prosecutor, third.pk, "Не нужно")
    for request in (first, second, third):
        request.refresh_from_db()
        assert (bytes(request.snapshot_sealed), request.snapshot_key_id) == (b"", None)
        assert request.clock.stopped_at
        with pytest.raises(RequestRefused):
            withdraw(at.prosecutor, request.pk, "ещё раз")
    assert open_request(at.prosecutor, first.pk).file.words == "Такого дела нет"
    assert len(told("legal_answer")) == 2
    with pytest.raises(RequestRefused):
        refuse(at.lead, asked(at).pk, " ")


def test_the_case_is_found_by_day_of_birth_and_a_name_that_sounds_alike(at: Scene) -> None:
    pupil = at.case.pupil
    pupil.last_name, pupil.first_name = "Құрманғазиев", "Әлихан"
    pupil.save()
    other = case_of(at.psychologist, pupil_of(at.psychologist))
    other.pupil.birth_date = pupil.birth_date
    other.pupil.last_name, other.pupil.first_name = "Петрова", "Ольга"
    other.pupil.save()
    found = candidates(at.lead, Child("Курмангазиев", "Алихан", pupil.birth_date))
    assert found == [at.case]
    assert candidates(at.lead, Child("Курмангазиев", "Алихан", pupil.birth_date + timedelta(days=1))) == []


def test_a_lead_never_looks_for_the_own_child_nor_in_another_region(at: Scene) -> None:
    make_parent(at.lead, at.case.pupil)
    request = asked(at)
    assert look_for_case(at.lead, request.pk).cases == ()
    with pytest.raises(Case.DoesNotExist):
        show_copy(at.lead, request.pk, at.case.pk, CHOSEN)
    stranger = actor(Role.LEAD_PSYCHOLOGIST, region=scene().region)
    with pytest.raises(LegalRequest.DoesNotExist):
        look_for_case(stranger, request.pk)
    district = actor(Role.LEAD_PSYCHOLOGIST, district=at.case.school.district)
    with pytest.raises(LegalRequest.DoesNotExist):
        look_for_case(district, request.pk)


@pytest.mark.parametrize(
    "changes",
    [
        {"act": " "},
        {"number": ""},
        {"asked": ""},
        {"dated": timezone.localdate() + timedelta(days=2)},
        {"barred_act": "ст. 201"},
        {"barred_until": timezone.localdate() + timedelta(days=9)},
        {"barred_act": "ст. 201", "barred_until": timezone.localdate() - timedelta(days=1)},
        {"barred_act": "ст. 201", "barred_until": timezone.localdate() + timedelta(days=367)},
    ],
)
def test_what_is_not_complete_is_not_recorded(at: Scene, changes: dict[str, object]) -> None:
    with pytest.raises(RequestRefused):
        ask(at.prosecutor, replace(wish(at), **changes))  # type: ignore[arg-type]
    assert not LegalRequest.objects.exists()


def test_a_document_is_recorded_once(at: Scene) -> None:
    asked(at, number="7")
    with pytest.raises(RequestRefused):
        asked(at, number="7")


def test_whose_turn_it_is_hears_of_it_and_of_a_term_that_is_over(at: Scene) -> None:
    request = asked(at)
    assert told("legal_request") == [at.lead.user.pk]
    prepared(at, request)
    assert told("legal_request") == sorted([at.lead.user.pk, at.officer.user.pk])
    sweep(request.clock.due_at + timedelta(minutes=1))
    assert told("deadline_missed") == [at.officer.user.pk]
    sweep(request.clock.due_at + timedelta(days=5))
    assert told("deadline_missed") == sorted([at.officer.user.pk, at.prosecutor.user.pk])


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from([*Given.values, "notes", "risk", "mood"])))
def test_only_known_fields_are_kept_and_always_the_least(chosen: list[str]) -> None:
    found = kept(chosen)
    assert set(MINIMUM) <= set(found) <= set(Given)
    assert list(found) == sorted(found, key=list(Given).index)


def test_the_paper_bears_reader_number_and_digest_on_it(at: Scene) -> None:
    request = released(at)
    paper = print_copy(at.prosecutor, request.pk, Tongue.BOTH)
    assert paper.data["mark"]["reader"] == at.prosecutor.user.short_name
    assert paper.data["mark"]["number"] == request.number
    assert paper.data["digest"] == request.sha256
    assert AuditEntry.objects.filter(action="legal_snapshot_read", actor=at.prosecutor.user.pk).exists()


def test_no_note_and_nothing_of_a_model_is_ever_in_a_copy(at: Scene) -> None:
    """Whatever is ticked: the fields are all there are."""
    everything = Chosen(tuple(Given.values), (), "Беседы с семьёй")
    request = released(at, everything)
    snapshot = open_request(at.prosecutor, request.pk).snapshot
    assert snapshot is not None
    assert {line.given for line in snapshot.lines} <= set(Given)


def test_nobody_asks_for_the_own_child_nor_approves_it(at: Scene) -> None:
    request = asked(at)
    make_parent(at.prosecutor, at.case.pupil)
    with pytest.raises(RequestRefused):
        prepared(at, request)
    other = prepared(at, ask(actor(Role.PROSECUTOR, region=at.region), wish(at)))
    make_parent(at.officer, at.case.pupil)
    with pytest.raises(LegalRequest.DoesNotExist):
        approve(at.officer, other.pk, seen_sha256=other.sha256)
