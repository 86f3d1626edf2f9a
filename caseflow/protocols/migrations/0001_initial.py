import uuid

import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("cases", "0004_closing"),
        ("clocks", "0010_closing_term"),
        ("directory", "0006_name_keys"),
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name="ProtocolStep",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("position", models.PositiveSmallIntegerField()),
                ("code", models.SlugField(max_length=40)),
                ("title", models.JSONField()),
                ("hint", models.JSONField(default=dict)),
                (
                    "doer",
                    models.CharField(
                        choices=[("leader", "who leads the case"), ("second", "the second person")],
                        default="leader",
                        max_length=10,
                    ),
                ),
                ("amount", models.PositiveIntegerField()),
                (
                    "unit",
                    models.CharField(
                        choices=[("seconds", "seconds"), ("minutes", "minutes"), ("hours", "hours"), ("days", "days")],
                        max_length=8,
                    ),
                ),
                (
                    "basis",
                    models.CharField(
                        choices=[("wall", "wall time"), ("working", "working days"), ("school", "school days")],
                        max_length=8,
                    ),
                ),
                (
                    "evidence",
                    models.CharField(
                        choices=[
                            ("words", "what was done, in words"),
                            ("contact", "who of the parents was reached, or why none"),
                            ("assessment", "an assessment of the risk made since then"),
                            ("second", "the second person says that they know"),
                            ("plan", "a safety plan signed since then, and how means were put away"),
                            ("dates", "dates on which somebody looks again"),
                        ],
                        default="words",
                        max_length=12,
                    ),
                ),
                (
                    "part",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("not_alone", "somebody who stays with the pupil"),
                            ("parent_contact", "word to the parents, or why not"),
                            ("referral", "referral"),
                            ("safety_plan", "safety plan"),
                            ("follow_up", "dates to look again"),
                        ],
                        max_length=16,
                    ),
                ),
                (
                    "missed",
                    models.CharField(
                        choices=[
                            ("protocol_step", "who has it, then the lead, then the region"),
                            ("protocol_step_urgent", "who has it and the lead at once, then the region"),
                        ],
                        default="protocol_step",
                        max_length=24,
                    ),
                ),
            ],
            options={
                "ordering": ("position",),
            },
        ),
        migrations.CreateModel(
            name="Flow",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                (
                    "cause",
                    models.CharField(
                        choices=[
                            ("assessment", "an assessment of high or acute risk"),
                            ("answer", "an answer in a questionnaire"),
                            ("person", "somebody's decision"),
                        ],
                        max_length=12,
                    ),
                ),
                ("ref", models.CharField(blank=True, max_length=60)),
                ("started_at", models.DateTimeField()),
                (
                    "second_role",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("psychologist", "School psychologist"),
                            ("lead_psychologist", "Lead psychologist"),
                            ("social_pedagogue", "Social pedagogue"),
                            ("principal", "Principal"),
                            ("duty_person", "Duty person"),
                            ("drill_officer", "Drill officer"),
                            ("school_admin", "School administrator"),
                            ("teacher", "Teacher"),
                            ("class_teacher", "Class teacher"),
                            ("pupil", "Pupil"),
                            ("parent", "Parent or legal representative"),
                            ("police_operator", "Police operator"),
                            ("agency_officer", "Agency officer"),
                            ("council_chair", "Chair of the council"),
                            ("council_member", "Member of the council"),
                            ("prosecutor", "Prosecutor"),
                            ("analyst", "Education analyst"),
                            ("system_admin", "System administrator"),
                            ("dpo", "Data protection officer"),
                        ],
                        max_length=20,
                    ),
                ),
                ("end_reason_sealed", models.BinaryField(default=bytes)),
                ("end_asked_at", models.DateTimeField(null=True)),
                ("ended_at", models.DateTimeField(null=True)),
                (
                    "case",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="flows", to="cases.case"
                    ),
                ),
                (
                    "end_asked_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "ended_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "second",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "started_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
            ],
            options={
                "ordering": ("-started_at",),
            },
        ),
        migrations.CreateModel(
            name="Protocol",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("code", models.SlugField(max_length=40)),
                (
                    "region",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="protocols",
                        to="directory.region",
                    ),
                ),
            ],
            options={
                "ordering": ("code",),
            },
        ),
        migrations.CreateModel(
            name="FlowStep",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("done_at", models.DateTimeField(null=True)),
                ("waived", models.BooleanField(default=False)),
                ("proof_sealed", models.BinaryField(default=bytes)),
                (
                    "clock",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT, related_name="flow_step", to="clocks.clock"
                    ),
                ),
                (
                    "done_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "flow",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="protocols.flow"
                    ),
                ),
                (
                    "step",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="+", to="protocols.protocolstep"
                    ),
                ),
            ],
            options={
                "ordering": ("step__position",),
            },
        ),
        migrations.CreateModel(
            name="ProtocolVersion",
            fields=[
                ("id", models.UUIDField(default=uuid.uuid4, editable=False, primary_key=True, serialize=False)),
                ("number", models.PositiveSmallIntegerField()),
                (
                    "state",
                    models.CharField(
                        choices=[("draft", "draft"), ("in_force", "in force"), ("retired", "replaced")],
                        default="draft",
                        max_length=10,
                    ),
                ),
                ("title", models.JSONField()),
                ("source", models.CharField(max_length=200)),
                ("made_at", models.DateTimeField()),
                ("in_force_from", models.DateTimeField(null=True)),
                (
                    "made_by",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to=settings.AUTH_USER_MODEL,
                    ),
                ),
                (
                    "protocol",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT, related_name="versions", to="protocols.protocol"
                    ),
                ),
            ],
            options={
                "ordering": ("-number",),
            },
        ),
        migrations.AddField(
            model_name="protocolstep",
            name="version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.CASCADE, related_name="steps", to="protocols.protocolversion"
            ),
        ),
        migrations.AddField(
            model_name="flow",
            name="version",
            field=models.ForeignKey(
                on_delete=django.db.models.deletion.PROTECT, related_name="flows", to="protocols.protocolversion"
            ),
        ),
        migrations.AddConstraint(
            model_name="protocol",
            constraint=models.UniqueConstraint(fields=("code", "region"), name="one_protocol_per_region"),
        ),
        migrations.AddConstraint(
            model_name="protocol",
            constraint=models.UniqueConstraint(
                condition=models.Q(("region", None)), fields=("code",), name="one_shipped_protocol"
            ),
        ),
        migrations.AddConstraint(
            model_name="flowstep",
            constraint=models.UniqueConstraint(fields=("flow", "step"), name="each_step_once_in_a_flow"),
        ),
        migrations.AddConstraint(
            model_name="flowstep",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("done_at", None), ("done_by", None), ("waived", False)),
                    models.Q(("done_at__isnull", False), ("done_by__isnull", False)),
                    _connector="OR",
                ),
                name="done_step_has_its_doer",
            ),
        ),
        migrations.AddConstraint(
            model_name="protocolversion",
            constraint=models.UniqueConstraint(fields=("protocol", "number"), name="one_version_per_number"),
        ),
        migrations.AddConstraint(
            model_name="protocolversion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "in_force")), fields=("protocol",), name="one_version_in_force"
            ),
        ),
        migrations.AddConstraint(
            model_name="protocolversion",
            constraint=models.UniqueConstraint(
                condition=models.Q(("state", "draft")), fields=("protocol",), name="one_draft"
            ),
        ),
        migrations.AddConstraint(
            model_name="protocolversion",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("in_force_from", None), ("state", "draft")),
                    models.Q(models.Q(("state", "draft"), _negated=True), ("in_force_from__isnull", False)),
                    _connector="OR",
                ),
                name="version_in_force_has_its_day",
            ),
        ),
        migrations.AddConstraint(
            model_name="protocolstep",
            constraint=models.UniqueConstraint(fields=("version", "code"), name="one_step_per_code"),
        ),
        migrations.AddConstraint(
            model_name="protocolstep",
            constraint=models.UniqueConstraint(fields=("version", "position"), name="one_step_per_position"),
        ),
        migrations.AddConstraint(
            model_name="flow",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at", None)), fields=("case", "version"), name="one_running_flow_of_a_version"
            ),
        ),
        migrations.AddConstraint(
            model_name="flow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("second", None), ("second_role", "")),
                    models.Q(models.Q(("second__isnull", False)), models.Q(("second_role", ""), _negated=True)),
                    _connector="OR",
                ),
                name="second_person_has_a_role",
            ),
        ),
        migrations.AddConstraint(
            model_name="flow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ended_at", None), ("ended_by", None)),
                    models.Q(
                        models.Q(
                            ("end_asked_by__isnull", False), ("ended_at__isnull", False), ("ended_by__isnull", False)
                        ),
                        models.Q(("ended_by", models.F("end_asked_by")), _negated=True),
                    ),
                    _connector="OR",
                ),
                name="two_people_end_a_flow",
            ),
        ),
    ]
