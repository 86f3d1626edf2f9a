"""What was written between a reporter without a name and those who decide, and the pictures that came along."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from caseflow.directory.models import School
from caseflow.incidents.models import ChannelMessage, Incident, Picture, SchoolLink
from caseflow.records.vault import unseal, where


@dataclass(frozen=True, slots=True)
class Line:
    """A message. `by_role` is "" for the reporter's, `name` is for those at work and never shown to the reporter."""

    by_role: str
    name: str
    text: str
    at: datetime
    pictures: tuple[UUID, ...]

    @property
    def is_reporters(self) -> bool:
        return not self.by_role


@dataclass(frozen=True, slots=True)
class Talk:
    """`pictures` came with the report itself, `lines` after it."""

    pictures: tuple[UUID, ...]
    lines: tuple[Line, ...]


def talk_of(incident: Incident) -> Talk:
    """Everything written about a report that came without a name. Two queries. Raises VaultError.

    The caller has the scope or the code, and records the reading.
    """
    pictures: defaultdict[UUID | None, list[UUID]] = defaultdict(list)
    for pk, message in Picture.objects.filter(channel=incident.channel_id).values_list("pk", "message"):
        pictures[message].append(pk)
    written = ChannelMessage.objects.filter(channel=incident.channel_id).select_related("by")
    lines = tuple(_line(incident, message, pictures[message.pk]) for message in written)
    return Talk(tuple(pictures[None]), lines)


def link_in_force(token: str) -> SchoolLink:
    """The address with its school. Raises SchoolLink.DoesNotExist, also for one that has been renewed."""
    return SchoolLink.objects.select_related("school__district").get(token=token, ended_at=None)


def link_of(school: School) -> SchoolLink | None:
    """The school's address in force; None where none was made yet."""
    return SchoolLink.objects.select_related("made_by").filter(school=school, ended_at=None).first()


def _line(incident: Incident, message: ChannelMessage, pictures: list[UUID]) -> Line:
    text = unseal(incident.data_key, message.text_sealed, where("incidents.ChannelMessage", message.pk, "text"))
    name = message.by.short_name if message.by else ""
    return Line(message.by_role, name, text, message.created_at, tuple(pictures))
