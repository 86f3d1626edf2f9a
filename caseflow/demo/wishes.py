"""By what the demo's people want to be told when no page is open, and where.

No address is anybody's: `.example` leads nowhere (RFC 2606), and no telephone number begins with 0 after the +7.
Nothing is sent to them either, see `outbox`.
"""

from datetime import time
from typing import Any

from caseflow.accounts.services.reaching import set_reach
from caseflow.demo.people import People
from notifications.services import set_preferences

NIGHT = {"quiet_from": time(21), "quiet_to": time(7)}
# Login, whether an e-mail address and a number are given, wishes. The pedagogue has forgotten to give an address.
WISHES: tuple[tuple[str, bool, bool, dict[str, Any]], ...] = (
    ("psychologist", True, True, {"email": True, **NIGHT, "urgent_always": True}),
    ("psychologist2", True, False, {"email": True, **NIGHT, "working_days_only": True}),
    ("lead", True, True, {"email": True, "sms": True, **NIGHT, "urgent_always": True}),
    ("pedagogue", False, True, {"email": True, "sms": True}),
    ("principal", True, False, {"email": True, "working_days_only": True}),
    ("duty", True, True, {"email": True, "sms": True}),
    ("operator", False, True, {"sms": True}),
    ("inspector", True, False, {"email": True, "working_days_only": True}),
    ("parent", True, True, {"email": True, **NIGHT}),
)


def make_wishes(people: People) -> None:
    """Addresses and preferences, by the services of the two pages on which one gives them."""
    actors = people.staff | {"parent": people.parent}
    for number, (login, by_email, by_sms, wishes) in enumerate(WISHES, start=1):
        user = actors[login].user
        email = f"{login}@tirek.example" if by_email else ""
        set_reach(user, email=email, phone=f"+7000000{number:04d}" if by_sms else "")
        set_preferences(user.pk, wishes)
