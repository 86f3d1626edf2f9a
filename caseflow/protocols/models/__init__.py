from caseflow.protocols.models.flows import Flow, FlowStep
from caseflow.protocols.models.protocols import (
    AFTER_LOSS,
    HIGH_RISK,
    Protocol,
    ProtocolStep,
    ProtocolVersion,
    in_language,
)

__all__ = ["AFTER_LOSS", "HIGH_RISK", "Flow", "FlowStep", "Protocol", "ProtocolStep", "ProtocolVersion", "in_language"]
