"""The review of a signal: what it shows, who may open it, how it is decided."""

import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from analytics.enums import Mode
from analytics.models import Signal
from analytics.selectors.signals import review_of
from analytics.services.switching import set_mode
from caseflow.audit.models import AuditEntry
from caseflow.cases.models import Case, ChronologyEntry
from caseflow.cases.services import open_case
from caseflow.directory.enums import Role
from caseflow.triage.enums import ItemState
from caseflow.triage.services import claim
from tests.analytics.factories import GROUNDS, Lesson, lesson, signal_for, withdraw
from tests.directory.factories import GuardianFactory, GuardianshipFactory, actor, parent_of, signed_in

pytestmark = pytest.mark.django_db

NEVER = [
    (Role.SOCIAL_PEDAGOGUE, "school"),
    (Role.PRINCIPAL, "school"),
    (Role.SCHOOL_ADMIN, "school"),
    (Role.TEACHER, "school"),
    (Role.CLASS_TEACHER, "school_class"),
    (Role.DUTY_PERSON, "school"),
    (Role.PROSECUTOR, "region"),
    (Role.ANALYST, "region"),
    (Role.COUNCIL_CHAIR, "region"),
    (Role.COUNCIL_MEMBER, "region"),
    (Role.POLICE_OPERATOR, "district"),
    (Role.DPO, None),
    (Role.SYSTEM_ADMIN, None),
]


@pytest.fixture
def where() -> Lesson:
    return lesson(pupils=2)


@pytest.fixture
def signal(where: Lesson) -> Signal:
    return signal_for(where)


@pytest.fixture
def client(where: Lesson) -> Client:
    return signed_in(where.psychologist)


def page_of(signal: Signal) -> str:
    return reverse("analytics:signal", args=[signal.pk])


def decide_url(signal: Signal) -> str:
    return reverse("analytics:signal-decide", args=[signal.pk])


def test_the_page_shows_the_series_the_quality_and_that_it_is_no_diagnosis(client: Client, signal: Signal) -> None:
    page = client.get(page_of(signal)).content.decode()

    assert "This is not a diagnosis." in page
    assert "tirek-builtin 1.0" in page
    assert 'role="img"' in page
    assert page.count('class="pt') == 24 + 1
    assert "Own usual range" in page
    assert "Its mean share was 45 %, usually 11 %." in re.sub(r"\s+", " ", page)
    assert "≥ 72 px" in page
    assert page.count('scope="row"') == 24 + 7


@pytest.mark.parametrize(("frozen", "says"), [(1, ""), (40, "In 17 % of the frames the picture stood still.")])
def test_a_picture_that_stood_still_is_told_with_the_quality(
    client: Client, signal: Signal, frozen: int, says: str
) -> None:
    signal.evidence["figures"] |= {"frames_used": 180, "frames_rejected": {"turned_away": 20, "frozen": frozen}}
    signal.save()

    page = client.get(page_of(signal)).content.decode()

    assert f"the picture stood still: {frozen}" in page
    assert says in page
    assert ("of the frames the picture stood still" in page) == bool(says)


def test_the_map_does_not_tell_staff_the_gate_of_their_own_child(where: Lesson, signal: Signal) -> None:
    guardian = GuardianFactory.create(user=where.psychologist.user)
    GuardianshipFactory.create(pupil=where.pupils[1], guardian=guardian)
    colleague = actor(Role.PSYCHOLOGIST, school=where.school)
    own, childs = where.seats[0].pk, where.seats[1].pk

    assert review_of(where.psychologist, signal.pk).open_seats == {own}
    assert review_of(colleague, signal.pk).open_seats == {own, childs}


def test_the_map_is_drawn_and_no_picture_is_shown(client: Client, signal: Signal) -> None:
    page = client.get(page_of(signal)).content.decode()

    assert page.count("sz-target") == 1
    assert page.count("sz-on") == 1
    assert "<img" not in page
    assert "<image" not in page


