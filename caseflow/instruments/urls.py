from django.urls import path

from caseflow.instruments.views import cases, filling, packs

app_name = "instruments"
urlpatterns = [
    path("", packs.catalogue, name="catalogue"),
    path("packs/import/", packs.import_file, name="import"),
    path("packs/<uuid:pk>/", packs.version, name="version"),
    path("packs/<uuid:pk>/file/", packs.file, name="file"),
    path("packs/<uuid:pk>/use/", packs.use, name="use"),
    path("of-case/<uuid:pk>/", cases.of_case, name="case"),
    path("of-case/<uuid:pk>/card/", cases.card, name="card"),
    path("of-case/<uuid:pk>/give/", cases.choose, name="choose"),
    path("of-case/<uuid:pk>/give/<uuid:version>/", cases.give, name="give"),
    path("<uuid:pk>/", cases.administration, name="administration"),
    path("<uuid:pk>/sheet/", filling.sheet, name="sheet"),
    path("<uuid:pk>/code/", filling.code, name="code"),
    path("<uuid:pk>/stop/", filling.stop, name="stop"),
]
