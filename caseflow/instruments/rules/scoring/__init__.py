"""Every rule that an imported pack may name. A rule that changes gets a new version beside the old one."""

from caseflow.instruments.rules.scoring.asq import ASQ
from caseflow.instruments.rules.scoring.base import NOT_SCORED, Answers, Axis, Part, Rule, Score, is_worse
from caseflow.instruments.rules.scoring.c_ssrs import C_SSRS
from caseflow.instruments.rules.scoring.phq_a import PHQ_A
from caseflow.instruments.rules.scoring.psc_17 import PSC_17
from caseflow.instruments.rules.scoring.sums import GAD_7, SRSS
from caseflow.instruments.rules.scoring.typed import DEMO, SDQ
from caseflow.instruments.rules.scoring.who_5 import WHO_5

RULES = {(rule.name, rule.version): rule for rule in (ASQ, C_SSRS, PHQ_A, GAD_7, PSC_17, SRSS, WHO_5, SDQ, DEMO)}

__all__ = ["DEMO", "NOT_SCORED", "RULES", "SDQ", "Answers", "Axis", "Part", "Rule", "Score", "is_worse"]
