"""That somebody took parts of a case to a meeting stands in the database as well as in the program."""

from django.db import migrations

from caseflow.records.unchanging import keep_unchanged

PROOF = ("id", "case_id", "by_id", "at", "kind", "form", "meeting", "tongue", "parts", "since", "until")


class Migration(migrations.Migration):
    dependencies = [("dossier", "0001_makings")]

    operations = [keep_unchanged("dossier_making", PROOF, blankable=("purpose_sealed",))]
