"""A lesson video comes in by tus 1.0: in pieces, to the disk, whatever breaks on the way."""

from base64 import b64encode
from collections.abc import Callable
from datetime import timedelta
from typing import Any, cast

import pytest
from django.http import HttpResponse, UnreadablePostError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from analytics.enums import Mode, UploadState
from analytics.models import Upload
from analytics.rules import tus
from analytics.services import files, uploads
from analytics.services.files import video_path
from analytics.services.uploads import BusyError, OffsetConflictError, append, expire_uploads
from caseflow.directory.enums import Role
from tests.analytics.factories import Lesson, lesson, upload_of
from tests.directory.factories import actor, signed_in

pytestmark = pytest.mark.django_db

MP4 = b"\0\0\0\x18ftypmp42\0\0\0\0mp42isom"
HEADERS: dict[str, Any] = {"HTTP_TUS_RESUMABLE": "1.0.0"}


@pytest.fixture
def where() -> Lesson:
    return lesson(pupils=1)


@pytest.fixture
def client(where: Lesson) -> Client:
    return signed_in(where.psychologist)


def begin(client: Client, length: int) -> HttpResponse:
    name = b64encode("урок 7Б.mp4".encode()).decode()
    answer = client.post(
        reverse("analytics:uploads"),
        **HEADERS,
        HTTP_UPLOAD_LENGTH=str(length),
        HTTP_UPLOAD_METADATA=f"filename {name}",
    )
    return cast("HttpResponse", answer)


def patch(client: Client, url: str, offset: int, piece: bytes) -> HttpResponse:
    answer = client.patch(url, piece, content_type=tus.CHUNK_TYPE, **HEADERS, HTTP_UPLOAD_OFFSET=str(offset))
    return cast("HttpResponse", answer)


def test_a_file_sent_in_two_pieces_lies_whole_on_the_disk(client: Client) -> None:
    content = MP4 + bytes(range(256)) * 10
    url = begin(client, len(content)).headers["Location"]

    first = patch(client, url, 0, content[:1000])
    second = patch(client, url, 1000, content[1000:])

    upload = Upload.objects.get()
    assert (first.status_code, first.headers["Upload-Offset"]) == (204, "1000")
    assert (second.status_code, second.headers["Upload-Offset"]) == (204, str(len(content)))
    assert (upload.state, upload.file_name) == (UploadState.RECEIVED, "урок 7Б.mp4")
    assert video_path(upload.pk).read_bytes() == content
    assert video_path(upload.pk).stat().st_mode & 0o077 == 0


def test_after_a_break_the_browser_asks_where_to_go_on(client: Client) -> None:
    url = begin(client, 1000).headers["Location"]
    patch(client, url, 0, MP4)

    answer = client.head(url, **HEADERS)

    assert answer.headers["Upload-Offset"] == str(len(MP4))
    assert answer.headers["Upload-Length"] == "1000"
    assert answer.headers["Cache-Control"] == "no-store"
    assert answer.headers["Tus-Resumable"] == "1.0.0"
    assert "GMT" in answer.headers["Upload-Expires"]


def test_a_piece_at_another_offset_is_a_conflict_and_changes_nothing(client: Client) -> None:
    url = begin(client, 1000).headers["Location"]
    patch(client, url, 0, MP4)

    assert patch(client, url, 0, b"x" * 50).status_code == 409
    assert patch(client, url, 500, b"x" * 50).status_code == 409
    assert video_path(Upload.objects.get().pk).read_bytes() == MP4


class Dropping:
    """A body whose connection breaks after so many bytes."""

    def __init__(self, content: bytes) -> None:
        self.content = content

    def read(self, size: int, /) -> bytes:
        if not self.content:
            raise UnreadablePostError
        piece, self.content = self.content[:size], self.content[size:]
        return piece


def test_what_came_before_a_broken_connection_stays(where: Lesson, client: Client) -> None:
    begin(client, 1000)
    upload = Upload.objects.get()

    standing = append(where.psychologist, upload.pk, offset=0, body=Dropping(MP4), size=1000)

    assert (standing.received, standing.writer, standing.state) == (len(MP4), None, UploadState.RECEIVING)


class Interrupting:
    """A body during whose reading something else happens."""

    def __init__(self, content: bytes, happens: Callable[[], object]) -> None:
        self.content, self.happens = content, happens

    def read(self, size: int, /) -> bytes:
        self.happens()
        piece, self.content = self.content[:size], self.content[size:]
        return piece


def test_two_tabs_that_send_the_same_upload_cannot_interleave(where: Lesson, client: Client) -> None:
    begin(client, 1000)
    upload = Upload.objects.get()
    refused: list[type[Exception]] = []

    def second_tab() -> None:
        try:
            append(where.psychologist, upload.pk, offset=0, body=Dropping(b"y" * 100), size=100)
        except BusyError as busy:
            refused.append(type(busy))

    append(where.psychologist, upload.pk, offset=0, body=Interrupting(MP4, second_tab), size=len(MP4))

    assert BusyError in refused
    assert video_path(upload.pk).read_bytes() == MP4
    with pytest.raises(OffsetConflictError):
        append(where.psychologist, upload.pk, offset=0, body=Dropping(MP4), size=10)


def test_a_busy_upload_answers_423(where: Lesson, client: Client) -> None:
    url = begin(client, 1000).headers["Location"]
    Upload.objects.update(writer=where.plan.pk, writing_until=timezone.now() + timedelta(seconds=30))

    assert patch(client, url, 0, MP4).status_code == 423


