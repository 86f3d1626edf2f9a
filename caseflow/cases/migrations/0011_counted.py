"""The database itself counts the open cases of each school, for the sums of a lead's board."""

from django.db import migrations

from caseflow.records.counted import keep_counted


class Migration(migrations.Migration):
    dependencies = [("cases", "0010_caseload")]

    operations = [keep_counted("cases_case", into="cases_caseload", where="{row}.closed_at IS NULL")]
