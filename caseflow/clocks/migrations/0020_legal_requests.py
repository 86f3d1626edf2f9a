"""How soon a legal request is answered, and who hears that it was not."""

from datetime import date

from django.db import migrations

SINCE = date(2020, 9, 1)
POLICY = "[P] policy of the installation"
CODE = "legal_request"
LADDER = (
    ((0, "minutes", "wall"), (("owner", ""),)),
    ((1, "days", "working"), (("region", "prosecutor"),)),
)


def fill(apps, schema_editor):  # type: ignore[no-untyped-def]
    common = {"code": CODE, "source": POLICY, "effective_from": SINCE}
    apps.get_model("clocks", "DeadlineRule").objects.create(amount=3, unit="days", basis="working", **common)
    step_of = apps.get_model("clocks", "EscalationStep")
    step_of.objects.bulk_create(
        step_of(step=step, level=level, role=role, amount=amount, unit=unit, basis=basis, **common)
        for step, ((amount, unit, basis), whom) in enumerate(LADDER, start=1)
        for level, role in whom
    )


class Migration(migrations.Migration):
    dependencies = [("clocks", "0019_agency_heads")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