def test_opening_is_recorded(client: Client, signal: Signal, where: Lesson) -> None:
    client.get(page_of(signal))

    entry = AuditEntry.objects.get(action="read", obj=f"signal:{signal.pk}")
    assert (entry.actor_id, entry.pupil_id) == (where.psychologist.user.pk, where.pupils[0].pk)


@pytest.mark.parametrize(("role", "unit"), NEVER)
@pytest.mark.parametrize("name", ["signals", "signal", "mood-panel"])
def test_no_other_role_sees_a_value(role: Role, unit: str | None, name: str, where: Lesson, signal: Signal) -> None:
    units = {
        "school": where.school,
        "school_class": where.school_class,
        "district": where.school.district,
        "region": where.school.district.region,
    }
    other = signed_in(actor(role, **({unit: units[unit]} if unit else {})))
    args = {"signals": [], "signal": [signal.pk], "mood-panel": [where.pupils[0].pk]}[name]

    assert other.get(reverse(f"analytics:{name}", args=args)).status_code == 403


def test_a_parent_sees_no_signal_and_no_value(where: Lesson, signal: Signal) -> None:
    parent = signed_in(parent_of(where.pupils[0]))

    assert parent.get(page_of(signal)).status_code == 403
    assert parent.post(decide_url(signal), {"decision": "dismiss"}).status_code == 403


def test_another_schools_psychologist_finds_nothing(signal: Signal) -> None:
    stranger = lesson(pupils=1)

    assert signed_in(stranger.psychologist).get(page_of(signal)).status_code == 404
    assert AuditEntry.objects.filter(action="denied", actor_id=stranger.psychologist.user.pk).exists()


def test_the_psychologists_own_child_is_kept_from_them(where: Lesson, signal: Signal, client: Client) -> None:
    guardian = GuardianFactory.create(user=where.psychologist.user)
    GuardianshipFactory.create(pupil=where.pupils[0], guardian=guardian)

    assert client.get(page_of(signal)).status_code == 404


def test_a_withdrawal_closes_the_page_and_blanks_the_list(where: Lesson, signal: Signal, client: Client) -> None:
    withdraw(where.pupils[0])

    listed = client.get(reverse("analytics:signals")).content.decode()
    assert client.get(page_of(signal)).status_code == 404
    assert "Consent withdrawn, nothing to show" in listed
    assert where.pupils[0].short_name not in listed


def test_in_shadow_the_lead_sees_it_and_the_school_does_not(where: Lesson, client: Client) -> None:
    set_mode(where.psychologist.user, where.school, Mode.SHADOW, GROUNDS)
    signal = signal_for(where)
    lead = signed_in(actor(Role.LEAD_PSYCHOLOGIST, district=where.school.district))

    assert client.get(page_of(signal)).status_code == 404
    assert where.pupils[0].short_name not in client.get(reverse("analytics:signals")).content.decode()
    assert lead.get(page_of(signal)).status_code == 200
    assert where.pupils[0].short_name in lead.get(reverse("analytics:signals")).content.decode()


def test_opening_a_case_keeps_the_reason_with_the_signal(client: Client, where: Lesson, signal: Signal) -> None:
    answer = client.post(decide_url(signal), {"decision": "open_case", "reason": "The teacher noticed it too"})

    case = Case.objects.get(pupil=where.pupils[0])
    assert answer.headers["Location"] == reverse("cases:detail", args=[case.pk])
    assert not ChronologyEntry.objects.filter(case=case, code="note").exists()
    panel = reverse("triage:case-items", args=[case.pk])
    assert "The teacher noticed it too" in client.get(panel).content.decode()
    signal.triage_item.refresh_from_db()
    assert signal.triage_item.state == ItemState.CASE_OPENED


def test_with_an_open_case_it_is_linked(client: Client, where: Lesson, signal: Signal) -> None:
    case = open_case(where.psychologist, pupil_id=where.pupils[0].pk, reason="Asked for help")

    client.post(decide_url(signal), {"decision": "link", "reason": "Belongs together"})

    signal.triage_item.refresh_from_db()
    assert (signal.triage_item.state, signal.triage_item.case_id) == (ItemState.LINKED, case.pk)


