"""The flow of high risk (rule 16, fact 4) as the first protocol. A region replaces it with a version of its own."""

from datetime import UTC, datetime

from django.db import migrations

SINCE = datetime(2020, 9, 1, tzinfo=UTC)
SOURCE = "[P] policy of the installation, rule 16 and fact 4"
TITLE = {"kk": "Жоғары тәуекел", "ru": "Высокий риск", "en": "High risk"}
# code, doer, amount, unit, basis, evidence, part, missed, title, hint
STEPS = (
    (
        "not_alone", "leader", 15, "minutes", "wall", "words", "not_alone", "protocol_step_urgent",
        {
            "kk": "Оқушы жалғыз қалмасын",
            "ru": "Ученик не остаётся один",
            "en": "The pupil is not left alone",
        },
        {
            "kk": "Қасында қай ересек адам бар, қайда және қашанға дейін.",
            "ru": "Кто из взрослых рядом, где и до какого времени.",
            "en": "Which adult is with them, where and until when.",
        },
    ),
    (
        "second_knows", "second", 1, "hours", "wall", "second", "", "protocol_step_urgent",
        {
            "kk": "Екінші адам хабардар",
            "ru": "Второй человек знает",
            "en": "The second person knows",
        },
        {
            "kk": "Іске кіріскеніңізді және не туралы келіскеніңізді жазыңыз.",
            "ru": "Напишите, что вы подключились и о чём договорились.",
            "en": "Say that you have joined and what was agreed.",
        },
    ),
    (
        "assessed", "leader", 4, "hours", "wall", "assessment", "", "protocol_step_urgent",
        {
            "kk": "Тәуекелді адам бағалады",
            "ru": "Риск оценил человек",
            "en": "A person has assessed the risk",
        },
        {
            "kk": "Істегі «Тәуекелді бағалау» арқылы орындалады.",
            "ru": "Выполняется через «Оценить риск» в деле.",
            "en": "Done by assessing the risk in the case.",
        },
    ),
    (
        "parents_told", "leader", 6, "hours", "wall", "contact", "parent_contact", "protocol_step_urgent",
        {
            "kk": "Ата-анаға хабарланды",
            "ru": "Родителям сообщено",
            "en": "The parents are told",
        },
        {
            "kk": "Кіммен, қашан сөйлестіңіз. Қауіп үйден болса, неге хабарламағаныңызды жазыңыз.",
            "ru": "С кем и когда говорили. Если опасность дома, напишите, почему не сообщили.",
            "en": "Whom you reached and when. If the danger is at home, say why they are not told.",
        },
    ),
    (
        "referred", "leader", 24, "hours", "wall", "words", "referral", "protocol_step",
        {
            "kk": "Маманға жолданды",
            "ru": "Направление к специалисту",
            "en": "Referred to a specialist",
        },
        {
            "kk": "Қайда, кімге жолданды және қашан қабылдайды.",
            "ru": "Куда и к кому направили, когда примут.",
            "en": "Where and to whom, and when they will see the pupil.",
        },
    ),
    (
        "safety_plan", "leader", 24, "hours", "wall", "plan", "safety_plan", "protocol_step",
        {
            "kk": "Қауіпсіздік жоспары жасалды",
            "ru": "План безопасности составлен",
            "en": "A safety plan is made",
        },
        {
            "kk": "Жоспарға осы күннен кейін қол қойылсын. Қауіпті заттар қайда алып қойылғанын жазыңыз.",
            "ru": "План должен быть подписан после начала. Напишите, как убран доступ к опасным средствам.",
            "en": "The plan is signed since it began. Say how the access to dangerous means was removed.",
        },
    ),
    (
        "looks", "leader", 24, "hours", "wall", "dates", "follow_up", "protocol_step",
        {
            "kk": "Қайта кездесу күндері белгіленді",
            "ru": "Назначены даты наблюдения",
            "en": "Dates to look again are set",
        },
        {
            "kk": "24–72 сағаттан кейін, шамамен 7 және 30 күннен кейін.",
            "ru": "Через 24–72 часа, примерно через 7 и 30 дней.",
            "en": "After 24 to 72 hours, and after about 7 and 30 days.",
        },
    ),
)  # fmt: skip


def fill(apps, schema_editor):  # type: ignore[no-untyped-def]
    protocol = apps.get_model("protocols", "Protocol").objects.create(code="high_risk", region=None)
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
    for position, (code, doer, amount, unit, basis, evidence, part, missed, title, hint) in enumerate(STEPS, start=1):
        step_of.objects.create(
            version=version, position=position, code=code, doer=doer, amount=amount, unit=unit, basis=basis,
            evidence=evidence, part=part, missed=missed, title=title, hint=hint,
        )  # fmt: skip


class Migration(migrations.Migration):
    dependencies = [("protocols", "0001_initial"), ("clocks", "0011_protocol_steps")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
