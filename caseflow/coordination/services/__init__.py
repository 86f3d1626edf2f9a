from caseflow.coordination.services.composing import compose_report, is_unchanged, open_report
from caseflow.coordination.services.signing import (
    ask_for_signatures,
    excuse_signer,
    left_signers,
    refuse_report,
    sign_report,
    sign_report_with_key,
)

__all__ = [
    "ask_for_signatures",
    "compose_report",
    "excuse_signer",
    "is_unchanged",
    "left_signers",
    "open_report",
    "refuse_report",
    "sign_report",
    "sign_report_with_key",
]
