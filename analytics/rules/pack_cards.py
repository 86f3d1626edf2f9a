"""What a card of an installed pack says from the beginning (rule 6). Texts are msgids; the page translates them.

What its makers do not say stays empty, so the card is a draft until somebody answers for it.
"""

from collections.abc import Mapping, Sequence
from hashlib import sha256
from typing import Any, Final

from django.utils.text import slugify
from django.utils.translation import gettext_noop as _

from analytics.pipeline.catalogue import CatalogueFile
from analytics.pipeline.layouts import Role
from analytics.rules.builtin_card import CARD

VERSION_LENGTH: Final = 8

ONLY_ADULTS: Final = _("Trained and tested on photographs of adults from the internet.")
ONLY_RESEARCH: Final = _(
    "Trained on AffectNet, which is given out for research; whether these weights may be used here must be settled."
)
OTHER_CUTS: Final = _("Trained on faces cut out in another way, so it may do worse here than published.")
EMOTIEFF_LIMITS: Final = (ONLY_ADULTS, ONLY_RESEARCH)
LIMITS: Final[Mapping[str, tuple[str, ...]]] = {
    "face-api": (ONLY_ADULTS,),
    "mobilefacenet": (ONLY_ADULTS, OTHER_CUTS),
    "enet-b0-8-best-vgaf": EMOTIEFF_LIMITS,
    "enet-b0-8-va-mtl": EMOTIEFF_LIMITS,
    "enet-b0-8-best-afew": EMOTIEFF_LIMITS,
    "enet-b2-8": EMOTIEFF_LIMITS,
    "enet-b2-7": EMOTIEFF_LIMITS,
}

WIDER_FACE: Final = _("WIDER FACE validation set, README of opencv_zoo")
AFFECTNET: Final = _("AffectNet, README of the project face-emotion-recognition")
RAF_DB: Final = _("RAF-DB, README of opencv_zoo")
YUNET: Final = (
    (_("Faces found, easy ones (average precision)"), "88.4 %", WIDER_FACE),
    (_("Faces found, harder ones (average precision)"), "86.6 %", WIDER_FACE),
    (_("Faces found, hard ones (average precision)"), "75.0 %", WIDER_FACE),
)
EIGHT_TOLD: Final = _("Photographs of adults, eight expressions told right")
SEVEN_TOLD: Final = _("Photographs of adults, seven expressions told right")
PUBLISHED: Final[Mapping[str, tuple[tuple[str, str, str], ...]]] = {
    "yunet-2023mar": YUNET,
    "mini-xception": tuple((row["what"], row["value"], row["source"]) for row in CARD["accuracy"][:4]),
    "mobilefacenet": ((SEVEN_TOLD, "88.27 %", RAF_DB),),
    "enet-b0-8-best-vgaf": ((EIGHT_TOLD, "61.32 %", AFFECTNET),),
    "enet-b0-8-va-mtl": ((EIGHT_TOLD, "61.93 %", AFFECTNET),),
    "enet-b0-8-best-afew": ((EIGHT_TOLD, "60.95 %", AFFECTNET),),
    "enet-b2-8": ((EIGHT_TOLD, "63.025 %", AFFECTNET),),
    "enet-b2-7": ((SEVEN_TOLD, "65.91 %", AFFECTNET),),
}


def draft_card(files: Sequence[CatalogueFile]) -> dict[str, Any]:
    """The fields of the card of a pack of those files, the detector first. The version is that of its content."""
    pack, version = "+".join(file.name for file in files), content_version(files)
    return {
        "slug": slugify(f"{pack.replace('+', '-')}-{version}"),
        "pack": pack,
        "version": version,
        "files": [
            {
                "role": str(file.role),
                "file_name": file.file_name,
                "licence": file.licence,
                "source": file.source,
                "sha256": file.sha256,
                "layout": file.layout,
            }
            for file in files
        ],
        "risk_class": CARD["risk_class"],
        "autonomy": CARD["autonomy"],
        "owner": "",
        "purpose": CARD["purpose"],
        "limits": [*CARD["limits"], *(limit for file in files for limit in LIMITS.get(file.name, ()))],
        "accuracy": [
            {"what": what, "value": value, "source": source, "role": str(file.role)}
            for file in files
            for what, value, source in PUBLISHED.get(file.name, ())
        ],
        "licence": " AND ".join(dict.fromkeys(file.licence for file in files if file.licence)),
        "review_on": None,
        "impact_assessment_on": None,
        "thresholds": dict(CARD["thresholds"]),
    }


def content_version(files: Sequence[CatalogueFile]) -> str:
    """Other bytes, or the same read in another way, are another version, and so never share a baseline."""
    said = "\n".join(f"{file.role} {file.layout} {file.sha256}" for file in files)
    return sha256(said.encode()).hexdigest()[:VERSION_LENGTH]


def in_order(files: Sequence[CatalogueFile]) -> list[CatalogueFile] | None:
    """The detector, then the expression network; None unless there is one of each."""
    ordered = sorted(files, key=lambda file: file.role is Role.EXPRESSION)
    return ordered if [file.role for file in ordered] == [Role.DETECTOR, Role.EXPRESSION] else None
