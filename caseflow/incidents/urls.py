from django.urls import path

from caseflow.incidents.views import bullying, duties, home, legal, merging, photos, reading, reporting
from caseflow.incidents.views.anonymous import staff

app_name = "incidents"
urlpatterns = [
    path("", reading.incidents, name="list"),
    path("new/", reporting.create, name="create"),
    path("new/party/", reporting.party, name="party"),
    path("new/pupils/", reporting.pupils, name="pupils"),
    path("mine/", reporting.mine, name="mine"),
    path("mine/<uuid:pk>/", reporting.sent, name="sent"),
    path("legal/", legal.legal, name="legal"),
    path("legal/<uuid:pk>/", legal.legal_incident, name="legal-incident"),
    path("item/<uuid:item>/", reading.of_item, name="of-item"),
    path("link/", staff.link, name="link"),
    path("link/renew/", staff.renew, name="link-renew"),
    path("link/poster.pdf", staff.poster, name="poster"),
    path("<uuid:pk>/answer/", staff.answer, name="answer"),
    path("<uuid:pk>/pictures/<uuid:picture>/", staff.picture, name="picture"),
    path("<uuid:pk>/", reading.detail, name="detail"),
    path("<uuid:pk>/merge/", merging.merge, name="merge"),
    path("<uuid:pk>/split/", merging.split, name="split"),
    path("<uuid:pk>/police/", reading.police, name="police"),
    path("<uuid:pk>/established/", reading.established, name="established"),
    path("<uuid:pk>/bullying/", bullying.confirm, name="bullying"),
    path("<uuid:pk>/bullying/take-back/", bullying.take_back, name="take-back-bullying"),
    path("<uuid:pk>/answers/", bullying.answers, name="answers"),
    path("<uuid:pk>/parents-told/", duties.parents, name="parents-told"),
    path("<uuid:pk>/council/", duties.council, name="council"),
    path("<uuid:pk>/photos/", photos.photos, name="photos"),
    path("<uuid:pk>/photos/<uuid:photo>/", photos.photo, name="photo"),
    path("home/<uuid:pupil>/", home.of_pupil, name="home-of-pupil"),
    path("<uuid:pk>/home/", home.home, name="home"),
    path("<uuid:pk>/home/contacts/", home.contact, name="contacts"),
    path("<uuid:pk>/home/contacts/end/", home.end, name="end-contact"),
    path("<uuid:pk>/home/orders/", home.order, name="orders"),
    path("<uuid:pk>/home/orders/extend/", home.extend, name="extend-order"),
    path("<uuid:pk>/home/orders/lift/", home.lift, name="lift-order"),
]
