from django.urls import path

from caseflow.attachments.views import changes, pages

app_name = "attachments"
urlpatterns = [
    path("<uuid:pk>/", pages.case_files, name="case"),
    path("<uuid:pk>/card/", pages.card, name="card"),
    path("<uuid:pk>/add/", changes.add, name="add"),
    path("found/<uuid:pk>/", pages.found, name="found"),
    path("found/<uuid:pk>/pages/<int:number>/", pages.page, name="page"),
    path("found/<uuid:pk>/download/", pages.download_file, name="download"),
    path("found/<uuid:pk>/remove/", changes.remove, name="remove"),
]