def test_without_an_open_case_there_is_nothing_to_link(client: Client, signal: Signal) -> None:
    answer = client.post(decide_url(signal), {"decision": "link", "reason": "Belongs together"}, HTTP_HX_REQUEST="true")

    assert answer.status_code == 422
    assert "Choose an open case" in answer.content.decode()


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({}, "Choose a decision"),
        ({"decision": "dismiss", "reason_code": "not_confirmed"}, "Explain your decision"),
        ({"decision": "dismiss", "reason": "Talked it over"}, "Choose why you dismiss it"),
        ({"decision": "promote", "reason": "Talked it over"}, "Select a valid choice"),
    ],
)
def test_a_decision_without_a_reason_is_refused_and_the_words_stay(
    client: Client, signal: Signal, sent: dict[str, str], says: str
) -> None:
    answer = client.post(decide_url(signal), sent, HTTP_HX_REQUEST="true")

    page = answer.content.decode()
    assert answer.status_code == 422
    assert says in page
    assert sent.get("reason", "") in page
    signal.triage_item.refresh_from_db()
    assert signal.triage_item.state == ItemState.NEW


def test_a_dismissal_leads_back_to_what_waits(client: Client, signal: Signal) -> None:
    sent = {"decision": "dismiss", "reason_code": "not_confirmed", "reason": "Talked it over"}

    answer = client.post(decide_url(signal), sent, HTTP_HX_REQUEST="true")

    assert answer.headers["HX-Redirect"] == reverse("triage:today")
    decided = client.get(reverse("analytics:signals") + "?show=decided").content.decode()
    assert "Dismissed" in decided


def test_who_comes_second_is_told_who_was_first(where: Lesson, signal: Signal, client: Client) -> None:
    sent = {"decision": "dismiss", "reason_code": "not_confirmed", "reason": "Talked it over"}
    colleague = actor(Role.PSYCHOLOGIST, school=where.school)
    signed_in(colleague).post(decide_url(signal), sent)

    answer = client.post(decide_url(signal), sent, HTTP_HX_REQUEST="true")

    assert answer.status_code == 409
    assert colleague.user.short_name in answer.content.decode()


def test_an_item_another_is_deciding_is_left_to_them(where: Lesson, signal: Signal, client: Client) -> None:
    colleague = actor(Role.PSYCHOLOGIST, school=where.school)
    claim(colleague, signal.pk)

    answer = client.post(
        decide_url(signal), {"decision": "open_case", "reason": "It is urgent"}, HTTP_HX_REQUEST="true"
    )

    assert answer.status_code == 409
    assert f"{colleague.user.short_name} is deciding this now" in answer.content.decode()


def test_the_queue_is_walked_up_and_down(client: Client, where: Lesson, signal: Signal) -> None:
    second = signal_for(where, 1)

    first_page = client.get(page_of(signal)).content.decode()
    second_page = client.get(page_of(second)).content.decode()

    assert "1 of 2" in first_page
    assert page_of(second) in first_page
    assert "Previous in the queue" not in first_page
    assert "2 of 2" in second_page
    assert page_of(signal) in second_page


def test_an_empty_list_says_what_that_means(client: Client, where: Lesson) -> None:
    page = client.get(reverse("analytics:signals")).content.decode()

    assert "No signal does not mean that all is well" in page


def test_the_list_asks_the_same_number_of_questions_for_any_length() -> None:
    where = lesson(pupils=6)
    client = signed_in(where.psychologist)
    signal_for(where)
    _queries(client)
    one = _queries(client)

    for number in range(1, 6):
        signal_for(where, number)

    assert _queries(client) == one


def _queries(client: Client) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert client.get(reverse("analytics:signals")).status_code == 200
    return len(asked)
