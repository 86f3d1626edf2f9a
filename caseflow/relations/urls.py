from django.urls import path

from caseflow.relations.views import changes, pages

app_name = "relations"
urlpatterns = [
    path("<uuid:pk>/", pages.people, name="case"),
    path("<uuid:pk>/card/", pages.card, name="card"),
    path("<uuid:pk>/find/", pages.find, name="find"),
    path("<uuid:pk>/add/", changes.add, name="add"),
    path("<uuid:pk>/<uuid:person>/end/", changes.end, name="end"),
]
