from collections.abc import Iterable
from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db import models, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.sql.compiler import SQLCompiler
from django.utils import timezone

from notifications import selectors, texts, wakers
from notifications.enums import AlertKind
from notifications.models import Alert
from notifications.rules import Cursor, is_local_path

KEPT = timedelta(days=90)


def alert(*, recipients: Iterable[tuple[int, int | None]], kind: str, params: texts.Params, url: str) -> int:
    """Tell each recipient, as `(user id, membership id or None)`, once; returns how many are told.

    The rows belong to the caller's transaction; sockets are woken when it commits. `params` takes the names in
    `texts.PARAMS` (codes, labels, an ISO time in `due`), `url` is a local path. Raises ValueError for anything else,
    an unknown kind included.
    """
    if not is_local_path(url):
        raise ValueError(url)
    texts.check_params(params)
    told = dict(reversed(list(recipients)))  # one row a person; the first right given counts
    now, known = timezone.now(), AlertKind(kind)
    rows = [
        Alert(recipient_id=user, membership_id=right, kind=known, params=dict(params), url=url, created_at=now)
        for user, right in told.items()
    ]
    with transaction.atomic():
        Alert.objects.bulk_create(rows)
        if rows:
            wakers.announce()
    return len(rows)


def mark_seen(user_id: int, up_to: Cursor) -> int:
    """Mark the user's alerts at or before the cursor as seen; returns how many were not yet."""
    return selectors.unseen_up_to(user_id, up_to).update(seen_at=timezone.now())


def tend() -> int:
    """Delete alerts older than 90 days (setting NOTIFICATIONS_KEPT); returns how many.

    Also takes in rows whose transaction number lies in the future: the database was restored into a cluster that
    counts anew, and without this they would be held back for ever. They keep their order by id.
    """
    oldest = timezone.now() - getattr(settings, "NOTIFICATIONS_KEPT", KEPT)
    Alert.objects.filter(xid__gte=_NextXid()).update(xid=0)
    return Alert.objects.filter(created_at__lt=oldest).delete()[0]


class _NextXid(models.Func):
    template = "1"
    output_field = models.BigIntegerField()

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> Any:
        # In the statement's own snapshot: a number asked for beforehand could be older than a row just committed.
        template = "pg_snapshot_xmax(pg_current_snapshot())::text::bigint"
        return self.as_sql(compiler, connection, template=template, **context)
