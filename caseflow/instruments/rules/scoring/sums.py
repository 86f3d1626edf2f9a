"""The two that only add: GAD-7 with 5 / 10 / 15, SRSS with 0–3 / 4–8 / 9–21."""

from caseflow.instruments.enums import Respondent
from caseflow.instruments.rules.scoring.base import sum_rule

GAD_7 = sum_rule(
    "gad-7",
    count=7,
    highest=3,
    bands=((0, "minimal"), (5, "mild"), (10, "moderate"), (15, "severe")),
    respondent=Respondent.PUPIL,
)
SRSS = sum_rule(
    "srss",
    count=7,
    highest=3,
    bands=((0, "low"), (4, "moderate"), (9, "high")),
    respondent=Respondent.TEACHER,
)
