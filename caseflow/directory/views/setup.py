from datetime import date

from django.contrib.auth import login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_http_methods

from caseflow.directory.forms import SetupForm
from caseflow.directory.services.setup import AlreadySetUpError, Name, needs_setup, set_up

BACKEND = "django.contrib.auth.backends.ModelBackend"


@require_http_methods(["GET", "POST"])
def setup(request: HttpRequest) -> HttpResponse:
    """The first administrator and the first units; open only while nobody can sign in."""
    if not needs_setup():
        return redirect("home")
    form = SetupForm(request.POST or None, initial=_this_school_year())
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            membership = set_up(
                administrator=form.administrator(),
                password=data["password"],
                region=Name(data["region_kk"], data["region_ru"]),
                district=Name(data["district_kk"], data["district_ru"]),
                school=Name(data["school_kk"], data["school_ru"]),
                school_bin=data["school_bin"],
                year=(data["year_starts_on"], data["year_ends_on"]),
            )
        except AlreadySetUpError:
            return redirect("home")
        login(request, membership.user, backend=BACKEND)
        return redirect("directory:members")
    return render(request, "directory/setup.html", {"form": form}, status=422 if form.errors else 200)


def _this_school_year() -> dict[str, date]:
    today = timezone.localdate()
    year = today.year if today.month >= 6 else today.year - 1
    return {"year_starts_on": date(year, 9, 1), "year_ends_on": date(year + 1, 8, 31)}
