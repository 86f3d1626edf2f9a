"""How often the mood chart errs and what it finds, simulated with the product's own chart.

    .venv/bin/python -m bench.signals

Environment: PUPILS (20000, for each line). The last line printed is the figures as JSON: shares from 0 to 1 of pupils
who have a signal within 60 valid days after their baseline, days alike (autocorrelation 0.3) or not; the delay is that
of a shift of 1.5 standard deviations with days alike, in valid days.
"""

import json
import os
import sys

from analytics.pipeline.simulation import Rates, draw_days, rates
from bench.programs import say
from ops.trouble import one_line


def main() -> int:
    pupils = int(os.environ.get("PUPILS", "20000"))
    calm, calm_alike = _simulated(pupils, 0.0, 0.0), _simulated(pupils, 0.3, 0.0)
    large, small = _simulated(pupils, 0.3, 1.5), _simulated(pupils, 0.3, 1.0)
    figures = {
        "false_alarm_60d": calm.crossed,
        "false_alarm_60d_rho03": calm_alike.crossed,
        "detect_15sd_rho03": large.crossed,
        "detect_1sd_rho03": small.crossed,
        "median_delay_days": large.median_delay_days,
    }
    print(json.dumps({name: figure if figure is None else round(figure, 4) for name, figure in figures.items()}))
    return 0


def _simulated(pupils: int, rho: float, shift_sd: float) -> Rates:
    found = rates(draw_days(pupils, rho=rho, shift_sd=shift_sd))
    say(f"  {pupils} pupils, autocorrelation {rho}, shift {shift_sd} sd: {found.crossed:.2%} have a signal")
    return found


if __name__ == "__main__":
    sys.exit(one_line(main))
