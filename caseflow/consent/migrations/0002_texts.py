"""The consent texts that ship, in three languages. A lawyer of the deploying body confirms or replaces them."""

from django.db import migrations

from caseflow.consent.shown import text_digest, texts_shipped

PURPOSES = ("mood_analysis", "routine_screening", "agency_sharing", "psychological_support")


def load(apps, schema_editor):  # type: ignore[no-untyped-def]
    model = apps.get_model("consent", "ConsentText")
    for purpose in PURPOSES:
        for row in texts_shipped(purpose):
            text = model(**row)
            text.sha256 = text_digest(text)
            text.save()


class Migration(migrations.Migration):
    dependencies = [("consent", "0001_initial")]
    operations = [migrations.RunPython(load, migrations.RunPython.noop)]
