"""Files come from the disk or over https alone, within bounds."""

import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import ip_address
from pathlib import Path
from threading import Thread
from urllib.request import OpenerDirector

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from analytics.pipeline import fetching
from analytics.pipeline.errors import ModelTooLarge, SourceError, SourceNotSecure, SourceTooSlow, SourceUnreachable
from analytics.pipeline.fetching import download, is_address, read_file

CONTENT = bytes(range(256)) * 3000


class Host(BaseHTTPRequestHandler):
    """Gives the content; /to/ADDRESS leads there, /around leads to itself, /cut breaks off, /slow never ends."""

    def do_GET(self) -> None:
        if self.path.startswith("/to/") or self.path == "/around":
            self.send_response(302)
            self.send_header("Location", self.path.removeprefix("/to/"))
            self.end_headers()
            return
        if self.path == "/none":
            self.send_error(404)
            return
        self.send_response(200)
        self.send_header("Content-Length", str(len(CONTENT)))
        self.end_headers()
        self.wfile.write(CONTENT[:1000] if self.path == "/cut" else CONTENT)

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 # the library's name
        """Nothing on the terminal."""


@pytest.fixture(scope="module")
def certificate(tmp_path_factory: pytest.TempPathFactory) -> Path:
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([])
    now = datetime.now(UTC)
    built = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(1)
        .not_valid_before(now - timedelta(days=1))
        .not_valid_after(now + timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=True)
        .add_extension(x509.BasicConstraints(ca=True, path_length=None), critical=True)
        .sign(key, hashes.SHA256())
    )
    path = tmp_path_factory.mktemp("certificate") / "host.pem"
    secret = key.private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    path.write_bytes(secret + built.public_bytes(serialization.Encoding.PEM))
    return path


@pytest.fixture(scope="module")
def host(certificate: Path) -> Iterator[str]:
    server = ThreadingHTTPServer(("127.0.0.1", 0), Host)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    thread = Thread(target=server.serve_forever)
    thread.start()
    yield f"https://127.0.0.1:{server.server_address[1]}"
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def trusting(certificate: Path) -> ssl.SSLContext:
    return ssl.create_default_context(cafile=str(certificate))


def test_a_file_comes_over_https(host: str, trusting: ssl.SSLContext) -> None:
    blocks = list(download(f"{host}/model.onnx", trusting))
    assert b"".join(blocks) == CONTENT
    assert len(blocks) == 3


def test_a_redirect_is_followed_to_https(host: str, trusting: ssl.SSLContext) -> None:
    assert b"".join(download(f"{host}/to/{host}/model.onnx", trusting)) == CONTENT


def test_nobody_is_trusted_without_a_certificate(host: str) -> None:
    with pytest.raises(SourceUnreachable, match="certificate"):
        list(download(f"{host}/model.onnx"))


@pytest.mark.parametrize(
    "address",
    [
        "http://127.0.0.1/x", "ftp://127.0.0.1/x", "file:///etc/passwd", "https:///x", "https://name:word@host/x",
        "https://[/x",
    ],
)  # fmt: skip
def test_anything_but_https_is_refused(address: str) -> None:
    with pytest.raises(SourceNotSecure):
        list(download(address))


@pytest.mark.parametrize("target", ["http://127.0.0.1:1/x", "file:///etc/passwd"])
def test_nobody_leads_us_away_from_https(host: str, trusting: ssl.SSLContext, target: str) -> None:
    with pytest.raises(SourceError):
        list(download(f"{host}/to/{target}", trusting))


@pytest.mark.parametrize("path", ["/none", "/around"])
def test_what_is_not_there_is_told(host: str, trusting: ssl.SSLContext, path: str) -> None:
    with pytest.raises(SourceUnreachable):
        list(download(host + path, trusting))


def test_what_breaks_off_is_short_and_has_another_sum(host: str, trusting: ssl.SSLContext) -> None:
    assert b"".join(download(f"{host}/cut", trusting)) == CONTENT[:1000]


def test_redirects_come_to_an_end(host: str, trusting: ssl.SSLContext) -> None:
    way = f"{host}/to/" * 5 + f"{host}/model.onnx"
    with pytest.raises(SourceUnreachable):
        list(download(way, trusting))


def test_it_takes_no_longer_than_it_may(host: str, trusting: ssl.SSLContext) -> None:
    with pytest.raises(SourceTooSlow):
        list(download(f"{host}/model.onnx", trusting, patience_s=0))


def test_who_does_not_answer_is_too_slow(monkeypatch: pytest.MonkeyPatch, trusting: ssl.SSLContext) -> None:
    def silent(*_arguments: object, **_options: object) -> None:
        raise TimeoutError

    monkeypatch.setattr(OpenerDirector, "open", silent)
    with pytest.raises(SourceTooSlow):
        list(download("https://127.0.0.1/x", trusting))


def test_more_than_the_most_is_refused(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(fetching, "LARGEST_BYTES", 1000)
    path = tmp_path / "model"
    path.write_bytes(CONTENT)
    with pytest.raises(ModelTooLarge):
        list(read_file(path))


def test_a_file_comes_from_the_disk(tmp_path: Path) -> None:
    path = tmp_path / "model"
    path.write_bytes(CONTENT)
    assert b"".join(read_file(path)) == CONTENT


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    for path in (tmp_path / "none", tmp_path):
        with pytest.raises(SourceError):
            list(read_file(path))


def test_addresses_are_told_from_files() -> None:
    assert is_address("https://host/x")
    assert not is_address("models/x.onnx")
