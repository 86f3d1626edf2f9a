from typing import Any

from django.db import models

from caseflow.records.append_only import AppendOnlyError, AppendOnlyRows
from caseflow.records.models import Record


class SignedRows(AppendOnlyRows):
    """Refuses every change. A removal is left to the end of the term and to erasure."""

    def delete(self) -> tuple[int, dict[str, int]]:
        return models.QuerySet.delete(self)


class Signed(Record):
    """What somebody has signed: written once, never changed; it ends with its case."""

    objects = SignedRows.as_manager()

    class Meta:
        abstract = True

    def save(self, *args: Any, **kwargs: Any) -> None:
        if not self._state.adding:
            raise AppendOnlyError(str(self.pk))
        super().save(*args, **kwargs)
