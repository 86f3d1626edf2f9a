from django.urls import path

from caseflow.portal.views import join, own, staff

app_name = "portal"
urlpatterns = [
    path("", own.home, name="home"),
    path("<uuid:pk>/consents/<slug:purpose>/", own.decide, name="decide"),
    path("<uuid:pk>/requests/", own.put_request, name="ask"),
    path("<uuid:pk>/plan/", own.plan, name="plan"),
    path("<uuid:pk>/export/", own.download, name="export"),
    path("join/", join.join, name="join"),
    path("requests/", staff.requests, name="requests"),
    path("requests/<uuid:pk>/", staff.answer, name="answer"),
    path("withheld/", staff.withheld_log, name="withheld"),
    path("withheld/<uuid:pk>/release/", staff.release_log, name="release"),
]
