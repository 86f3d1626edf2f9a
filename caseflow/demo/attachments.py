"""Files in Madina's case: what the class teacher wrote, a drawing, and a certificate as a PDF. All invented."""

from io import BytesIO

from PIL import Image, ImageDraw

from caseflow.attachments.services import Sent, attach
from caseflow.cases.enums import Visibility
from caseflow.cases.models import Case
from caseflow.demo.people import People
from caseflow.directory.actors import Actor

CHARACTERISTIC = """Характеристика
Ученица 7 «Б» класса. Учится ровно, любит биологию и рисование.
С осени стала молчаливее, на переменах остаётся одна, дважды просилась домой с последнего урока.
Родители на связи, на встречи приходят.

Классный руководитель
"""


def make_attachments(people: People) -> None:
    """Each through the product's own services: looked through, drawn anew and sealed like any other."""
    psychologist = people.staff["psychologist"]
    case = Case.objects.get(pupil=people.pupils[0])
    _attach(psychologist, case, "Характеристика 7 Б.txt", CHARACTERISTIC.encode(), Visibility.TEAM)
    _attach(psychologist, case, "Справка (образец).pdf", _saved(_certificate(), "PDF"), Visibility.TEAM)
    _attach(psychologist, case, "Рисунок «Мой дом».jpg", _saved(_drawing(), "JPEG"), Visibility.ME_AND_LEAD)


def _attach(who: Actor, case: Case, name: str, content: bytes, visibility: Visibility) -> None:
    attach(who, case.pk, Sent(name, content), visibility=visibility)


def _drawing() -> Image.Image:
    """A house, a tree and somebody in front of them, as a child draws."""
    picture = Image.new("RGB", (900, 640), "#fdfcf7")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((120, 280, 420, 540), outline="#7a4b24", width=7)
    draw.line((100, 285, 270, 150, 440, 285), fill="#a33a2c", width=8, joint="curve")
    draw.rectangle((230, 420, 310, 540), outline="#7a4b24", width=6)
    draw.rectangle((150, 320, 215, 385), outline="#2f6690", width=6)
    draw.line((640, 540, 640, 330), fill="#6b4226", width=14)
    draw.ellipse((555, 180, 725, 370), outline="#3a7d44", width=8)
    draw.ellipse((495, 400, 535, 440), outline="#333333", width=5)
    draw.line((515, 440, 515, 505), fill="#333333", width=5)
    draw.line((515, 505, 495, 545), fill="#333333", width=5)
    draw.line((515, 505, 538, 545), fill="#333333", width=5)
    draw.ellipse((760, 60, 840, 140), outline="#e0a526", width=8)
    draw.line((40, 548, 860, 545), fill="#3a7d44", width=6)
    return picture


def _certificate() -> Image.Image:
    """A sheet with lines and a round stamp; nothing can be read on it."""
    picture = Image.new("RGB", (1240, 1754), "white")
    draw = ImageDraw.Draw(picture)
    draw.rectangle((420, 160, 820, 190), fill="#33414d")
    for number in range(9):
        right = 1090 if number % 4 != 3 else 700
        draw.rectangle((150, 340 + number * 62, right, 354 + number * 62), fill="#b7bec4")
    draw.ellipse((780, 1040, 1040, 1300), outline="#3b5fa3", width=8)
    draw.ellipse((830, 1090, 990, 1250), outline="#3b5fa3", width=4)
    return picture


def _saved(picture: Image.Image, form: str) -> bytes:
    out = BytesIO()
    picture.save(out, format=form)
    return out.getvalue()
