"""The composition of all rooms' addresses."""

from django.urls import URLPattern, URLResolver, include, path

from caseflow.home import home
from notifications.views import service_worker

urlpatterns: list[URLPattern | URLResolver] = [
    path("", home, name="home"),
    path("sw.js", service_worker, name="service-worker"),  # here, since a worker governs what lies beside and below it
    path("accounts/", include("caseflow.accounts.urls")),
    path("directory/", include("caseflow.directory.urls")),
    path("", include("caseflow.clocks.urls")),  # duty/, deadlines/ and away/
    path("help/", include("caseflow.keys.urls")),
    path("undo/", include("caseflow.undo.urls")),
    path("drafts/", include("caseflow.drafts.urls")),
    path("consent/", include("caseflow.consent.urls")),
    path("school-year/", include("caseflow.schoolyear.urls")),
    path("cases/", include("caseflow.cases.urls")),
    path("protocols/", include("caseflow.protocols.urls")),
    path("calendar/", include("caseflow.appointments.urls")),
    path("cases/questionnaires/", include("caseflow.instruments.urls")),
    path("q/", include("caseflow.instruments.public_urls")),
    path("plans/", include("caseflow.plans.urls")),
    path("referrals/", include("caseflow.referrals.urls")),
    path("attachments/", include("caseflow.attachments.urls")),
    path("today/", include("caseflow.triage.urls")),
    path("incidents/", include("caseflow.incidents.urls")),
    path("people/", include("caseflow.relations.urls")),
    path("alarms/", include("caseflow.alarms.urls")),
    path("panic/", include("caseflow.alarms.panic_urls")),
    path("r/", include("caseflow.incidents.public_urls")),
    path("council/", include("caseflow.council.urls")),
    path("reports/indicators/", include("caseflow.indicators.urls")),
    path("reports/public/", include("caseflow.explorer.publishing_urls")),
    path("reports/", include("caseflow.coordination.urls")),
    path("explorer/", include("caseflow.explorer.urls")),
    path("open/", include("caseflow.explorer.open_urls")),
    path("legal-requests/", include("caseflow.legalrequests.urls")),
    path("duties/", include("caseflow.duties.urls")),
    path("journals/", include("caseflow.journals.urls")),
    path("dossier/", include("caseflow.dossier.urls")),
    path("board/", include("caseflow.supervision.urls")),
    path("loss/", include("caseflow.postvention.urls")),
    path("my/", include("caseflow.portal.urls")),
    path("analysis/", include("analytics.urls")),
    path("alerts/", include("notifications.urls")),
    path("api/v1/", include("caseflow.api")),
]
