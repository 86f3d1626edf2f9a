"""Two devices of one author, in whatever order they save: nothing that was kept is overwritten unseen."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from django.db import transaction
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from caseflow.cases.enums import Visibility
from caseflow.cases.models import ChronologyEntry
from caseflow.cases.services import add_note
from caseflow.drafts.rules import joined
from caseflow.drafts.selectors import own_draft
from caseflow.drafts.services import DraftDiffers, Written, discard_draft, save_draft, save_with_draft
from caseflow.records.vault import unseal, where
from tests.cases.factories import case_of, psychologist
from tests.drafts.factories import note_key

if TYPE_CHECKING:
    from uuid import UUID

DEVICES = st.sampled_from(("phone", "desk"))


class Device:
    """What stands in the form of one device, and which revision it was filled from."""

    def __init__(self) -> None:
        self.text = ""
        self.seen: UUID | None = None
        self.shown = ""  # the other version, while both stand beside each other
        self.knows: set[str] = set()  # every kept text that has been before the eyes of whoever holds this device


class Devices(RuleBasedStateMachine):
    """`acknowledged` is the text last kept, until a device that knows it replaces it, saves an entry or discards it."""

    @initialize()
    def begin(self) -> None:
        self.who = psychologist()
        self.case = case_of(self.who)
        self.key = note_key(self.case)
        self.devices = {"phone": Device(), "desk": Device()}
        self.acknowledged: str | None = None
        self.said: list[str] = []
        self.written = 0

    @rule(name=DEVICES)
    def write(self, name: str) -> None:
        self.written += 1
        device = self.devices[name]
        device.text = f"{device.text}\n{name} {self.written}".strip()

    @rule(name=DEVICES)
    def keep(self, name: str) -> None:
        device = self.devices[name]
        try:
            with transaction.atomic():
                device.seen = save_draft(self.who, self._written(device)).revision
        except DraftDiffers as differs:
            self._show(device, differs)
        else:
            device.shown = ""
            self._acknowledge(device)

    @rule(name=DEVICES, both=st.booleans())
    def decide(self, name: str, both: bool) -> None:
        """Take the other version, or both; going on with the own one is `keep`."""
        device = self.devices[name]
        if device.shown:
            device.text = joined(device.text, device.shown) if both else device.shown
            device.shown = ""

    @rule(name=DEVICES)
    def save(self, name: str) -> None:
        device = self.devices[name]
        if not device.text:
            return
        try:
            with transaction.atomic():
                save_with_draft(self.who, self._written(device), lambda: self._note(device.text))
        except DraftDiffers as differs:
            self._show(device, differs)
        else:
            self.said.append(device.text)
            self._let_go(device)
            device.text, device.seen, device.shown = "", None, ""

    @rule(name=DEVICES)
    def discard(self, name: str) -> None:
        device = self.devices[name]
        try:
            with transaction.atomic():
                discard_draft(self.who, self.key, seen=device.seen)
        except DraftDiffers:
            return
        self._let_go(device)
        device.text, device.seen, device.shown = "", None, ""

    @rule(name=DEVICES)
    def open_anew(self, name: str) -> None:
        kept = own_draft(self.who, self.key)
        device = self.devices[name]
        device.text, device.seen = (kept.text, kept.revision) if kept else ("", None)
        device.shown = ""
        device.knows.add(device.text)

    @invariant()
    def what_was_acknowledged_last_is_there(self) -> None:
        """Whoever replaced, saved or discarded it had it before their eyes; until then it is the draft."""
        kept = own_draft(self.who, self.key)
        assert (kept.text if kept else None) == self.acknowledged

    @invariant()
    def every_saved_text_is_an_entry(self) -> None:
        notes = ChronologyEntry.objects.filter(case=self.case, kind="note").order_by("recorded_at")
        place = "cases.ChronologyEntry"
        texts = [unseal(self.case.data_key, note.text_sealed, where(place, note.pk, "text")) for note in notes]
        assert sorted(texts) == sorted(self.said)

    def _written(self, device: Device) -> Written:
        return Written(self.key, {"text": device.text}, device.seen)

    def _show(self, device: Device, differs: DraftDiffers) -> None:
        """A refusal shows exactly what is kept, and a device that is refused loses nothing of its own."""
        kept = differs.versions.kept
        assert kept.text == self.acknowledged
        assert "".join(piece.text for piece in differs.versions.mine) == device.text
        device.shown, device.seen = kept.text, kept.revision
        device.knows.add(kept.text)

    def _acknowledge(self, device: Device) -> None:
        self._let_go(device)
        self.acknowledged = device.text
        device.knows.add(device.text)

    def _let_go(self, device: Device) -> None:
        """What was kept gives way only to a device that knows it, or that says the same."""
        if self.acknowledged is not None and self.acknowledged != device.text:
            assert self.acknowledged in device.knows
        self.acknowledged = None

    def _note(self, text: str) -> None:
        add_note(self.who, self.case.pk, text=text, visibility=Visibility.TEAM)


@pytest.mark.django_db
def test_no_interleaving_of_two_devices_loses_a_word() -> None:
    run_state_machine_as_test(
        Devices,
        settings=settings(
            max_examples=25,
            stateful_step_count=20,
            deadline=None,
            suppress_health_check=[HealthCheck.too_slow, HealthCheck.filter_too_much],
        ),
    )
