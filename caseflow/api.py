"""The composition of all rooms' resources under /api/v1/, its schema and its documentation page."""

from functools import cache
from typing import Any

from django.urls import URLPattern, URLResolver, path
from django.utils.translation import get_language
from drf_spectacular.generators import SchemaGenerator
from drf_spectacular.views import SpectacularAPIView, SpectacularSwaggerSplitView
from rest_framework.routers import SimpleRouter
from rest_framework.viewsets import ViewSetMixin

from analytics.api import API as ANALYTICS
from caseflow.alarms.api import API as ALARMS
from caseflow.appointments.api import API as APPOINTMENTS
from caseflow.attachments.api import API as ATTACHMENTS
from caseflow.cases.api import API as CASES
from caseflow.clocks.api import API as CLOCKS
from caseflow.consent.api import API as CONSENTS
from caseflow.coordination.api import API as REPORTS
from caseflow.council.api import API as COUNCIL
from caseflow.directory.api import API as DIRECTORY
from caseflow.dossier.api import API as DOSSIERS
from caseflow.drafts.api import API as DRAFTS
from caseflow.duties.api import API as DUTIES
from caseflow.explorer.api import API as EXPLORER
from caseflow.headers import loosened_for_docs
from caseflow.incidents.api import API as INCIDENTS
from caseflow.indicators.api import API as INDICATORS
from caseflow.instruments.api import API as INSTRUMENTS
from caseflow.journals.api import API as JOURNALS
from caseflow.plans.api import API as PLANS
from caseflow.portal.api import API as PORTAL
from caseflow.postvention.api import API as LOSSES
from caseflow.protocols.api import API as FLOWS
from caseflow.referrals.api import API as REFERRALS
from caseflow.relations.api import API as PEOPLE
from caseflow.schoolyear.api import API as SCHOOL_YEARS
from caseflow.supervision.api import API as SUPERVISION
from caseflow.triage.api import API as TRIAGE
from notifications.api import API as ALERTS

Resource = tuple[str, type[ViewSetMixin], str]  # prefix, viewset, base of its URL names

RESOURCES: list[Resource] = [
    *TRIAGE,
    *INCIDENTS,
    *PEOPLE,
    *ALARMS,
    *CASES,
    *FLOWS,
    *DRAFTS,
    *APPOINTMENTS,
    *INSTRUMENTS,
    *PLANS,
    *JOURNALS,
    *REFERRALS,
    *ATTACHMENTS,
    *DIRECTORY,
    *CONSENTS,
    *SCHOOL_YEARS,
    *PORTAL,
    *DOSSIERS,
    *SUPERVISION,
    *CLOCKS,
    *ANALYTICS,
    *INDICATORS,
    *REPORTS,
    *EXPLORER,
    *COUNCIL,
    *DUTIES,
    *LOSSES,
    *ALERTS,
]

router = SimpleRouter()
for prefix, viewset, basename in RESOURCES:
    router.register(prefix, viewset, basename)

app_name = "api"


class KeptSchema(SchemaGenerator):
    """The schema, made once in each language and process: it takes a second, and is the same for everybody."""

    def get_schema(self, *_args: Any, **_kwargs: Any) -> dict[str, Any]:
        return _schema(get_language())


@cache
def _schema(_language: str | None) -> dict[str, Any]:
    made: dict[str, Any] = SchemaGenerator().get_schema(request=None, public=True)  # type: ignore[no-untyped-call]
    return made


urlpatterns: list[URLPattern | URLResolver] = [
    path("schema/", SpectacularAPIView.as_view(generator_class=KeptSchema), name="schema"),
    path("docs/", loosened_for_docs(SpectacularSwaggerSplitView.as_view(url_name="api:schema")), name="docs"),
    *router.urls,
]
