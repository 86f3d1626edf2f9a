from django.urls import path

from caseflow.schoolyear.views import moves, staff, turns

app_name = "schoolyear"
urlpatterns = [
    path("", turns.home, name="home"),
    path("turn/", turns.turn, name="turn"),
    path("turn/<uuid:pk>/classes/", turns.classes, name="say-classes"),
    path("turn/<uuid:pk>/confirm/", turns.confirm, name="confirm"),
    path("turn/<uuid:pk>/place/<uuid:pupil>/", turns.place, name="place"),
    path("turn/classes/<int:pk>/", turns.pupils, name="class-turn"),
    path("moves/", moves.moves, name="moves"),
    path("moves/leave/<uuid:pk>/", moves.leave, name="leave"),
    path("moves/<uuid:pk>/back/", moves.back, name="back"),
    path("classes/", staff.classes, name="classes"),
    path("classes/<int:pk>/", staff.klass, name="class"),
    path("classes/<int:pk>/substitute/", staff.substitute, name="substitute"),
    path("substitutes/<int:pk>/end/", staff.end, name="end-substitute"),
    path("staff/", staff.staff, name="staff"),
    path("staff/<int:pk>/", staff.person, name="person"),
    path("ages/", moves.ages, name="ages"),
]
