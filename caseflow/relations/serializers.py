"""What the API shows of the people around a pupil, and takes of them."""

from typing import Any

from rest_framework import serializers

from caseflow.cases.rules import LONGEST_REASON
from caseflow.directory.endpoints import LARGEST
from caseflow.directory.enums import Relation
from caseflow.incidents.enums import PartyRole
from caseflow.relations.enums import RelationKind, SaidBy
from caseflow.relations.rules import LONGEST_NAME, LONGEST_SAID
from caseflow.relations.selectors.around import Around, GuardianRow, PersonRow, SiblingRow
from caseflow.relations.selectors.ties import Act, Tie
from caseflow.relations.services import Told


class AroundGuardianSerializer(serializers.Serializer[GuardianRow]):
    """Who stands for the pupil; an `excluded` one is asked nothing and told nothing."""

    guardian = serializers.UUIDField(source="standing.guardian_id")
    name = serializers.CharField(source="standing.guardian.full_name")
    relation = serializers.ChoiceField(source="standing.relation", choices=Relation.choices)
    excluded = serializers.BooleanField()


class SiblingSerializer(serializers.Serializer[SiblingRow]):
    """A pupil `through` whose guardians the two are siblings."""

    pupil = serializers.UUIDField(source="pupil.pk")
    name = serializers.CharField(source="pupil.full_name")
    through = serializers.ListField(child=serializers.CharField())


class PersonAroundSerializer(serializers.Serializer[PersonRow]):
    """Somebody recorded by hand; `pupil` and `employee` are null for whoever is from outside."""

    id = serializers.UUIDField(source="person.pk")
    kind = serializers.ChoiceField(source="person.kind", choices=RelationKind.choices)
    name = serializers.CharField()
    pupil = serializers.UUIDField(source="person.pupil_id", allow_null=True)
    employee = serializers.IntegerField(source="person.employee_id", allow_null=True)
    said_by = serializers.ChoiceField(source="person.said_by", choices=SaidBy.choices)
    note = serializers.CharField()
    since = serializers.DateField(source="person.since", allow_null=True)
    recorded_at = serializers.DateTimeField(source="person.recorded_at")
    ended_at = serializers.DateTimeField(source="person.ended_at", allow_null=True)
    reason = serializers.CharField()


class TieActSerializer(serializers.Serializer[Act]):
    """An incident of both. `established` is of whoever is said to have harmed, null while nobody has said so."""

    incident = serializers.UUIDField(source="incident.pk")
    number = serializers.IntegerField(source="incident.number")
    theirs = serializers.ChoiceField(choices=PartyRole.choices)
    own = serializers.ChoiceField(choices=PartyRole.choices)
    established = serializers.BooleanField(allow_null=True)


class TieSerializer(serializers.Serializer[Tie]):
    """A pupil of the same incidents. The two counts are of acts between them, by who is said to have harmed whom."""

    pupil = serializers.UUIDField(source="pupil.pk")
    name = serializers.CharField(source="pupil.full_name")
    harmed_by_them = serializers.IntegerField()
    harmed_them = serializers.IntegerField()
    acts = TieActSerializer(many=True)


class AroundSerializer(serializers.Serializer[Around]):
    """Everybody around the pupil of a case, each group by name."""

    guardians = AroundGuardianSerializer(many=True)
    siblings = SiblingSerializer(many=True)
    siblings_elsewhere = serializers.IntegerField()
    people = PersonAroundSerializer(many=True)
    ended = PersonAroundSerializer(many=True)
    ties = TieSerializer(many=True)


class NewPersonAroundSerializer(serializers.Serializer[Any]):
    """Exactly one of `pupil`, `employee` and `outside` says who it is."""

    kind = serializers.ChoiceField(choices=RelationKind.choices)
    said_by = serializers.ChoiceField(choices=SaidBy.choices)
    pupil = serializers.UUIDField(required=False, allow_null=True, default=None)
    employee = serializers.IntegerField(required=False, allow_null=True, default=None, min_value=1, max_value=LARGEST)
    outside = serializers.CharField(required=False, default="", allow_blank=True, max_length=LONGEST_NAME)
    note = serializers.CharField(required=False, default="", allow_blank=True, max_length=LONGEST_SAID)
    since = serializers.DateField(required=False, allow_null=True, default=None)

    def told(self) -> Told:
        """Only after `is_valid`."""
        given = dict(self.validated_data)
        kind, said_by = RelationKind(given.pop("kind")), SaidBy(given.pop("said_by"))
        return Told(kind=kind, said_by=said_by, **given)


class EndPersonAroundSerializer(serializers.Serializer[Any]):
    reason = serializers.CharField(max_length=LONGEST_REASON)
