from typing import Any

import django.db.models.deletion
from django.db import migrations, models

from caseflow.directory.rules.spelling import name_keys

PUPILS_AT_ONCE = 300


def write_keys(apps: Any, _schema_editor: Any) -> None:
    """The keys of the pupils who are there already, as `write_name_keys` makes them."""
    Pupil, NameKey = apps.get_model("directory", "Pupil"), apps.get_model("directory", "NameKey")
    waiting = []
    for pupil in Pupil.objects.only("school_id", "last_name", "first_name", "patronymic").iterator(PUPILS_AT_ONCE):
        name = " ".join(part for part in (pupil.last_name, pupil.first_name, pupil.patronymic) if part)
        for kind, keys in name_keys(name).items():
            waiting += [NameKey(pupil=pupil, school_id=pupil.school_id, kind=kind, key=key) for key in sorted(keys)]
        if len(waiting) > PUPILS_AT_ONCE * 20:
            NameKey.objects.bulk_create(waiting)
            waiting = []
    NameKey.objects.bulk_create(waiting)


class Migration(migrations.Migration):
    dependencies = [
        ("directory", "0005_wired_cameras"),
    ]

    operations = [
        migrations.CreateModel(
            name="NameKey",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("kind", models.PositiveSmallIntegerField(choices=[(1, "Sound"), (2, "Error")])),
                ("key", models.BinaryField(max_length=32)),
                (
                    "pupil",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="name_keys",
                        to="directory.pupil",
                    ),
                ),
                (
                    "school",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.CASCADE,
                        related_name="+",
                        to="directory.school",
                    ),
                ),
            ],
            options={
                "indexes": [models.Index(fields=["school", "kind", "key"], name="name_key")],
            },
        ),
        migrations.RunPython(write_keys, migrations.RunPython.noop),
    ]
