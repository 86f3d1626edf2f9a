"""What follows from a decision in the ledger. Higher rooms say so; this room only knows their names."""

from uuid import UUID

from django.utils.module_loading import import_string

_decided: dict[str, None] = {}


def follow_decisions(dotted: str) -> None:
    """Have `dotted`, a callable `(pupil_id: UUID, purpose: str)`, called for each line of the ledger; `purpose` is
    empty for a line about every purpose. It is called inside the transaction that writes the line."""
    _decided[dotted] = None


def decided(pupil_id: UUID, purpose: str) -> None:
    """Tell those who follow."""
    for dotted in _decided:
        import_string(dotted)(pupil_id, purpose)
