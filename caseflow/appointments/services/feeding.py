"""The address under which a calendar program reads busy times: made, renewed, ended, and answered."""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from django.conf import settings
from django.db import transaction
from django.db.models import F, Q
from django.utils import timezone, translation
from django.utils.translation import gettext

from caseflow.appointments.ical import written
from caseflow.appointments.models import Appointment, CalendarFeed
from caseflow.audit.services import record
from caseflow.directory.actors import Actor
from caseflow.records.vault import keyed_digest

BACK, AHEAD = timedelta(days=30), timedelta(days=180)
WINDOW, MOST_ASKED = timedelta(minutes=10), 30
TOKEN_BYTES = 32


class AskedTooOftenError(Exception):
    """The address was asked more than 30 times within ten minutes."""


@dataclass(frozen=True, slots=True)
class Feed:
    """What a calendar program is sent; `tag` changes when the content does."""

    content: bytes
    tag: str


@transaction.atomic
def make_feed(actor: Actor) -> str:
    """A new secret for the actor's busy times in this role, 256 bits, told this once; the one before ends."""
    token = secrets.token_urlsafe(TOKEN_BYTES)
    now = timezone.now()
    fresh = {"digest": _digest(token), "created_at": now, "asked": 0, "asked_since": now}
    CalendarFeed.objects.update_or_create(membership=actor.membership, defaults=fresh)
    _log(actor, "calendar_feed_made")
    return token


@transaction.atomic
def end_feed(actor: Actor) -> bool:
    """Nobody reads by the actor's secret any more. Returns whether there was one."""
    ended, _rows = CalendarFeed.objects.filter(membership=actor.membership).delete()
    if ended:
        _log(actor, "calendar_feed_ended")
    return bool(ended)


def feed_since(actor: Actor) -> CalendarFeed | None:
    """The feed that the actor has in this role."""
    return CalendarFeed.objects.filter(membership=actor.membership).first()


def read_feed(token: str) -> Feed:
    """The busy times for whoever knows the secret, while the membership and the account it was made in hold.

    Raises CalendarFeed.DoesNotExist, AskedTooOftenError.
    """
    now, today = timezone.now(), timezone.localdate()
    in_force = Q(membership__ends_on=None) | Q(membership__ends_on__gte=today)
    held = CalendarFeed.objects.filter(in_force, membership__starts_on__lte=today, membership__user__is_active=True)
    feed = held.select_related("membership__user").get(digest=_digest(token))
    _count(feed)
    member = feed.membership
    span = {"starts_at__gte": now - BACK, "starts_at__lt": now + AHEAD}
    times = Appointment.objects.filter(owner=member.user_id, school=member.school_id, **span)
    with translation.override(member.user.language or settings.LANGUAGE_CODE):
        content = written(times, gettext("Busy"))
    return Feed(content, f'"{sha256(content).hexdigest()[:32]}"')


def _count(feed: CalendarFeed) -> None:
    now = timezone.now()
    CalendarFeed.objects.filter(pk=feed.pk, asked_since__lte=now - WINDOW).update(asked=0, asked_since=now)
    if not CalendarFeed.objects.filter(pk=feed.pk, asked__lt=MOST_ASKED).update(asked=F("asked") + 1):
        raise AskedTooOftenError


def _digest(token: str) -> str:
    return keyed_digest("calendar feed", token)


def _log(actor: Actor, action: str) -> None:
    record(action=action, actor_id=actor.user.pk, role=actor.role, obj=f"membership {actor.membership.pk}")
