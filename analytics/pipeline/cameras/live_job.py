"""What the parent asks of the process that decodes a camera's pictures."""

from dataclasses import dataclass

from analytics.pipeline.decoder_job import Job


@dataclass(frozen=True)
class LiveJob(Job):
    """`coding` as an SDP names it, `parameters` in hexadecimal (Annex B)."""

    coding: str
    parameters: str
