"""The table of demo logins: role, login, what to try."""

from caseflow.demo.people import PASSWORD

TRY = (
    ("School psychologist", "psychologist", "decide in Today with 1, 2, 3; analyse the lesson video; review a signal"),
    ("a second psychologist", "psychologist2", "take the same item at the same time"),
    ("Lead psychologist", "lead", "stop the analysis of a school with one switch; look into queues"),
    ("School administrator", "schooladmin", "draw seats, import the roll, enter a consent on paper"),
    ("the office", "secretary", "check a paper consent as the second person"),
    ("Teacher", "teacher", "report an incident; say who sat where"),
    ("Class teacher", "classteacher", "report an incident; tasks for the own class"),
    ("Social pedagogue", "pedagogue", "incidents and own tasks, no notes"),
    ("Principal", "principal", "incidents and their clocks"),
    ("Parent", "parent", "withdraw one child's consent in the portal (narrow the window)"),
    ("Juvenile inspector", "inspector", "accept a referral; give a legal assessment"),
    ("Head of the police", "policehead", "what the own agency owes, by number; the council's decisions"),
    ("Officer of a clinic", "clinic", "a referral that was answered"),
    ("Prosecutor", "prosecutor", "what agencies owe; sessions and decisions of the council; release its report"),
    ("Chair of the council", "chair", "the released reports"),
    ("Member of the council", "council", "the released reports"),
    ("Education analyst", "analyst", "the released reports"),
    ("Police operator", "operator", "accept an alarm, send a patrol, say what it was"),
    ("Duty person", "duty", "the alarms of the own school, and the chat with the police"),
    ("Drill officer", "drills", "arm a drill, have its button pressed (manage.py button), see how soon it is accepted"),
    ("System administrator", "sysadmin", "people and roles, no case"),
    ("Data protection officer", "dpo", "the access log and its chain"),
)


def login_table() -> str:
    """The table as printed at the start; every login has the same password."""
    widths = [max(len(row[column]) for row in TRY) for column in range(2)]
    lines = [f"  {role:<{widths[0]}}  {login:<{widths[1]}}  {what}" for role, login, what in TRY]
    head = f"  {'Role':<{widths[0]}}  {'Login':<{widths[1]}}  What to try"
    return "\n".join((f"Demo data, all invented. Password of every login: {PASSWORD}", "", head, *lines, ""))
