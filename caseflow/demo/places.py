"""The demo's region, schools, rooms and timetable."""

from dataclasses import dataclass
from datetime import date, time, timedelta

from caseflow.clocks.selectors import public_holidays
from caseflow.demo.names import COORDINATES, DISTRICTS
from caseflow.directory.enums import AgencyKind, CameraPurpose
from caseflow.directory.models import (
    Agency,
    Camera,
    District,
    LessonSlot,
    Region,
    Room,
    School,
    SchoolClass,
    SchoolYear,
)

REGION_CODE = "demo-mangystau"
LESSON_TIMES = ((time(9, 0), time(9, 45), "Математика"), (time(10, 50), time(11, 35), "Әдебиет"))
HISTORY = timedelta(weeks=12)  # the school year starts early enough for ten weeks of lessons


@dataclass(frozen=True, slots=True)
class Places:
    """What the other parts of the demo refer to."""

    region: Region
    districts: tuple[District, ...]
    schools: tuple[School, ...]
    school: School
    year: SchoolYear
    class_7b: SchoolClass
    class_3b: SchoolClass
    class_9a: SchoolClass
    class_8v: SchoolClass
    room: Room
    camera: Camera
    police: Agency
    clinic: Agency


def is_made() -> bool:
    """Whether this installation holds the demo's region."""
    return Region.objects.filter(code=REGION_CODE).exists()


def make_places(today: date) -> Places:
    """The region with its seven districts, a school in each, and the school the demo looks into."""
    region = Region.objects.create(
        code=REGION_CODE, name_kk="Маңғыстау облысы", name_ru="Мангистауская область", name_en="Mangystau region"
    )
    districts = tuple(
        District.objects.create(region=region, code=f"demo-{code}", name_kk=kk, name_ru=ru, name_en=en)
        for code, kk, ru, en in DISTRICTS
    )
    schools = tuple(_make_school(number, district) for number, district in enumerate(districts, start=1))
    year = _make_year(region, today)
    classes = {
        (grade, letter): SchoolClass.objects.create(school=schools[0], year=year, grade=grade, letter=letter)
        for grade, letter in ((7, "Б"), (3, "Б"), (9, "А"), (8, "В"))
    }
    room = Room.objects.create(school=schools[0], name="214")
    camera = Camera.objects.create(room=room, name="камера 2", purpose=CameraPurpose.CLASSROOM)
    police = Agency.objects.create(
        kind=AgencyKind.POLICE,
        region=region,
        district=districts[0],
        name_kk="Ақтау қаласының полиция басқармасы",
        name_ru="Управление полиции города Актау",
        name_en="Aktau city police department",
        phone="+7 7292 00 01 02",
    )
    clinic = Agency.objects.create(
        kind=AgencyKind.HEALTH,
        region=region,
        district=districts[0],
        name_kk="№ 2 балалар емханасы",
        name_ru="Детская поликлиника № 2",
        name_en="Children's clinic no. 2",
        phone="+7 7292 00 03 04",
    )
    _make_agencies(region, districts)
    return Places(
        region, districts, schools, schools[0], year, classes[7, "Б"], classes[3, "Б"], classes[9, "А"],
        classes[8, "В"], room, camera, police, clinic,
    )  # fmt: skip


def make_timetable(places: Places, teacher_pk: int) -> list[LessonSlot]:
    """Two lessons a day of 7 «Б» in the room with the camera."""
    return [
        LessonSlot.objects.create(
            school_class=places.class_7b,
            room=places.room,
            teacher_id=teacher_pk,
            subject=subject,
            weekday=weekday,
            starts_at=starts_at,
            ends_at=ends_at,
        )
        for weekday in range(1, 6)
        for starts_at, ends_at, subject in LESSON_TIMES
    ]


def school_days(first: date, last: date) -> list[date]:
    """Mondays to Fridays that are no public holidays, both ends included."""
    days = [first + timedelta(days=n) for n in range((last - first).days + 1)]
    return [day for day in days if day.isoweekday() <= 5 and day not in public_holidays(day.year)]


def _make_agencies(region: Region, districts: tuple[District, ...]) -> None:
    """The police of the other districts, and who runs the schools of each."""
    of_kinds = {
        AgencyKind.POLICE: ("полиция бөлімі", "отдел полиции", "police department", districts[1:]),
        AgencyKind.EDUCATION: ("білім бөлімі", "отдел образования", "education department", districts),
    }
    Agency.objects.bulk_create(
        Agency(
            kind=kind,
            region=region,
            district=district,
            name_kk=f"{district.name_kk}, {kk}",
            name_ru=f"{district.name_ru}, {ru}",
            name_en=f"{district.name_en}, {en}",
        )
        for kind, (kk, ru, en, where) in of_kinds.items()
        for district in where
    )


def _make_school(number: int, district: District) -> School:
    shown = 103 + number
    return School.objects.create(
        district=district,
        code=f"demo-school-{shown}",
        bin=f"{140000000 + shown:012d}",
        name_kk=f"№ {shown} мектеп",
        name_ru=f"Школа № {shown}",
        name_en=f"School No. {shown}",
        address="14-й микрорайон, 1" if number == 1 else "ул. Абая, 10",
        phone=f"+7 7292 00 0{number} 00",
        latitude=COORDINATES[number - 1][0],
        longitude=COORDINATES[number - 1][1],
    )


def _make_year(region: Region, today: date) -> SchoolYear:
    """The running school year, begun at least twelve weeks ago whatever the season."""
    september = date(today.year if today.month >= 9 else today.year - 1, 9, 1)
    starts_on = min(september, today - HISTORY)
    return SchoolYear.objects.create(region=region, starts_on=starts_on, ends_on=date(september.year + 1, 8, 31))
