"""Who is around Madina: a friend of her class, the social pedagogue she trusts, and her grandmother. All invented."""

from datetime import timedelta

from django.utils import timezone

from caseflow.cases.models import Case
from caseflow.demo.people import People
from caseflow.relations.enums import RelationKind, SaidBy
from caseflow.relations.services import Told, record_person


def make_relations(people: People) -> None:
    """Each through the product's own service, as psychologist; whom incidents link her with is in the incidents."""
    psychologist, pedagogue = people.staff["psychologist"], people.staff["pedagogue"]
    case = Case.objects.get(pupil=people.pupils[0])
    friend = Told(
        RelationKind.FRIEND,
        SaidBy.PUPIL,
        pupil=people.pupil("Байжан", "Аружан").pk,
        note="Садятся рядом, вместе обедают.",
        since=timezone.localdate() - timedelta(days=200),
    )
    helper = Told(
        RelationKind.HELPER, SaidBy.SEEN, employee=pedagogue.user.pk, note="К ней Мадина подходит сама, без вызова."
    )
    grandmother = Told(
        RelationKind.RELATIVE, SaidBy.PUPIL, outside="Бабушка, живёт на соседней улице", note="После школы часто у неё."
    )
    for told in (friend, helper, grandmother):
        record_person(psychologist, case.pk, told)
