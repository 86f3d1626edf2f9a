"""Madina's plans: a safety plan, signed and shared, with its next version in work; a support plan of two goals."""

import json
from datetime import datetime, timedelta
from math import sin

from django.utils import timezone
from django.utils.translation import override

from caseflow.cases.models import Case
from caseflow.cases.services import complete_task
from caseflow.demo.flows import settle_plan
from caseflow.demo.people import People
from caseflow.directory.actors import Actor
from caseflow.plans.enums import Way
from caseflow.plans.rules import Line, Mark, PlanText
from caseflow.plans.services import (
    Given,
    add_measure,
    begin_draft,
    save_draft,
    set_goal,
    share_plan,
    sign_plan,
)

Lines = tuple[Line, ...]
SIGNS: Lines = (Line("Не могу уснуть и листаю тот чат"), Line("Хочется спрятаться и никому не отвечать"))
ALONE: Lines = (Line("Рисую под музыку"), Line("Выхожу во двор с собакой, телефон оставляю дома"))
ELSEWHERE: Lines = (Line("Бабушка на соседней улице"), Line("Библиотека, читальный зал"))
PEOPLE: Lines = (Line("Мама: сказать «мне плохо», дальше она сама спросит", shared=True), Line("Аружан"))
SPECIALISTS: Lines = (Line("Психолог школы, кабинет 12, каждый день до 17:00", shared=True), Line("111 в любое время"))
SAFER: Lines = (
    Line("Лекарства лежат у мамы в закрытом шкафу, ключ у неё", shared=True),
    Line("После 22:00 телефон на кухне, мама заходит пожелать спокойной ночи", shared=True),
)
FIRST = PlanText("Мадина", (SIGNS, ALONE, ELSEWHERE, PEOPLE, SPECIALISTS, SAFER))
SECOND = PlanText("Мадина", (SIGNS, (*ALONE, Line("Считаю вдохи до двадцати")), ELSEWHERE, PEOPLE, SPECIALISTS, SAFER))


def make_plans(people: People, now: datetime) -> None:
    """Each through the product's own services, as psychologist."""
    psychologist = people.staff["psychologist"]
    case = Case.objects.get(pupil=people.pupils[0])
    with override("ru"):
        _make_safety_plan(psychologist, case)
        _make_support_plan(people, case, now)
    settle_plan(psychologist, case, timedelta(days=6))


def _make_safety_plan(psychologist: Actor, case: Case) -> None:
    draft = save_draft(psychologist, case.pk, FIRST, seen_sha256=begin_draft(psychologist, case.pk).sha256)
    given = Given(
        read_aloud=True,
        pupil=Mark(Way.DRAWN, _scribble(90)),
        psychologist=Mark(Way.DRAWN, _scribble(130)),
        review_on=timezone.localdate() + timedelta(days=30),
    )
    sign_plan(psychologist, case.pk, given, seen_sha256=draft.sha256)
    share_plan(psychologist, case.pk)
    begun = begin_draft(psychologist, case.pk)
    save_draft(psychologist, case.pk, SECOND, seen_sha256=begun.sha256)


def _make_support_plan(people: People, case: Case, now: datetime) -> None:
    psychologist = people.staff["psychologist"]
    safe = set_goal(
        psychologist,
        case.pk,
        title="На переменах Мадина не остаётся одна",
        shown_by="Две недели подряд говорит, что было с кем побыть",
    )
    walk = add_measure(
        psychologist,
        case.pk,
        safe.pk,
        title="Провожать 7 «Б» в столовую на большой перемене",
        expected="Мадина обедает вместе с классом",
        membership_id=people.staff["classteacher"].membership.pk,
        due_at=now + timedelta(days=3),
    )
    complete_task(people.staff["classteacher"], walk.task_id, outcome="Обедает с Аружан, садится к окну.")
    add_measure(
        psychologist,
        case.pk,
        safe.pk,
        title="Договориться с дежурными о втором этаже",
        expected="На большой перемене там всегда взрослый",
        membership_id=people.staff["pedagogue"].membership.pk,
        due_at=now + timedelta(days=5),
    )
    sleep = set_goal(psychologist, case.pk, title="Мадина высыпается", shown_by="Засыпает до 23:00 пять дней из семи")
    add_measure(
        psychologist,
        case.pk,
        sleep.pk,
        title="Разговор о сне и телефоне, вместе с мамой",
        expected="Семья договорилась о вечере и держит это неделю",
        membership_id=psychologist.membership.pk,
        due_at=now + timedelta(days=4),
    )


def _scribble(width: int) -> str:
    """An invented signature: a wave of `width` points."""
    wave = [[100 + 6 * x, round(160 + 80 * sin(x / 5) * (1 - x / (width + 40)))] for x in range(width)]
    return json.dumps([wave])
