"""The pages for everybody. `caseflow.openly` knows them by their beginning."""

from django.urls import path

from caseflow.explorer.views import opened

app_name = "open"
urlpatterns = [
    path("<slug:code>/", opened.page, name="page"),
    path("<slug:code>/embed/", opened.embed, name="embed"),
    path("<slug:code>.json", opened.json, name="json"),
    path("<slug:code>.csv", opened.csv, name="csv"),
]
