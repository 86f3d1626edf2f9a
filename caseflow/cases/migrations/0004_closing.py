import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("cases", "0003_stage_of_old_cases"),
        ("clocks", "0010_closing_term"),
        ("directory", "0006_name_keys"),
        ("records", "0001_initial"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ClosingRequest",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("reason_sealed", models.BinaryField()),
                ("asked_at", models.DateTimeField()),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("asked", "waits for the lead psychologist"),
                            ("approved", "approved"),
                            ("returned", "returned"),
                            ("taken_back", "taken back"),
                        ],
                        default="asked",
                        max_length=12,
                    ),
                ),
                ("decided_at", models.DateTimeField(null=True)),
                ("answer_sealed", models.BinaryField(default=bytes)),
            ],
            options={
                "ordering": ("-asked_at",),
            },
        ),
        migrations.RemoveField(
            model_name="case",
            name="status",
        ),
        migrations.AlterField(
            model_name="case",
            name="stage_since",
            field=models.DateTimeField(),
        ),
        migrations.AlterField(
            model_name="case",
            name="working_since",
            field=models.DateTimeField(),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.UniqueConstraint(
                condition=models.Q(("closed_at", None)), fields=("pupil",), name="one_open_case_per_pupil"
            ),
        ),
        migrations.AddConstraint(
            model_name="case",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(models.Q(("stage", "closed"), _negated=True), ("closed_at", None)),
                    models.Q(("closed_at__isnull", False), ("stage", "closed")),
                    _connector="OR",
                ),
                name="closed_case_has_its_time",
            ),
        ),
        migrations.AddField(
            model_name="closingrequest",
            name="asked_by",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="closingrequest",
            name="case",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="closing_requests", to="cases.case"
            ),
        ),
        migrations.AddField(
            model_name="closingrequest",
            name="clock",
            field=models.OneToOneField(
                on_delete=django.db.models.deletion.PROTECT, related_name="closing_request", to="clocks.clock"
            ),
        ),
        migrations.AddField(
            model_name="closingrequest",
            name="decided_by",
            field=models.ForeignKey(
                null=True, on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddField(
            model_name="closingrequest",
            name="owner",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="+", to=settings.AUTH_USER_MODEL
            ),
        ),
        migrations.AddConstraint(
            model_name="closingrequest",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "asked")), fields=("case",), name="one_open_closing_request"
            ),
        ),
        migrations.AddConstraint(
            model_name="closingrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("decided_at", None), ("decided_by", None), ("state", "asked")),
                    models.Q(
                        models.Q(("state", "asked"), _negated=True),
                        ("decided_at__isnull", False),
                        ("decided_by__isnull", False),
                    ),
                    _connector="OR",
                ),
                name="decided_closing_has_its_decider",
            ),
        ),
        migrations.AddConstraint(
            model_name="closingrequest",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state", "approved"), _negated=True),
                    models.Q(("decided_by", models.F("asked_by")), _negated=True),
                    _connector="OR",
                ),
                name="nobody_agrees_with_themselves",
            ),
        ),
    ]
