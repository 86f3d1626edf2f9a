"""Which method this is, for its card: there is no model file, the sources of this package are the model."""

from typing import Final

from analytics.pipeline.disturbance.course import LEAST_EXCEEDING, LEAST_FAST, LIMIT, SPAN
from analytics.pipeline.disturbance.usual import LEAST_TAUGHT

PACK: Final = "tirek-motion"
VERSION: Final = "1.0"
THRESHOLDS: Final = {
    "window_s": 2,
    "least_taught": LEAST_TAUGHT,
    "motion_limit": LIMIT,
    "least_fast": LEAST_FAST,
    "least_exceeding": LEAST_EXCEEDING,
    "span": SPAN,
}
