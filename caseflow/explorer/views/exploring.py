"""The explorer. Its whole state lies in the address."""

from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_GET

from caseflow.directory.actors import ActorRequest
from caseflow.directory.guards import for_roles
from caseflow.documents.forms import FileForm
from caseflow.explorer.charts import MIDDLE_PERCENT, charts_of
from caseflow.explorer.enums import Axis, Shown
from caseflow.explorer.files import Form, made
from caseflow.explorer.forms import ViewForm
from caseflow.explorer.selectors.exploring import explore as explored
from caseflow.explorer.selectors.laying_out import Answer
from caseflow.explorer.selectors.saved import seen_views
from caseflow.explorer.views.regions import region_or_404
from caseflow.explorer.wording import refusal_words
from caseflow.indicators.rules.readers import DECIDERS, READERS

FILES = ("format", "language")  # of a file, no part of a question


@require_GET
@for_roles(*READERS)
def explore(request: ActorRequest) -> HttpResponse:
    """Published figures, as asked."""
    return explorer_page(request, request.GET, ViewForm())


@require_GET
@for_roles(*READERS)
def file(request: ActorRequest, form: str) -> HttpResponse:
    """What the explorer shows, as a file."""
    region, said = region_or_404(request), question_of(request.GET)
    if explored(region, said).answer is None:
        raise Http404

    def answered() -> Answer:
        answer = explored(region, said).answer
        assert answer is not None  # noqa: S101  asked above
        return answer

    content, media_type = made(answered, Form(form), FileForm(request.GET).wish()[1])
    name = f"tirek-{region.code}-{'-'.join(each.period for each in answered().releases[-1:]).lower()}.{form}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type=media_type, headers=headers)


def explorer_page(request: ActorRequest, query: QueryDict, form: ViewForm) -> HttpResponse:
    """The page with the answer to a query, and the form that keeps it."""
    found = explored(region_or_404(request), question_of(query))
    charts = charts_of(found.answer) if found.answer else []
    failed = bool(form.errors) or (found.refused is not None and found.has_releases)
    context = {
        "found": found,
        "question": found.question,
        "sheets": list(zip(found.answer.sheets, charts, strict=True)) if found.answer else [],
        "has_charts": any(charts),
        "middle": MIDDLE_PERCENT,
        "refusal": refusal_words(found.refused) if found.refused else "",
        "axes": Axis.choices,
        "shown": Shown.choices,
        "form": form,
        "views": list(seen_views(request.actor)),
        "language": (get_language() or "ru")[:2],
        "may_publish": request.actor.role in DECIDERS,
    }
    return render(request, "explorer/explore.html", context, status=422 if failed else 200)


def question_of(query: QueryDict) -> dict[str, list[str]]:
    """What a query says of the question."""
    return {name: values for name, values in query.lists() if name not in FILES}
