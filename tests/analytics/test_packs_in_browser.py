"""Packs and second opinions in a real browser: both themes, a desk and a phone."""

import os
from pathlib import Path

import pytest
from django.conf import settings
from django.urls import reverse
from playwright.sync_api import Browser, Page
from pytest_django import Settings
from pytest_django.live_server_helper import LiveServer

from analytics.models import ModelCard, Window
from analytics.rules.builtin_card import SLUG
from analytics.services import installing
from analytics.services.choosing import choose_pack
from analytics.services.installing import install_pack
from analytics.services.signals import evaluate
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from tests.analytics.factories import Lesson, history, lesson
from tests.analytics.onnx_files import face_api
from tests.analytics.packs_of import installed, judge_here, with_builtin_detector
from tests.browser import violations
from tests.directory.factories import actor, signed_in

pytestmark = pytest.mark.browser


@pytest.fixture
def where(transactional_db: None, settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Lesson:
    """A pack that analyses with a second opinion, a draft, and a signal about which the two disagree."""
    settings.MEDIA_ROOT = tmp_path / "media"
    monkeypatch.setattr(installing, "try_model", judge_here)
    choose_pack(installed(with_builtin_detector(tmp_path)), ModelCard.objects.get(slug=SLUG))
    install_pack(with_builtin_detector(tmp_path, face_api(red=2)))
    return lesson(pupils=6, consented=4)


def open_as(who: Actor, browser: Browser, server: LiveServer, width: int) -> Page:
    context = browser.new_context(
        base_url=server.url, locale="en", viewport={"width": width, "height": 900}, reduced_motion="reduce"
    )
    cookie = signed_in(who).cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": server.url}])
    return context.new_page()


@pytest.mark.parametrize("width", [1440, 390])
def test_no_page_holds_a_barrier_and_nothing_sticks_out(
    where: Lesson, browser: Browser, live_server: LiveServer, width: int
) -> None:
    series = history(where)
    Window.objects.update(disagreement=0.4)
    signal = evaluate(series)
    assert signal is not None
    draft = ModelCard.objects.get(owner="")
    psychologist = open_as(where.psychologist, browser, live_server, width)
    lead = open_as(actor(Role.LEAD_PSYCHOLOGIST, district=where.school.district), browser, live_server, width)
    pages = {
        "signal": (reverse("analytics:signal", args=[signal.triage_item_id]), psychologist),
        "draft": (reverse("analytics:card", args=[draft.slug]), psychologist),
        "switch": (reverse("analytics:switch"), lead),
    }
    for name, (path, page) in pages.items():
        page.goto(path)
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), name
        for theme in ("light", "dark"):
            page.evaluate("theme => document.documentElement.dataset.bsTheme = theme", theme)
            assert violations(page) == [], f"{name} {theme}"
            if folder := os.environ.get("SCREENSHOTS"):
                page.screenshot(path=f"{folder}/packs-{name}-{width}-{theme}.png", full_page=True)
