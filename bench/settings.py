"""The product's settings, but for push services on this machine and a clock that the benchmark sets."""

from bench.faults.clocks import live_by_the_file
from caseflow.settings import *  # noqa: F403  a settings module is its names

PUSH_LOOPBACK = True
live_by_the_file()
