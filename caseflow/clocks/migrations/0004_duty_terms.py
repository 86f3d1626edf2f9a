"""How long a rung of the duty roster has to answer, and how often the last one is rung again."""

from datetime import date

from django.db import migrations

SINCE = date(2020, 9, 1)
POLICY = "[P] policy of the installation"
TERMS = (
    ("duty_answer", 5, "minutes", "wall", POLICY, "Then the next rung is rung: school, district, region"),
    ("duty_ring_again", 10, "minutes", "wall", POLICY, "After the last rung, until somebody answers"),
)


def fill(apps, schema_editor):  # type: ignore[no-untyped-def]
    apps.get_model("clocks", "DeadlineRule").objects.bulk_create(
        apps.get_model("clocks", "DeadlineRule")(
            code=code, amount=amount, unit=unit, basis=basis, source=source, note=note, effective_from=SINCE
        )
        for code, amount, unit, basis, source, note in TERMS
    )


class Migration(migrations.Migration):
    dependencies = [("clocks", "0003_duty")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
