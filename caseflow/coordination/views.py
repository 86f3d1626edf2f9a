from collections.abc import Callable
from uuid import UUID

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from caseflow.coordination.charts import CHARTED, district_bars, timeliness
from caseflow.coordination.files import Form, made
from caseflow.coordination.forms import ComposeForm, CorrectForm, ExcuseForm, SignForm
from caseflow.coordination.models import Report
from caseflow.coordination.selectors import (
    ReportView,
    listed_reports,
    region_of,
    report_view,
    subject_of,
    versions_of,
)
from caseflow.coordination.services import (
    ask_for_signatures,
    compose_report,
    excuse_signer,
    is_unchanged,
    left_signers,
    open_report,
    refuse_report,
    sign_report,
    sign_report_with_key,
)
from caseflow.coordination.standing import standing_beside
from caseflow.coordination.wording import intro_words
from caseflow.directory.actors import ActorRequest
from caseflow.directory.enums import Role
from caseflow.directory.guards import for_roles
from caseflow.directory.models import Region
from caseflow.disclosure.protection import UnprotectableError
from caseflow.documents.forms import FileForm
from caseflow.indicators.rules.readers import DECIDERS, READERS
from caseflow.releases.services import AlreadyReleasedError, CountsMovedError, PeriodNotOverError, QuartersMissingError
from caseflow.releases.wording import period_words
from caseflow.signing.enums import Means
from caseflow.signing.errors import NotSignedError
from caseflow.signing.selectors import mine, round_of
from caseflow.signing.verifying import LARGEST

PER_PAGE = 25
KPIS = ("events", "bullying", "violence", "domestic")


@require_GET
@for_roles(*READERS)
def reports(request: ActorRequest) -> HttpResponse:
    """The released reports of the region, the newest first."""
    page = Paginator(listed_reports(request.actor), PER_PAGE).get_page(request.GET.get("page"))
    context = {"page": page, "reports": page.object_list, "may_compose": request.actor.role in DECIDERS}
    return render(request, "coordination/list.html", context)


