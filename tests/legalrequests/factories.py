"""Legal requests for tests, made the way the product makes them. Everything is invented."""

from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

from django.utils import timezone

from caseflow.cases.models import Case
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Region
from caseflow.legalrequests.enums import Given, Ground
from caseflow.legalrequests.models import LegalRequest
from caseflow.legalrequests.selectors.composing import Chosen
from caseflow.legalrequests.selectors.reading import Child
from caseflow.legalrequests.services import Wish, approve, ask, prepare, show_copy
from tests.cases.factories import case_of, psychologist, pupil_of
from tests.directory.factories import actor

ACT, ASKED = "ст. 122 УПК", "Сведения о сообщениях о насилии для досудебного производства"
CHOSEN = Chosen((Given.SCHOOL_CLASS.value, Given.COURSE.value))


@dataclass
class Scene:
    """A case in a region with its prosecutor, lead psychologist and data protection officer."""

    region: Region
    case: Case
    prosecutor: Actor
    lead: Actor
    officer: Actor
    psychologist: Actor

    @property
    def child(self) -> Child:
        pupil = self.case.pupil
        return Child(pupil.last_name, pupil.first_name, pupil.birth_date)


def scene() -> Scene:
    who = psychologist()
    case = case_of(who, pupil_of(who))
    region = case.school.district.region
    roles = (Role.PROSECUTOR, Role.LEAD_PSYCHOLOGIST)
    prosecutor, lead = (actor(role, region=region) for role in roles)
    return Scene(region, case, prosecutor, lead, actor(Role.DPO), who)


def wish(at: Scene, **changes: Any) -> Wish:
    made = Wish(
        Ground.INVESTIGATION, ACT, f"11-{LegalRequest.objects.count() + 1}", timezone.localdate(), at.child, ASKED
    )
    return replace(made, **changes)


def asked(at: Scene, **changes: Any) -> LegalRequest:
    return ask(at.prosecutor, wish(at, **changes))


def barred() -> dict[str, Any]:
    return {"barred_act": "ст. 201 УПК", "barred_until": timezone.localdate() + timedelta(days=30)}


def prepared(at: Scene, request: LegalRequest, chosen: Chosen = CHOSEN) -> LegalRequest:
    shown = show_copy(at.lead, request.pk, at.case.pk, chosen).snapshot
    assert shown is not None
    return prepare(at.lead, request.pk, at.case.pk, chosen, seen_sha256=shown.sha256)


def released(at: Scene, chosen: Chosen = CHOSEN, **changes: Any) -> LegalRequest:
    request = prepared(at, asked(at, **changes), chosen)
    return approve(at.officer, request.pk, seen_sha256=request.sha256)
