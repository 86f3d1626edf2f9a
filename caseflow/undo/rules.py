"""How long an act can be taken back, and what is asked before."""

from datetime import timedelta

# The pages offer it for five seconds, longer while the pointer or the focus is on it; then this is the end.
UNDO_WITHIN = timedelta(seconds=15)


class TooLateError(Exception):
    """The act stands: the time is over, it is somebody else's, or something was built on it."""
