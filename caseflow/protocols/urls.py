from django.urls import path

from caseflow.protocols.views import editing, flows

app_name = "protocols"
urlpatterns = [
    path("", editing.protocols, name="list"),
    path("new/", editing.new, name="new"),
    path("<uuid:pk>/", editing.version, name="version"),
    path("<uuid:pk>/draft/", editing.draft, name="draft"),
    path("<uuid:pk>/edit/", editing.edit, name="edit"),
    path("<uuid:pk>/publish/", editing.publish, name="publish"),
    path("<uuid:pk>/discard/", editing.discard, name="discard"),
    path("<uuid:pk>/withdraw/", editing.withdraw, name="withdraw"),
    path("own/", flows.own, name="own"),
    path("of/<uuid:case>/", flows.of_case, name="of-case"),
    path("of/<uuid:case>/begin/<uuid:version>/", flows.begin, name="begin"),
    path("flows/<uuid:pk>/", flows.flow, name="flow"),
    path("flows/<uuid:pk>/steps/<uuid:step>/do/", flows.do, name="do"),
    path("flows/<uuid:pk>/steps/<uuid:step>/waive/", flows.waive, name="waive"),
    path("flows/<uuid:pk>/steps/<uuid:step>/looks/", flows.looks, name="looks"),
    path("flows/<uuid:pk>/end/", flows.ask_end, name="ask-end"),
    path("flows/<uuid:pk>/end/confirm/", flows.confirm, name="confirm"),
    path("flows/<uuid:pk>/end/send-back/", flows.send_back, name="send-back"),
    path("flows/<uuid:pk>/second/", flows.second, name="second"),
]
