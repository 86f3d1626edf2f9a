from uuid import UUID

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods

from caseflow.coordination.charts import district_bars
from caseflow.coordination.enums import Indicator
from caseflow.coordination.forms import ComposeForm
from caseflow.coordination.models import Report
from caseflow.coordination.paper import report_pdf
from caseflow.coordination.rules import COMPOSERS, READERS
from caseflow.coordination.selectors import ReportView, region_of, scoped_reports
from caseflow.coordination.services import AlreadyReleasedError, PeriodNotOverError, compose_report, open_report
from caseflow.coordination.wording import intro_words, period_words
from caseflow.directory.actors import ActorRequest
from caseflow.directory.guards import for_roles


@require_GET
@for_roles(*READERS)
def reports(request: ActorRequest) -> HttpResponse:
    """The released reports of the region."""
    found = scoped_reports(request.actor)
    context = {"reports": found, "may_compose": request.actor.role in COMPOSERS}
    return render(request, "coordination/list.html", context)


@require_http_methods(["GET", "POST"])
@for_roles(*COMPOSERS)
def create(request: ActorRequest) -> HttpResponse:
    """Release the report of a finished quarter."""
    region = region_of(request.actor)
    if region is None:
        raise Http404
    form = ComposeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            report = compose_report(
                request.actor, region=region, quarter=form.chosen_quarter(), comment=form.cleaned_data["comment"]
            )
        except AlreadyReleasedError:
            form.add_error("quarter", _("This quarter's report is released already."))
        except PeriodNotOverError:
            form.add_error("quarter", _("The quarter is not over yet."))
        else:
            return redirect("coordination:report", report.pk)
    return render(request, "coordination/create.html", {"form": form}, status=422 if form.errors else 200)


@require_GET
@for_roles(*READERS)
def report(request: ActorRequest, pk: UUID) -> HttpResponse:
    """A released report: sums only."""
    view = _view_or_404(request, pk)
    context = {
        "view": view,
        "period": period_words(view.quarter),
        "intro": intro_words(view),
        "bars": district_bars(view, Indicator.BULLYING),
        "kpis": list(zip(view.indicators, view.totals, strict=True))[:4],
    }
    return render(request, "coordination/report.html", context)


@require_GET
@for_roles(*READERS)
def pdf(request: ActorRequest, pk: UUID) -> HttpResponse:
    """The same report as a PDF in the reader's language."""
    view = _view_or_404(request, pk)
    name = f"tirek-{view.quarter.year}-q{view.quarter.number}.pdf"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(report_pdf(view), content_type="application/pdf", headers=headers)


def _view_or_404(request: ActorRequest, pk: UUID) -> ReportView:
    try:
        return open_report(request.actor, pk)
    except Report.DoesNotExist as error:
        raise Http404 from error
