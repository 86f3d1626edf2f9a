"""The pages of referrals: what they show to whom, and what they do with what is sent."""

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from caseflow.cases.models import Case
from caseflow.cases.services import close_case
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.referrals.enums import Ground, Kind, Move, State
from caseflow.referrals.models import Referral
from caseflow.referrals.services import act_on, begin_referral
from tests.cases.factories import case_of, lead_over, psychologist
from tests.directory.factories import actor, signed_in
from tests.referrals.factories import ASKED, REASON, WHY, agree, drafted, offered, officer_of, seen, sent, withdraw
from tests.referrals.test_transferring import moved

pytestmark = pytest.mark.django_db


@pytest.fixture
def who(db: None) -> Actor:
    return psychologist()


@pytest.fixture
def case(who: Actor) -> Case:
    return case_of(who)


@pytest.fixture
def officer(case: Case) -> Actor:
    return officer_of(case)


def page(who: Actor, name: str, *args: Any, **query: str) -> Any:
    return signed_in(who).get(reverse(f"referrals:{name}", args=args), query)


def post(who: Actor, name: str, /, *args: Any, **data: Any) -> Any:
    return signed_in(who).post(reverse(f"referrals:{name}", args=args), data)


def text_of(answer: Any) -> str:
    assert answer.status_code == 200, answer
    return str(answer.content.decode())


def filled(officer: Actor, **changes: Any) -> dict[str, Any]:
    agency = officer.membership.agency
    assert agency is not None
    facts = {
        "receiver": f"agency:{agency.pk}",
        "ground": "legal",
        "basis": "danger_to_life",
        "ground_words": WHY,
        "asked": ASKED,
        "fields_told": ["reason"],
        "reason": REASON,
    }
    return facts | changes


def test_a_referral_is_written_seen_and_sent_on_one_page(who: Actor, case: Case, officer: Actor) -> None:
    begun = post(who, "begin", case.pk, kind="referral")
    draft = Referral.objects.get()
    assert begun.url == reverse("referrals:write", args=[draft.pk])
    first = text_of(page(who, "write", draft.pk))
    assert "Choose the receiver first" in first
    assert page(who, "detail", draft.pk).url == begun.url
    answer = post(who, "write", draft.pk, **filled(officer))
    assert answer.status_code == 302
    shown = text_of(page(who, "write", draft.pk))
    assert case.pupil.full_name in shown
    assert REASON in shown
    assert "checked disabled" in shown
    assert "There is no active consent" in shown
    wrong = post(who, "send", draft.pk, **filled(officer, asked="Другое", seen=seen(draft)))
    assert wrong.status_code == 422
    assert "has changed since you saw it" in wrong.content.decode()
    assert "Другое" in wrong.content.decode()  # what was typed is kept
    done = post(who, "send", draft.pk, **filled(officer, asked="Другое", seen=seen(draft)))
    assert done.url == reverse("referrals:detail", args=[draft.pk])
    draft.refresh_from_db()
    assert draft.state == State.SENT
    assert post(who, "drop", draft.pk).status_code == 302
    assert Referral.objects.filter(pk=draft.pk).exists()


def test_htmx_gets_the_same_page_and_what_is_wrong_is_said(who: Actor, case: Case, officer: Actor) -> None:
    draft = drafted(who, case, None)
    url = reverse("referrals:write", args=[draft.pk])
    answer = signed_in(who).post(url, filled(officer), headers={"HX-Request": "true"})
    assert 'id="preview"' in text_of(answer)
    assert post(who, "write", draft.pk, **filled(officer, receiver="agency:0")).status_code == 422
    assert post(who, "send", draft.pk, **filled(officer, receiver="agency:0")).status_code == 422
    drafted(who, case, officer.membership.agency, basis="danger_to_life")
    switched = post(who, "write", draft.pk, **filled(officer, ground="consent"))
    assert switched.status_code == 302
    assert Referral.objects.get(pk=draft.pk).basis == ""
    dropped = post(who, "drop", draft.pk)
    assert dropped.url == reverse("cases:detail", args=[case.pk])
    assert not Referral.objects.exists()


def test_a_closed_case_begins_nothing_and_keeps_its_draft(who: Actor, case: Case, officer: Actor) -> None:
    draft = drafted(who, case, officer.membership.agency)
    close_case(who, case.pk, reason="Всё")
    assert post(who, "begin", case.pk).url == reverse("cases:detail", args=[case.pk])
    assert post(who, "write", draft.pk, **filled(officer)).status_code == 422
    assert post(who, "send", draft.pk, **filled(officer)).status_code == 422
    assert post(who, "drop", draft.pk).status_code == 302
    assert "Referral" in text_of(page(who, "of-case", case.pk))


def test_the_officer_reads_the_letter_and_nothing_of_the_case(who: Actor, case: Case, officer: Actor) -> None:
    referral = sent(who, case, officer)
    assert case.pupil.full_name in text_of(page(officer, "inbox"))
    shown = text_of(page(officer, "detail", referral.pk))
    assert ASKED in shown
    assert WHY not in shown
    assert "Danger to the life" not in shown
    assert str(case.pk) not in shown
    assert signed_in(officer).get(reverse("cases:detail", args=[case.pk])).status_code == 403
    refused = post(officer, "act", referral.pk, "reject", words=" ")
    assert refused.status_code == 422
    assert "Say why, or what came of it." in refused.content.decode()
    assert post(officer, "act", referral.pk, "withdraw").status_code == 404
    assert post(officer, "act", referral.pk, "accept", words="Приём в четверг").status_code == 302
    assert post(officer, "act", referral.pk, "answer", words="Осмотрен").status_code == 302
    assert "Осмотрен" in text_of(page(who, "detail", referral.pk))
    assert "message-check" in text_of(page(who, "of-case", case.pk))
    assert post(who, "act", referral.pk, "finish", words="Легче").status_code == 302
    assert "Nothing waits for you" in text_of(page(officer, "inbox"))
    assert case.pupil.full_name in text_of(page(officer, "inbox", over="1"))
    assert "circle-check" in text_of(page(who, "list", over="1"))
    assert page(officer_of(case), "detail", referral.pk).status_code == 404
    assert page(psychologist(), "detail", referral.pk).status_code == 404


