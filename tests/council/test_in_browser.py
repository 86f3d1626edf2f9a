"""The council in a real browser: axe in three languages, both themes and sizes; a session walked from call to close."""

from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import Browser, expect
from pytest_django.live_server_helper import LiveServer

from caseflow.council.enums import Move
from caseflow.council.models import Decision, Member, Session
from tests.browser import page_for, problems
from tests.council.factories import approved, called, drafted, held, moved, point_of, table

pytestmark = pytest.mark.browser


@pytest.mark.parametrize("language", ["kk", "ru", "en"])
def test_axe_finds_nothing_on_the_pages_of_a_council(
    browser: Browser, transactional_db: None, live_server: LiveServer, language: str
) -> None:
    at = table()
    session, planned = held(at), called(at)
    item = point_of(at, session)
    draft, decision = drafted(at, session, item=item.pk), approved(at, session, item=item.pk)
    moved(at.officer, decision, Move.PROGRESS)
    addresses = {
        "home": reverse("council:home"),
        "members": reverse("council:members"),
        "setup": reverse("council:setup"),
        "call": reverse("council:call"),
        "change": reverse("council:change", args=[planned.pk]),
        "session": reverse("council:session", args=[session.pk]),
        "attendance": reverse("council:attendance", args=[session.pk]),
        "item": reverse("council:item", args=[item.pk]),
        "heard": reverse("council:heard", args=[item.pk]),
        "draft": reverse("council:draft", args=[session.pk]),
        "change draft": reverse("council:change-draft", args=[draft.pk]),
        "register": reverse("council:register"),
        "decision": reverse("council:decision", args=[decision.pk]),
    }
    page, found = page_for(browser, live_server, at.chair, language), {}
    for name, address in addresses.items():
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == 200, name
        found[name] = problems(page)
    reader = page_for(browser, live_server, at.officer, language)
    for name in ("register", "decision"):
        reader.goto(addresses[name])
        found[f"{name} of the agency"] = problems(reader)
    assert {name: said for name, said in found.items() if said} == {}


def test_a_session_is_prepared_held_and_closed_and_a_decision_carried_out(
    browser: Browser, transactional_db: None, live_server: LiveServer, tmp_path: Path
) -> None:
    at = table()
    secretary = page_for(browser, live_server, at.prosecutor, "en")
    secretary.goto(reverse("council:home"))
    secretary.get_by_role("link", name="Call a session").click()
    secretary.get_by_label("Begins").fill(f"{timezone.localtime():%Y-%m-%dT%H:%M}")
    secretary.get_by_label("Place").fill("Акимат, зал 2")
    secretary.get_by_role("button", name="Call the session").click()
    secretary.get_by_label("What is spoken of").fill("О дежурствах")
    secretary.get_by_role("button", name="Put it on").click()
    secretary.get_by_role("button", name="Open the session").click()
    secretary.get_by_role("link", name="Draft a decision").click()
    secretary.get_by_label("What is decided").fill("Назначить дежурных")
    secretary.get_by_label("Agency that carries it out").select_option(str(at.agency.pk))
    secretary.get_by_label("Who answers for it there").fill("Начальник отдела")
    secretary.get_by_label("Until which day").fill(timezone.localdate().isoformat())
    secretary.get_by_role("button", name="Keep the draft").click()
    secretary.get_by_role("link", name="What was heard").click()
    secretary.get_by_label("What was heard").fill("Доклад заслушан")
    secretary.get_by_role("button", name="Keep the minutes").click()
    secretary.get_by_role("link", name="Say who is there").click()
    member = Member.objects.filter(council=at.council).latest("pk")
    instead = secretary.get_by_label("Who came instead of")
    expect(instead.first).to_be_hidden()
    secretary.locator(f"#id_at-{member.pk}").select_option("represented")
    secretary.locator(f"#id_for-{member.pk}").fill("Сейтова А. Б.")
    secretary.get_by_role("button", name="All others are there").click()
    expect(secretary.get_by_text("3 of 3 there")).to_be_visible()

    chair, session = page_for(browser, live_server, at.chair, "en"), Session.objects.get()
    chair.goto(reverse("council:session", args=[session.pk]))
    chair.get_by_role("button", name="Approve the decision").click()
    chair.locator("#confirm button[value=yes]").click()
    expect(chair.get_by_text("Nothing is missing.")).to_be_visible()
    chair.get_by_role("button", name="Close the session").click()
    chair.locator("#confirm button[value=yes]").click()
    expect(chair.get_by_text("Checksum (SHA-256)")).to_be_visible()
    assert Session.objects.get(pk=session.pk).state == "closed"

    proof = tmp_path / "Приказ.txt"
    proof.write_text("Назначить дежурных", encoding="utf-8")
    officer, decision = page_for(browser, live_server, at.officer, "en"), Decision.objects.get()
    officer.goto(reverse("council:register"))
    officer.get_by_role("link", name=f"{decision.number}/{session.year}").click()
    officer.get_by_text("Report it as done", exact=True).first.click()
    form = officer.locator(f'form[action$="/move/{Move.REPORT.value}/"]')
    form.get_by_label("What was done, and what proves it").fill("Дежурства введены")
    form.get_by_label("Files that prove it").set_input_files(proof)
    form.locator("button").click()
    expect(officer.get_by_role("link", name="Приказ.txt")).to_be_visible()
    chair.goto(reverse("council:decision", args=[decision.pk]))
    chair.get_by_role("button", name="Accept it as done").click()
    expect(chair.get_by_role("heading", level=1)).to_be_visible()
    decision.refresh_from_db()
    assert decision.state == "done"
