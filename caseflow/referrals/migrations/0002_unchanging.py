"""The steps of a referral stand in the database as well as in the program."""

from django.db import migrations

from caseflow.records.unchanging import keep_unchanged

STEP = ("id", "referral_id", "move", "state", "by_id", "role", "at")


class Migration(migrations.Migration):
    dependencies = [("referrals", "0001_initial")]

    operations = [keep_unchanged("referrals_referralstep", STEP, blankable=("words_sealed",))]
