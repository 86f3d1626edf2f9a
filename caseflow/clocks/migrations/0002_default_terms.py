"""The default terms, each with its source. A deploying body adds rows with a later date; these stay as history."""

from datetime import date, time

from django.db import migrations

SINCE = date(2020, 9, 1)  # before the oldest record an installation may bring along
POLICY = "[P] policy of the installation"
ORDER_506 = "[P] policy, Order 506 to be confirmed"

TERMS = (
    ("police_informed", 1, "hours", "wall", "[P] term; the duty itself is statutory", "Violence against a child"),
    ("bullying_registered", 0, "days", "wall", ORDER_506, "By the end of the same day"),
    ("bullying_parents_told", 1, "days", "wall", ORDER_506, ""),
    ("bullying_council", 10, "days", "working", ORDER_506, ""),
    ("psych_assessment_acute", 15, "minutes", "wall", POLICY, "Now: counts as missed after a quarter of an hour"),
    ("psych_assessment_high", 0, "days", "wall", POLICY, "By the end of the same day"),
    ("psych_assessment_moderate", 24, "hours", "wall", POLICY, ""),
    ("psych_assessment_low", 3, "days", "school", POLICY, ""),
    ("legal_assessment", 3, "days", "working", POLICY, "Incident of violence, and every other report"),
    ("follow_up_acute_first", 72, "hours", "wall", POLICY, "Not before 24 h"),
    ("follow_up_acute_second", 7, "days", "wall", POLICY, ""),
    ("follow_up_acute_third", 30, "days", "wall", POLICY, ""),
    ("signal_review", 1, "days", "school", POLICY, "Mood signal"),
    ("panic_acknowledge", 30, "seconds", "wall", POLICY, ""),
    ("panic_dispatch", 2, "minutes", "wall", POLICY, ""),
    ("button_test", 30, "days", "wall", "[P] readers' demand in the 2022 article", "Monthly, unannounced"),
    ("data_breach", 1, "days", "working", "[C2] to the authority", ""),
    ("data_subject_answer", 3, "days", "working", POLICY, ""),
    ("protective_work_review", 24, "hours", "wall", "[P] rule 10: the lead reviews work without consent", ""),
    ("task", 5, "days", "school", POLICY, "Only when nobody set a date"),
)


def fill(apps, schema_editor):  # type: ignore[no-untyped-def]
    apps.get_model("clocks", "DeadlineRule").objects.bulk_create(
        apps.get_model("clocks", "DeadlineRule")(
            code=code, amount=amount, unit=unit, basis=basis, source=source, note=note, effective_from=SINCE
        )
        for code, amount, unit, basis, source, note in TERMS
    )
    apps.get_model("clocks", "DutyHours").objects.create(
        school=None, opens_at=time(9), closes_at=time(18), source=POLICY, effective_from=SINCE
    )


class Migration(migrations.Migration):
    dependencies = [("clocks", "0001_initial")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
