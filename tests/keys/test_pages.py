"""The help page shows each role the keys of its own pages; the list behind ? those of the page one is on."""

import pytest
from django.test import RequestFactory
from django.urls import reverse

from caseflow.directory.enums import Role
from caseflow.keys.selectors import keys_on, parts_for
from caseflow.shell import Shell
from tests.cases.factories import psychologist
from tests.directory.factories import signed_in

pytestmark = pytest.mark.django_db


def titles(role: Role) -> list[str]:
    return [str(part.title) for part in parts_for(role)]


def said(page: str, role: Role | None) -> list[str]:
    return [str(key.does) for key in keys_on(page, role)]


def test_a_role_sees_its_own_pages_alone() -> None:
    assert titles(Role.PSYCHOLOGIST)[:5] == ["Everywhere", "Search", "Today", "Signals", "A signal"]
    assert "Alarms" not in titles(Role.PSYCHOLOGIST)
    assert "The work of a psychologist" in titles(Role.LEAD_PSYCHOLOGIST)
    assert titles(Role.PARENT) == ["Everywhere"]
    assert "Alarms" in titles(Role.POLICE_OPERATOR)


def test_who_does_not_search_reads_nothing_of_it() -> None:
    (everywhere,) = parts_for(Role.PARENT)
    assert [act.name for act in everywhere.acts] == ["undo"]
    assert "search" not in [str(key.does) for key in everywhere.keys]
    assert "search" in said("cases:detail", Role.PSYCHOLOGIST)


def test_a_page_shows_the_keys_of_everywhere_and_its_own() -> None:
    assert "cover the page; press it twice" in said("cases:detail", Role.PSYCHOLOGIST)
    assert said("cases:detail", Role.PSYCHOLOGIST)[-1] == "a paper for a meeting"
    assert "new note" not in said("triage:today", Role.PSYCHOLOGIST)


def test_what_shows_live_alarms_is_not_covered_nor_is_a_page_of_visitors() -> None:
    assert "cover the page; press it twice" not in said("alarms:console", Role.POLICE_OPERATOR)
    assert "cover the page; press it twice" not in said("accounts:login", None)


def test_an_address_that_leads_nowhere_has_the_keys_of_everywhere() -> None:
    request = RequestFactory().get("/nowhere/")
    assert [str(key.does) for key in Shell(request).keys] == said("", None)


def test_the_page_lists_acts_with_their_clicks_and_keys() -> None:
    page = signed_in(psychologist()).get(reverse("keys:keys")).content.decode()
    assert "Open a case from an item" in page
    assert "<kbd>Ctrl</kbd> <kbd>Enter</kbd>" in page
    assert "Single keys are off." not in page


def test_whoever_has_single_keys_off_is_told() -> None:
    who = psychologist()
    who.user.single_keys = False
    who.user.save()
    assert "Single keys are off." in signed_in(who).get(reverse("keys:keys")).content.decode()
