"""A file that is too large or of the wrong type is refused before it is in memory."""

from io import BytesIO

import pytest
from django.core.files.uploadedfile import UploadedFile
from django.utils.datastructures import MultiValueDict

from analytics.forms import StillForm
from analytics.services.stills import MOST_BYTES
from caseflow.consent.forms import PaperForm
from caseflow.consent.services import scans
from caseflow.directory.enums import Role
from caseflow.directory.forms import ImportForm
from caseflow.directory.services import tables
from caseflow.records.received import BEGINNING, PNG, TooLargeError, WrongTypeError, read_received
from tests.directory.factories import GuardianshipFactory, SchoolFactory, actor


class Received(UploadedFile):  # type: ignore[type-arg]  # not generic at run time
    """An upload that knows how much of it was read; `size` is what the browser's body came to."""

    def __init__(self, content: bytes, size: int | None = None) -> None:
        self.taken = 0
        super().__init__(BytesIO(content), "a name", size=len(content) if size is None else size)

    def read(self, size: int = -1) -> bytes:
        content = bytes(self.file.read(size)) if self.file else b""
        self.taken += len(content)
        return content


def starts_right(beginning: bytes) -> bool:
    return beginning.startswith(PNG)


def test_a_file_of_the_right_size_and_type_is_read_whole() -> None:
    content = PNG + b"x" * 1000
    assert read_received(Received(content), most=len(content), fits=starts_right) == content


def test_an_empty_file_is_left_to_whoever_wants_content() -> None:
    assert read_received(Received(b""), most=10, fits=starts_right) == b""


def test_a_file_that_is_too_large_is_not_read_at_all() -> None:
    upload = Received(PNG + b"x" * 1000)
    with pytest.raises(TooLargeError):
        read_received(upload, most=1000, fits=starts_right)
    assert upload.taken == 0


def test_of_a_file_of_the_wrong_type_only_the_beginning_is_read() -> None:
    upload = Received(b"MZ" + b"x" * 100_000)
    with pytest.raises(WrongTypeError):
        read_received(upload, most=1_000_000, fits=starts_right)
    assert upload.taken == BEGINNING


def test_of_a_file_that_is_larger_than_it_said_no_more_than_the_limit_is_held() -> None:
    upload = Received(PNG + b"x" * 100_000, size=10)
    assert len(read_received(upload, most=2000, fits=starts_right)) == 2000
    assert upload.taken == 2000


def still_form(upload: Received) -> StillForm:
    return StillForm({"kind": "empty_room"}, MultiValueDict({"picture": [upload]}))


@pytest.mark.parametrize(
    ("upload", "sentence"),
    [
        (Received(PNG, size=MOST_BYTES + 1), "The picture is larger than 15 MB. Export it as JPEG."),
        (Received(b"%PDF-1.7" * 1000), "This is not a picture. Choose a JPEG, PNG or WebP file."),
        (Received(b"RIFF____WAVE" * 1000), "This is not a picture. Choose a JPEG, PNG or WebP file."),
    ],
)
def test_a_still_is_refused_with_a_sentence(upload: Received, sentence: str) -> None:
    assert still_form(upload).errors["picture"] == [sentence]
    assert upload.taken <= BEGINNING


@pytest.mark.parametrize("beginning", [PNG, b"\xff\xd8\xff\xe0", b"RIFF____WEBPVP8 "])
def test_a_still_of_a_known_type_is_taken(beginning: bytes) -> None:
    form = still_form(Received(beginning + b"x" * 1000))
    assert form.is_valid()
    assert form.still()["content"] == beginning + b"x" * 1000


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("upload", "sentence"),
    [
        (Received(b"a;b", size=tables.MAX_BYTES + 1), "The file is larger than 10 MB. Split it by class."),
        (Received(b"\0\1\2" * 1000), "The file is neither an XLSX table nor CSV text."),
    ],
)
def test_a_list_of_pupils_is_refused_with_a_sentence(upload: Received, sentence: str) -> None:
    school = SchoolFactory.create()
    form = ImportForm(actor(Role.SCHOOL_ADMIN, school=school), {"school": school.pk}, {"file": upload})
    assert form.errors["file"] == [sentence]
    assert upload.taken <= BEGINNING


@pytest.mark.django_db
@pytest.mark.parametrize("upload", [Received(b"%PDF-", size=scans.MAX_BYTES + 1), Received(b"GIF89a" * 1000)])
def test_a_scan_is_refused_with_a_sentence(upload: Received) -> None:
    form = PaperForm(GuardianshipFactory.create().pupil, {}, {"scan": upload})
    assert form.errors["scan"] == ["The scan must be a PDF, JPEG or PNG file of at most 10 MB."]
    assert upload.taken <= BEGINNING
