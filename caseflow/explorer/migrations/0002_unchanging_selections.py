"""What a region chose to publish stands in the database as well as in the program."""

from django.db import migrations

from caseflow.records.unchanging import keep_unchanged

SELECTION = ("id", "region_id", "version", "indicators", "made_at", "made_by_id")


class Migration(migrations.Migration):
    dependencies = [("explorer", "0001_views_and_selections")]

    operations = [keep_unchanged("explorer_publicselection", SELECTION)]
