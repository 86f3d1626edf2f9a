"""The switch page lists the packs, and the card of a draft says what it lacks."""

from pathlib import Path

import pytest
from django.urls import reverse
from django.utils import timezone
from pytest_django import Settings

from analytics.models import ModelCard
from analytics.rules.builtin_card import SLUG
from analytics.services import installing
from analytics.services.choosing import choose_pack
from analytics.services.installing import install_pack
from caseflow.directory.enums import Role
from tests.analytics.factories import lesson
from tests.analytics.onnx_files import face_api
from tests.analytics.packs_of import installed, judge_here, tiny
from tests.directory.factories import actor, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def media(settings: Settings, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(installing, "try_model", judge_here)
    settings.MEDIA_ROOT = tmp_path / "media"


def switch_page() -> str:
    answer = signed_in(actor(Role.SYSTEM_ADMIN)).get(reverse("analytics:switch"))
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_packs_are_listed_with_what_each_does(tmp_path: Path) -> None:
    assert ">Analyses lessons</span>" in switch_page()
    card, draft = installed(tiny(tmp_path)), install_pack(tiny(tmp_path, face_api(red=2))).card
    choose_pack(card, ModelCard.objects.get(slug=SLUG))
    page = switch_page()
    assert page.index(str(card)) < page.index("tirek-builtin 1.0") < page.index(str(draft))
    for words in (
        "Analyses lessons",
        "Gives a second opinion",
        "Draft",
        "Missing: the owner",
    ):
        assert words in page


def test_an_overdue_review_is_said_where_the_switch_is() -> None:
    ModelCard.objects.update(review_on=timezone.localdate())
    assert "No school can be switched on before the card of the model was reviewed." in switch_page()


def test_the_card_of_a_draft_says_what_it_lacks(tmp_path: Path) -> None:
    card = install_pack(tiny(tmp_path)).card
    where = lesson(pupils=1)
    url = reverse("analytics:card", args=[card.slug])
    page = signed_in(where.psychologist).get(url).content.decode()
    assert "A draft: its models may not be used until it also says:" in page
    assert "<li>the day of the impact assessment</li>" in page
    assert "No figures yet." in page
    assert "overdue" not in page
    assert "layout face-api" in page


def test_a_whole_card_says_when_its_impact_was_assessed(tmp_path: Path) -> None:
    card = installed(tiny(tmp_path))
    page = signed_in(lesson(pupils=1).psychologist).get(reverse("analytics:card", args=[card.slug])).content.decode()
    assert "Impact assessed on" in page
    assert "A draft" not in page


def test_the_api_says_the_same(tmp_path: Path) -> None:
    card = install_pack(tiny(tmp_path)).card
    admin = signed_in(actor(Role.SYSTEM_ADMIN))
    packs = admin.get("/api/v1/switches/").json()["packs"]
    assert [(pack["card"], pack["state"]) for pack in packs] == [(SLUG, "analyses"), (card.slug, "draft")]
    assert "the owner" in packs[1]["missing"]
    opened = signed_in(lesson(pupils=1).psychologist).get(f"/api/v1/cards/{card.slug}/").json()
    assert opened["missing"] == packs[1]["missing"]
    assert opened["card"]["review_on"] is None
