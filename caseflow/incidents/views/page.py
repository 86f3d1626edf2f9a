"""The page of a report with its forms. One that was refused comes back as it was typed."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from caseflow.directory.actors import ActorRequest
from caseflow.incidents.finding_forms import AnswerForm, BullyingForm, CouncilForm, ParentToldForm, TakeBackForm
from caseflow.incidents.forms import PoliceForm
from caseflow.incidents.services import open_incident


def incident_page(
    request: ActorRequest,
    pk: UUID,
    *,
    status: int = 200,
    police: PoliceForm | None = None,
    bullying: BullyingForm | None = None,
    take_back: TakeBackForm | None = None,
    answer: AnswerForm | None = None,
    parent: ParentToldForm | None = None,
    council: CouncilForm | None = None,
) -> HttpResponse:
    """The report, 422 with a refused form. Raises Incident.DoesNotExist outside the actor's scope."""
    detail = open_incident(request.actor, pk)
    refused = any((police, bullying, take_back, answer, parent, council))
    context = {
        "detail": detail,
        "police_form": police or PoliceForm(initial={"at": timezone.now()}),
        "bullying_form": bullying or BullyingForm(auto_id="bullying-%s"),
        "take_back_form": take_back or TakeBackForm(auto_id="take-back-%s"),
        "answer_form": answer or AnswerForm(auto_id="answer-%s"),
        "parent_form": parent or ParentToldForm(auto_id="parent-%s", initial={"told_at": timezone.now()}),
        "council_form": council or CouncilForm(auto_id="council-%s"),
    }
    context["bullying_form"].offer(detail.pairs)  # type: ignore[attr-defined]
    context["answer_form"].offer(detail.concerned)  # type: ignore[attr-defined]
    if detail.duties:
        context["parent_form"].offer(detail.duties.families)  # type: ignore[attr-defined]
    return render(request, "incidents/detail.html", context, status=422 if refused else status)
