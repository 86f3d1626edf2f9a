"""The forms with which the journals begin. A region's lead psychologist enters those that hold there; these stay."""

from datetime import date

from django.db import migrations

SINCE = date(2020, 9, 1)  # before the oldest record an installation may bring along
SOURCE = "[P] Order 377 of 2022, the form to be confirmed"
FORMS = {
    "consultations": (
        ("number", "date", "minutes", "kind", "asker", "whom", "theme", "result", "came", "psychologist"),
    ),
    "group": (("number", "date", "minutes", "theme", "audience", "people", "form", "result", "psychologist"),),
    "diagnostics": (("number", "date", "method", "respondent", "whom", "people", "purpose", "told", "psychologist"),),
}


def fill(apps, schema_editor):  # type: ignore[no-untyped-def]
    apps.get_model("journals", "FormVersion").objects.bulk_create(
        apps.get_model("journals", "FormVersion")(
            journal=journal,
            columns=[{"key": key} for key in columns],
            source=SOURCE,
            effective_from=SINCE,
        )
        for journal, (columns,) in FORMS.items()
    )


class Migration(migrations.Migration):
    dependencies = [("journals", "0001_initial")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
