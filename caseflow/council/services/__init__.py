from caseflow.council.services.agenda import Point, add_item, change_item, move_item, remove_item, write_heard
from caseflow.council.services.councils import Named, Seat, seat_member, set_up, unseat_member
from caseflow.council.services.drafting import Drafted, change_draft, draft_decision, drop_draft
from caseflow.council.services.minutes import close_session, write_attendance
from caseflow.council.services.moving import Proof, Said, move_decision
from caseflow.council.services.sessions import Called, call_off, call_session, change_session, open_session

__all__ = [
    "Called",
    "Drafted",
    "Named",
    "Point",
    "Proof",
    "Said",
    "Seat",
    "add_item",
    "call_off",
    "call_session",
    "change_draft",
    "change_item",
    "change_session",
    "close_session",
    "draft_decision",
    "drop_draft",
    "move_decision",
    "move_item",
    "open_session",
    "remove_item",
    "seat_member",
    "set_up",
    "unseat_member",
    "write_attendance",
    "write_heard",
]
