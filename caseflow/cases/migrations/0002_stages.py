"""Room for stages instead of open and closed."""

from django.db import migrations, models

STAGES = [
    ("new", "New"),
    ("assessment", "Assessment"),
    ("plan", "Planning"),
    ("support", "Support"),
    ("follow_up", "Follow-up"),
    ("closed", "Closed"),
    ("reopened", "Reopened"),
]


class Migration(migrations.Migration):
    dependencies = [("cases", "0001_initial")]

    operations = [
        migrations.RemoveConstraint(model_name="case", name="one_open_case_per_pupil"),
        migrations.RemoveConstraint(model_name="case", name="closed_case_has_its_time"),
        migrations.AddField("case", "stage", models.CharField(choices=STAGES, default="new", max_length=12)),
        migrations.AddField("case", "stage_since", models.DateTimeField(null=True)),
        migrations.AddField("case", "working_since", models.DateTimeField(null=True)),
    ]
