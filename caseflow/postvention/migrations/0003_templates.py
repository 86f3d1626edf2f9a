"""Templates of messages after a loss: own wording, drafts until a region approves them.

After WHO, "Preventing suicide: a resource for teachers and other school staff" (2000), and AFSP and SPRC, "After a
suicide: a toolkit for schools" (2018). The Kazakh texts await a native editor, as the glossary does.
"""

from datetime import UTC, datetime

from django.db import migrations

SINCE = datetime(2026, 9, 1, tzinfo=UTC)
SOURCE = "[P] own wording after WHO (2000) and AFSP and SPRC, After a Suicide: a toolkit for schools (2018)"
TEXTS = {
    "staff": {
        "kk": """Құрметті әріптестер!

Мектебімізге ауыр хабар келді: {name} қайтыс болды. Отбасына көңіл айтамыз.

Оқушыларға хабарды таныс ересек адам сыныпта, шағын топта айтады. Мәтін қоса берілген. Қайтыс болудың қалай және неден болғаны туралы айтпаймыз және болжам жасамаймыз: оны ешкім толық білмейді.

Оқушыларға мұқият болыңыз. Біреу тұйықталып қалса, қатты уайымдаса немесе өмір сүргісі келмейтінін айтса, оны жалғыз қалдырмай, бірден педагог-психологқа хабарлаңыз: {contact}.

Өзіңізге де ауыр болуы мүмкін. Сыныппен сөйлесу қиын болса, айтыңыз, сізді алмастырамыз. Қолдау бөлмесі {hours} ашық. Тәулік бойы: 111, шұғыл жағдайда 112.

БАҚ сұрақтарына мектеп басшысы ғана жауап береді.

{school}, {day}""",
        "ru": """Уважаемые коллеги!

В нашу школу пришла тяжёлая весть: умер человек, которого мы знали ({name}). Мы соболезнуем семье.

Ученикам об этом говорит знакомый взрослый, в классе, в малой группе. Текст прилагается. О том, как и почему это произошло, мы не говорим и не предполагаем: этого никто не знает до конца.

Будьте внимательны к ученикам. Если кто-то замкнулся, сильно горюет или говорит, что не хочет жить, не оставляйте его одного и сразу сообщите педагогу-психологу: {contact}.

Вам самим тоже может быть тяжело. Если говорить с классом трудно, скажите, и вас заменят. Комната поддержки открыта {hours}. Круглосуточно: 111, в опасности 112.

На вопросы прессы отвечает только директор.

{school}, {day}""",
        "en": """Dear colleagues,

Our school has received sad news: {name} has died. Our thoughts are with the family.

Pupils are told by an adult they know, in their class, in a small group. The text is attached. We do not speak or guess about how and why it happened: nobody knows it fully.

Please be attentive. If somebody withdraws, grieves strongly or says that they do not want to live, do not leave them alone and tell the school psychologist at once: {contact}.

It may be hard for you too. If it is difficult to speak to the class, say so and somebody will step in. The support room is open {hours}. Day and night: 111, in danger 112.

Only the head of the school answers the press.

{school}, {day}""",
    },
    "class_talk": {
        "kk": """Балалар, сіздерге қиын хабар айтамын. {name} қайтыс болды.

Мұндайда әркім әртүрлі сезінеді: біреу жылайды, біреу ашуланады, біреу ештеңе сезбейді. Осының бәрі қалыпты. Дұрыс не бұрыс сезім болмайды.

Не болғанын біз толық білмейміз, сондықтан болжамай, тарқатпай тұрайық. Ешкім кінәлі емес.

Осы қазір сұрағыларың келсе, сұраңдар. Кейін сөйлескілерің келсе, маған немесе психологқа келіңдер: {contact}, {hours}. Сабақтан да шығып келуге болады.

Досың қиналып жүрсе, оны құпия сақтама, ересекке айт. Бұл сатқындық емес, көмек. Телефон да бар: 111, шұғыл жағдайда 112. Кез келген қиындықта көмек табылады.

Бүгін сабақ жай жүреді. Біз біргеміз.""",
        "ru": """Ребята, мне нужно сказать вам тяжёлую вещь. Умер человек, которого мы знали: {name}. Мы все горюем.

Каждый чувствует по-своему: кто-то плачет, кто-то злится, кто-то не чувствует ничего. Всё это нормально, правильных чувств не бывает.

Всего, что произошло, мы не знаем, поэтому давайте не гадать и не пересказывать слухи. Никто из вас не виноват.

Если хотите спросить, спрашивайте сейчас. Если захочется поговорить позже, приходите ко мне или к психологу: {contact}, {hours}. Можно прийти и с урока.

Если другу плохо, не храните это в тайне, скажите взрослому. Это не предательство, а помощь. Есть и телефон: 111, а в опасности 112. Помощь есть при любой трудности.

Сегодня уроки пройдут спокойно. Мы вместе.""",
        "en": """I have something hard to tell you. {name} has died.

Everybody feels it in their own way: some cry, some are angry, some feel nothing. All of that is normal; there is no right way to feel.

We do not know everything about it, so let us not guess and not pass rumours on. Nobody is to blame.

If you want to ask something, ask now. If you want to talk later, come to me or to the psychologist: {contact}, {hours}. You may come out of a lesson too.

If a friend is struggling, do not keep it secret, tell an adult. That is help, not betrayal. There is a number as well: 111, and 112 in danger. There is help for every difficulty.

Lessons will be quiet today. We are together.""",
    },
    "parents": {
        "kk": """Құрметті ата-аналар!

Мектебіміз қайғыға ортақтасады: {name} қайтыс болды. Отбасына көңіл айтамыз және олардың тыныштығын сақтауларыңызды сұраймыз.

Балаларға бүгін сыныпта айтылды. Үйде де сөйлесіңіз: сұрағына қысқа әрі шын жауап беріңіз, сезімін тыңдаңыз, асықпаңыз. Бала ойнап кетсе де, жыласа да, бұл қалыпты.

Көңіл бөліңіз: ұйқысы мен тәбеті қатты өзгерсе, тұйықталса, заттарын таратса, өмір сүргісі келмейтінін айтса, тікелей сұраңыз да, жалғыз қалдырмаңыз. Мұндай сұрақ зиян келтірмейді.

Педагог-психолог: {contact}, {hours}. Тәулік бойы тегін: 111. Шұғыл жағдайда: 112.

Желіде болжам жазбауларыңызды сұраймыз.

{school}, {day}""",
        "ru": """Уважаемые родители!

Наша школа переживает утрату: умер человек, которого знали наши дети ({name}). Мы соболезнуем семье и просим беречь её покой.

Детям сегодня сказали об этом в классе. Поговорите и дома: отвечайте коротко и честно, слушайте, не торопите. Если ребёнок играет как обычно или плачет, это нормально.

Обратите внимание, если сон и аппетит сильно изменились, ребёнок замкнулся, раздаёт вещи или говорит, что не хочет жить. Спросите прямо и не оставляйте его одного. Такой вопрос не вредит.

Педагог-психолог: {contact}, {hours}. Круглосуточно и бесплатно: 111. В опасности: 112.

Просим не писать предположений в сети.

{school}, {day}""",
        "en": """Dear parents,

Our school is grieving: {name} has died. Our thoughts are with the family, and we ask you to respect their quiet.

The children were told in class today. Please talk at home as well: answer briefly and honestly, listen, do not hurry. Whether a child plays as usual or cries, both are normal.

Take notice if sleep and appetite change strongly, if your child withdraws, gives things away or says that they do not want to live. Ask directly and do not leave them alone. Asking does no harm.

School psychologist: {contact}, {hours}. Free, day and night: 111. In danger: 112.

We ask you not to write guesses on the internet.

{school}, {day}""",
    },
    "family": {
        "kk": """Құрметті отбасы мүшелері!

{name} қайтыс болды, қайғыларыңызға ортақтасамыз. Мектеп ұжымы сіздермен бірге.

Сіздердің келісімдеріңізсіз ештеңе айтпаймыз. Мектепте не айтуға болатынын, жерлеуге кім барғанын қалайтындарыңызды бізге айтыңыздар.

Заттары сіздер қалаған уақытта беріледі. Мектептен сіздерге автоматты хабарламалар келмейді.

Басқа балаларыңызға қолдау керек болса, біз дайынбыз: {contact}.

{school}""",
        "ru": """Дорогие родные и близкие!

Мы горюем вместе с вами. {name} навсегда останется в нашей памяти. Школа рядом.

Без вашего согласия мы ничего не скажем. Скажите нам, пожалуйста, что можно говорить в школе и кого вы хотели бы видеть на похоронах.

Вещи мы передадим, когда вам будет удобно. Автоматических сообщений от школы вы получать не будете.

Если поддержка нужна другим детям семьи, мы готовы: {contact}.

{school}""",
        "en": """To the family and friends of {name}:

We grieve with you. The school is at your side.

We will say nothing without your consent. Please tell us what may be said at school, and whom you would like to see at the funeral.

We will hand over belongings whenever it suits you. You will get no automatic messages from the school.

If other children of the family need support, we are ready: {contact}.

{school}""",
    },
    "media": {
        "kk": """{school} қайтыс болған оқушының (қызметкердің) отбасына көңіл айтады.

Қазір мектеп оқушыларға, ата-аналарға және қызметкерлерге қолдау көрсетіп жатыр: педагог-психологтар жұмыс істеп тұр.

Отбасының құрметі үшін мән-жай туралы айтпаймыз. Журналистерден отбасы мен балалардың тыныштығын сақтауды, оқушылардан сұхбат алмауды, атын, суретін және болжамдарды жарияламауды сұраймыз. Материалда көмек телефондарын беріңіздер: 111, шұғыл жағдайда 112.

Сұрақтар бойынша: {contact}.

{day}""",
        "ru": """{school} выражает соболезнование семье.

Сейчас школа поддерживает учеников, родителей и сотрудников: работают педагоги-психологи.

Из уважения к семье мы не говорим об обстоятельствах. Просим журналистов беречь покой семьи и детей, не брать интервью у учеников, не публиковать имя, фотографии и предположения. Пожалуйста, укажите в материале телефоны помощи: 111, в опасности 112.

По вопросам: {contact}.

{day}""",
        "en": """{school} expresses its condolences to the family.

The school is supporting pupils, parents and staff; psychologists are at work.

Out of respect for the family we do not speak about the circumstances. We ask journalists to respect the quiet of the family and the children, not to interview pupils, and not to publish the name, pictures or guesses. Please give the numbers for help: 111, and 112 in danger.

Questions: {contact}.

{day}""",
    },
}


def fill(apps, schema_editor):  # type: ignore[no-untyped-def]
    template_of = apps.get_model("postvention", "MessageTemplate")
    for audience, texts in TEXTS.items():
        template_of.objects.create(audience=audience, number=1, texts=texts, source=SOURCE, made_at=SINCE)


class Migration(migrations.Migration):
    dependencies = [("postvention", "0002_checklist")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
