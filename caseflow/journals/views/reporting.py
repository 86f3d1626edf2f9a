"""The annual report."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_POST

from caseflow.cases.views.scope import hides_what_is_not_yours
from caseflow.directory.actors import ActorRequest
from caseflow.directory.enums import Role
from caseflow.directory.guards import for_roles
from caseflow.journals import services, wording
from caseflow.journals.forms import ExportForm, ReportForm, year_said
from caseflow.journals.rules import JournalRefused
from caseflow.journals.rules.access import PLAN_READERS
from caseflow.journals.selectors.reports import ReportSheet
from caseflow.journals.services.reading import open_report


@require_GET
@for_roles(*PLAN_READERS)
@hides_what_is_not_yours
def report(request: ActorRequest) -> HttpResponse:
    """The figures of a year with what is said of them; a psychologist writes on until it is signed."""
    sheet = open_report(request.actor, year_said(request.GET))
    return _page(request, sheet, ReportForm(sheet.words))


@require_POST
@for_roles(Role.PSYCHOLOGIST)
@hides_what_is_not_yours
def words(request: ActorRequest) -> HttpResponse:
    """Keep what is said in own words."""
    year = year_said(request.POST)
    form = ReportForm({}, request.POST)
    if not form.is_valid():
        return _page(request, open_report(request.actor, year), form)
    try:
        services.write_report(request.actor, year or 0, form.cleaned_data)
    except JournalRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Your words are kept. The report can be signed when they are complete."))
    return redirect(_url(year))


@require_POST
@for_roles(Role.PSYCHOLOGIST)
@hides_what_is_not_yours
def sign(request: ActorRequest) -> HttpResponse:
    """Freeze the report as it stands."""
    year = year_said(request.POST)
    try:
        services.sign_report(request.actor, year or 0)
    except JournalRefused as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The report is signed. It does not change any more."))
    return redirect(_url(year))


def _page(request: ActorRequest, sheet: ReportSheet, form: ReportForm) -> HttpResponse:
    context = {
        "sheet": sheet,
        "form": form,
        "facts": wording.report_facts(sheet),
        "work": (wording.work_heads(), wording.work_rows(sheet)),
        "months": (wording.month_heads(), wording.month_rows(sheet)),
        "grades": (wording.month_heads()[1:], wording.grade_rows(sheet)),
        "export": ExportForm(),
    }
    return render(request, "journals/report.html", context, status=422 if form.errors else 200)


def _url(year: int | None) -> str:
    return f"{reverse('journals:report')}?year={year or ''}"
