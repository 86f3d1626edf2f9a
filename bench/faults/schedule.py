"""Which fault comes when. Pure: the same seed gives the same row."""

import random
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum


class Fault(StrEnum):
    KILL_DATABASE = "kill -9 of PostgreSQL"
    KILL_REDIS = "kill -9 of Redis"
    KILL_WEB = "kill -9 of a web server"
    KILL_QUICK = "kill -9 of the quick worker"
    KILL_DELIVERY = "kill -9 of the delivery worker"
    KILL_TIMETABLE = "kill -9 of beat"
    FULL_BROKER = "full broker"
    PARTITION = "partition"
    CLOCK = "clock shifted by an hour"
    FULL_DISK = "full disk"
    DROPPED = "dropped sockets"
    STORM = "reconnect storm"
    DUPLICATE = "duplicate delivery"
    REORDERED = "reordered delivery"
    PROVIDER_DOWN = "push provider down"


# Of a thousand. What stops everybody comes no closer together than GAPS_S, so that each is recovered from.
ON_SERVERS: Mapping[Fault, int] = {
    Fault.KILL_DATABASE: 55,
    Fault.KILL_REDIS: 55,
    Fault.KILL_WEB: 60,
    Fault.KILL_QUICK: 35,
    Fault.KILL_DELIVERY: 40,
    Fault.KILL_TIMETABLE: 35,
    Fault.FULL_BROKER: 50,
    Fault.PARTITION: 120,
    Fault.CLOCK: 60,
    Fault.FULL_DISK: 30,
    Fault.DROPPED: 170,
    Fault.STORM: 40,
    Fault.DUPLICATE: 100,
    Fault.REORDERED: 100,
    Fault.PROVIDER_DOWN: 50,
}
EMBEDDED: Mapping[Fault, int] = {
    Fault.KILL_WEB: 100,
    Fault.KILL_QUICK: 80,
    Fault.KILL_DELIVERY: 80,
    Fault.KILL_TIMETABLE: 80,
    Fault.CLOCK: 80,
    Fault.FULL_DISK: 80,
    Fault.DROPPED: 160,
    Fault.STORM: 60,
    Fault.DUPLICATE: 110,
    Fault.REORDERED: 110,
    Fault.PROVIDER_DOWN: 60,
}
GAPS_S: Mapping[Fault, float] = {
    Fault.KILL_DATABASE: 15.0,
    Fault.KILL_REDIS: 8.0,
    Fault.KILL_WEB: 10.0,
    Fault.KILL_QUICK: 15.0,
    Fault.KILL_DELIVERY: 15.0,
    Fault.KILL_TIMETABLE: 15.0,
    Fault.FULL_DISK: 10.0,
    Fault.PROVIDER_DOWN: 10.0,
}


@dataclass(frozen=True, slots=True)
class Planned:
    """A fault and when it comes, in seconds from the start."""

    at_s: float
    fault: Fault


def schedule(seed: int, number: int, length_s: float, shares: Mapping[Fault, int]) -> list[Planned]:
    """About `number` faults (rounded for each kind, at least one) over `length_s`, by time.

    Each kind is spread over the whole run: it has as many equal stretches as it has faults, and one comes somewhere in
    each, no closer to the one before than its gap as far as the stretch allows.
    """
    drawn, whole = random.Random(seed), sum(shares.values())
    planned: list[Planned] = []
    for fault, share in shares.items():
        times = max(1, round(number * share / whole))
        stretch, before = length_s / times, -length_s
        for n in range(times):
            end = min((n + 1) * stretch, length_s)
            earliest = min(max(n * stretch, before + GAPS_S.get(fault, 0.0)), end)
            before = min(drawn.uniform(earliest, end), length_s)
            planned.append(Planned(before, fault))
    return sorted(planned, key=lambda one: (one.at_s, one.fault))
