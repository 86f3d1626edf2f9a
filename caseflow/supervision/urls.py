from django.urls import path

from caseflow.supervision.views import board, notes, work

app_name = "supervision"
urlpatterns = [
    path("", board.board, name="board"),
    path("<int:school>/<int:user>/", work.work, name="work"),
    path("notes/", notes.notes, name="notes"),
    path("notes/begin/", notes.begin, name="begin"),
    path("notes/in/<uuid:pk>/", notes.write, name="write"),
    path("notes/<uuid:pk>/", notes.note, name="note"),
    path("notes/<uuid:pk>/correct/", notes.correct, name="correct"),
    path("notes/<uuid:pk>/share/", notes.share, name="share"),
    path("notes/agreements/<uuid:pk>/done/", notes.finish, name="finish"),
]
