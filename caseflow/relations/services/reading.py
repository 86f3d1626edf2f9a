"""Looking at who is around a pupil: what is shown and the entry that it was shown are one transaction (rule 24)."""

from dataclasses import dataclass
from uuid import UUID

from django.db import transaction

from caseflow.cases.models import Case
from caseflow.cases.selectors.pages import CaseFile, case_file
from caseflow.cases.selectors.scope import scoped_cases
from caseflow.cases.services.locking import log
from caseflow.directory.actors import Actor
from caseflow.relations.rules.picture import Picture
from caseflow.relations.selectors.around import Around, PersonRow, around, person_of
from caseflow.relations.selectors.choosing import Found, found_people
from caseflow.relations.selectors.drawing import picture_of, sentence_of


@dataclass(frozen=True, slots=True)
class PeoplePage:
    """The people around a pupil, as a table and as a picture with its sentence."""

    file: CaseFile
    around: Around
    picture: Picture
    sentence: str


@transaction.atomic
def open_people(actor: Actor, case_id: UUID) -> PeoplePage:
    """Everybody around the pupil of a case. Raises Case.DoesNotExist."""
    file = case_file(actor, case_id)
    found = around(actor, file.case)
    log(actor, "people_read", file.case)
    return PeoplePage(file, found, picture_of(found), sentence_of(found))


@transaction.atomic
def list_people(actor: Actor, case_id: UUID) -> tuple[Case, Around]:
    """The people alone. Raises Case.DoesNotExist."""
    case = _case(actor, case_id)
    log(actor, "people_read", case)
    return case, around(actor, case)


@transaction.atomic
def open_choice(actor: Actor, case_id: UUID, query: str) -> tuple[Case, Found]:
    """Whom one may name who fits what was typed. Raises Case.DoesNotExist."""
    case = _case(actor, case_id)
    log(actor, "people_read", case, part="add")
    return case, found_people(actor, case, query)


@transaction.atomic
def open_person(actor: Actor, case_id: UUID, person_id: UUID) -> tuple[Case, PersonRow]:
    """One recorded person. Raises Case.DoesNotExist, PersonAround.DoesNotExist."""
    case = _case(actor, case_id)
    log(actor, "people_read", case, person=str(person_id))
    return case, person_of(actor, case, person_id)


def _case(actor: Actor, case_id: UUID) -> Case:
    return scoped_cases(actor).select_related("school", "pupil__school_class", "data_key").get(pk=case_id)
