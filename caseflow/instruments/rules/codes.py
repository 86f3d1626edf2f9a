"""The one-time code of a questionnaire: 60 bits that a child can type, see docs/decisions/instruments-are-a-room.md."""

import secrets
from datetime import timedelta

from caseflow.instruments.enums import Respondent

ALPHABET = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"  # 32 signs, none of which reads like another
LENGTH, GROUP = 12, 4
TERMS = {
    Respondent.PUPIL: timedelta(hours=24),  # handed over at school, with a tablet
    Respondent.PARENT: timedelta(days=7),
    Respondent.TEACHER: timedelta(days=7),
}
TRIES = 60  # in a quarter of an hour from one address, which a whole school shares
# What a Cyrillic keyboard gives for letters that look the same.
LOOKALIKES = str.maketrans("АВСЕНКМРТХУ", "ABCEHKMPTXY")


def new_code() -> str:
    """A fresh code as it is shown: three groups of four."""
    signs = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    return "-".join(signs[at : at + GROUP] for at in range(0, LENGTH, GROUP))


def normal_code(typed: str) -> str:
    """The code as it was made, however it was typed: small letters, spaces, hyphens, look-alikes of Cyrillic."""
    return "".join(sign for sign in typed.upper().translate(LOOKALIKES) if sign in ALPHABET)
