"""What somebody may have in hand who leaves. Rooms above say here what they know of; this room only asks."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

from django.utils.functional import Promise
from django.utils.module_loading import import_string
from django.utils.translation import gettext_lazy as _

from caseflow.directory.enums import Role

if TYPE_CHECKING:
    from caseflow.accounts.models import User
    from caseflow.directory.models import Membership, School


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of thing that is handed over.

    `home` is a module with `<code>_of(user_id, school) -> list[str]`, labels without a pupil's name, and
    `hand_over_<code>(by, user_id, school, successor) -> int`, where `successor` is a membership in one of `roles` or
    None; `otherwise` says who has it then. Without `roles` nobody is chosen. Called in the order of registration.
    """

    code: str
    label: Promise
    home: str
    roles: tuple[Role, ...]
    otherwise: Promise

    def names(self, user_id: int, school: "School") -> list[str]:
        """What the person has of this kind, as the office may read it."""
        return cast("list[str]", import_string(f"{self.home}.{self.code}_of")(user_id, school))

    def hand_over(self, by: "User", user_id: int, school: "School", successor: "Membership | None") -> int:
        """Give it to the successor; in the caller's transaction."""
        return cast("int", import_string(f"{self.home}.hand_over_{self.code}")(by, user_id, school, successor))


_kinds: dict[str, Kind] = {}


def hold(kind: Kind) -> None:
    """Register a kind; again changes nothing."""
    _kinds[kind.code] = kind


def kinds() -> Iterable[Kind]:
    return tuple(_kinds.values())


def register() -> None:
    """The kinds of this room and of those below it."""
    home = "caseflow.schoolyear.services.holding"
    to_lead, to_leader = _("the lead psychologist"), _("whoever leads the case")
    hold(Kind("cases", _("Open cases"), home, (Role.PSYCHOLOGIST,), to_lead))
    hold(Kind("tasks", _("Tasks"), home, (Role.PSYCHOLOGIST, Role.SOCIAL_PEDAGOGUE), to_leader))
    hold(Kind("classes", _("Classes"), home, (Role.TEACHER, Role.CLASS_TEACHER), _("nobody for now")))
    hold(Kind("lessons", _("Lessons of the week"), home, (Role.TEACHER, Role.CLASS_TEACHER), _("nobody for now")))
    hold(
        Kind(
            "duty",
            _("Duty ahead"),
            home,
            (Role.DUTY_PERSON, Role.PSYCHOLOGIST, Role.PRINCIPAL, Role.SOCIAL_PEDAGOGUE),
            _("nobody: the shifts go"),
        )
    )
