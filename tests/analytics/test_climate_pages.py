"""The pages of the climate of a class."""

import re

import pytest
from django.test import Client
from django.urls import reverse

from analytics.enums import ClimateSpan, Mode
from analytics.services.switching import set_mode
from caseflow.directory.enums import Role
from tests.analytics.climate_factories import weeks_of
from tests.analytics.factories import GROUNDS, Lesson, lesson, withdraw
from tests.directory.factories import actor, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture
def where() -> Lesson:
    return lesson(pupils=10)


@pytest.fixture
def client(where: Lesson) -> Client:
    return signed_in(where.psychologist)


def classes(client: Client) -> str:
    answer = client.get(reverse("analytics:climate"))
    assert answer.status_code == 200
    return answer.content.decode()


def heat_map(client: Client, where: Lesson, span: str = "") -> str:
    answer = client.get(reverse("analytics:class-climate", args=[where.school_class.pk]), {"span": span})
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_signals_lead_to_the_classes_and_they_to_the_map(where: Lesson, client: Client) -> None:
    weeks_of(where)
    assert reverse("analytics:climate") in client.get(reverse("analytics:signals")).content.decode()
    assert reverse("analytics:class-climate", args=[where.school_class.pk]) in classes(client)
    page = heat_map(client, where)
    assert page.count('<td data-l="2"') == 1
    assert page.count('<td data-l="0"') == 7
    assert "computed by the system, tirek-builtin 1.0" in page


def test_no_pupil_is_named_and_no_number_of_them_is_said(where: Lesson, client: Client) -> None:
    weeks_of(where)
    withdraw(where.pupils[0])
    page = heat_map(client, where)
    assert "No lesson with 10 analysed pupils in this time" in page
    assert not any(name in page for pupil in where.pupils for name in (pupil.last_name, pupil.number))
    assert not re.search(r"\b9 pupils\b", page)


@pytest.mark.parametrize("span", ["", "weeks", "year", "no such span"])
def test_each_span_is_one_click_away_and_the_chosen_one_is_said(where: Lesson, client: Client, span: str) -> None:
    chosen = span if span in ClimateSpan.values else "lessons"
    page = heat_map(client, where, span)
    assert all(str(label) in page for label in ClimateSpan.labels)
    assert f'href="?span={chosen}" aria-current="page"' in page


def test_without_a_large_class_the_page_says_what_comes_next(client: Client) -> None:
    assert "No class with 10 analysed pupils yet" in classes(client)


def test_a_closed_switch_is_said_to_each_in_words(where: Lesson, client: Client) -> None:
    weeks_of(where)
    lead = actor(Role.LEAD_PSYCHOLOGIST, district=where.school.district)
    assert "Nothing is shown to you here." in classes(signed_in(lead))
    set_mode(lead.user, where.school, Mode.SHADOW, GROUNDS)
    assert "Nothing is shown to you here." in classes(client)
    assert str(where.school_class) in classes(signed_in(lead))
    set_mode(lead.user, where.school, Mode.OFF)
    assert "Mood analysis is switched off." in classes(client)
