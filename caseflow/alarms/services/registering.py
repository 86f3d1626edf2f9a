"""Fixed buttons of a school: registered, moved, given a new key. Ended like every device, see `enrolling`."""

import secrets
from uuid import UUID

from django.db import transaction
from django.utils import timezone

from caseflow.alarms.enums import Holder
from caseflow.alarms.models import Button, Device
from caseflow.alarms.rules.buttons import KEY_BYTES
from caseflow.alarms.selectors.buttons import scoped_buttons
from caseflow.alarms.services.drilling import TEST
from caseflow.alarms.services.enrolling import digest
from caseflow.audit.services import record
from caseflow.clocks.services import start_clock
from caseflow.directory.actors import Actor
from caseflow.directory.models import Room
from caseflow.records.vault import new_key, seal_bytes, unseal_bytes, where


@transaction.atomic
def register_button(
    actor: Actor, *, name: str = "", room: Room | None = None, floor: int | None = None, spot: str = ""
) -> tuple[Button, str]:
    """Enter a button on a wall of the actor's school; returns it and its key (hexadecimal), told only now.

    The clock of its first test starts. Raises School.DoesNotExist for whoever keeps no school's buttons.
    """
    school, now, key = actor.schools().get(), timezone.now(), secrets.token_bytes(KEY_BYTES)
    device = Device.objects.create(
        school=school,
        holder=Holder.BUTTON,
        key_digest=digest(secrets.token_urlsafe(KEY_BYTES)),  # of nothing: a button signs and shows no key to anybody
        enrolled_at=now,
        room=room,
        floor=floor,
        spot=spot,
    )
    data_key = new_key("button")
    button = Button.objects.create(
        device=device,
        name=name.strip(),
        data_key=data_key,
        key_sealed=seal_bytes(data_key, key, _place(device.pk)),
        key_made_at=now,
        test_clock=start_clock(TEST, school, now),
    )
    _log(actor, "alarm.button_registered", button)
    return button, key.hex()


@transaction.atomic
def move_button(actor: Actor, device_id: UUID, *, name: str, room: Room | None, floor: int | None, spot: str) -> Button:
    """Say anew where a button hangs and what it is called. Raises Button.DoesNotExist outside the scope."""
    button = scoped_buttons(actor).select_for_update(no_key=True, of=("self",)).get(device=device_id)
    Device.objects.filter(pk=device_id).update(room=room, floor=floor, spot=spot)
    button.name = name.strip()
    button.save(update_fields=["name"])
    _log(actor, "alarm.button_moved", button)
    return scoped_buttons(actor).get(pk=button.pk)


@transaction.atomic
def replace_key(actor: Actor, device_id: UUID) -> tuple[Button, str]:
    """A new key for the button; the old one signs nothing from now on. Until the new one is used, nothing is known of
    the button. Raises Button.DoesNotExist outside the scope."""
    button = scoped_buttons(actor).select_for_update(no_key=True, of=("self",)).get(device=device_id)
    key = secrets.token_bytes(KEY_BYTES)
    Button.objects.filter(pk=button.pk).update(
        key_sealed=seal_bytes(button.data_key, key, _place(device_id)),
        key_made_at=timezone.now(),
        counter=0,
        heard_at=None,
        battery=None,
        skew_s=None,
        silent_told_at=None,
        battery_told_at=None,
    )
    _log(actor, "alarm.button_key_replaced", button)
    return scoped_buttons(actor).get(pk=button.pk), key.hex()


def key_of(button: Button) -> bytes:
    """The key the button signs with."""
    return unseal_bytes(button.data_key, button.key_sealed, _place(button.device_id))


def _place(device_id: UUID) -> str:
    return where("alarms.Button", device_id, "key")


def _log(actor: Actor, action: str, button: Button) -> None:
    record(action=action, actor_id=actor.user.pk, role=actor.role, obj=f"alarm_device:{button.device_id}")
