from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from caseflow.audit.models import AuditEntry
from caseflow.cases.services import open_case
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import School
from caseflow.triage import readable
from caseflow.triage.enums import Audience, ItemKind, ItemState
from caseflow.triage.models import TriageItem
from caseflow.triage.services import claim, decide
from tests.directory.factories import SchoolFactory, actor, signed_in
from tests.triage.factories import WORDS, item_at, signal_at
from tests.triage.test_deciding import REASON, nothing_readable

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def school() -> School:
    return SchoolFactory.create()


@pytest.fixture
def psychologist(school: School) -> Actor:
    return actor(Role.PSYCHOLOGIST, school=school)


@pytest.fixture
def client(psychologist: Actor) -> Client:
    return signed_in(psychologist)


def urls(pk: object) -> list[str]:
    return [
        reverse("triage:today"),
        reverse("triage:queue"),
        reverse("triage:side"),
        reverse("triage:item", args=[pk]),
        reverse("triage:pupils", args=[pk]),
        reverse("triage:case-items", args=[pk]),
        reverse("triage:case-waiting", args=[pk]),
    ]


def posts(pk: object) -> list[str]:
    return [reverse(f"triage:{name}", args=[pk]) for name in ("claim", "release", "decide", "undo")]


@pytest.mark.parametrize("role", [r for r in Role if r not in (Role.PSYCHOLOGIST, Role.LEAD_PSYCHOLOGIST)])
def test_other_roles_are_refused(school: School, role: Role) -> None:
    other = signed_in(actor(role, school=school))
    pk = item_at(school).pk
    assert {other.get(url).status_code for url in urls(pk)} == {403}
    assert {other.post(url).status_code for url in posts(pk)} == {403}


def test_visitors_are_sent_to_sign_in() -> None:
    answers = [Client().get(url) for url in urls(uuid4())] + [Client().post(url) for url in posts(uuid4())]
    assert {(answer.status_code, answer["Location"].split("?")[0]) for answer in answers} == {(302, "/accounts/login/")}


def test_another_schools_item_is_not_there(client: Client) -> None:
    pk = item_at(SchoolFactory.create()).pk
    assert {client.get(url, headers=HTMX).status_code for url in urls(pk)[3:]} == {404}
    assert {client.post(url, REASON).status_code for url in posts(pk)} == {404}
    assert AuditEntry.objects.filter(action="denied").count() == 8
    assert TriageItem.objects.get(pk=pk).state == ItemState.NEW


def test_the_queue_is_ordered_by_deadline_and_opens_the_first(school: School, client: Client) -> None:
    later = item_at(school, psych_code="psych_assessment_low")
    first = item_at(school, psych_code="psych_assessment_acute")
    page = client.get(reverse("triage:today"))
    text = page.content.decode()
    assert text.index(str(first.pk)) < text.index(str(later.pk))
    assert f"«{WORDS}»" in text
    assert AuditEntry.objects.filter(action="read", obj=f"triage:{first.pk}").count() == 1
    assert not AuditEntry.objects.filter(action="read", obj=f"triage:{later.pk}").exists()


def test_chips_count_and_narrow(school: School, client: Client) -> None:
    item_at(school)
    signal = signal_at(school)
    page = client.get(reverse("triage:today"), {"kind": "signal"})
    assert [row.item.pk for row in page.context["queue"].rows] == [signal.pk]
    assert page.context["queue"].counts == {"": 2, "signal": 1, "incident": 1, "disturbance": 0}


