"""The pieces of a paper, as JSON knows them: texts in the active language, rows with a key."""

from datetime import date, datetime
from typing import Any

from django.utils import timezone

Row = dict[str, Any]


def row(  # a paper's row is wide, and most of it is seldom filled
    key: object,
    title: str,
    *,
    when: str = "",
    text: str = "",
    meta: str = "",
    mark: str = "",
    struck: bool = False,
    tags: list[str] | None = None,
) -> Row:
    """A row. `mark` names the model and version that found it (rule 7); `tags` are short words beside the title."""
    return {
        "key": str(key),
        "title": title,
        "when": when,
        "text": text,
        "meta": meta,
        "mark": mark,
        "struck": struck,
        "tags": [{"key": str(place), "text": tag} for place, tag in enumerate(tags or [])],
    }


def section(name: str, title: str, rows: list[Row], *, confidential: bool = False) -> Row:
    return {"key": name, "title": title, "rows": rows, "confidential": confidential}


def day_of(moment: datetime | date | None) -> str:
    """«17.11.2026», the same in all languages; "" for None."""
    if moment is None:
        return ""
    return f"{timezone.localdate(moment) if isinstance(moment, datetime) else moment:%d.%m.%Y}"


def moment_of(moment: datetime) -> str:
    """«17.11.2026 09:38», local time."""
    return f"{timezone.localtime(moment):%d.%m.%Y %H:%M}"
