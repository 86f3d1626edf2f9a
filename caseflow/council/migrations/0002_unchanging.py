"""What a council decided, and what was done with it, stands in the database as well as in the program."""

from django.db import migrations

from caseflow.records.unchanging import keep_unchanged

SESSION = ("id", "council_id", "year", "number", "kind", "starts_at", "place", "state", "closed_at", "digest")
DECISION = ("id", "session_id", "item_id", "number", "text", "agency_id", "person", "approved_by_id", "approved_at")
STEP = ("id", "decision_id", "move", "by_id", "role", "at", "words", "until")
EVIDENCE = ("id", "step_id", "name", "media_type", "size", "sha256", "file")


class Migration(migrations.Migration):
    dependencies = [("council", "0001_council")]

    operations = [
        keep_unchanged("council_session", SESSION, once="OLD.closed_at IS NOT NULL"),
        keep_unchanged("council_decision", DECISION, once="OLD.approved_at IS NOT NULL"),
        keep_unchanged("council_decisionstep", STEP),
        keep_unchanged("council_evidence", EVIDENCE),
    ]
