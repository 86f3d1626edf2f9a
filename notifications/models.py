from typing import Any

from django.conf import settings
from django.db import models
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models.sql.compiler import SQLCompiler

from notifications.enums import AlertKind


class CommitXid(models.Func):
    """The writing transaction's number on PostgreSQL; 0 on SQLite, where the id alone is in commit order."""

    template = "0"
    output_field = models.BigIntegerField()

    def as_postgresql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper, **context: Any) -> Any:
        return self.as_sql(compiler, connection, template="(pg_current_xact_id()::text::bigint)", **context)


class Alert(models.Model):
    """One thing one person is to be told, kept until it is old; sockets and pages only show it.

    `(xid, id)` is the order of commits among the rows below the reader's horizon (`notifications.selectors`).
    `params` holds short labels and codes, never a pupil's name: the page behind `url` shows what its reader may see.
    """

    xid = models.BigIntegerField(db_default=CommitXid(), editable=False)
    recipient = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="alerts", db_index=False)
    membership_id = models.BigIntegerField(null=True, help_text="the right by which it was sent; empty: the person")
    kind = models.CharField(max_length=20, choices=[(kind.value, kind.value) for kind in AlertKind])
    params = models.JSONField(default=dict)
    url = models.CharField(max_length=300, help_text="local path of the page it leads to")
    created_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)

    class Meta:
        indexes = (
            models.Index(fields=("recipient", "xid", "id"), name="alert_reader"),
            models.Index(fields=("xid", "id"), name="alert_commit_order"),
            models.Index(fields=("recipient",), condition=models.Q(seen_at=None), name="alert_unseen"),
        )

    def __str__(self) -> str:
        return f"{self.kind} {self.xid}.{self.pk}"
