from django.urls import path

from caseflow.directory.views import (
    access_log,
    deliveries,
    home,
    imports,
    members,
    pupils,
    searching,
    setup,
    timetable,
    units,
)

app_name = "directory"
urlpatterns = [
    path("", home.unit, name="home"),
    path("act/", home.act, name="act"),
    path("setup/", setup.setup, name="setup"),
    path("search/", searching.search_page, name="search"),
    path("search/hits/", searching.hits, name="search-hits"),
    path("pupils/", pupils.pupils, name="pupils"),
    path("pupils/<uuid:pk>/", pupils.pupil, name="pupil"),
    path("classes/", pupils.classes, name="classes"),
    path("classes/<int:pk>/", pupils.class_roll, name="class"),
    path("import/", imports.import_roll, name="import"),
    path("import/<uuid:pk>/", imports.import_preview, name="import-preview"),
    path("timetable/", timetable.timetable, name="timetable"),
    path("timetable/<int:pk>/remove/", timetable.remove_lesson, name="remove-lesson"),
    path("rooms/", timetable.rooms, name="rooms"),
    path("members/", members.members, name="members"),
    path("members/<int:pk>/end/", members.end_member, name="end-member"),
    path("schools/", units.units, name="schools"),
    path("schools/<int:pk>/", units.school, name="school"),
    path("access-log/", access_log.access_log, name="access-log"),
    path("deliveries/", deliveries.deliveries, name="deliveries"),
    path("access-log/check/", access_log.check_chain, name="check-chain"),
]
