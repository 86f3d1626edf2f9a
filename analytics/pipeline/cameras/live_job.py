"""What the parent asks of the process that decodes a camera's pictures."""

import json
from dataclasses import asdict, dataclass
from typing import Self

from analytics.pipeline.video import Limits


@dataclass(frozen=True)
class LiveJob:
    """`coding` as an SDP names it, `parameters` in hexadecimal (Annex B), a sampled picture each `interval_s`."""

    parent_pid: int
    coding: str
    parameters: str
    interval_s: float
    limits: Limits

    def as_json(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Self:
        fields = json.loads(text)
        return cls(**{**fields, "limits": Limits(**fields["limits"])})
