"""What the API shows of referrals, and takes for them."""

from typing import Any

from rest_framework import serializers

from caseflow.directory.models import Pupil
from caseflow.referrals.enums import Ground, Kind, Move, Side, State, Told
from caseflow.referrals.models import Referral
from caseflow.referrals.rules import LONGEST_TEXT, MOST_TAKEN, WRITTEN, Basis, Draft, Line
from caseflow.referrals.selectors.reading import Page, Row, Said
from caseflow.referrals.services import Written
from caseflow.referrals.services.reading import ToReview
from caseflow.referrals.sources import Fact, Source


class ReferralFactsSerializer(serializers.Serializer[Referral]):
    """What every list says of a referral."""

    id = serializers.UUIDField(source="pk")
    kind = serializers.ChoiceField(choices=Kind.choices)
    state = serializers.ChoiceField(choices=State.choices)
    urgent = serializers.BooleanField()
    from_school = serializers.CharField()
    receiver = serializers.CharField(allow_null=True)
    receiver_kind = serializers.CharField()
    sent_at = serializers.DateTimeField(allow_null=True)


class ReferralRowSerializer(serializers.Serializer[Row]):
    referral = ReferralFactsSerializer()
    pupil_name = serializers.CharField(source="pupil.full_name", default="")
    due_at = serializers.DateTimeField(source="clock.due_at", default=None, allow_null=True)
    blocked = serializers.BooleanField()
    waits = serializers.BooleanField()


class ReferralLineSerializer(serializers.Serializer[Line]):
    field = serializers.ChoiceField(source="told", choices=Told.choices)
    title = serializers.CharField(source="heading")
    text = serializers.CharField(source="plain")


class ReferralStepSerializer(serializers.Serializer[Said]):
    move = serializers.ChoiceField(source="step.move", choices=Move.choices)
    at = serializers.DateTimeField(source="step.at")
    words = serializers.CharField()


class ReferralRollSerializer(serializers.Serializer[Pupil]):
    """Somebody on the own roll for whom a transfer can be accepted."""

    id = serializers.UUIDField(source="pk")
    name = serializers.CharField(source="full_name")


class ReferralSerializer(serializers.Serializer[Page]):
    """One referral. `letter` is null where its text is closed to the reader; ground and review are the sender's."""

    referral = ReferralFactsSerializer()
    side = serializers.ChoiceField(choices=Side.choices)
    letter = ReferralLineSerializer(source="letter.lines", many=True, default=None, allow_null=True)
    sha256 = serializers.CharField(source="referral.letter_sha256")
    blocked = serializers.BooleanField()
    due_at = serializers.DateTimeField(source="clock.due_at", default=None, allow_null=True)
    acts = serializers.ListField(child=serializers.ChoiceField(choices=Move.choices))
    history = ReferralStepSerializer(many=True)
    ground_words = serializers.CharField()
    review_words = serializers.CharField()
    rolls = ReferralRollSerializer(many=True)


class ReferralBasisSerializer(serializers.Serializer[Basis]):
    code = serializers.CharField()
    name = serializers.CharField()
    legal_source = serializers.CharField(source="source")


class ReferralFactSerializer(serializers.Serializer[Fact]):
    """One fact of a source, taken over by its code."""

    code = serializers.CharField()
    title = serializers.CharField()
    text = serializers.CharField(source="plain")


class ReferralSourceSerializer(serializers.Serializer[Source]):
    title = serializers.CharField()
    facts = ReferralFactSerializer(many=True)


class ReferralDraftSerializer(serializers.Serializer[Any]):
    """A draft: what can be chosen, what the receiver would read, what is missing before it can be sent."""

    referral = ReferralFactsSerializer()
    fields_offered = serializers.ListField(source="fields", child=serializers.ChoiceField(choices=Told.choices))
    sources = ReferralSourceSerializer(many=True)
    bases = ReferralBasisSerializer(many=True)
    consent = serializers.CharField(help_text="why consent does not carry it, empty where it does")
    letter = ReferralLineSerializer(source="letter.lines", many=True)
    sha256 = serializers.CharField(source="letter.sha256")
    missing = serializers.ListField(child=serializers.CharField())


