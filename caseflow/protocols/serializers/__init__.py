from caseflow.protocols.serializers.flows import (
    FlowCardSerializer,
    FlowPageSerializer,
    FlowsOfCaseSerializer,
    LooksSerializer,
    OwnFlowSerializer,
    SecondSerializer,
    StepDoneSerializer,
    WordsSerializer,
)

__all__ = [
    "FlowCardSerializer",
    "FlowPageSerializer",
    "FlowsOfCaseSerializer",
    "LooksSerializer",
    "OwnFlowSerializer",
    "SecondSerializer",
    "StepDoneSerializer",
    "WordsSerializer",
]
