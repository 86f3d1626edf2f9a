"""What the demo's people want to be told by, and that nothing of it leaves the machine."""

import json
import os
import subprocess
import sys
from pathlib import Path

import phonenumbers
import pytest
from django.conf import LazySettings
from django.utils import timezone

from caseflow.accounts.models import User
from caseflow.accounts.selectors import phone_of
from caseflow.demo.names import STAFF
from caseflow.demo.people import make_people
from caseflow.demo.places import make_places
from caseflow.demo.wishes import WISHES, make_wishes
from notifications.enums import AlertKind, Channel, DeliveryState, Trouble
from notifications.models import Delivery
from notifications.selectors import preferences_of
from notifications.services import alert, deliver_due
from ops.trouble import ROOT

NAMES = ("EMAIL_BACKEND", "EMAIL_FILE_PATH", "EMAIL_OFFERED", "NOTIFICATIONS_GATEWAY", "SMS_URL", "SMS_TOKEN")
OUTBOX = "caseflow.demo.outbox.Outbox"
FILES = "django.core.mail.backends.filebased.EmailBackend"


@pytest.fixture
def folder(settings: LazySettings, tmp_path: Path) -> Path:
    settings.DEMO_OUTBOX = folder = tmp_path / "outbox"
    settings.EMAIL_BACKEND, settings.EMAIL_FILE_PATH, settings.EMAIL_OFFERED = FILES, folder, True
    settings.NOTIFICATIONS_GATEWAY, settings.SMS_URL = OUTBOX, folder.as_uri()
    return folder


@pytest.fixture
def wished(db: None, folder: Path) -> None:
    make_wishes(make_people(make_places(timezone.localdate())))


def person(login: str) -> User:
    return User.objects.get(username=login)


def tell(login: str, kind: str = AlertKind.ALARM) -> None:
    alert(recipients=[(person(login).pk, None)], kind=kind, params={}, url="/")


@pytest.mark.usefixtures("wished")
def test_no_address_is_anybodys() -> None:
    addresses = set(User.objects.exclude(email="").values_list("email", flat=True))
    numbers = [number for user in User.objects.all() if (number := phone_of(user.pk))]
    assert {address.rpartition("@")[2] for address in addresses} == {"tirek.example"}
    assert len(numbers) == len(set(numbers)) == sum(by_sms for _, _, by_sms, _ in WISHES)
    parsed = [phonenumbers.parse(number) for number in numbers]
    assert [phonenumbers.is_possible_number(one) for one in parsed] == [True] * len(numbers)
    assert not any(phonenumbers.is_valid_number(one) for one in parsed)


@pytest.mark.usefixtures("wished")
def test_wishes_stand_on_the_page_of_the_channels() -> None:
    assert {login for login, *_ in WISHES} <= {*STAFF, "parent"}
    duty = preferences_of(person("duty").pk)
    assert (duty.email, duty.sms, duty.quiet_from) == (True, True, None)


@pytest.mark.usefixtures("wished")
def test_what_is_sent_lies_in_a_folder(folder: Path) -> None:
    tell("duty")
    assert deliver_due(Channel.EMAIL) == deliver_due(Channel.SMS) == 1
    assert set(Delivery.objects.values_list("channel", "state")) == {("email", "sent"), ("sms", "sent")}
    (sms,) = folder.glob("*.sms.txt")
    assert sms.read_text() == "To: +70000000006\nFrom: Tirek\n\nТірек: тревога\n"
    (mail,) = folder.glob("*.log")
    assert "To: duty@tirek.example" in mail.read_text()


@pytest.mark.usefixtures("wished")
def test_one_has_forgotten_to_give_an_address_so_the_next_channel_takes_over() -> None:
    tell("pedagogue", AlertKind.TASK_ASSIGNED)
    assert deliver_due(Channel.EMAIL) == deliver_due(Channel.SMS) == 1
    by_email, by_sms = Delivery.objects.order_by("pk")
    assert (by_email.state, by_email.trouble) == (DeliveryState.GIVEN_UP, Trouble.GONE)
    assert (by_sms.channel, by_sms.state) == (Channel.SMS, DeliveryState.SENT)


def settings_of(folder: Path, demo: str) -> dict[str, str]:
    """Settings of an installation whose environment names a mail server and a gateway."""
    environment = {
        **os.environ,
        "DEMO": demo,
        "TIREK_DATA": str(folder),
        "DJANGO_SETTINGS_MODULE": "caseflow.settings",
        "EMAIL_URL": "smtp://mail.example:25",
        "SMS_URL": "https://sms.example/",
        "SMS_TOKEN": "secret",
    }
    asked = (
        "import json; from django.conf import settings;"
        f"said = {{name: str(getattr(settings, name, '')) for name in {NAMES!r}}};"
        "print(json.dumps(said | {'buttons': str('report-demo-buttons' in settings.CELERY_BEAT_SCHEDULE)}))"
    )
    told = subprocess.run(
        [sys.executable, "-c", asked], cwd=ROOT, env=environment, check=True, capture_output=True, text=True
    )
    return dict(json.loads(told.stdout))


def test_with_demo_data_the_environment_names_no_way_out(tmp_path: Path) -> None:
    assert settings_of(tmp_path, "1") == {
        "EMAIL_BACKEND": FILES,
        "EMAIL_FILE_PATH": str(tmp_path / "outbox"),
        "EMAIL_OFFERED": "True",
        "NOTIFICATIONS_GATEWAY": OUTBOX,
        "SMS_URL": (tmp_path / "outbox").as_uri(),
        "SMS_TOKEN": "",
        "buttons": "True",
    }


def test_without_demo_data_it_does_and_no_demo_button_speaks(tmp_path: Path) -> None:
    there = settings_of(tmp_path, "0")
    assert there["EMAIL_BACKEND"] == "django.core.mail.backends.smtp.EmailBackend"
    assert there["NOTIFICATIONS_GATEWAY"] == "notifications.channels.sms.HttpGateway"
    assert (there["SMS_URL"], there["SMS_TOKEN"]) == ("https://sms.example/", "secret")
    assert there["buttons"] == "False"
