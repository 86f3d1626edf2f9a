"""Which protocol holds where."""

from django.db.models import F, Q

from caseflow.directory.models import School
from caseflow.protocols.enums import VersionState
from caseflow.protocols.models import AFTER_LOSS, ProtocolVersion


def version_in_force(code: str, school: School) -> ProtocolVersion:
    """The version in force for the school: its region's own protocol before the shipped one.

    Raises ProtocolVersion.DoesNotExist for an unknown code.
    """
    held = Q(protocol__region=None) | Q(protocol__region=school.district.region_id)
    found = (
        ProtocolVersion.objects.filter(held, protocol__code=code, state=VersionState.IN_FORCE)
        .select_related("protocol")
        .order_by(F("protocol__region").asc(nulls_last=True))
        .first()
    )
    if found is None:
        raise ProtocolVersion.DoesNotExist(code)
    return found


def versions_to_begin(school: School) -> list[ProtocolVersion]:
    """The protocols that can be begun by hand in a case of the school, one version of each code, by name."""
    codes = ProtocolVersion.objects.filter(state=VersionState.IN_FORCE).values_list("protocol__code", flat=True)
    found: list[ProtocolVersion] = []
    for code in sorted(set(codes) - {AFTER_LOSS}):
        try:
            found.append(version_in_force(code, school))
        except ProtocolVersion.DoesNotExist:  # another region's
            continue
    return sorted(found, key=lambda version: version.name)
