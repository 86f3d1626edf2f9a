from analytics.services.disturbances.answering import answer_disturbance
from analytics.services.disturbances.ending import end_disturbances
from analytics.services.disturbances.opening import open_covered, open_sharp, sharpen
from analytics.services.disturbances.remembering import keep_motion, recall_motion
from analytics.services.disturbances.sending import send_to_centre
from analytics.services.disturbances.taking import take_event

__all__ = [
    "answer_disturbance",
    "end_disturbances",
    "keep_motion",
    "open_covered",
    "open_sharp",
    "recall_motion",
    "send_to_centre",
    "sharpen",
    "take_event",
]