def test_a_writer_that_died_blocks_nobody_for_long(where: Lesson, client: Client) -> None:
    url = begin(client, 1000).headers["Location"]
    Upload.objects.update(writer=where.plan.pk, writing_until=timezone.now() - timedelta(seconds=1))

    assert patch(client, url, 0, MP4).status_code == 204


def test_a_file_that_is_no_video_is_refused_at_its_first_bytes_and_removed(client: Client) -> None:
    url = begin(client, 1000).headers["Location"]

    answer = patch(client, url, 0, b"%PDF-1.7 this is a letter")

    upload = Upload.objects.get()
    assert answer.status_code == 415
    assert "This is not a video" in answer.content.decode()
    assert (upload.state, upload.error_code) == (UploadState.REFUSED, "not_a_video")
    assert not video_path(upload.pk).exists()


@pytest.mark.parametrize(
    ("length", "status", "says"),
    [(0, 400, "empty"), (4 * 1024**3 + 1, 413, "larger than 4 GB"), (-1, 400, "Upload-Length")],
)
def test_impossible_lengths_are_refused_before_anything_is_kept(
    client: Client, length: int, status: int, says: str
) -> None:
    answer = begin(client, length)

    assert answer.status_code == status
    assert says in answer.content.decode()
    assert not Upload.objects.exists()


def test_a_full_disk_is_said_before_the_upload_begins(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "KEPT_FREE", 10**18)

    answer = begin(client, 1000)

    assert answer.status_code == 507
    assert "not enough free space" in answer.content.decode()


def test_uploads_still_coming_count_as_space_that_is_taken(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    asked: list[int] = []
    monkeypatch.setattr(uploads, "require_space", asked.append)
    url = begin(client, 1000).headers["Location"]
    patch(client, url, 0, MP4)

    begin(client, 500)

    assert asked == [1000, 500 + 1000 - len(MP4)]


def test_a_disk_that_fills_up_on_the_way_loses_nothing(
    where: Lesson, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    url = begin(client, 1000).headers["Location"]
    patch(client, url, 0, MP4)

    def full(*_what: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("analytics.services.files.os.fsync", full)
    answer = patch(client, url, len(MP4), b"x" * 100)

    assert answer.status_code == 507
    assert Upload.objects.get().received == len(MP4)


def test_nothing_is_taken_where_mood_analysis_is_off() -> None:
    where = lesson(pupils=1, mode=Mode.OFF)

    answer = begin(signed_in(where.psychologist), 1000)

    assert answer.status_code == 403
    assert "switched off" in answer.content.decode()


def test_another_version_of_the_protocol_is_refused(client: Client) -> None:
    answer = client.post(reverse("analytics:uploads"), HTTP_TUS_RESUMABLE="0.2.2", HTTP_UPLOAD_LENGTH="10")

    assert answer.status_code == 412
    assert answer.headers["Tus-Resumable"] == "1.0.0"


def test_a_piece_of_another_type_or_too_large_is_refused(client: Client) -> None:
    url = begin(client, tus.LARGEST_CHUNK * 2).headers["Location"]

    wrong = client.patch(url, b"x", content_type="text/plain", HTTP_UPLOAD_OFFSET="0", **HEADERS)
    large = patch(client, url, 0, b"x" * (tus.LARGEST_CHUNK + 1))

    assert (wrong.status_code, large.status_code) == (415, 413)


def test_ending_an_upload_removes_it(client: Client) -> None:
    url = begin(client, 1000).headers["Location"]

    assert client.delete(url, **HEADERS).status_code == 204
    assert client.head(url, **HEADERS).status_code == 404
    assert not video_path(Upload.objects.get().pk).exists()


@pytest.mark.parametrize("method", ["head", "patch", "delete"])
def test_another_persons_upload_is_not_there(where: Lesson, client: Client, method: str) -> None:
    url = begin(client, 1000).headers["Location"]
    colleague = signed_in(actor(Role.PSYCHOLOGIST, school=where.school))

    answer = getattr(colleague, method)(
        url,
        content_type=tus.CHUNK_TYPE,
        HTTP_UPLOAD_OFFSET="0",
        **({"data": MP4} if method == "patch" else {}),
        **HEADERS,
    )

    assert answer.status_code == 404
    assert Upload.objects.get().state == UploadState.RECEIVING


def test_an_upload_nobody_goes_on_with_is_removed_after_a_day(where: Lesson) -> None:
    upload = upload_of(where.psychologist.user, MP4)
    Upload.objects.update(expires_at=timezone.now() - timedelta(seconds=1))

    assert expire_uploads() == 1
    assert not video_path(upload.pk).exists()
    assert Upload.objects.get().state == UploadState.REMOVED
    assert expire_uploads() == 0


@pytest.mark.parametrize(
    ("metadata", "name"),
    [
        ("filename " + b64encode(b"a.mp4").decode(), "a.mp4"),
        ("type dmlkZW8=, filename " + b64encode(b"b\0.mkv").decode(), "b.mkv"),
        ("filename not-base64!", ""),
        ("", ""),
    ],
)
def test_the_name_is_read_from_the_metadata(metadata: str, name: str) -> None:
    assert tus.file_name(metadata) == name


@pytest.mark.parametrize(
    ("header", "number"), [("12", 12), ("0", 0), ("-1", None), ("", None), ("١٢", None), (None, None)]
)
def test_only_whole_numbers_count(header: str | None, number: int | None) -> None:
    assert tus.whole_number(header) == number
