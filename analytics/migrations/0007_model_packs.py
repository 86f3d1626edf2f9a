import django.db.models.deletion
from django.apps.registry import Apps
from django.db import migrations, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor

from analytics.rules.builtin_card import CARD


def add_thresholds(apps: Apps, schema_editor: BaseDatabaseSchemaEditor) -> None:
    """The card says from where on two models disagree; what a school has changed of its card stays."""
    for card in apps.get_model("analytics", "ModelCard").objects.all():
        card.thresholds = {**CARD["thresholds"], **card.thresholds}
        card.save(update_fields=["thresholds"])


class Migration(migrations.Migration):
    dependencies = [("analytics", "0006_model_evaluation")]

    operations = [
        migrations.AddField(
            model_name="analysisrun",
            name="second_card",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="+",
                to="analytics.modelcard",
            ),
        ),
        migrations.AddField(
            model_name="modelcard", name="impact_assessment_on", field=models.DateField(blank=True, null=True)
        ),
        migrations.AlterField(model_name="modelcard", name="review_on", field=models.DateField(blank=True, null=True)),
        migrations.AddField(model_name="window", name="disagreement", field=models.FloatField(blank=True, null=True)),
        migrations.CreateModel(
            name="ModelChoice",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("at", models.DateTimeField(auto_now_add=True)),
                (
                    "card",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="analytics.modelcard"
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="analytics.modelcard",
                    ),
                ),
            ],
            options={
                "ordering": ("-pk",),
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("second", None), models.Q(("second", models.F("card")), _negated=True), _connector="OR"
                        ),
                        name="second_is_another",
                    )
                ],
            },
        ),
        migrations.RunPython(add_thresholds, migrations.RunPython.noop),
    ]
