from django.urls import path

from caseflow.clocks import views

app_name = "clocks"
urlpatterns = [
    path("duty/", views.roster, name="roster"),
    path("duty/shifts/<uuid:pk>/remove/", views.take_off, name="take-off"),
    path("duty/calls/", views.calls, name="calls"),
    path("duty/calls/<uuid:pk>/", views.call, name="call"),
    path("duty/calls/<uuid:pk>/answer/", views.answer, name="answer"),
    path("deadlines/overdue/", views.overdue, name="overdue"),
    path("deadlines/table/", views.table, name="table"),
    path("deadlines/table/<slug:code>/", views.term, name="term"),
    path("deadlines/<uuid:pk>/", views.clock, name="clock"),
    path("deadlines/<uuid:pk>/pause/", views.pause, name="pause"),
    path("deadlines/<uuid:pk>/resume/", views.resume, name="resume"),
    path("deadlines/<uuid:pk>/extend/", views.extend, name="extend"),
    path("away/", views.away, name="away"),
    path("away/of/<int:pk>/", views.away_of, name="away-of"),
    path("away/<uuid:pk>/end/", views.end_away, name="end-away"),
]
