from typing import Any

from rest_framework import serializers

from caseflow.instruments.enums import Alarm, Filling, Respondent, State
from caseflow.instruments.rules.packs import LANGUAGES, LARGEST_PACK
from caseflow.instruments.rules.scoring.typed import HIGHEST, LONGEST_SOURCE

Shape = serializers.Serializer[Any]


class QuestionnaireLanguageSerializer(Shape):
    """A language with what is known of its words; only an offered one can be given."""

    code = serializers.CharField()
    offered = serializers.BooleanField()
    status = serializers.CharField()


class QuestionnaireEntrySerializer(Shape):
    """A version of a questionnaire: where its words come from, its licence and its hash."""

    id = serializers.UUIDField(source="version.pk")
    instrument = serializers.CharField(source="pack.instrument")
    name = serializers.CharField(source="pack.name")
    full_name = serializers.CharField(source="pack.full_name")
    version = serializers.CharField(source="version.version")
    sha256 = serializers.CharField(source="version.digest")
    respondents = serializers.ListField(child=serializers.CharField(), source="pack.respondent")
    origin = serializers.CharField(source="pack.source")
    licence = serializers.CharField(source="pack.licence")
    demo = serializers.BooleanField(source="pack.demo")
    typed_total_only = serializers.BooleanField(source="pack.is_typed")
    rule = serializers.CharField(source="pack.rule.name")
    rule_version = serializers.IntegerField(source="pack.rule.version")
    languages = QuestionnaireLanguageSerializer(many=True)
    in_use = serializers.SerializerMethodField()

    def get_in_use(self, entry: Any) -> bool:
        """Whether this is the version that is given in the region."""
        return entry.use is not None


class QuestionnaireChoiceSerializer(Shape):
    value = serializers.IntegerField()
    words = serializers.DictField(child=serializers.CharField())


class QuestionnaireQuestionSerializer(Shape):
    """A question in each language that the pack has."""

    id = serializers.CharField()
    period = serializers.DictField(child=serializers.CharField())
    words = serializers.DictField(child=serializers.CharField())
    answers = QuestionnaireChoiceSerializer(many=True, source="choices")


class QuestionnaireWholeEntrySerializer(QuestionnaireEntrySerializer):
    """With its questions, and the pack word for word."""

    questions = QuestionnaireQuestionSerializer(many=True, source="pack.questions")
    content = serializers.CharField(source="version.content")


class QuestionnaireOfferSerializer(Shape):
    """What may be given within the case."""

    about = serializers.CharField()
    questionnaire = QuestionnaireEntrySerializer(source="entry")


class QuestionnairePartSerializer(Shape):
    name = serializers.CharField()
    total = serializers.IntegerField()
    limit = serializers.IntegerField()
    reached = serializers.BooleanField()


class QuestionnaireScoreSerializer(Shape):
    """What the rule made of the answers. `total` is null where nothing is summed or too much is open."""

    band = serializers.CharField()
    total = serializers.IntegerField(allow_null=True)
    needs_assessment = serializers.BooleanField()
    missing = serializers.IntegerField()
    open_questions = serializers.ListField(child=serializers.CharField())
    parts = QuestionnairePartSerializer(many=True)
    prorated = serializers.BooleanField()


class QuestionnaireListedSerializer(Shape):
    """A questionnaire that was given. No norms for Kazakhstan are known; a band is no diagnosis and sets no risk."""

    id = serializers.UUIDField(source="administration.pk")
    instrument = serializers.CharField(source="pack.instrument")
    name = serializers.CharField(source="pack.name")
    version = serializers.UUIDField(source="administration.version_id")
    respondent = serializers.ChoiceField(choices=Respondent.choices, source="administration.respondent")
    filling = serializers.ChoiceField(choices=Filling.choices, source="administration.filling")
    state = serializers.ChoiceField(choices=State.choices, source="administration.state")
    language = serializers.CharField(source="administration.language")
    given_at = serializers.DateTimeField(source="administration.given_at")
    ended_at = serializers.DateTimeField(source="administration.ended_at", allow_null=True)
    code_expires_at = serializers.DateTimeField(source="administration.code_expires_at", allow_null=True)
    alarm = serializers.ChoiceField(choices=[("", ""), *Alarm.choices], source="administration.alarm")
    alarmed_at = serializers.DateTimeField(source="administration.alarmed_at", allow_null=True)
    rule = serializers.CharField(source="administration.rule")
    rule_version = serializers.IntegerField(source="administration.rule_version", allow_null=True)
    band = serializers.CharField()
    score = QuestionnaireScoreSerializer(allow_null=True)


class QuestionnaireCaseSheetSerializer(Shape):
    """The questionnaires of a case, the newest first."""

    questionnaires = QuestionnaireListedSerializer(many=True, source="rows")


class QuestionnaireAnswerSerializer(Shape):
    """A question with its answer; `value` is null for a refusal and for what was not answered."""

    question = serializers.CharField()
    text = serializers.CharField()
    value = serializers.IntegerField(allow_null=True)
    said = serializers.CharField()
    refused = serializers.BooleanField(source="is_refused")
    asked = serializers.BooleanField(source="is_asked")


class QuestionnaireResultSerializer(Shape):
    """A questionnaire with each answer; `scored_elsewhere` says of a typed total who and where."""

    questionnaire = QuestionnaireListedSerializer(source="listed")
    answers = QuestionnaireAnswerSerializer(many=True, source="rows")
    scored_elsewhere = serializers.DictField(child=serializers.CharField(), source="source")


class QuestionnaireSheetRowSerializer(Shape):
    question = serializers.CharField()
    text = serializers.CharField()
    period = serializers.CharField()
    answered = serializers.BooleanField(source="is_answered")
    value = serializers.IntegerField(allow_null=True)


class QuestionnaireSheetSerializer(Shape):
    """The questions that are asked after the answers so far."""

    id = serializers.UUIDField(source="administration.pk")
    alarm = serializers.CharField(source="administration.alarm")
    questions = QuestionnaireSheetRowSerializer(many=True, source="rows")


class QuestionnaireGivenSerializer(Shape):
    """A questionnaire that was given; `code` is told this once, and empty on the screen."""

    id = serializers.UUIDField(source="administration.pk")
    code = serializers.CharField()
    code_expires_at = serializers.DateTimeField(source="administration.code_expires_at", allow_null=True)


class QuestionnairePackSerializer(Shape):
    """A pack, word for word: TOML."""

    content = serializers.CharField(max_length=LARGEST_PACK, trim_whitespace=False)


class QuestionnaireGiveSerializer(Shape):
    version = serializers.UUIDField()
    respondent = serializers.ChoiceField(choices=Respondent.choices)
    filling = serializers.ChoiceField(choices=[Filling.SCREEN, Filling.CODE])
    language = serializers.ChoiceField(choices=LANGUAGES)


class QuestionnaireTotalSerializer(Shape):
    version = serializers.UUIDField()
    respondent = serializers.ChoiceField(choices=Respondent.choices)
    total = serializers.IntegerField(min_value=0, max_value=HIGHEST)
    by = serializers.CharField(max_length=LONGEST_SOURCE)
    place = serializers.CharField(max_length=LONGEST_SOURCE)


class QuestionnaireAnswersSerializer(Shape):
    """Answers by question; null is "I'd rather not answer"."""

    answers = serializers.DictField(child=serializers.IntegerField(min_value=0, max_value=HIGHEST, allow_null=True))
