from django.urls import path, register_converter

from caseflow.coordination import views
from caseflow.coordination.files import Form


class FormConverter:
    """The form of a file, in its path."""

    regex = "|".join(Form.values)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(FormConverter, "reportform")

app_name = "coordination"
urlpatterns = [
    path("", views.reports, name="list"),
    path("new/", views.create, name="create"),
    path("<uuid:pk>/", views.report, name="report"),
    path("<uuid:pk>/correct/", views.correct, name="correct"),
    path("<uuid:pk>/ask/", views.ask, name="ask"),
    path("<uuid:pk>/sign/", views.sign, name="sign"),
    path("<uuid:pk>/excuse/<uuid:signer>/", views.excuse, name="excuse"),
    path("<uuid:pk>/signed/<uuid:signature>/", views.signature_file, name="signature"),
    path("<uuid:pk>/<reportform:form>/", views.file, name="file"),
]