def test_what_a_withdrawal_did_is_said_on_both_sides(who: Actor, case: Case, officer: Actor) -> None:
    guardian = agree(case.pupil)
    by_consent: dict[str, Any] = {"ground": Ground.CONSENT, "basis": "", "ground_words": ""}
    waiting, accepted, lapsed = (sent(who, case, officer, **by_consent) for _ in range(3))
    act_on(officer, accepted.pk, Move.ACCEPT)
    withdraw(case.pupil, guardian)
    Referral.objects.filter(pk=lapsed.pk).update(state=State.SENT)  # as one sent in the same moment
    assert "The text is closed" in text_of(page(officer, "detail", waiting.pk))
    assert "Stopped: the consent ended" in text_of(page(who, "detail", waiting.pk))
    assert "The consent ended" in text_of(page(who, "detail", accepted.pk))
    assert "You cannot read it any more" in text_of(page(officer, "detail", lapsed.pk))
    assert "Name closed" in text_of(page(officer, "inbox"))
    assert "Revoke it, or send it anew" in text_of(page(who, "detail", lapsed.pk))


def test_the_lead_looks_at_grounds(who: Actor, case: Case, officer: Actor) -> None:
    lead = lead_over(case.school)
    assert "Nothing was sent without consent" in text_of(page(lead, "grounds"))
    referral = sent(who, case, officer)
    assert "Поликлиника" in text_of(page(lead, "grounds"))
    shown = text_of(page(lead, "ground", referral.pk))
    assert WHY in shown
    assert ASKED not in shown
    assert case.pupil.last_name not in shown
    assert post(lead, "ground", referral.pk, holds="1", words="").status_code == 422
    assert post(lead, "ground", referral.pk, holds="0", words="Нет опасности").status_code == 302
    assert post(lead, "ground", referral.pk, holds="1", words="Снова").status_code == 422
    assert "Нет опасности" in text_of(page(lead, "ground", referral.pk))
    assert "finds that it does not hold" in text_of(page(who, "detail", referral.pk))
    assert page(lead, "detail", referral.pk).status_code == 404
    assert "In work" in text_of(page(lead, "list"))


def test_a_case_is_taken_over_on_the_page_of_its_offer(who: Actor, case: Case) -> None:
    new = psychologist()
    begun = post(who, "begin", case.pk, kind="transfer")
    shown = text_of(signed_in(who).get(begun.url))
    assert "What travels, and what stays" in shown
    assert "mood analysis stay here" in shown
    referral = offered(who, case, new.membership.school)
    assert "not on the roll" in text_of(page(new, "detail", referral.pk))
    first = moved(case.pupil, new.membership.school)
    moved(case.pupil, new.membership.school)
    assert "Pupil on the roll" in text_of(page(new, "detail", referral.pk))
    assert post(new, "act", referral.pk, "accept").status_code == 422
    taken = post(new, "act", referral.pk, "accept", pupil=str(first.pk))
    assert taken.url == reverse("cases:detail", args=[case.pk])
    assert signed_in(new).get(taken.url).status_code == 200
    assert signed_in(who).get(taken.url).status_code == 404
    assert "Take the case over" not in text_of(page(who, "detail", referral.pk))


def test_lists_cost_the_same_for_thirty(who: Actor, officer: Actor, case: Case) -> None:
    agree(case.pupil)
    by_consent: dict[str, Any] = {"ground": Ground.CONSENT, "basis": "", "ground_words": ""}

    def queries(reader: Actor, name: str) -> int:
        client = signed_in(reader)
        client.get(reverse(f"referrals:{name}"))
        with CaptureQueriesContext(connection) as counted:
            assert client.get(reverse(f"referrals:{name}")).status_code == 200
        return len(counted)

    sent(who, case, officer, **by_consent)
    few = [queries(officer, "inbox"), queries(who, "list")]
    for _ in range(8):
        sent(who, case, officer, **by_consent)
    assert [queries(officer, "inbox"), queries(who, "list")] == few


def test_other_roles_are_turned_away(case: Case) -> None:
    for role in (Role.SOCIAL_PEDAGOGUE, Role.PRINCIPAL, Role.CLASS_TEACHER):
        other = actor(role, school=case.school)
        assert page(other, "of-case", case.pk).status_code == 403
        assert page(other, "inbox").status_code == 403


def test_what_htmx_keeps_is_never_sent_whatever_button_was_pressed(who: Actor, case: Case) -> None:
    draft = begin_referral(who, case.pk, Kind.REFERRAL)
    answer = signed_in(who).post(
        reverse("referrals:send", args=[draft.pk]), {"asked": ASKED}, headers={"HX-Request": "true"}
    )
    assert answer.status_code == 200
    assert ASKED in answer.content.decode()
    draft.refresh_from_db()
    assert draft.sent_at is None
