from django.urls import path

from caseflow.referrals.views import moving, pages, printing, writing

app_name = "referrals"
urlpatterns = [
    path("", pages.sent, name="list"),
    path("inbox/", pages.inbox, name="inbox"),
    path("grounds/", moving.grounds, name="grounds"),
    path("grounds/<uuid:pk>/", moving.ground, name="ground"),
    path("of/<uuid:pk>/", pages.of_case, name="of-case"),
    path("of/<uuid:pk>/begin/", writing.begin, name="begin"),
    path("<uuid:pk>/", pages.detail, name="detail"),
    path("<uuid:pk>/paper/", printing.paper, name="paper"),
    path("<uuid:pk>/write/", writing.write, name="write"),
    path("<uuid:pk>/send/", writing.send, name="send"),
    path("<uuid:pk>/drop/", writing.drop, name="drop"),
    path("<uuid:pk>/do/<slug:move>/", moving.act, name="act"),
]
