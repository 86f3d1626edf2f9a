"""Who was asked to sign, and what they answered, stands in the database as well as in the program."""

from django.db import migrations

from caseflow.records.unchanging import keep_unchanged

ROUND = ("id", "subject", "sha256", "begun_by_id", "begun_at")
SIGNER = ("id", "round_id", "place", "user_id", "name", "position", "body_kk", "body_ru", "last")
SIGNATURE = (
    "id", "signer_id", "answer", "by_id", "means", "sha256", "words", "at", "cms", "subject", "issuer", "serial",
    "valid_until", "root_sha256",
)  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("signing", "0001_signing")]

    operations = [
        keep_unchanged("signing_round", ROUND),
        keep_unchanged("signing_signer", SIGNER),
        keep_unchanged("signing_signature", SIGNATURE),
    ]
