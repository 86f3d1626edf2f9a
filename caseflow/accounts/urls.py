from django.urls import path

from caseflow.accounts import views

app_name = "accounts"
urlpatterns = [
    path("login/", views.sign_in, name="login"),
    path("logout/", views.sign_out, name="logout"),
    path("lock/", views.lock, name="lock"),
    path("touch/", views.touch, name="touch"),
    path("preferences/", views.preferences, name="preferences"),
    path("profile/", views.profile, name="profile"),
    path("reach/", views.reach, name="reach"),
    path("password/", views.password, name="password"),
]
