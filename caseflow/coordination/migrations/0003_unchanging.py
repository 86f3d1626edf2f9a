"""A composed report stands in the database as well as in the program."""

from django.db import migrations

from caseflow.records.unchanging import keep_unchanged

REPORT = (
    "id", "release_id", "district_id", "before_id", "previous_id", "comment", "composed_by_id", "composed_at",
    "document", "sha256",
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("coordination", "0002_reports_of_releases")]

    operations = [
        keep_unchanged("coordination_report", REPORT),
    ]
