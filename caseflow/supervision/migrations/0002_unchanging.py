"""What was said in a supervision, and that it was shared, stands in the database as well as in the program."""

from django.db import migrations

from caseflow.records.unchanging import keep_unchanged

NOTE = ("id", "supervision_id", "case_id", "held_on", "recorded_at", "corrects_id")


class Migration(migrations.Migration):
    dependencies = [("supervision", "0001_supervision")]

    operations = [
        keep_unchanged("supervision_supervisionnote", NOTE, blankable=("themes_sealed", "text_sealed")),
        keep_unchanged("supervision_notesharing", ("id", "note_id", "at")),
    ]
