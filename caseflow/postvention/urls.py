from django.urls import path

from caseflow.postvention.views import affected, deaths, events, messages, templates

app_name = "postvention"
urlpatterns = [
    path("", events.losses, name="list"),
    path("new/", events.new, name="new"),
    path("pupils/", events.pupils, name="pupils"),
    path("check/", messages.check, name="check"),
    path("templates/", templates.templates, name="templates"),
    path("templates/<uuid:pk>/", templates.template, name="template"),
    path("templates/<uuid:pk>/save/", templates.save, name="save-template"),
    path("templates/<uuid:pk>/approve/", templates.approve, name="approve-template"),
    path("<uuid:pk>/", events.event, name="event"),
    path("<uuid:pk>/close/", events.close, name="close"),
    path("<uuid:pk>/days/", events.add_day, name="add-day"),
    path("<uuid:pk>/help/", events.ask_help, name="ask-help"),
    path("<uuid:pk>/help/take/", events.take_help, name="take-help"),
    path("<uuid:pk>/steps/<uuid:step>/do/", events.do, name="do"),
    path("<uuid:pk>/steps/<uuid:step>/waive/", events.waive, name="waive"),
    path("<uuid:pk>/death/", deaths.record, name="record-death"),
    path("<uuid:pk>/death/confirm/", deaths.confirm, name="confirm-death"),
    path("<uuid:pk>/death/undo/", deaths.undo, name="undo-death"),
    path("<uuid:pk>/affected/", affected.affected, name="affected"),
    path("<uuid:pk>/affected/add/", affected.add, name="add-affected"),
    path("<uuid:pk>/affected/<uuid:row>/talk/", affected.talk, name="talk"),
    path("<uuid:pk>/affected/<uuid:row>/parents/", affected.parents, name="parents-told"),
    path("<uuid:pk>/affected/<uuid:row>/case/", affected.case, name="give-case"),
    path("<uuid:pk>/affected/<uuid:row>/remove/", affected.remove, name="remove-affected"),
    path("<uuid:pk>/messages/", messages.messages_of, name="messages"),
    path("<uuid:pk>/messages/begin/", messages.begin, name="begin-message"),
    path("<uuid:pk>/messages/<uuid:message>/", messages.message, name="message"),
    path("<uuid:pk>/messages/<uuid:message>/approve/", messages.approve, name="approve-message"),
    path("<uuid:pk>/messages/<uuid:message>/paper/", messages.paper, name="paper"),
]
