"""What was released stands in the database as well as in the program."""

from django.db import migrations

from caseflow.records.unchanging import keep_unchanged

RELEASE = ("id", "region_id", "period", "version", "content", "digest", "reason", "made_at", "made_by_id")
COUNTS = ("id", "release_id", "counts")


class Migration(migrations.Migration):
    dependencies = [("releases", "0001_releases")]

    operations = [
        keep_unchanged("releases_release", RELEASE),
        keep_unchanged("releases_releasedcounts", COUNTS),
    ]
