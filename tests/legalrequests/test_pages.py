"""A legal request as its three people meet it on the pages, and what the family reads."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from django.utils import timezone

from caseflow.audit.models import AuditEntry
from caseflow.legalrequests.enums import Given, State
from caseflow.legalrequests.models import LegalRequest
from caseflow.legalrequests.selectors.composing import Chosen
from caseflow.legalrequests.services import refuse, sweep_legal_requests
from tests.directory.factories import parent_of, signed_in
from tests.legalrequests.factories import ACT, ASKED, Scene, asked, barred, prepared, released, scene

pytestmark = pytest.mark.django_db


@pytest.fixture
def at() -> Scene:
    return scene()


def document(at: Scene) -> dict[str, str]:
    pupil = at.case.pupil
    return {
        "ground": "investigation",
        "act": ACT,
        "number": "11-4/26",
        "dated": timezone.localdate().isoformat(),
        "last_name": pupil.last_name,
        "first_name": pupil.first_name,
        "birth_date": pupil.birth_date.isoformat(),
        "asked": ASKED,
    }


def test_three_people_carry_it_from_the_document_to_the_copy(at: Scene) -> None:
    prosecutor, lead, officer = (signed_in(who) for who in (at.prosecutor, at.lead, at.officer))
    assert prosecutor.post(reverse("legalrequests:ask"), document(at)).status_code == 302
    request = LegalRequest.objects.get()
    page, preparing = (reverse(f"legalrequests:{name}", args=[request.pk]) for name in ("request", "prepare"))
    assert at.case.pupil.last_name in lead.get(page).content.decode()
    shown = lead.post(preparing, {"case": str(at.case.pk), "given": ["course"], "act": "show"})
    assert shown.status_code == 200
    snapshot = shown.context["shown"].snapshot
    assert snapshot is not None
    stale = lead.post(preparing, {"case": str(at.case.pk), "given": ["course"], "act": "sign", "seen": "0" * 64})
    assert stale.status_code == 422
    signed = {"case": str(at.case.pk), "given": ["course"], "act": "sign", "seen": snapshot.sha256}
    assert lead.post(preparing, signed).status_code == 302
    before = officer.get(page).content.decode()
    assert "Course of the case" in before
    assert at.case.pupil.last_name not in before
    assert ASKED not in before
    given = officer.post(reverse("legalrequests:approve", args=[request.pk]), {"seen": snapshot.sha256, "days": "3"})
    assert given.status_code == 302
    request.refresh_from_db()
    assert request.state == State.RELEASED
    assert at.case.pupil.full_name in prosecutor.get(page).content.decode()
    paper = prosecutor.get(reverse("legalrequests:paper", args=[request.pk]), {"language": "kk-ru"})
    assert paper.content[:5] == b"%PDF-"
    assert paper.headers["Cache-Control"] == "no-store"


def test_the_page_says_what_is_missing_in_the_document(at: Scene) -> None:
    answer = signed_in(at.prosecutor).post(reverse("legalrequests:ask"), document(at) | {"barred_act": "ст. 201"})
    assert answer.status_code == 422
    assert "until when" in answer.content.decode()
    assert not LegalRequest.objects.exists()


def test_a_request_without_a_case_can_be_refused_alone(at: Scene) -> None:
    request = asked(at)
    at.case.pupil.birth_date -= timedelta(days=1)
    at.case.pupil.save()
    lead = signed_in(at.lead)
    assert "No case fits" in lead.get(reverse("legalrequests:prepare", args=[request.pk])).content.decode()
    assert lead.post(reverse("legalrequests:refuse", args=[request.pk]), {"words": ""}).status_code == 422
    lead.post(reverse("legalrequests:refuse", args=[request.pk]), {"words": "Такого дела нет"})
    assert (
        "Такого дела нет"
        in signed_in(at.prosecutor).get(reverse("legalrequests:request", args=[request.pk])).content.decode()
    )
    late = lead.get(reverse("legalrequests:prepare", args=[request.pk]))
    assert late.status_code == 302


def test_the_family_reads_what_was_given_and_not_what_the_law_bars(at: Scene) -> None:
    parent = signed_in(parent_of(at.case.pupil))
    released(at, **barred())
    assert ACT not in parent.get(reverse("portal:home")).content.decode()
    released(at)
    content = parent.get(reverse("portal:home")).content.decode()
    assert ACT in content
    assert "Given to a prosecutor by law" in content


def test_the_list_is_each_ones_own(at: Scene) -> None:
    asked(at)
    asked(scene())
    for who, number in ((at.prosecutor, 1), (at.lead, 1), (at.officer, 0)):
        page = signed_in(who).get(reverse("legalrequests:list")).context["page"]
        assert len(page.object_list) == number


def test_what_is_refused_by_the_services_is_said_on_the_page(at: Scene) -> None:
    prosecutor, lead, officer = (signed_in(who) for who in (at.prosecutor, at.lead, at.officer))
    request = asked(at)
    at_page = {name: reverse(f"legalrequests:{name}", args=[request.pk]) for name in ("prepare", "approve", "withdraw")}
    only_name = lead.post(at_page["prepare"], {"case": str(at.case.pk), "act": "show"})
    sha256 = only_name.context["shown"].snapshot.sha256
    signed = lead.post(at_page["prepare"], {"case": str(at.case.pk), "act": "sign", "seen": sha256})
    assert "besides the name" in signed.content.decode()
    chosen = lead.get(at_page["prepare"], {"case": str(at.case.pk)})
    assert chosen.context["shown"].case == at.case
    ready = prepared(at, request)
    assert officer.post(at_page["approve"], {"seen": ready.sha256, "days": "99"}).status_code == 422
    late = officer.post(at_page["approve"], {"seen": "0" * 64, "days": "9"}, follow=True)
    assert "not what you looked at" in late.content.decode()
    assert prosecutor.post(at_page["withdraw"], {"words": ""}).status_code == 422
    assert prosecutor.post(at_page["withdraw"], {"words": "Не нужно"}).status_code == 302
    assert prosecutor.post(reverse("legalrequests:ask"), document(at) | {"number": ready.number}).status_code in (
        302,
        422,
    )


def test_before_two_people_give_it_whoever_asked_learns_nothing_of_the_case(at: Scene) -> None:
    request = prepared(at, asked(at))
    page, prosecutor = reverse("legalrequests:request", args=[request.pk]), signed_in(at.prosecutor)
    for known in (str(at.case.school), "Course of the case", request.sha256):
        assert known not in prosecutor.get(page).content.decode()
        assert known in signed_in(at.lead).get(page).content.decode()
    refuse(at.officer, request.pk, "Основания недостаточно")
    refused = prosecutor.get(page).content.decode()
    assert "Основания недостаточно" in refused
    for unknown in (str(at.case.school), "Course of the case", request.sha256):
        assert unknown not in refused


def test_a_school_that_was_not_chosen_is_not_told_beside_the_copy(at: Scene) -> None:
    request = released(at, Chosen((Given.GUARDIANS.value,)))
    page = signed_in(at.prosecutor).get(reverse("legalrequests:request", args=[request.pk])).content.decode()
    assert "Legal representatives" in page
    assert str(at.case.school) not in page


def test_the_copy_on_the_page_bears_reader_time_and_number(at: Scene) -> None:
    request = released(at)
    page = signed_in(at.prosecutor).get(reverse("legalrequests:request", args=[request.pk])).content.decode()
    day = f"{timezone.localtime():%d.%m.%Y}"
    assert re.search(rf"{at.prosecutor.user.short_name} · {day} \d\d:\d\d · {request.number}<", page)


def test_every_look_at_a_request_is_logged(at: Scene) -> None:
    request = asked(at)
    page = reverse("legalrequests:request", args=[request.pk])
    assert at.case.pupil.last_name in signed_in(at.lead).get(page).content.decode()
    entry = AuditEntry.objects.get(action="legal_request_read")
    assert (entry.actor_id, entry.obj, entry.pupil_id) == (at.lead.user.pk, f"legal_request {request.pk}", None)


def test_once_the_family_is_told_the_page_says_so(at: Scene) -> None:
    request = released(at, **barred())
    page, lead = reverse("legalrequests:request", args=[request.pk]), signed_in(at.lead)
    assert "barred until" in lead.get(page).content.decode()
    sweep_legal_requests(timezone.now() + timedelta(days=31))
    told = lead.get(page).content.decode()
    assert "barred until" not in told
    assert "told " in told
