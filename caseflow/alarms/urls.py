from django.urls import path

from caseflow.alarms.views import buttons, centres, console, drills, notices, phones, school

app_name = "alarms"
urlpatterns = [
    path("", console.console, name="console"),
    path("list/", console.listed, name="list"),
    path("map/", console.scheme, name="map"),
    path("shift/end/", console.end_shift, name="end-shift"),
    path("delivered/", console.delivered, name="delivered"),
    path("phone/", phones.own_phone, name="own-phone"),
    path("phones/", phones.school_phones, name="phones"),
    path("phones/code/", phones.new_code, name="new-code"),
    path("phones/<uuid:pk>/end/", phones.end, name="end-phone"),
    path("buttons/", buttons.register, name="buttons"),
    path("buttons/add/", buttons.add, name="add-button"),
    path("buttons/<uuid:pk>/", buttons.edit, name="button"),
    path("buttons/<uuid:pk>/key/", buttons.new_key, name="new-button-key"),
    path("buttons/<uuid:pk>/end/", buttons.end, name="end-button"),
    path("centres/", centres.centres, name="centres"),
    path("centres/<int:pk>/", centres.centre, name="centre"),
    path("centres/<int:pk>/end/", centres.end, name="end-centre"),
    path("drills/", drills.plan, name="drills"),
    path("drills/<uuid:pk>/", drills.one, name="drill"),
    path("drills/<uuid:pk>/move/", drills.move, name="move-drill"),
    path("drills/<uuid:pk>/cancel/", drills.cancel, name="cancel-drill"),
    path("drills/<uuid:pk>/arm/", drills.arm, name="arm-drill"),
    path("drills/<uuid:pk>/disarm/", drills.disarm, name="disarm-drill"),
    path("figures/", drills.figures, name="figures"),
    path("notices/<uuid:pk>/", notices.notice, name="notice"),
    path("notices/<uuid:pk>/close/", notices.close, name="close-notice"),
    path("school/", school.school_alarms, name="school"),
    path("school/<uuid:pk>/", school.school_alarm, name="school-alarm"),
    path("<uuid:pk>/", console.detail, name="detail"),
    path("<uuid:pk>/step/", console.step, name="step"),
    path("<uuid:pk>/say/", console.speak, name="say"),
]
