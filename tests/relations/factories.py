"""People around a pupil for tests, recorded the way the product records them. Everything is invented."""

from typing import Any

from caseflow.cases.models import Case
from caseflow.directory.actors import Actor
from caseflow.relations.enums import RelationKind, SaidBy
from caseflow.relations.models import PersonAround
from caseflow.relations.services import Told, record_person

OUTSIDE = "Әжесі, көрші көшеде тұрады"


def told(**facts: Any) -> Told:
    """A helper from outside, as the pupil told, unless other facts are given."""
    usual: dict[str, Any] = {"kind": RelationKind.HELPER, "said_by": SaidBy.PUPIL}
    if not {"pupil", "employee", "outside"} & facts.keys():
        usual["outside"] = OUTSIDE
    return Told(**usual | facts)


def recorded(who: Actor, case: Case, **facts: Any) -> PersonAround:
    return record_person(who, case.pk, told(**facts))
