"""What the API shows of the forms of the journals, and takes for them."""

from typing import Any

from rest_framework import serializers

from caseflow.appointments.serializers import DayField
from caseflow.journals.enums import Journal
from caseflow.journals.models import FormVersion
from caseflow.journals.rules.columns import CATALOGUE
from caseflow.journals.rules.forms import LONGEST_SOURCE, LONGEST_TITLE
from caseflow.journals.services import NewForm


class ColumnTitleSerializer(serializers.Serializer[Any]):
    kk = serializers.CharField(max_length=LONGEST_TITLE)
    ru = serializers.CharField(max_length=LONGEST_TITLE)
    en = serializers.CharField(max_length=LONGEST_TITLE)


class JournalColumnSerializer(serializers.Serializer[Any]):
    """A column by its key; without a title it has its usual one."""

    key = serializers.ChoiceField(choices=sorted(CATALOGUE))
    title = ColumnTitleSerializer(required=False)


class JournalFormSerializer(serializers.ModelSerializer[FormVersion]):
    """The form of a journal from a day on; without a region it is shipped."""

    journal = serializers.ChoiceField(choices=Journal.choices)
    columns = JournalColumnSerializer(many=True)

    class Meta:
        model = FormVersion
        fields = ("id", "journal", "region", "names_persons", "columns", "source", "effective_from")
        read_only_fields = fields


class NewJournalFormSerializer(serializers.Serializer[Any]):
    """A form as the region's lead psychologist enters it."""

    journal = serializers.ChoiceField(choices=Journal.choices)
    source = serializers.CharField(max_length=LONGEST_SOURCE)  # type: ignore[assignment]  # a field of that name
    effective_from = DayField()
    names_persons = serializers.BooleanField(default=False)
    columns = JournalColumnSerializer(many=True)

    def form(self) -> NewForm:
        """As `enter_form` takes it."""
        given = self.validated_data
        columns = [{**dict(column)} for column in given["columns"]]
        for column in columns:
            if "title" in column:
                column["title"] = dict(column["title"])
        return NewForm(
            journal=Journal(given["journal"]),
            source=given["source"],
            effective_from=given["effective_from"],
            names_persons=given["names_persons"],
            columns=columns,
        )
