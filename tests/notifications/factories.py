"""Alerts as the rooms above send them, read by people with a right that can be ended."""

from datetime import timedelta

from django.test import Client
from django.utils import timezone

from caseflow.accounts.models import User
from caseflow.directory.enums import Role
from caseflow.directory.models import Membership
from notifications.enums import AlertKind
from notifications.models import Alert
from notifications.services import alert, place


def send(user: User, number: int = 1, membership: Membership | None = None) -> Alert:
    """One alert about case `number` to `user`, by the right of `membership`."""
    recipient = (user.pk, membership.pk if membership else None)
    alert(recipients=[recipient], kind=AlertKind.CASE_ASSIGNED, params={"number": number}, url=f"/cases/{number}/")
    return Alert.objects.filter(recipient=user).latest("pk")


def settled(user: User, number: int = 1, membership: Membership | None = None) -> Alert:
    """As `send`, and readers can have it."""
    row = send(user, number, membership)
    place()  # in a test that is one transaction nothing else does
    row.refresh_from_db()
    return row


def right_of(user: User) -> Membership:
    """A membership in force."""
    today = timezone.localdate()
    return Membership.objects.create(user=user, role=Role.DPO, starts_on=today - timedelta(days=30))


def end(membership: Membership) -> None:
    """Yesterday was its last day."""
    membership.ends_on = timezone.localdate() - timedelta(days=1)
    membership.save()


def signed_in(user: User) -> Client:
    """A browser in which `user` has signed in."""
    browser = Client()
    browser.force_login(user)
    return browser


def cookie(browser: Client) -> str:
    """The browser's cookies as a header."""
    return "; ".join(f"{name}={morsel.value}" for name, morsel in browser.cookies.items())
