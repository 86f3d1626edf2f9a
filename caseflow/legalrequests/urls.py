from django.urls import path

from caseflow.legalrequests import views

app_name = "legalrequests"
urlpatterns = [
    path("", views.listed, name="list"),
    path("new/", views.ask, name="ask"),
    path("<uuid:pk>/", views.request_page, name="request"),
    path("<uuid:pk>/prepare/", views.prepare, name="prepare"),
    path("<uuid:pk>/approve/", views.approve, name="approve"),
    path("<uuid:pk>/refuse/", views.refuse, name="refuse"),
    path("<uuid:pk>/withdraw/", views.withdraw, name="withdraw"),
    path("<uuid:pk>/paper/", views.paper, name="paper"),
]
