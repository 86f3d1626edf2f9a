"""Where a region chooses what it publishes."""

from django.urls import path

from caseflow.explorer.views import publishing

app_name = "publishing"
urlpatterns = [
    path("", publishing.choose, name="choose"),
    path("preview/", publishing.preview, name="preview"),
    path("withdraw/", publishing.withdraw, name="withdraw"),
]
