"""What the API shows of journals and takes for them."""

from typing import Any

from drf_spectacular.utils import extend_schema_field
from rest_framework import serializers

from caseflow.appointments.serializers import DayField
from caseflow.directory.endpoints import LARGEST, named
from caseflow.journals.enums import Asker, Journal, Told, WorkForm
from caseflow.journals.rules.access import CONSULTING
from caseflow.journals.rules.columns import Line
from caseflow.journals.rules.words import LONGEST_RESULT, LONGEST_THEME, MOST_PARTICIPANTS
from caseflow.journals.selectors.words import Work


class AskedJournalSerializer(serializers.Serializer[Any]):
    """Which lines: of the running school year unless days are given."""

    journal = serializers.ChoiceField(choices=Journal.choices, default=Journal.CONSULTATIONS.value)
    since = DayField(required=False)
    until = DayField(required=False)
    psychologist = serializers.IntegerField(required=False, min_value=1, max_value=LARGEST)
    kind = serializers.ChoiceField(
        choices=named((kind.value, kind.label) for kind in CONSULTING), required=False, default="", allow_blank=True
    )


class JournalCellSerializer(serializers.Serializer[Any]):
    """A cell: the key and the title of its column in the form in force, and what stands in it as text."""

    column = serializers.CharField()
    title = serializers.CharField()
    value = serializers.CharField()


class JournalLineSerializer(serializers.Serializer[Any]):
    """A line; `made_of` says whether `id` is an appointment's or a questionnaire's."""

    id = serializers.UUIDField()
    made_of = serializers.SerializerMethodField()
    at = serializers.DateTimeField()
    cells = serializers.SerializerMethodField()

    @extend_schema_field(serializers.ChoiceField(choices=["appointment", "questionnaire"]))
    def get_made_of(self, line: Line) -> str:
        return line.ref.partition(":")[0]

    @extend_schema_field(JournalCellSerializer(many=True))
    def get_cells(self, line: Line) -> list[dict[str, str]]:
        return [
            {"column": head.column.key, "title": head.title, "value": str(head.column.take(line))}
            for head in self.context["heads"]
        ]


class WorkSerializer(serializers.Serializer[Any]):
    """What was done at an appointment; where nobody has said so yet the theme is what it was planned for."""

    appointment = serializers.UUIDField(source="appointment.pk")
    asker = serializers.ChoiceField(choices=named(Asker.choices), source="work.asker")
    form = serializers.ChoiceField(choices=named(WorkForm.choices), source="work.form")
    participants = serializers.IntegerField(source="work.participants", allow_null=True)
    theme = serializers.CharField(source="work.theme")
    audience = serializers.CharField(source="work.audience")
    result = serializers.CharField(source="work.result")
    is_written = serializers.BooleanField(source="work.is_written")


class WorkWordsSerializer(serializers.Serializer[Any]):
    """What was done at an appointment that was held. Without names: the theme stands in the journal."""

    asker = serializers.ChoiceField(choices=Asker.choices, required=False, default="")
    form = serializers.ChoiceField(choices=WorkForm.choices, required=False, default="")
    participants = serializers.IntegerField(
        required=False, allow_null=True, default=None, min_value=1, max_value=MOST_PARTICIPANTS
    )
    theme = serializers.CharField(max_length=LONGEST_THEME)
    audience = serializers.CharField(max_length=LONGEST_THEME, required=False, default="", allow_blank=True)
    result = serializers.CharField(max_length=LONGEST_RESULT, required=False, default="", allow_blank=True)

    def work(self) -> Work:
        """As `record_work` takes it."""
        return Work(**self.validated_data)


class ExplainedSerializer(serializers.Serializer[Any]):
    """What a questionnaire was given for, and to whom its result was explained."""

    purpose = serializers.CharField(max_length=LONGEST_THEME)
    told = serializers.ListField(
        child=serializers.ChoiceField(choices=Told.choices), required=False, default=list, max_length=len(Told)
    )