class BeginReferralSerializer(serializers.Serializer[Any]):
    case = serializers.UUIDField()
    kind = serializers.ChoiceField(choices=Kind.choices, default=Kind.REFERRAL)


class WriteReferralSerializer(serializers.Serializer[Any]):
    """What was chosen and written; an agency or a school."""

    agency = serializers.IntegerField(required=False, allow_null=True, default=None, min_value=1)
    school = serializers.IntegerField(required=False, allow_null=True, default=None, min_value=1)
    urgent = serializers.BooleanField(default=False)
    ground = serializers.ChoiceField(choices=Ground.choices, required=False, allow_blank=True, default="")
    basis = serializers.CharField(required=False, allow_blank=True, default="", max_length=40)
    ground_words = serializers.CharField(required=False, allow_blank=True, default="", max_length=LONGEST_TEXT)
    asked = serializers.CharField(required=False, allow_blank=True, default="", max_length=LONGEST_TEXT)
    told = serializers.ListField(child=serializers.ChoiceField(choices=Told.choices), required=False, default=list)
    reason = serializers.CharField(required=False, allow_blank=True, default="", max_length=LONGEST_TEXT)
    done_so_far = serializers.CharField(required=False, allow_blank=True, default="", max_length=LONGEST_TEXT)
    facts = serializers.CharField(required=False, allow_blank=True, default="", max_length=LONGEST_TEXT)
    taken = serializers.ListField(
        child=serializers.CharField(max_length=80),
        required=False,
        default=list,
        max_length=MOST_TAKEN,
        help_text="codes of facts to take over",
    )


class SendReferralSerializer(serializers.Serializer[Any]):
    seen_sha256 = serializers.CharField(max_length=64)


class ActOnReferralSerializer(serializers.Serializer[Any]):
    """A move, with what is said to it; `pupil` where several on the roll can be meant."""

    move = serializers.ChoiceField(choices=Move.choices, help_text="one of the acts that are open to oneself")
    words = serializers.CharField(required=False, allow_blank=True, default="", max_length=LONGEST_TEXT)
    pupil = serializers.UUIDField(required=False, allow_null=True, default=None)


class ReferralGroundRowSerializer(serializers.Serializer[Referral]):
    id = serializers.UUIDField(source="pk")
    case_number = serializers.IntegerField(source="case.number")
    from_school = serializers.CharField()
    receiver = serializers.CharField()
    sent_at = serializers.DateTimeField()
    due_at = serializers.DateTimeField(source="review_clock.due_at", default=None, allow_null=True)
    reviewed_at = serializers.DateTimeField(allow_null=True)
    holds = serializers.BooleanField(allow_null=True)


class ReferralGroundSerializer(serializers.Serializer[ToReview]):
    referral = ReferralGroundRowSerializer()
    basis = ReferralBasisSerializer(allow_null=True)
    ground_words = serializers.CharField()
    review_words = serializers.CharField()


class ReviewReferralGroundSerializer(serializers.Serializer[Any]):
    holds = serializers.BooleanField()
    words = serializers.CharField(max_length=LONGEST_TEXT)


def written_of(given: dict[str, Any]) -> Written:
    """A valid body of WriteReferralSerializer as the services take it."""
    texts = tuple((told.value, given[told.value]) for told in WRITTEN)
    return Written(
        agency_id=given["agency"],
        school_id=given["school"],
        urgent=given["urgent"],
        ground=given["ground"],
        basis=given["basis"],
        ground_words=given["ground_words"],
        draft=Draft(tuple(given["told"]), given["asked"], texts, tuple(given["taken"])),
    )
