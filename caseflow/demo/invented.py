"""Names for those of whom the demo tells nothing else. All of them are invented."""

from collections.abc import Iterator
from itertools import count

FAMILIES = (
    "Абдуалиев", "Айтжанов", "Базарбаев", "Бердібеков", "Есмағамбетов", "Жанұзақов", "Қонысбаев", "Құдайбергенов",
    "Мәмбетов", "Нұрмағамбетов", "Оразов", "Рысбеков", "Сүлейменов", "Тәжібаев", "Шоқанов", "Ізтілеуов", "Андреев",
    "Власов", "Громов", "Дьяченко", "Захаров", "Лебедев", "Тен",
)  # fmt: skip
MEN = (
    "Абылай", "Бауыржан", "Данияр", "Ербол", "Жандос", "Қанат", "Мейрам", "Олжас", "Рауан", "Талғат", "Шыңғыс", "Илья",
    "Роман",
)  # fmt: skip
WOMEN = (
    "Әсем", "Баян", "Динара", "Еркеназ", "Жұлдыз", "Қарлығаш", "Мөлдір", "Назым", "Сәуле", "Толғанай", "Шынар",
    "Алёна", "Юлия",
)  # fmt: skip
UNDECLINED = ("Дьяченко", "Тен")
# Each is prime to the length of the list through which it strides, so that names meet in ever other pairs.
STRIDE_FAMILY, STRIDE_FIRST = 7, 5


def invented_people() -> Iterator[tuple[str, str, str]]:
    """Family name, first name and sex of one after another, always the same ones, women and men in turn."""
    for number in count():
        family, sex = FAMILIES[number * STRIDE_FAMILY % len(FAMILIES)], "mf"[number % 2]
        firsts = WOMEN if sex == "f" else MEN
        ending = "а" if sex == "f" and family not in UNDECLINED else ""
        yield family + ending, firsts[number * STRIDE_FIRST % len(firsts)], sex
