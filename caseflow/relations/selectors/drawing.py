"""The people around a pupil as the picture shows them, in words of the active language."""

from django.utils.translation import gettext, ngettext

from caseflow.relations.enums import Side
from caseflow.relations.rules.picture import Node, Picture, drawn
from caseflow.relations.selectors.around import Around, PersonRow
from caseflow.relations.selectors.ties import Tie


def picture_of(found: Around) -> Picture:
    """Who is drawn where. Whoever is excluded is not drawn: the picture is of whom one can turn to, and of links that
    were not found untrue."""
    guardians = [
        Node(f"guardian-{row.standing.guardian_id}", row.standing.guardian.short_name, _relation(row.standing))
        for row in found.guardians
        if not row.excluded
    ]
    siblings = [
        Node(f"sibling-{row.pupil.pk}", row.pupil.short_name, gettext("Brother or sister")) for row in found.siblings
    ]
    return drawn(
        {
            Side.GUARDIAN: guardians,
            Side.FAMILY: [*siblings, *map(_person, found.family)],
            Side.CLOSE: [_person(row) for row in found.close],
            Side.INCIDENT: [_tie(tie) for tie in found.ties if tie.is_drawn],
        }
    )


def sentence_of(found: Around) -> str:
    """What the picture shows, for whoever does not see it."""
    parts = [
        ngettext("%(count)s parent or legal representative", "%(count)s parents or legal representatives", each)
        % {"count": each}
        for each in [sum(not row.excluded for row in found.guardians)]
    ]
    family, close = len(found.siblings) + len(found.family), len(found.close)
    ties = sum(tie.is_drawn for tie in found.ties)
    parts.append(ngettext("%(count)s of the family", "%(count)s of the family", family) % {"count": family})
    parts.append(ngettext("%(count)s friend or helper", "%(count)s friends or helpers", close) % {"count": close})
    linked = ngettext("%(count)s pupil of the same incidents", "%(count)s pupils of the same incidents", ties)
    parts.append(linked % {"count": ties})
    return gettext("Around the pupil: %(people)s.") % {"people": ", ".join(parts)}


def _relation(standing: object) -> str:
    return str(standing.get_relation_display())  # type: ignore[attr-defined]  # made by Django for the choices


def _person(row: PersonRow) -> Node:
    return Node(f"person-{row.person.pk}", row.name, row.person.get_kind_display(), told=True)


def _tie(tie: Tie) -> Node:
    count = tie.harmed_by_them or tie.harmed_them
    label = str(tie.newest.theirs.label)
    words = f"{label} · {count}" if count > 1 else label
    return Node(f"tie-{tie.pupil.pk}", tie.pupil.short_name, words, told=not tie.established)
