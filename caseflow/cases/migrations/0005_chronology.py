"""When an event happened beside when it was recorded, notes of the shared plan, and lines that nothing changes."""

from django.db import migrations, models

from caseflow.records.unchanging import keep_unchanged

PROOF = (
    "id",
    "case_id",
    "kind",
    "event_at",
    "day_only",
    "recorded_at",
    "author_id",
    "visibility",
    "code",
    "corrects_id",
)


class Migration(migrations.Migration):
    dependencies = [("cases", "0004_closing")]

    operations = [
        migrations.AddField(
            model_name="chronologyentry",
            name="day_only",
            field=models.BooleanField(default=False),
        ),
        migrations.AlterField(
            model_name="chronologyentry",
            name="visibility",
            field=models.CharField(
                choices=[
                    ("me_and_lead", "only the author and the lead psychologist"),
                    ("team", "psychologists of the school"),
                    ("shared_plan", "shared plan: the parents read it too"),
                ],
                default="team",
                max_length=12,
            ),
        ),
        migrations.AlterField(
            model_name="chronologyentry",
            name="kind",
            field=models.CharField(
                choices=[
                    ("case", "Case"),
                    ("note", "Note"),
                    ("signal", "Signal"),
                    ("incident", "Incident"),
                    ("assessment", "Assessment"),
                    ("task", "Task"),
                    ("appointment", "Appointment"),
                    ("consent", "Consent"),
                ],
                max_length=12,
            ),
        ),
        migrations.AddConstraint(
            model_name="chronologyentry",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("visibility", "shared_plan"), _negated=True), ("kind", "note"), _connector="OR"
                ),
                name="only_notes_are_shared",
            ),
        ),
        keep_unchanged("cases_chronologyentry", PROOF, blankable=("text_sealed",)),
    ]
