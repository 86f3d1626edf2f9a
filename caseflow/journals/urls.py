from django.urls import path

from caseflow.journals import views

app_name = "journals"
urlpatterns = [
    path("", views.journal, name="journal"),
    path("file/", views.journal_file, name="file"),
    path("appointments/<uuid:pk>/", views.of_appointment, name="of-appointment"),
    path("appointments/<uuid:pk>/record/", views.record, name="record"),
    path("questionnaires/<uuid:pk>/", views.of_questionnaire, name="of-questionnaire"),
    path("questionnaires/<uuid:pk>/record/", views.result, name="result"),
    path("plan/", views.plan, name="plan"),
    path("plan/file/", views.plan_file, name="plan-file"),
    path("plan/copy/", views.copy, name="copy"),
    path("plan/send/", views.send, name="send"),
    path("plan/open/", views.open_plan, name="open"),
    path("plan/approve/", views.approve, name="approve"),
    path("plan/return/", views.give_back, name="return"),
    path("plan/items/new/", views.new_item, name="new-item"),
    path("plan/items/<uuid:pk>/", views.item, name="item"),
    path("plan/items/<uuid:pk>/end/", views.end, name="end"),
    path("plan/items/<uuid:pk>/remove/", views.remove, name="remove"),
    path("report/", views.report, name="report"),
    path("report/words/", views.words, name="words"),
    path("report/sign/", views.sign, name="sign"),
    path("report/file/", views.report_file, name="report-file"),
    path("forms/", views.forms, name="forms"),
    path("forms/new/", views.new_form, name="new-form"),
]
