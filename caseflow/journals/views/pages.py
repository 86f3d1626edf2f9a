"""The journals."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_GET

from caseflow.directory.actors import ActorRequest
from caseflow.directory.guards import for_roles
from caseflow.journals.enums import Journal
from caseflow.journals.forms import ExportForm, JournalFilter, year_said
from caseflow.journals.rules.access import KEEPERS
from caseflow.journals.selectors.years import chosen_year, psychologists_of, school_of, years_of
from caseflow.journals.services.reading import open_journal
from caseflow.journals.wording import all_of_journal, period_words, source_words, total_row

NARROWED = ("year", "since", "until", "psychologist", "kind")


@require_GET
@for_roles(*KEEPERS)
def journal(request: ActorRequest) -> HttpResponse:
    """A journal of the service, narrowed to what was asked for."""
    asked_by = journal_filter(request)
    asked = asked_by.asked()
    opened = open_journal(request.actor, asked, request.GET.get("page"))
    query = request.GET.copy()
    query.pop("page", None)
    context = {
        "opened": opened,
        "filter": asked_by,
        "asked": asked,
        "journals": list(Journal),
        "period": period_words(asked.period),
        "source": source_words(opened.form),
        "total": [
            (head, cell) for head, cell in zip(opened.heads, total_row(opened.heads, opened.totals), strict=True)
        ],
        "sums": all_of_journal(asked.journal, opened.totals),
        "export": ExportForm(names=opened.form.names_persons),
        "kept": [("journal", asked.journal.value), *((name, query[name]) for name in NARROWED if query.get(name))],
        "query": f"{query.urlencode()}&" if query else "",
    }
    return render(request, "journals/journal.html", context)


def journal_filter(request: ActorRequest) -> JournalFilter:
    """What was asked for, against the years and people of the actor's school."""
    school = school_of(request.actor)
    running = chosen_year(school, year_said(request.GET))
    return JournalFilter(request.GET.dict(), years_of(school), running, psychologists_of(school))
