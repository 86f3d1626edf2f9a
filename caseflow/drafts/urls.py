from django.urls import path

from caseflow.drafts import views

app_name = "drafts"
urlpatterns = [
    path("<slug:key>/compare/", views.compare, name="compare"),
    path("<slug:key>/discard/", views.discard, name="discard"),
]
