"""What the school has to follow up once the police are done."""

from collections.abc import Mapping

from caseflow.alarms.enums import Finding
from caseflow.incidents.enums import Category

# Somebody unwell and a press by mistake leave nothing to assess; everything else does (fact 3 of the rules).
BECOMES: Mapping[str, Category] = {
    Finding.FIGHT: Category.VIOLENCE,
    Finding.ATTACK: Category.VIOLENCE,
    Finding.WEAPON: Category.WEAPON_DRUGS,
    Finding.INTRUDER: Category.OTHER,
    Finding.SELF_HARM: Category.SELF_HARM,
    Finding.OTHER: Category.OTHER,
}
