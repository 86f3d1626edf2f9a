from django.urls import path

from caseflow.appointments import views

app_name = "appointments"
urlpatterns = [
    path("", views.calendar, name="calendar"),
    path("new/", views.new, name="new"),
    path("people/", views.people, name="people"),
    path("slots/", views.slots, name="slots"),
    path("rooms/", views.rooms, name="rooms"),
    path("today/", views.today, name="today"),
    path("settings/", views.settings, name="settings"),
    path("settings/address/", views.make_address, name="make-address"),
    path("settings/address/end/", views.end_address, name="end-address"),
    path("case/<uuid:case>/", views.of_case, name="of-case"),
    path("<uuid:pk>/", views.detail, name="detail"),
    path("<uuid:pk>/change/", views.change, name="change"),
    path("<uuid:pk>/held/", views.held, name="held"),
    path("<uuid:pk>/not-come/", views.not_come, name="not-come"),
    path("<uuid:pk>/correct/", views.correct, name="correct"),
    path("<uuid:pk>/off/", views.off, name="off"),
    path("<slug:token>.ics", views.feed, name="feed"),
]
