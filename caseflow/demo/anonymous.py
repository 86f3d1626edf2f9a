"""The demo school's address for reports without a name, and one report with what was written after it."""

from datetime import datetime, timedelta

from caseflow.demo.fresh_events import set_back
from caseflow.demo.people import People
from caseflow.incidents.enums import Category
from caseflow.incidents.models import ChannelMessage
from caseflow.incidents.services.anonymous import Said, answer_reporter, renew_link, report_anonymously, say
from caseflow.incidents.services.anonymous.passes import FormPass

HOURS_AGO = 4
WORDS = "В нашем классе одну девочку каждый день обзывают и прячут её вещи. Она плачет в туалете, взрослым не говорит."
ANSWER = "Спасибо, что написали. Вы сделали правильно. В каком это классе, и на каких переменах чаще всего?"
REPLY = "7Б, после третьего урока, возле раздевалки."


def make_anonymous_report(people: People, now: datetime) -> None:
    """A report of this morning, an answer and what the reporter wrote back, each through the product's own services."""
    link = renew_link(people.staff["schooladmin"])
    form = FormPass("demo", 0)
    incident = report_anonymously(link, form, Said(Category.BULLYING, WORDS, "раздевалка, в школе")).incident
    answer_reporter(people.staff["psychologist"], incident.pk, ANSWER)
    channel = link.channels.get()
    say(channel, "demo", Said(words=REPLY))
    set_back(incident, timedelta(hours=HOURS_AGO))
    for message in channel.messages.all():
        earlier = timedelta(hours=HOURS_AGO - message.number)
        ChannelMessage.objects.filter(pk=message.pk).update(created_at=message.created_at - earlier)
