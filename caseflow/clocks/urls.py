from django.urls import path

from caseflow.clocks import views

app_name = "clocks"
urlpatterns = [
    path("", views.roster, name="roster"),
    path("shifts/<uuid:pk>/remove/", views.take_off, name="take-off"),
    path("calls/", views.calls, name="calls"),
    path("calls/<uuid:pk>/", views.call, name="call"),
    path("calls/<uuid:pk>/answer/", views.answer, name="answer"),
]
