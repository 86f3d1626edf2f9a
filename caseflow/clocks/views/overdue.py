from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode
from django.views.decorators.http import require_GET

from caseflow.clocks.selectors.overdue import overdue_choices, overdue_clocks, rows_of
from caseflow.directory.actors import ActorRequest
from caseflow.directory.enums import Role
from caseflow.directory.guards import for_roles

PER_PAGE = 50


@require_GET
@for_roles(Role.LEAD_PSYCHOLOGIST)
def overdue(request: ActorRequest) -> HttpResponse:
    """Every missed deadline of the unit, what is urgent first, then what nobody was told of."""
    school, code = request.GET.get("school", ""), request.GET.get("code", "")
    clocks = overdue_clocks(request.actor, int(school) if school.isdecimal() and len(school) < 18 else None, code)
    page = Paginator(clocks, PER_PAGE).get_page(request.GET.get("page"))
    schools, codes = overdue_choices(request.actor)
    context = {
        "page": page,
        "rows": rows_of(request.actor, list(page)),
        "schools": schools,
        "codes": codes,
        "school": school,
        "code": code,
        "query": urlencode({"school": school, "code": code}) + "&",
    }
    return render(request, "clocks/overdue.html", context)
