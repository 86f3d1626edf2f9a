"""A camera is called where the installation allows it, and a name cannot lead elsewhere."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.pipeline.cameras.places import CameraPlace, address_of, networks, parse_camera_url, resolve
from analytics.pipeline.errors import BadCameraAddress, CameraElsewhere, CameraUnreachable

SCHOOL = networks("10.0.0.0/8, 192.168.0.0/16, fd00::/8")
PLACE = CameraPlace("camera.school", 554, "rtsp://camera.school:554/live")


def test_an_address_is_taken_apart_and_its_password_kept_out_of_what_is_said() -> None:
    found = parse_camera_url(" rtsp://viewer:s%3Ae%20cret@10.1.2.3/live/1?channel=2 ")
    assert found == CameraPlace("10.1.2.3", 554, "rtsp://10.1.2.3:554/live/1?channel=2", "viewer", "s:e cret")
    assert parse_camera_url("rtsp://[fd00::7]:8554/").url == "rtsp://[fd00::7]:8554/"


@pytest.mark.parametrize(
    "text",
    [
        "", "http://10.1.2.3/", "rtsp:///live", "rtsp://10.1.2.3:99999/", "rtsp://10.1.2.3/a b", "file:///etc/passwd",
        "rtsp://10.1.2.3/a\r\nX: y", "rtsp://a%0d%0ab:c@10.1.2.3/", 'rtsp://a"b:c@10.1.2.3/',
        "rtsp://10.1.2.3/" + "a" * 500,
    ],
)  # fmt: skip
def test_what_is_no_address_of_a_camera_is_refused(text: str) -> None:
    with pytest.raises(BadCameraAddress):
        parse_camera_url(text)


def test_one_address_outside_is_enough_to_refuse_the_name() -> None:
    assert address_of(PLACE, SCHOOL, lambda *_: ["10.1.2.3", "fd00::7"]) == "10.1.2.3"
    for outside in ("8.8.8.8", "127.0.0.1", "169.254.169.254", "::1", "fe80::1%eth0", "::ffff:8.8.8.8"):
        with pytest.raises(CameraElsewhere):
            address_of(PLACE, SCHOOL, lambda *_, found=outside: ["10.1.2.3", found])


def test_a_mapped_address_counts_as_what_it_maps() -> None:
    assert address_of(PLACE, SCHOOL, lambda *_: ["::ffff:10.1.2.3"]) == "::ffff:10.1.2.3"


@given(st.ip_addresses())
def test_only_what_lies_in_a_range_is_called(address: object) -> None:
    inside = any(address in network for network in SCHOOL)
    if inside:
        assert address_of(PLACE, SCHOOL, lambda *_: [str(address)]) == str(address)
    elif not getattr(address, "ipv4_mapped", None):
        with pytest.raises(CameraElsewhere):
            address_of(PLACE, SCHOOL, lambda *_: [str(address)])


def test_a_name_that_nobody_knows_is_unreachable() -> None:
    def unknown(_host: str, _port: int) -> list[str]:
        raise OSError("no such name")

    with pytest.raises(CameraUnreachable):
        address_of(PLACE, SCHOOL, unknown)
    with pytest.raises(CameraUnreachable):
        address_of(PLACE, SCHOOL, lambda *_: [])


def test_the_resolver_gives_the_addresses_of_a_name() -> None:
    assert resolve("127.0.0.1", 554) == ["127.0.0.1"]


def test_a_range_that_is_none_is_an_error() -> None:
    with pytest.raises(ValueError, match="does not appear"):
        networks("10.0.0.0/8, everywhere")
