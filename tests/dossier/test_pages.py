"""The pages and the endpoints on which a paper is chosen and made, and what guardians learn of it."""

from datetime import timedelta
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from caseflow.audit.models import AuditEntry
from caseflow.cases.enums import Visibility
from caseflow.cases.models import Case
from caseflow.cases.services import correct_note
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.dossier.enums import Kind
from caseflow.dossier.models import Making
from caseflow.dossier.rules import ticked_beforehand
from caseflow.portal.rules import LAG
from caseflow.portal.selectors import access_log
from tests.cases.factories import case_of, note_in, psychologist
from tests.cases.test_pages import html
from tests.directory.factories import actor, parent_of, signed_in
from tests.dossier.factories import PURPOSE, words_of

pytestmark = pytest.mark.django_db


@pytest.fixture
def who(db: None) -> Actor:
    return psychologist()


@pytest.fixture
def case(who: Actor) -> Case:
    return case_of(who)


def sent(kind: Kind, **changes: Any) -> dict[str, Any]:
    usual = {"meeting": "lead", "purpose": PURPOSE, "tongue": "kk-ru", "parts": ticked_beforehand(kind)}
    return usual | {"form": "page"} | changes


def post(who: Actor, kind: Kind, case: Case, **changes: Any) -> Any:
    return signed_in(who).post(reverse(f"dossier:{kind}", args=[case.pk]), sent(kind, **changes))


@pytest.mark.parametrize("kind", Kind)
def test_the_case_leads_to_the_choice_and_nobody_else_finds_it(who: Actor, case: Case, kind: Kind) -> None:
    address = reverse(f"dossier:{kind}", args=[case.pk])
    shown = html(signed_in(who).get(address))
    assert f'href="{reverse("dossier:profile", args=[case.pk])}"' in html(
        signed_in(who).get(reverse("cases:detail", args=[case.pk]))
    )
    assert 'value="risk"' in shown
    assert shown.count("checked") == len(ticked_beforehand(kind))
    assert "No paper yet" in shown
    assert signed_in(psychologist()).get(address).status_code == 404
    for role in (Role.SOCIAL_PEDAGOGUE, Role.PRINCIPAL, Role.DPO):
        unit = {} if role == Role.DPO else {"school": case.school}
        assert signed_in(actor(role, **unit)).get(address).status_code == 403


def test_the_page_bears_the_watermark_and_both_languages_and_no_cache_keeps_it(who: Actor, case: Case) -> None:
    answer = post(who, Kind.PROFILE, case)
    shown = html(answer)
    assert answer.headers["Cache-Control"] == "no-store"
    assert '<span lang="kk">' in shown
    assert shown.count(PURPOSE) >= 7
    assert who.user.short_name in shown
    assert 'style="' not in shown
    made = html(signed_in(who).get(reverse("dossier:profile", args=[case.pk])))
    assert PURPOSE in made
    assert "Next steps" in made


def test_page_and_pdf_hold_the_same_and_the_page_leads_to_the_pdf(who: Actor, case: Case) -> None:
    for number in range(30):
        note_in(case, who, f"{number}: " + "длинные слова " * 300)
    parts = ["private_notes", "stage"]
    page = post(who, Kind.PROFILE, case, tongue="ru", parts=parts)
    assert "29: длинные" in html(page)
    assert html(page).count("длинные слова") < 900
    assert "…" in html(page)
    fields = dict.fromkeys(parts, "parts") | {PURPOSE: "purpose", "ru": "tongue", "lead": "meeting"}
    for value, name in fields.items():
        assert f'<input type="hidden" name="{name}" value="{value}">' in html(page)
    assert 'name="form" value="pdf"' in html(page)


def test_a_corrected_note_is_struck_through_on_page_and_pdf(who: Actor, case: Case) -> None:
    note = note_in(case, who, "Дата неверна", Visibility.TEAM)
    correct_note(who, case.pk, note.pk, text="Дата верна")
    shown = html(post(who, Kind.CHRONOLOGY, case, tongue="en"))
    assert '<del><div class="o-text">Дата неверна</div></del>' in shown
    answer = post(who, Kind.CHRONOLOGY, case, tongue="en", form="pdf")
    assert (answer.headers["Content-Type"], answer.headers["Cache-Control"]) == ("application/pdf", "no-store")
    assert "Дата неверна" in words_of(answer.content)


def test_what_is_missing_is_said_and_what_was_typed_stays(who: Actor, case: Case) -> None:
    empty = post(who, Kind.PROFILE, case, purpose="", parts=[])
    assert (empty.status_code, "Tick what the paper is to hold." in html(empty)) == (422, True)
    turned = post(
        who, Kind.CHRONOLOGY, case, since=timezone.localdate(), until=timezone.localdate() - timedelta(days=1)
    )
    assert (turned.status_code, "The period ends before it begins." in html(turned)) == (422, True)
    assert PURPOSE in html(turned)
    assert not Making.objects.exists()


def test_guardians_learn_of_a_paper_as_of_every_reading_two_weeks_later(who: Actor, case: Case) -> None:
    parent = parent_of(case.pupil)
    post(who, Kind.PROFILE, case)
    assert access_log(parent, case.pupil) == []
    later = timezone.now() + LAG + timedelta(minutes=1)
    lines = access_log(parent, case.pupil, later)
    assert {line.who for line in lines} == {who.user}
    assert AuditEntry.objects.filter(action="dossier_profile_read").count() == 1


def test_the_api_offers_makes_and_refuses_as_the_pages_do(who: Actor, case: Case) -> None:
    client = signed_in(who)
    body = {"meeting": "lead", "purpose": PURPOSE, "language": "ru", "parts": ["stage"]}

    def ask(name: str, **changes: Any) -> Any:
        address = reverse(f"api:dossier-{name}", args=[case.pk])
        return client.post(address, body | changes, content_type="application/json")

    assert "Новое" in words_of(ask("profile").content)
    assert ask("chronology", parts=["case"], since="2026-01-01").status_code == 200
    assert ask("profile", parts=["incidents"]).status_code == 409
    assert ask("profile", purpose="").status_code == 400
    offer = client.get(reverse("api:dossier-detail", args=[case.pk])).json()
    assert [made["kind"] for made in offer["made"]] == ["chronology", "profile"]
    closed = ["family", "team", "council", "agency", "other"]
    assert {"name": "risk", "title": "Risk level", "confidential": True, "kept_from": closed} in offer["profile"]
    stranger = signed_in(psychologist())
    refused = stranger.post(reverse("api:dossier-profile", args=[case.pk]), body, content_type="application/json")
    assert refused.status_code == 404


def test_the_queries_do_not_grow_with_the_lines(who: Actor, case: Case, django_assert_max_num_queries: Any) -> None:
    counted = []
    for _round in range(2):
        with django_assert_max_num_queries(80) as asked:
            post(who, Kind.CHRONOLOGY, case)
        counted.append(len(asked.captured_queries))
        for number in range(30):
            note_in(case, who, str(number), Visibility.TEAM)
    assert counted[0] == counted[1]