@require_http_methods(["GET", "POST"])
@for_roles(*DECIDERS)
def create(request: ActorRequest) -> HttpResponse:
    """Release the report of a finished period."""
    region = _region_or_404(request)
    form = ComposeForm(region, request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            report = compose_report(
                request.actor,
                region=region,
                period=form.chosen_period(),
                district=form.cleaned_data["district"],
                comment=form.cleaned_data["comment"],
            )
        except AlreadyReleasedError:
            form.add_error("period", _("This report is released already. Open it to release it with corrections."))
        except PeriodNotOverError:
            form.add_error("period", _("The period is not over yet."))
        except QuartersMissingError as error:
            missing = ", ".join(period_words(period) for period in error.periods)
            form.add_error("period", _("Release its quarters first: %(missing)s.") % {"missing": missing})
        except (UnprotectableError, CountsMovedError) as error:
            form.add_error("period", _not_released(error))
        else:
            return redirect("coordination:report", report.pk)
    return render(request, "coordination/create.html", {"form": form}, status=422 if form.errors else 200)


@require_http_methods(["GET", "POST"])
@for_roles(*DECIDERS)
def correct(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Release the figures of a report's period once more; the version before stays as it is."""
    region = _region_or_404(request)
    try:
        view = report_view(request.actor, pk)
    except Report.DoesNotExist as error:
        raise Http404 from error
    form = CorrectForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            report = compose_report(
                request.actor, region=region, period=view.period, district=view.report.district, **form.cleaned_data
            )
        except (UnprotectableError, CountsMovedError) as error:
            form.add_error(None, _not_released(error))
        else:
            return redirect("coordination:report", report.pk)
    context = {"form": form, "view": view, "period": period_words(view.period)}
    return render(request, "coordination/correct.html", context, status=422 if form.errors else 200)


@require_GET
@for_roles(*READERS)
def report(request: ActorRequest, pk: UUID) -> HttpResponse:
    """A released report: sums only."""
    return _page(request, _view_or_404(request, pk), SignForm())


@require_POST
@for_roles(*DECIDERS)
def ask(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Ask those who sit in the council for their signatures."""
    return _answered(request, pk, SignForm(), lambda: ask_for_signatures(request.actor, pk))


@require_POST
@for_roles(*READERS)
def sign(request: ActorRequest, pk: UUID) -> HttpResponse:
    """Sign with the account or by a signature of the own key, or say why not."""
    form = SignForm(request.POST, request.FILES)
    if not form.is_valid():
        return _page(request, _view_or_404(request, pk), form)
    said = form.cleaned_data
    if said["answer"] == SignForm.REFUSE:
        return _answered(request, pk, form, lambda: refuse_report(request.actor, pk, said["seen"], said["words"]))
    if said["answer"] == SignForm.KEY:
        content = said["cms"].read(LARGEST + 1) if said["cms"] else b""
        return _answered(request, pk, form, lambda: sign_report_with_key(request.actor, pk, said["seen"], content))
    return _answered(request, pk, form, lambda: sign_report(request.actor, pk, said["seen"]))


@require_POST
@for_roles(*DECIDERS)
def excuse(request: ActorRequest, pk: UUID, signer: UUID) -> HttpResponse:
    """Enter that somebody who was asked cannot sign any more."""
    form = ExcuseForm(request.POST)
    words = form.cleaned_data["words"] if form.is_valid() else ""
    return _answered(request, pk, SignForm(), lambda: excuse_signer(request.actor, pk, signer, words))


@require_GET
@for_roles(*DECIDERS, Role.COUNCIL_MEMBER)
def signature_file(request: ActorRequest, pk: UUID, signature: UUID) -> HttpResponse:
    """A signature that the own key made, as it was uploaded."""
    view = _view_or_404(request, pk)
    signed = round_of(subject_of(view.report), view.report.sha256)
    found = [each.signature for each in (signed.asked if signed else ()) if each.signature]
    kept = next((one for one in found if one.pk == signature and one.means == Means.KEY), None)
    if kept is None:
        raise Http404
    headers = {"Content-Disposition": f'attachment; filename="{kept.pk}.p7s"', "Cache-Control": "no-store"}
    return HttpResponse(bytes(kept.cms), content_type="application/pkcs7-signature", headers=headers)


@require_GET
@for_roles(*READERS)
def file(request: ActorRequest, pk: UUID, form: str) -> HttpResponse:
    """The same report as a file: PDF or XLSX in the language asked for, CSV, or the document that is signed (JSON)."""
    view = _view_or_404(request, pk)
    language = FileForm(request.GET).wish()[1]
    content, media_type = made(view, standing_beside(request.actor, view), Form(form), language)
    of = f"-{view.report.district.code}" if view.report.district else ""
    name = f"tirek-{view.report.release.code.lower().replace('/', '-v')}{of}.{form}"
    headers = {"Content-Disposition": f'attachment; filename="{name}"', "Cache-Control": "no-store"}
    return HttpResponse(content, content_type=media_type, headers=headers)


def _page(request: ActorRequest, view: ReportView, form: SignForm, error: str = "") -> HttpResponse:
    versions = versions_of(view.report)
    standing = standing_beside(request.actor, view)
    newest = versions[0].pk == view.report.pk
    decides = request.actor.role in DECIDERS
    context = {
        "view": view,
        "period": period_words(view.period),
        "intro": intro_words(view),
        "bars": district_bars(view, CHARTED),
        "timeliness": timeliness(view),
        "kpis": [(column, cell) for code in KPIS if (column := view.column(code)) and (cell := view.total(code))],
        "versions": versions,
        "newest": versions[0],
        "may_correct": decides and newest,
        "standing": standing,
        "signed": standing.signed,
        "own": mine(standing.signed, request.actor.user),
        "unchanged": is_unchanged(view.report),
        "may_excuse": decides and newest,
        "left": left_signers(view.report, standing.signed) if decides else (),
        "may_ask": decides and newest and standing.signed is None,
        "form": form,
        "error": error or " ".join(str(each) for field in ("seen", "answer") for each in form.errors.get(field, [])),
    }
    return render(request, "coordination/report.html", context, status=422 if error or form.errors else 200)


def _answered(request: ActorRequest, pk: UUID, form: SignForm, act: Callable[[], object]) -> HttpResponse:
    """The page again after the act, or with what speaks against it."""
    view = _view_or_404(request, pk)
    try:
        act()
    except NotSignedError as error:
        return _page(request, view, form, str(error))
    return redirect("coordination:report", pk)


def _view_or_404(request: ActorRequest, pk: UUID) -> ReportView:
    try:
        return open_report(request.actor, pk)
    except Report.DoesNotExist as error:
        raise Http404 from error


def _region_or_404(request: ActorRequest) -> Region:
    region = region_of(request.actor)
    if region is None:
        raise Http404
    return region


def _not_released(error: Exception) -> str:
    if isinstance(error, CountsMovedError):
        return _("Something was entered while it was counted. Try again.")
    return _("What was released before would give a small count away beside it. Nothing was released.")
