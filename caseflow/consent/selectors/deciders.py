"""Who may decide for whom, and what they read when they do."""

from datetime import date, datetime, time, timedelta
from uuid import UUID

from django.db.models import Q, QuerySet
from django.utils import timezone

from caseflow.consent.enums import GIVING, REFUSING
from caseflow.consent.errors import NoSchoolYearError, TextOutdatedError
from caseflow.consent.models import ConsentEvent, ConsentText
from caseflow.consent.rules import latest_adult_birth
from caseflow.directory.actors import Actor
from caseflow.directory.enums import Role
from caseflow.directory.models import Guardian, Pupil, SchoolYear
from caseflow.directory.rules import stands


def decidable_pupils(actor: Actor) -> QuerySet[Pupil]:
    """The pupils for whom the actor decides today: a parent's children under 18, a grown pupil's own self.

    An exclusion changes nothing here: nothing in the portal may reveal it (rule 10).
    """
    adults = Q(birth_date__lte=latest_adult_birth(timezone.localdate()))
    if actor.role == Role.PARENT:
        return actor.pupils().exclude(adults).distinct()
    if actor.role == Role.PUPIL:
        return actor.pupils().filter(adults)
    return Pupil.objects.none()


def guardians_in_force(pupil: Pupil) -> QuerySet[Guardian]:
    """Who stands for the pupil today; nobody for one who is of age."""
    if pupil.birth_date <= latest_adult_birth(timezone.localdate()):
        return Guardian.objects.none()
    return Guardian.objects.filter(stands("guardianships__"), guardianships__pupil=pupil)


def last_decision(pupil_id: UUID, guardian_id: UUID | None, purpose: str) -> ConsentEvent | None:
    """What this person said last about the purpose."""
    return _decisions(pupil_id, guardian_id).filter(purpose=purpose).order_by("-at").first()


def own_decisions(pupil_id: UUID, guardian_id: UUID | None) -> QuerySet[ConsentEvent]:
    """Every decision of this person alone, newest first. Those of others are nobody's business."""
    return _decisions(pupil_id, guardian_id).order_by("-at")


def texts_in_force(language: str, on: date | None = None) -> dict[str, ConsentText]:
    """The newest text of each purpose in this language on that day (today)."""
    day = on or timezone.localdate()
    texts = ConsentText.objects.filter(language=language, effective_from__lte=day).order_by("version")
    return {text.purpose: text for text in texts}


def text_in_force(purpose: str, language: str) -> ConsentText:
    """The text one consents to today. Raises TextOutdatedError when there is none."""
    text = texts_in_force(language).get(purpose)
    if text is None:
        raise TextOutdatedError
    return text


def expiry_of(pupil: Pupil, at: datetime | None = None) -> datetime:
    """When a consent given at `at` (now) lapses: the end of the school year, or of the next one in summer.

    Raises NoSchoolYearError.
    """
    day = timezone.localdate(at)
    years = SchoolYear.objects.filter(region=pupil.school.district.region_id, ends_on__gte=day)
    last_day = years.order_by("ends_on").values_list("ends_on", flat=True).first()
    if last_day is None:
        raise NoSchoolYearError
    return datetime.combine(last_day + timedelta(days=1), time(0), timezone.get_default_timezone())


def _decisions(pupil_id: UUID, guardian_id: UUID | None) -> QuerySet[ConsentEvent]:
    return ConsentEvent.objects.filter(pupil=pupil_id, guardian=guardian_id, kind__in=GIVING | REFUSING)
