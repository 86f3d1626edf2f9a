"""An algorithm as Karaganda's prosecutors issued it in 2026 (rule 14a), in invented words."""

from caseflow.protocols.enums import Doer
from caseflow.protocols.rules import StepText, VersionText

NONE = {"kk": "", "ru": "", "en": ""}
# The order of Karaganda's prosecutors (rule 14a): class teacher, psychologist, administration, support centre.
ORDER = (
    ("teacher", Doer.CLASS_TEACHER, "words", "Наблюдать на уроках и переменах"),
    ("psych", Doer.PSYCHOLOGIST, "words", "Встретиться с учеником"),
    ("social", Doer.SOCIAL_PEDAGOGUE, "words", "Посмотреть условия дома"),
    ("head", Doer.PRINCIPAL, "words", "Снять дежурства и олимпиады"),
    ("lead", Doer.LEAD, "words", "Проверить, что всё идёт"),
    ("centre", Doer.CENTRE, "referral", "Направить в центр поддержки"),
)


def named(text: str) -> dict[str, str]:
    return {"kk": f"{text} (kk)", "ru": text, "en": f"{text} (en)"}


def step(code: str, doer: str, evidence: str, title: str) -> StepText:
    return StepText(code, named(title), NONE, doer, 2, "days", "wall", evidence, "", "protocol_step")


KARAGANDA = VersionText(named("Алгоритм области"), "Алгоритм прокуратуры, 2026", tuple(step(*row) for row in ORDER))
