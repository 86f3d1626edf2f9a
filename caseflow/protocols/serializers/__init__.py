from caseflow.protocols.serializers.flows import (
    FlowCardSerializer,
    FlowPageSerializer,
    FlowsOfCaseSerializer,
    LooksSerializer,
    SecondSerializer,
    WordsSerializer,
)

__all__ = [
    "FlowCardSerializer",
    "FlowPageSerializer",
    "FlowsOfCaseSerializer",
    "LooksSerializer",
    "SecondSerializer",
    "WordsSerializer",
]
