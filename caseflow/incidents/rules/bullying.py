"""When bullying may be called confirmed (Order 506, rule 13). Pure."""

LEAST_ACTS = 2
SHORTEST_REASON = 10


def is_reason(text: str) -> bool:
    """Whether something was explained, beyond a word."""
    return len(text.strip()) >= SHORTEST_REASON


def may_confirm(acts: int, override: str) -> bool:
    """Whether so many acts between the same two pupils, or the reason given instead, confirm bullying."""
    return acts >= LEAST_ACTS or is_reason(override)


def still_holds(*, recorded: int, counting: int, overridden: bool) -> bool:
    """Whether what a finding was recorded on still counts: two acts, or with a reason all that there were."""
    return counting == recorded if overridden else counting >= LEAST_ACTS
