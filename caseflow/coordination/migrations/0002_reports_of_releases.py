"""Reports stand on releases (`caseflow.releases`). What went before was made of invented data alone: nothing had been
released by an installation, and figures without their exact counts could not be protected with later ones."""

import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("coordination", "0001_initial"),
        ("directory", "0008_died_on"),
        ("releases", "0001_releases"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.DeleteModel("Report"),
        migrations.DeleteModel("PeriodFigures"),
        migrations.CreateModel(
            name="Report",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("comment", models.TextField(blank=True, max_length=2000)),
                ("composed_at", models.DateTimeField(auto_now_add=True)),
                ("document", models.TextField()),
                ("sha256", models.CharField(max_length=64)),
                (
                    "release",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="reports", to="releases.release"
                    ),
                ),
                (
                    "district",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="directory.district",
                    ),
                ),
                (
                    "before",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="releases.release",
                    ),
                ),
                (
                    "previous",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="releases.release",
                    ),
                ),
                (
                    "composed_by",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("-release__period", "-release__version", "district__name_ru"),
                "constraints": [
                    models.UniqueConstraint(fields=("release", "district"), name="one_report_for_each_district"),
                    models.UniqueConstraint(
                        condition=models.Q(("district", None)), fields=("release",), name="one_report_for_the_region"
                    ),
                ],
            },
        ),
    ]
