"""What the sentence of an alert may be filled with."""

from collections.abc import Mapping

# Labels of places and codes, numbers, times. Nothing here can carry a pupil's name or a person's words.
PARAMS = frozenset(
    {"category", "class_name", "clock", "count", "due", "model", "number", "period", "purpose", "reason", "school"}
)


def check_params(params: Mapping[str, object]) -> None:
    """Raise ValueError unless every parameter is a known one and holds a label or a number."""
    for name, value in params.items():
        if name not in PARAMS or not isinstance(value, str | int | Mapping):
            raise ValueError(f"{name}={value!r}: an alert takes labels and numbers for {', '.join(sorted(PARAMS))}")
