from django.urls import path, register_converter

from caseflow.explorer.files import Form
from caseflow.explorer.views import exploring, saved


class FigureFormConverter:
    """The form of a file, in its path."""

    regex = "|".join(Form.values)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(FigureFormConverter, "figureform")

app_name = "explorer"
urlpatterns = [
    path("", exploring.explore, name="explore"),
    path("views/", saved.views, name="views"),
    path("views/<uuid:pk>/", saved.view, name="view"),
    path("views/<uuid:pk>/remove/", saved.remove, name="remove"),
    path("<figureform:form>/", exploring.file, name="file"),
]
