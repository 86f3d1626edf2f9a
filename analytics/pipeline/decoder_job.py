"""What the parent asks of a decoding process."""

import json
from dataclasses import asdict, dataclass
from typing import Self

from analytics.pipeline.video import Limits


@dataclass(frozen=True)
class Job:
    """`interval_s` is the sampling interval; 0 means probing only."""

    parent_pid: int
    interval_s: float
    limits: Limits

    def as_json(self) -> str:
        return json.dumps(asdict(self))

    @classmethod
    def from_json(cls, text: str) -> Self:
        fields = json.loads(text)
        return cls(**{**fields, "limits": Limits(**fields["limits"])})
