"""In which relations a kind of object stands to nobody, each with the reason. In all others there must be an object."""

from collections.abc import Mapping
from typing import Final

from tests.access.cells import ASSIGNED, CLOSED, CONFLICT, OBJECTS, OTHER_SCHOOL, SAME_SCHOOL, Relation

BY_UNIT: Final = {ASSIGNED: "only cases and tasks are given to a person by name; this is its unit's"}
OF_REGION: Final = {
    SAME_SCHOOL: "a council is a region's, with no schools in it",
    CONFLICT: "a council hears of duties and of no child",
}
OF_COUNCIL: Final = OF_REGION | {ASSIGNED: "what a council prepares is given to nobody by name"}
BY_REQUEST: Final = {
    ASSIGNED: "a request is its maker's; nobody is given one",
    CONFLICT: "nobody is shown a request about the own child once its case is found; before, it is about nobody yet",
}
IMPOSSIBLE: Final[Mapping[str, Mapping[Relation, str]]] = {
    "class_": BY_UNIT,
    "lesson": BY_UNIT,
    "draft": BY_UNIT,
    "membership": {
        ASSIGNED: "a right is somebody's own or somebody else's",
        CONFLICT: "a right is about an adult at work, not about a child",
    },
    "school": {
        ASSIGNED: "a school is not assigned to anybody",
        SAME_SCHOOL: "a school has no second one inside it",
        CLOSED: "the product closes no school",
        CONFLICT: "what is switched is a whole school, whosever child learns there",
    },
    "camera": {
        ASSIGNED: "a camera is its school's",
        SAME_SCHOOL: "all cameras of the own school are alike, whoever entered them",
        CLOSED: "no camera leaves the register; one that is switched off stays in it",
        CONFLICT: "how a camera is says nothing of any child",
    },
    "duty_call": {ASSIGNED: "whoever was rung for a call has it as the own one"},
    "duty_shift": {
        ASSIGNED: "a roster is its unit's",
        SAME_SCHOOL: "all shifts of the own roster are kept alike, whoever entered them",
        CONFLICT: "a shift is about an adult at work, not about a child",
    },
    "term": {
        ASSIGNED: "a term is not assigned to anybody",
        SAME_SCHOOL: "a term is of the whole installation",
        OTHER_SCHOOL: "a term is of the whole installation",
        CLOSED: "a row of the table stays for good",
        CONFLICT: "a term is about no child",
    },
    "led": {
        ASSIGNED: "a right is somebody's own or somebody else's",
        CLOSED: "who has no right any more is nobody's to lead",
        CONFLICT: "a right is about an adult at work, not about a child",
    },
    "absence": {
        ASSIGNED: "an absence is its person's; who stands in has no say in it",
        CONFLICT: "an absence is about an adult at work, not about a child",
    },
    "feed": {
        ASSIGNED: "an address is a secret; whoever knows it reads",
        SAME_SCHOOL: "an address is a secret; whoever knows it reads",
        CONFLICT: "an address tells busy times of an adult and names no child",
    },
    "entry": BY_UNIT,
    "scan": BY_UNIT,
    "guardian": BY_UNIT,
    "guardianship": BY_UNIT,
    "adult": BY_UNIT,
    "proposal": BY_UNIT,
    "excluded": BY_UNIT,
    "request": BY_UNIT,
    "council_session": OF_COUNCIL,
    "council_point": OF_COUNCIL,
    "council_planned": OF_COUNCIL | {CLOSED: "what is closed was held, and is planned no more"},
    "council_motion": OF_COUNCIL | {CLOSED: "what is approved is no draft any more"},
    "council_seat": OF_COUNCIL | {CLOSED: "a seat that has ended is nobody's"},
    "council_decision": OF_REGION,
    "council_proof": OF_REGION | {CLOSED: "a proof stays whatever becomes of its decision"},
    "legal_request": {ASSIGNED: "a request is its maker's; nobody is given one"},
    "legal_wish": BY_REQUEST
    | {
        SAME_SCHOOL: "one that was just recorded differs from an own one in nothing but its maker",
        CLOSED: "what was dealt with is no wish any more",
    },
    "legal_copy": BY_REQUEST | {CLOSED: "a copy whose term is over is destroyed"},
    "duty_body": OF_REGION | {CLOSED: "an agency owes something or nothing; it is never over"},
    "council": {
        ASSIGNED: "a report is the region's",
        CLOSED: "a released report stays as it is for good",
        CONFLICT: "a report holds published figures and no child",
    },
    "indicator": {
        ASSIGNED: "an indicator is the region's",
        CLOSED: "an ended indicator is counted no more, and cannot be ended again",
        CONFLICT: "an indicator holds words and no child",
    },
    "explored": {
        ASSIGNED: "figures are the region's",
        SAME_SCHOOL: "figures are of the whole region, and each reader has all of them",
        OTHER_SCHOOL: "no address names another region's figures",
        CLOSED: "a release stays for good",
        CONFLICT: "published figures hold no child",
    },
    "saved_view": {
        CLOSED: "a view that was removed is gone",
        CONFLICT: "a view holds a question and no child",
    },
    "open_region": {
        ASSIGNED: "what is published is everybody's",
        SAME_SCHOOL: "a region has one public page",
        CONFLICT: "published figures hold no child",
    },
    "report": {ASSIGNED: "a report is its reporter's, and nobody is given it to follow"},
    "addressed": {ASSIGNED: "a report is addressed to an agency, not to an officer"},
    "alarm": {
        ASSIGNED: "an alarm is a centre's; whoever accepts it holds it",
        CONFLICT: "an alarm names no child, and help is refused to nobody",
    },
    "centre": {
        ASSIGNED: "a centre is a region's; who answers there has a role and no centre",
        CONFLICT: "a centre names no child",
    },
    "device": {
        ASSIGNED: "a phone is its owner's, or a pupil's whom nobody knows",
        CONFLICT: "a phone names no child",
    },
    "disturbance": {
        ASSIGNED: "a clip is its school's, and nobody is given it by name",
        CONFLICT: "a clip names no child",
    },
    "notice": {
        ASSIGNED: "what was sent is a centre's; whoever answers there opens it",
        SAME_SCHOOL: "a centre's operators have all of it alike",
        CONFLICT: "what was sent names no child",
    },
    "button": {
        ASSIGNED: "a button hangs on a wall and is nobody's",
        CONFLICT: "a button names no child",
    },
    "drill": {
        ASSIGNED: "a drill is its district's officers'",
        CONFLICT: "a drill names no child",
    },
    "code": {
        ASSIGNED: "a code hangs on the wall of a school",
        SAME_SCHOOL: "a school has one code in force",
        CONFLICT: "a code names no child",
    },
    "address": {
        ASSIGNED: "an address is not assigned to anybody",
        SAME_SCHOOL: "a school has one address at a time",
        CONFLICT: "an address is a school's, whoever reports there about whom",
    },
    "pack": {
        ASSIGNED: "a pack is not assigned to anybody",
        SAME_SCHOOL: "a pack is of the installation or of a region, and of no school",
        CLOSED: "an imported version stays for good",
        CONFLICT: "a pack is about no child",
    },
    "loss": BY_UNIT,
    "loss_message": BY_UNIT,
    "loss_template": {
        ASSIGNED: "a template is not assigned to anybody",
        SAME_SCHOOL: "a template is of a region or of the whole installation",
        CONFLICT: "a template is about no child",
    },
    "protocol": {
        ASSIGNED: "a protocol is not assigned to anybody",
        SAME_SCHOOL: "a protocol is of a region or of the whole installation",
        CONFLICT: "a protocol is about no child",
    },
    "planned_work": {
        ASSIGNED: "a plan is the school's; who answers for an item has it as the others do",
        CONFLICT: "a plan names no child",
    },
    "worked": {
        ASSIGNED: "work is somebody's at a school, and the school is the lead's or it is not",
        SAME_SCHOOL: "the lead has all work of the own schools alike",
        CLOSED: "who has no work is nobody to look at",
        CONFLICT: "work is counted without the own child",
    },
    "supervision": {
        ASSIGNED: "a supervision is its lead's",
        CLOSED: "a supervision goes on",
        CONFLICT: "a supervision is about an adult at work, not about a child",
    },
    "supervised": {
        ASSIGNED: "a note is its author's, and the psychologist's with whom it was shared",
        CLOSED: "a note stays for good",
    },
    "agreed": {
        ASSIGNED: "what is agreed is read with its note",
        CLOSED: "a note stays for good",
    },
    "turn": {
        ASSIGNED: "a school year is not assigned to anybody",
        SAME_SCHOOL: "a school goes over to one year at a time",
        CONFLICT: "a turn is of a whole school; the own child is not shown in it",
    },
    "class_turn": {
        ASSIGNED: "a school year is not assigned to anybody",
        SAME_SCHOOL: "all classes of the own school are alike",
        CONFLICT: "a turn is of a whole class; the own child is not shown in it",
    },
    "move": {
        ASSIGNED: "a move is its school's",
        SAME_SCHOOL: "all moves of the own school are alike, whoever recorded them",
    },
    "substitution": {
        ASSIGNED: "a right is somebody's own or somebody else's",
        SAME_SCHOOL: "all classes of the own school are alike",
        CONFLICT: "a right is about an adult at work, not about a child",
    },
    "staff": {
        ASSIGNED: "nobody at work is assigned to anybody",
        CONFLICT: "a right is about an adult at work, not about a child",
    },
    "run": {ASSIGNED: "only cases and tasks are given to a person by name; a run is done by a machine"},
    "upload": {
        ASSIGNED: "a video is its owner's alone",
        CONFLICT: "which lesson a video shows, and so whose children, is said when it becomes a run",
    },
    "place": BY_UNIT,
    "plan": BY_UNIT,
    "still": BY_UNIT,
    "taught": {ASSIGNED: "a lesson is given to its teacher by the timetable: that is OWN"},
    "card": {
        ASSIGNED: "a card is not assigned to anybody",
        SAME_SCHOOL: "a card is of a model and of no school",
        OTHER_SCHOOL: "a card is of a model and of no school",
        CONFLICT: "a card is about a model and no child",
    },
}


def possible(kind: str) -> tuple[Relation, ...]:
    """The relations in which there must be an object of this kind."""
    return tuple(each for each in OBJECTS if each not in IMPOSSIBLE.get(kind, {}))
