"""A definition by which something was counted is not changed afterwards."""

from django.db import migrations

from caseflow.records.unchanging import keep_unchanged

INDICATOR = (
    "id", "region_id", "code", "version", "chapter", "source", "counted", "part_of", "name_kk", "name_ru", "name_en",
    "meaning_kk", "meaning_ru", "meaning_en", "effective_from", "ended", "made_by_id", "made_at",
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("indicators", "0001_indicators")]

    operations = [
        keep_unchanged("indicators_ownindicator", INDICATOR),
    ]
