import json

import pytest
from django.db import connection
from django.test import Client, RequestFactory
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import translation

from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.selectors import memberships_today
from caseflow.menus import MENUS
from caseflow.shell import Shell, home_url, membership_label, page_url
from tests.directory.factories import MembershipFactory, PupilFactory, SchoolFactory, actor, parent_of, signed_in

pytestmark = pytest.mark.django_db


def _shell(path: str, who: Actor) -> Shell:
    request = RequestFactory().get(path)
    request.user = who.user
    request.actor = who  # type: ignore[attr-defined]
    request.memberships = memberships_today(who.user.pk)  # type: ignore[attr-defined]
    return Shell(request)


def test_every_role_has_a_menu() -> None:
    assert set(MENUS) == set(Role)
    assert all(MENUS.values())


@pytest.mark.parametrize("role", Role)
def test_every_page_of_the_menu_exists(role: Role) -> None:
    assert [section.page for section in MENUS[role] if page_url(section.page) is None] == []


def test_the_first_page_of_the_menu_is_the_home_page() -> None:
    admin = actor(Role.SYSTEM_ADMIN)
    assert home_url(admin) == reverse("directory:members")


def test_a_page_within_a_section_marks_that_section_alone() -> None:
    psychologist = actor(Role.PSYCHOLOGIST, school=SchoolFactory.create())
    menu = _shell(reverse("directory:pupil", args=[PupilFactory.create().pk]), psychologist).menu
    assert [item.section.page for item in menu if item.current] == ["directory:pupils"]


def test_elsewhere_no_section_is_current() -> None:
    psychologist = actor(Role.PSYCHOLOGIST, school=SchoolFactory.create())
    assert not any(item.current for item in _shell("/accounts/profile/", psychologist).menu)


def test_visitors_have_no_menu_and_no_alerts(rf: RequestFactory, client: Client) -> None:
    request = rf.get("/accounts/login/")
    request.user = client.get("/accounts/login/", follow=True).wsgi_request.user
    shell = Shell(request)
    assert (shell.menu, shell.unseen, shell.cursor, shell.other_roles) == ((), 0, "", [])


def test_the_other_roles_in_force_can_be_switched_to() -> None:
    school = SchoolFactory.create(name_ru="школа № 104")
    who = actor(Role.TEACHER, school=school)
    other = MembershipFactory.create(user=who.user, role=Role.PRINCIPAL, school=school)
    MembershipFactory.create(user=who.user, role=Role.DPO, ends_on=other.starts_on)
    with translation.override("en"):
        assert _shell("/", who).other_roles == [(other.pk, "Principal, школа № 104")]


def test_a_parents_unit_is_the_parent_so_only_the_role_is_named() -> None:
    with translation.override("en"):
        assert membership_label(parent_of(PupilFactory.create()).membership) == "Parent or legal representative"


def test_only_roles_with_something_to_find_can_search() -> None:
    school = SchoolFactory.create()
    assert _shell("/", actor(Role.PSYCHOLOGIST, school=school)).searches
    assert _shell("/", actor(Role.LEAD_PSYCHOLOGIST, district=school.district)).searches
    assert not _shell("/", actor(Role.PRINCIPAL, school=school)).searches


def test_a_theme_nobody_made_falls_back_to_the_devices() -> None:
    who = actor(Role.DPO)
    who.user.theme = "pink"
    assert _shell("/", who).theme == "auto"


@pytest.mark.parametrize(("language", "few"), [("ru", "%(days)s"), ("en", "%(days)s days")])
def test_scripts_get_every_plural_of_the_language(language: str, few: str) -> None:
    with translation.override(language):
        texts = _shell("/", actor(Role.DPO)).texts
    assert set(texts["days"]) == {"one", "few", "many", "other"}
    assert few in texts["days"]["few"]
    assert "%(hours)s" in json.dumps(texts)


def test_the_frame_of_a_page_costs_the_same_however_many_roles_one_has() -> None:
    school = SchoolFactory.create()
    who = actor(Role.PSYCHOLOGIST, school=school)
    one = _queries_for(who)
    for _number in range(30):
        MembershipFactory.create(user=who.user, role=Role.TEACHER, school=school)
    assert _queries_for(who) == one


def _queries_for(who: Actor) -> int:
    client = signed_in(who)
    with CaptureQueriesContext(connection) as queries:
        assert client.get("/accounts/profile/").status_code == 200
    return len(queries)


def test_today_says_how_many_items_wait_and_no_other_section_counts() -> None:
    psychologist = actor(Role.PSYCHOLOGIST, school=SchoolFactory.create())
    counted = {item.section.page: item.count for item in _shell("/", psychologist).menu if item.count is not None}
    assert counted == {"triage:today": 0}


def test_a_long_menu_goes_on_behind_a_button_that_says_when_the_page_is_there() -> None:
    lead = actor(Role.LEAD_PSYCHOLOGIST, district=SchoolFactory.create().district)
    shell = _shell(reverse("clocks:roster"), lead)
    assert (*shell.menu_shown, *shell.menu_further) == shell.menu
    assert (len(shell.menu_shown), len(shell.menu_further), shell.is_further) == (5, 13, True)
    assert not _shell(reverse("triage:today"), lead).is_further


def test_a_short_menu_is_shown_whole() -> None:
    shell = _shell("/", actor(Role.TEACHER, school=SchoolFactory.create()))
    assert (len(shell.menu_shown), shell.menu_further) == (4, ())
