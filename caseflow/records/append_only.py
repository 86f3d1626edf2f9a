"""Rows that are proof: written once, and never changed or removed."""

from typing import Any

from django.db import models

from caseflow.records.models import Record


class AppendOnlyError(Exception):
    """What is written once (a line of a ledger, a text somebody agreed to) was to be changed or removed."""


class AppendOnlyRows(models.QuerySet[Any]):
    """Refuses to change or remove rows, many at once as well as one by one."""

    def update(self, **kwargs: Any) -> int:
        raise AppendOnlyError(self.model.__name__)

    def delete(self) -> tuple[int, dict[str, int]]:
        raise AppendOnlyError(self.model.__name__)

    def bulk_update(self, *args: Any, **kwargs: Any) -> int:
        raise AppendOnlyError(self.model.__name__)


class AppendOnly(Record):
    """Written once. What changes afterwards is a new row."""

    objects = AppendOnlyRows.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnlyError(str(self.pk))
        super().save(*args, **kwargs)

    def delete(self, *args: Any, **kwargs: Any) -> tuple[int, dict[str, int]]:
        raise AppendOnlyError(str(self.pk))
