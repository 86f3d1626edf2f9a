"""Journal, plan and report as files. Nothing of them stays in a browser's store."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_GET

from caseflow.directory.actors import ActorRequest
from caseflow.directory.guards import for_roles
from caseflow.documents.sheets import sent
from caseflow.journals.forms import ExportForm, year_said
from caseflow.journals.rules import JournalRefused
from caseflow.journals.rules.access import KEEPERS, PLAN_READERS
from caseflow.journals.services.reading import export_journal, export_plan, export_report
from caseflow.journals.views.pages import journal_filter


@require_GET
@for_roles(*KEEPERS)
def journal_file(request: ActorRequest) -> HttpResponse:
    """A journal as a file; the names only where its form has them and they were asked for."""
    asked = journal_filter(request).asked()
    form = ExportForm(request.GET, names=True)
    kind, language = form.wish()
    try:
        content = export_journal(request.actor, asked, kind, language, with_names=form.wants_names())
    except JournalRefused as refused:
        messages.error(request, str(refused))
        return redirect("journals:journal")
    period = asked.period
    return sent(f"{asked.journal.value}-{period.first:%Y%m%d}-{period.last:%Y%m%d}", kind, content)


@require_GET
@for_roles(*PLAN_READERS)
def plan_file(request: ActorRequest) -> HttpResponse:
    """The plan of a year as a file."""
    kind, language = ExportForm(request.GET).wish()
    return sent("year-plan", kind, export_plan(request.actor, year_said(request.GET), kind, language))


@require_GET
@for_roles(*PLAN_READERS)
def report_file(request: ActorRequest) -> HttpResponse:
    """The annual report as a file."""
    kind, language = ExportForm(request.GET).wish()
    return sent("annual-report", kind, export_report(request.actor, year_said(request.GET), kind, language))
