"""Where a protective order stands on a day. Pure."""

from datetime import date, datetime, time, timedelta, tzinfo

from caseflow.incidents.enums import OrderState

CLOCK = "protective_order"  # the code of its clock, and of how long before its end somebody is told


def order_state(
    valid_from: date, valid_until: date, today: date, lead: timedelta, *, extended: bool, lifted: bool
) -> OrderState:
    """The state on `today`; "about to end" begins `lead` before the end of the last day."""
    if lifted:
        return OrderState.LIFTED
    if extended:
        return OrderState.EXTENDED
    if today > valid_until:
        return OrderState.OVER
    if today < valid_from:
        return OrderState.COMING
    return OrderState.ENDING if today > valid_until - lead else OrderState.RUNNING


def end_of(valid_until: date, zone: tzinfo) -> datetime:
    """The first moment at which an order no longer holds: local midnight after its last day."""
    return datetime.combine(valid_until + timedelta(days=1), time(0), zone)
