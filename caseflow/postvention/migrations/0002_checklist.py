"""What a school does after a death, as the first checklist. A region replaces it with a version of its own.

Own wording after WHO, "Preventing suicide: a resource for teachers and other school staff" (2000), and AFSP and SPRC,
"After a suicide: a toolkit for schools" (2nd edition, 2018). Terms are our own policy.
"""

from datetime import UTC, datetime

from django.db import migrations

SINCE = datetime(2026, 9, 1, tzinfo=UTC)
SOURCE = (
    "[P] after WHO, a resource for teachers (2000), and AFSP and SPRC, After a Suicide: a toolkit for schools (2018)"
)
TITLE = {"kk": "Қазадан кейін", "ru": "После утраты", "en": "After a loss"}
NOW, LATER = "protocol_step_urgent", "protocol_step"
# code, doer, amount, unit, basis, missed, (kk, ru, en), (kk, ru, en)
STEPS = (
    (
        "verify", "psych", 1, "hours", "wall", NOW,
        (
            "Деректерді отбасынан немесе ресми органнан нақтылау",
            "Уточнить факты у семьи или официального органа",
            "Verify the facts with the family or an authority",
        ),
        (
            "Кім, қашан және не айтты. Расталғанша ештеңе жарияланбайды, болжам айтылмайды.",
            "Кто, когда и что сказал. До подтверждения ничего не объявляют и не предполагают.",
            "Who said what and when. Until it is confirmed nothing is announced and nothing is guessed.",
        ),
    ),
    (
        "crisis_team", "principal", 1, "hours", "wall", NOW,
        (
            "Дағдарыс тобын жинау, аудан психологына хабарлау",
            "Собрать кризисную группу, сообщить психологу района",
            "Call the crisis team together and tell the district's psychologist",
        ),
        (
            "Мектеп басшысы, педагог-психолог, әлеуметтік педагог, сынып жетекшісі. Кім не істейтінін бөлісіңіз.",
            "Директор, педагог-психолог, социальный педагог, классный руководитель. Распределите, кто что делает.",
            "Head, psychologist, social pedagogue, class teacher. Share out who does what.",
        ),
    ),
    (
        "press_person", "principal", 2, "hours", "wall", NOW,
        (
            "БАҚ-пен сөйлесетін бір адамды белгілеу",
            "Назначить одного человека для прессы",
            "Name one person who speaks to the press",
        ),
        (
            "Қалғандары сұрақтарды соған жібереді. Оқушылардан мектепте сұхбат алынбайды.",
            "Остальные направляют вопросы ему. Учеников в школе не опрашивают.",
            "Everybody else refers to this person. Pupils are not interviewed at school.",
        ),
    ),
    (
        "family", "principal", 4, "hours", "wall", NOW,
        (
            "Отбасына көңіл айту, не айтуға болатынын келісу",
            "Выразить соболезнование семье, согласовать, что можно сказать",
            "Condole with the family and agree what may be said",
        ),
        (
            "Отбасының қалауын жазыңыз: аты, жерлеу, мектептің қатысуы.",
            "Запишите, чего хочет семья: имя, похороны, участие школы.",
            "Write down what the family wishes: the name, the funeral, what the school does.",
        ),
    ),
    (
        "staff_first", "principal", 4, "hours", "wall", NOW,
        (
            "Қызметкерлерге оқушылардан бұрын хабарлау",
            "Сообщить сотрудникам раньше, чем ученикам",
            "Tell the staff before the pupils",
        ),
        (
            "Қысқа жиналыс: не белгілі, сыныпта не айтылады, кім қиналып отыр. Ешкім мәжбүр емес.",
            "Короткое собрание: что известно, что говорят в классе, кому самому тяжело. Никого не заставляют.",
            "A short meeting: what is known, what is said in class, who cannot do it. Nobody has to.",
        ),
    ),
    (
        "vulnerable", "psych", 8, "hours", "wall", NOW,
        (
            "Қаза кімге қатты тиетінін анықтау, тізімді бастау",
            "Понять, кого утрата задевает сильнее, начать список",
            "See whom the loss touches most, and begin the list",
        ),
        (
            "Сынып, бауырлары, жақын достары, куә болғандар, бұрыннан қиналып жүргендер.",
            "Класс, братья и сёстры, близкие друзья, свидетели, те, кому и раньше было тяжело.",
            "The class, brothers and sisters, close friends, witnesses, those who had a hard time before.",
        ),
    ),
    (
        "class_talks", "psych", 24, "hours", "wall", NOW,
        (
            "Сыныптарда сөйлесу, дауыс зорайтқышпен жарияламау",
            "Поговорить в классах, не объявлять по громкой связи",
            "Talk in the classes, announce nothing by loudspeaker",
        ),
        (
            "Таныс ересек шағын топқа айтады. Қаза болған адамның сыныбында психолог бірге болады.",
            "Говорит знакомый взрослый, в малой группе. В классе умершего рядом психолог.",
            "A known adult tells a small group. In the class of who has died the psychologist is there.",
        ),
    ),
    (
        "parents", "principal", 24, "hours", "wall", NOW,
        (
            "Ата-аналарға хат: не болды, неге көңіл бөлу керек, қайда хабарласу керек",
            "Письмо родителям: что случилось, на что обратить внимание, куда звонить",
            "A letter to parents: what has happened, what to watch for, whom to call",
        ),
        (
            "Бекітілген үлгіден, келісілген мәтінмен. Тәсіл, орын, себеп айтылмайды.",
            "По утверждённому шаблону, согласованным текстом. Без способа, места и причины.",
            "From the approved template, as agreed. No way, no place, no cause.",
        ),
    ),
    (
        "room", "psych", 24, "hours", "wall", LATER,
        (
            "Қолдау бөлмесін ашу",
            "Открыть комнату поддержки",
            "Open a room for support",
        ),
        (
            "Қайда, сағат нешеде, кім отырады. Сабақтан рұқсатсыз келуге болады.",
            "Где, в какие часы, кто дежурит. Прийти можно и с урока.",
            "Where, at what hours, who is there. Pupils may come out of a lesson.",
        ),
    ),
    (
        "empty_chair", "psych", 24, "hours", "wall", LATER,
        (
            "Бос орын, шкаф және заттар туралы шешу",
            "Решить, как быть с пустым местом, шкафчиком и вещами",
            "Decide about the empty chair, the locker and the things",
        ),
        (
            "Орынды бірден алып тастамаңыз, қасиетті орынға да айналдырмаңыз. Сыныппен келісіңіз.",
            "Не убирайте место сразу и не делайте из него мемориал. Решите вместе с классом.",
            "Neither clear the place at once nor make a shrine of it. Decide together with the class.",
        ),
    ),
    (
        "social_media", "psych", 24, "hours", "wall", LATER,
        (
            "Әлеуметтік желілерге көз салу",
            "Обратить внимание на социальные сети",
            "Keep an eye on social media",
        ),
        (
            "Сыныптың өзінен сұраңыз: не жазылып жатыр, кім қиналып отыр. Зиянды жазбаны алып тастауды сұраңыз.",
            "Спросите сам класс: что пишут, кому плохо. Попросите убрать то, что вредит.",
            "Ask the class what is written and who is in distress. Ask to take down what does harm.",
        ),
    ),
    (
        "staff_support", "lead", 2, "days", "working", LATER,
        (
            "Қызметкерлерге қолдау көрсету, психологты ауыстыру",
            "Поддержать сотрудников, подменить психолога",
            "Support the staff, and relieve the psychologist",
        ),
        (
            "Сынып жетекшісіне және психологқа кім көмектеседі.",
            "Кто помогает классному руководителю и самому психологу.",
            "Who helps the class teacher, and the psychologist.",
        ),
    ),
    (
        "funeral", "principal", 3, "days", "wall", LATER,
        (
            "Жерлеуге қатысу тәртібін келісу",
            "Договориться об участии в похоронах",
            "Agree who takes part in the funeral",
        ),
        (
            "Отбасының қалауымен, ата-ана рұқсатымен, ересектердің жанында. Сабақ тоқтатылмайды.",
            "По желанию семьи, с согласия родителей, со взрослыми. Уроки не отменяют.",
            "As the family wishes, with the parents' consent, with adults. Lessons go on.",
        ),
    ),
    (
        "memorial", "principal", 5, "days", "working", LATER,
        (
            "Еске алудың қауіпсіз тәсілін шешу",
            "Решить, как безопасно чтить память",
            "Decide on a safe way to remember",
        ),
        (
            "Кез келген қазаға бірдей: мерзімі бар, тұрақты белгісіз, өмірге бағытталған іс.",
            "Одинаково при любой утрате: на время, без постоянных знаков, дело в пользу живых.",
            "The same for every loss: for a time, without lasting signs, something that serves the living.",
        ),
    ),
    (
        "routine", "principal", 5, "days", "working", LATER,
        (
            "Қалыпты тәртіпке оралу",
            "Вернуться к обычному распорядку",
            "Return to the usual routine",
        ),
        (
            "Сабақ кестесі сақталады, бірақ бақылау жұмыстары шегерілуі мүмкін.",
            "Расписание остаётся, контрольные можно перенести.",
            "The timetable stays, tests may be moved.",
        ),
    ),
    (
        "second_look", "psych", 7, "days", "wall", LATER,
        (
            "Тізімдегі әр оқушымен сөйлесіп шығу",
            "Поговорить с каждым из списка",
            "Have talked with everybody on the list",
        ),
        (
            "Кімге қолдау керек, соның ісі ашылған ба.",
            "Кому нужна поддержка, открыто ли дело.",
            "Who needs support, and whether there is a case.",
        ),
    ),
    (
        "month_look", "psych", 30, "days", "wall", LATER,
        (
            "Бір айдан кейін қайта қарау",
            "Вернуться к списку через месяц",
            "Look again after a month",
        ),
        (
            "Кім әлі қиналып жүр, кім назардан тыс қалды, қызметкерлер қалай.",
            "Кому всё ещё тяжело, кого не заметили, как сотрудники.",
            "Who is still in distress, who was overlooked, how the staff are.",
        ),
    ),
    (
        "lessons", "lead", 30, "days", "wall", LATER,
        (
            "Не көмектескенін, не көмектеспегенін талқылау",
            "Обсудить, что помогло, а что нет",
            "Discuss what helped and what did not",
        ),
        (
            "Кінәлі іздемей: келесі жолы не басқаша істеледі.",
            "Без поиска виноватых: что в следующий раз сделать иначе.",
            "Without looking for somebody at fault: what is done differently next time.",
        ),
    ),
    (
        "year", "psych", 351, "days", "wall", LATER,
        (
            "Жылдық күнге дайындалу",
            "Подготовиться к годовщине",
            "Prepare for the anniversary",
        ),
        (
            "Екі апта бұрын: кім туралы ойлаймыз, не айтылады, отбасы не қалайды.",
            "За две недели: о ком помнить, что сказать, чего хочет семья.",
            "Two weeks before: whom to think of, what is said, what the family wishes.",
        ),
    ),
)  # fmt: skip
LANGUAGES = ("kk", "ru", "en")


def fill(apps, schema_editor):  # type: ignore[no-untyped-def]
    protocol = apps.get_model("protocols", "Protocol").objects.create(code="after_loss", region=None)
    version = apps.get_model("protocols", "ProtocolVersion").objects.create(
        protocol=protocol,
        number=1,
        state="in_force",
        title=TITLE,
        source=SOURCE,
        made_at=SINCE,
        in_force_from=SINCE,
    )
    step_of = apps.get_model("protocols", "ProtocolStep")
    for position, (code, doer, amount, unit, basis, missed, title, hint) in enumerate(STEPS, start=1):
        step_of.objects.create(
            version=version,
            position=position,
            code=code,
            doer=doer,
            amount=amount,
            unit=unit,
            basis=basis,
            evidence="words",
            part="",
            missed=missed,
            title=dict(zip(LANGUAGES, title, strict=True)),
            hint=dict(zip(LANGUAGES, hint, strict=True)),
        )


class Migration(migrations.Migration):
    dependencies = [
        ("postvention", "0001_initial"),
        ("protocols", "0003_doers_at_a_school"),
        ("clocks", "0014_loss_steps"),
    ]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