def test_what_a_model_made_is_marked_with_its_name(
    school: School, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delitem(readable._filters, ItemKind.SIGNAL, raising=False)
    signal_at(school)
    assert b"found by the system, mini-XCEPTION 1.0" in client.get(reverse("triage:queue")).content


def test_what_was_generated_is_marked(school: School, client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(readable._filters, ItemKind.SIGNAL, raising=False)
    item_at(school)
    assert "data-demo" not in client.get(reverse("triage:today")).content.decode()
    signal_at(school, demo=True)
    page = client.get(reverse("triage:today")).content.decode()
    assert page.count('<span class="c-tag" data-demo>Demo</span>') == 1


def test_the_own_open_case_is_offered_first(school: School, psychologist: Actor, client: Client) -> None:
    item = item_at(school)
    open_case(psychologist, pupil_id=item.pupil_id or uuid4(), reason="Раньше")
    page = client.get(reverse("triage:item", args=[item.pk]), headers=HTMX).content.decode()
    assert "Link to case no. 1" in page


def test_a_withdrawn_item_is_blank_and_can_be_closed(
    school: School, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(readable._filters, ItemKind.SIGNAL, f"{nothing_readable.__module__}.nothing_readable")
    signal = signal_at(school)
    page = client.get(reverse("triage:today")).content.decode()
    assert "Consent withdrawn, nothing to show" in page
    assert signal.pupil is not None
    assert signal.pupil.last_name not in page
    answer = client.post(
        reverse("triage:decide", args=[signal.pk]),
        {"decision": "dismiss", "reason_code": "consent_withdrawn"},
        headers=HTMX,
    )
    assert answer.status_code == 200
    assert TriageItem.objects.get(pk=signal.pk).state == ItemState.DISMISSED


def test_a_decision_answers_with_the_way_back(school: School, client: Client) -> None:
    item = item_at(school)
    answer = client.post(reverse("triage:decide", args=[item.pk]), {"decision": "open_case"}, headers=HTMX)
    assert answer["HX-Trigger"] == '{"triage:changed": {}}'
    assert b"Case no. 1 opened" in answer.content
    back = client.post(reverse("triage:undo", args=[item.pk]), headers=HTMX)
    assert back.status_code == 200
    assert TriageItem.objects.get(pk=item.pk).state == ItemState.NEW


def test_without_scripts_a_decision_leads_back_to_the_queue(school: School, client: Client) -> None:
    answer = client.post(reverse("triage:decide", args=[item_at(school).pk]), REASON)
    assert (answer.status_code, answer["Location"]) == (302, reverse("triage:today"))


def test_a_missing_reason_is_said_and_nothing_is_done(school: School, client: Client) -> None:
    item = item_at(school)
    answer = client.post(reverse("triage:decide", args=[item.pk]), REASON | {"reason": ""}, headers=HTMX)
    assert (answer.status_code, answer["HX-Retarget"]) == (422, f"#note-{item.pk}")
    assert b"Explain in a few words" in answer.content
    assert TriageItem.objects.get(pk=item.pk).state == ItemState.NEW


def test_who_comes_second_reads_who_decided(school: School, psychologist: Actor, client: Client) -> None:
    item, colleague = item_at(school), actor(Role.PSYCHOLOGIST, school=school)
    decide(colleague, item_id=item.pk, **REASON)
    answer = client.post(reverse("triage:decide", args=[item.pk]), {"decision": "open_case"}, headers=HTMX)
    assert answer.status_code == 409
    assert colleague.user.short_name in answer.content.decode()
    assert (
        colleague.user.short_name in client.get(reverse("triage:item", args=[item.pk]), headers=HTMX).content.decode()
    )


def test_a_colleague_at_work_is_shown(school: School, client: Client) -> None:
    item, colleague = item_at(school), actor(Role.PSYCHOLOGIST, school=school)
    claim(colleague, item.pk)
    assert f"{colleague.user.short_name} is deciding now" in client.get(reverse("triage:queue")).content.decode()
    assert client.post(reverse("triage:claim", args=[item.pk]), headers=HTMX).status_code == 409


def test_an_empty_queue_says_what_comes_next(client: Client) -> None:
    assert "Everything is handled" in client.get(reverse("triage:today")).content.decode()


def test_the_lead_sees_what_the_school_does_not(school: School, client: Client) -> None:
    kept = item_at(school, audience=Audience.LEAD)
    lead = signed_in(actor(Role.LEAD_PSYCHOLOGIST, district=school.district))
    assert str(kept.pk) in lead.get(reverse("triage:today")).content.decode()
    assert str(kept.pk) not in client.get(reverse("triage:today")).content.decode()


def test_the_case_page_lists_what_was_linked_to_it(school: School, psychologist: Actor, client: Client) -> None:
    item = item_at(school)
    case = decide(psychologist, item_id=item.pk, decision="open_case").case
    assert case is not None
    assert "Conflict" in client.get(reverse("triage:case-items", args=[case.pk])).content.decode()


def queries_of(client: Client, url: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        assert client.get(url).status_code == 200
    return len(captured)


@pytest.mark.parametrize("name", ["triage:queue", "triage:today", "triage:side"])
def test_the_number_of_queries_is_the_same_for_one_row_and_for_thirty(
    school: School, client: Client, name: str
) -> None:
    item_at(school, psych_code="psych_assessment_acute")
    client.get(reverse(name))  # the first request of a session writes when it was
    few = queries_of(client, reverse(name))
    for _each in range(29):
        item_at(school)
    assert client.get(reverse("triage:queue")).content.count(b"data-row") == 30
    assert queries_of(client, reverse(name)) == few


def test_pupils_are_offered_from_three_letters(school: School, client: Client) -> None:
    item = item_at(school)
    assert item.pupil is not None
    url = reverse("triage:pupils", args=[item.pk])
    assert client.get(url, {"q": item.pupil.last_name}).context["pupils"] == [item.pupil]
    assert client.get(url, {"q": item.pupil.last_name[:2]}).context["pupils"] == []


def test_without_scripts_an_item_opens_on_the_page_that_shows_it(
    school: School, psychologist: Actor, client: Client
) -> None:
    item = item_at(school)
    url = reverse("triage:item", args=[item.pk])
    assert client.get(url)["Location"] == f"{reverse('triage:today')}?item={item.pk}"
    decide(psychologist, item_id=item.pk, **REASON)
    assert client.get(url)["Location"] == reverse("incidents:of-item", args=[item.pk])


def test_an_item_asked_for_that_is_decided_says_by_whom(school: School, client: Client) -> None:
    item, colleague = item_at(school), actor(Role.PSYCHOLOGIST, school=school)
    decide(colleague, item_id=item.pk, **REASON)
    page = client.get(reverse("triage:today"), {"item": str(item.pk)})
    assert colleague.user.short_name in page.content.decode()
    assert client.get(reverse("triage:today"), {"item": "nonsense"}).status_code == 200


def test_without_scripts_losing_and_lateness_have_pages(school: School, client: Client) -> None:
    item, colleague = item_at(school), actor(Role.PSYCHOLOGIST, school=school)
    decide(colleague, item_id=item.pk, **REASON)
    lost = client.post(reverse("triage:decide", args=[item.pk]), REASON)
    assert (lost.status_code, colleague.user.short_name in lost.content.decode()) == (409, True)
    late = client.post(reverse("triage:undo", args=[item.pk]))
    assert (late.status_code, "too late" in late.content.decode()) == (409, True)


def test_without_scripts_a_wrong_decision_is_said_on_the_page(school: School, client: Client) -> None:
    item = item_at(school)
    page = client.post(reverse("triage:decide", args=[item.pk]), {"decision": "judge"}, follow=True)
    assert "Choose one of the three decisions" in page.content.decode()
    assert client.post(reverse("triage:decide", args=[item.pk]), REASON).status_code == 302
    back = client.post(reverse("triage:undo", args=[item.pk]))
    assert back["Location"] == f"{reverse('triage:today')}?item={item.pk}"


def test_an_empty_decision_on_another_schools_item_finds_nothing(client: Client) -> None:
    url = reverse("triage:decide", args=[item_at(SchoolFactory.create()).pk])
    assert client.post(url, {}).status_code == 404


def test_claim_and_release_answer_with_nothing_to_show(school: School, client: Client) -> None:
    item = item_at(school)
    for name in ("claim", "release"):
        assert client.post(reverse(f"triage:{name}", args=[item.pk]), headers=HTMX).status_code == 204
    decide(actor(Role.PSYCHOLOGIST, school=school), item_id=item.pk, **REASON)
    assert client.post(reverse("triage:claim", args=[item.pk]), headers=HTMX).status_code == 409


def test_deciding_what_a_colleague_holds_says_until_when(school: School, client: Client) -> None:
    item, colleague = item_at(school), actor(Role.PSYCHOLOGIST, school=school)
    claim(colleague, item.pk)
    answer = client.post(reverse("triage:decide", args=[item.pk]), REASON, headers=HTMX)
    assert (answer.status_code, "is deciding this now" in answer.content.decode()) == (409, True)
