from django.urls import path

from caseflow.triage import views

app_name = "triage"
urlpatterns = [
    path("", views.today, name="today"),
    path("queue/", views.queue, name="queue"),
    path("side/", views.side, name="side"),
    path("count/", views.count, name="count"),
    path("case/<uuid:case>/items/", views.case_items, name="case-items"),
    path("case/<uuid:case>/waiting/", views.case_waiting, name="case-waiting"),
    path("<uuid:pk>/", views.item, name="item"),
    path("<uuid:pk>/claim/", views.claim_item, name="claim"),
    path("<uuid:pk>/release/", views.release_item, name="release"),
    path("<uuid:pk>/decide/", views.decide_item, name="decide"),
    path("<uuid:pk>/undo/", views.undo_item, name="undo"),
    path("<uuid:pk>/pupils/", views.pupils, name="pupils"),
]
