"""What a chronology is narrowed to. Texts are sealed, so they are looked through in clear, line by line of one case."""

from dataclasses import dataclass
from datetime import date, datetime

from django.utils import timezone


@dataclass(frozen=True, slots=True)
class Facts:
    """What is known of a happening without opening it."""

    kind: str
    at: datetime
    author_id: int | None = None
    visibility: str = ""


@dataclass(frozen=True, slots=True)
class LineFilter:
    """The lines asked for; the defaults ask for all. `since` and `until` are local days, both included."""

    show: str = ""
    author: int | None = None
    since: date | None = None
    until: date | None = None
    readers: str = ""
    words: str = ""

    @property
    def is_narrow(self) -> bool:
        """Whether more than the kind is asked for."""
        return any((self.author, self.since, self.until, self.readers, self.words))

    def admits(self, facts: Facts) -> bool:
        """Whether a happening fits in everything but its words."""
        day = timezone.localdate(facts.at)
        return (
            self.show in ("", facts.kind)
            and self.author in (None, facts.author_id)
            and self.readers in ("", facts.visibility)
            and (self.since is None or day >= self.since)
            and (self.until is None or day <= self.until)
        )

    def finds(self, text: str) -> bool:
        """Whether all words occur in `text`, in any order, in capitals or not, with ё or е."""
        there = _plain(text)
        return all(word in there for word in _plain(self.words).split())


EVERYTHING = LineFilter()


def _plain(text: str) -> str:
    return text.casefold().replace("ё", "е")
