"""The demo's own buttons go on reporting, by the way real ones have, and only in a demo."""

import json
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import LazySettings
from django.utils import timezone

from caseflow.alarms.models import Button
from caseflow.alarms.selectors.buttons import HEARTBEAT, term
from caseflow.alarms.services import end_device, hear_heartbeat, register_button, replace_key
from caseflow.alarms.services.hearing import Heard, ReplayedError, Signed
from caseflow.demo import walls
from caseflow.demo.tasks import report_buttons
from caseflow.demo.walls import BEAT, Wall, keep_keys
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from tests.alarms.factories import Territory, territory
from tests.directory.factories import actor

pytestmark = pytest.mark.django_db


@pytest.fixture
def here(settings: LazySettings, tmp_path: Path) -> Territory:
    settings.DEMO, settings.DEMO_BUTTONS = True, tmp_path / "demo-buttons.json"
    return territory()


@pytest.fixture
def admin(here: Territory) -> Actor:
    return actor(Role.SCHOOL_ADMIN, school=here.school)


def hung(admin: Actor, battery: int = 88) -> Wall:
    """A button of the demo that spoke once."""
    button, key = register_button(admin, spot="entrance")
    wall = Wall(button.device_id, bytes.fromhex(key))
    wall.say(BEAT, battery=battery)
    return wall


def row(wall: Wall) -> Button:
    return Button.objects.get(device=wall.device)


def test_a_heartbeat_is_sent_as_often_as_the_installation_asks_for(admin: Actor) -> None:
    wall, now = hung(admin), timezone.now()
    keep_keys([(wall, 71)])
    assert walls.report(now + term(HEARTBEAT) - timedelta(minutes=1)) == 0
    assert row(wall).battery == 88
    assert walls.report(now + term(HEARTBEAT)) == 1
    heard = row(wall)
    assert (heard.battery, heard.counter, heard.skew_s) == (71, 2, -1)
    assert heard.heard_at is not None
    assert heard.heard_at >= now


def test_the_task_sends_what_is_due(admin: Actor) -> None:
    wall = hung(admin)
    keep_keys([(wall, 88)])
    Button.objects.update(heard_at=timezone.now() - timedelta(hours=3))
    assert report_buttons() == 1
    assert report_buttons() == 0


def test_a_button_whose_key_is_not_kept_stays_silent(admin: Actor) -> None:
    silent, other = hung(admin), hung(admin)
    keep_keys([(other, 88)])
    long_ago = timezone.now() - timedelta(hours=26)
    Button.objects.update(heard_at=long_ago)
    assert walls.report() == 1
    assert row(silent).heard_at == long_ago


def test_with_real_people_nothing_is_signed(admin: Actor, settings: LazySettings) -> None:
    wall = hung(admin)
    keep_keys([(wall, 88)])
    settings.DEMO = False
    assert walls.report(timezone.now() + timedelta(hours=1)) == 0
    assert row(wall).counter == 1


def test_a_demo_without_keys_reports_nothing(admin: Actor) -> None:
    hung(admin)
    assert walls.report(timezone.now() + timedelta(hours=1)) == 0


def test_an_old_key_and_an_ended_button_are_not_heard(admin: Actor) -> None:
    renewed, ended = hung(admin), hung(admin)
    keep_keys([(renewed, 88), (ended, 88)])
    replace_key(admin, renewed.device)
    end_device(admin, ended.device)
    long_ago = timezone.now() - timedelta(hours=3)
    Button.objects.update(heard_at=long_ago)
    assert walls.report() == 0
    assert set(Button.objects.values_list("heard_at", flat=True)) == {long_ago}


def test_a_number_that_somebody_was_quicker_with_is_left(admin: Actor, monkeypatch: pytest.MonkeyPatch) -> None:
    wall = hung(admin)
    keep_keys([(wall, 88)])

    def too_late(signed: Signed) -> Heard:
        hear_heartbeat(signed)
        with pytest.raises(ReplayedError):
            hear_heartbeat(signed)
        raise ReplayedError(wall.key, 2)

    monkeypatch.setattr(walls, "hear_heartbeat", too_late)
    assert walls.report(timezone.now() + timedelta(hours=1)) == 0
    assert row(wall).counter == 2


def test_keys_are_kept_from_other_accounts_of_the_machine(admin: Actor, settings: LazySettings) -> None:
    wall = hung(admin)
    keep_keys([(wall, 88)])
    assert settings.DEMO_BUTTONS.stat().st_mode & 0o777 == 0o600
    assert json.loads(settings.DEMO_BUTTONS.read_text()) == [
        {"device": str(wall.device), "key": wall.key.hex(), "battery": 88}
    ]
