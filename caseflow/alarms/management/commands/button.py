"""A fixed button without the button: it speaks docs/fixed-buttons.md to a server over HTTP, for trials."""

import json
import time
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit
from uuid import UUID, uuid4

from django.core.management import CommandParser
from django.core.management.base import BaseCommand, CommandError

from caseflow.alarms.rules.buttons import KEY_BYTES, is_signed, signature

HEADER = "Tirek-Signature"
TIMEOUT_S = 8
ATTEMPTS = 3
PATHS = {"press": "/panic/button/press/", "heartbeat": "/panic/button/heartbeat/"}


class Command(BaseCommand):
    """Act as a fixed button. FILE is its memory: server, id, key, the last number, the last message."""

    help = "Acts as a fixed panic button against a server, for trials."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument("file", type=Path, help="where the button keeps its key and its counter")
        acts = parser.add_subparsers(dest="act", required=True)
        enrol = acts.add_parser("enrol", help="enter what the register has shown once")
        enrol.add_argument("--server", required=True, help="for example https://tirek.example")
        enrol.add_argument("--device", required=True, type=UUID)
        enrol.add_argument("--key", required=True, help="64 hexadecimal digits")
        for act in PATHS:
            one = acts.add_parser(act)
            one.add_argument("--battery", type=int, default=None, help="percent")
            one.add_argument("--skew", type=float, default=0, help="seconds by which the button's clock is ahead")
            one.add_argument("--counter", type=int, help="as if the button had lost its number: send this one")
            one.add_argument("--replay", action="store_true", help="send the last message once more, byte for byte")
        press: Any = acts.choices["press"]
        press.add_argument("--real", action="store_true", help="insist that it is real: a long press")
        press.add_argument("--again", action="store_true", help="the last press once more, signed anew")
        press.add_argument("--waited", type=float, default=0, help="seconds that the press has lain on the button")

    def handle(self, *_args: Any, **options: Any) -> None:
        file: Path = options["file"]
        if options["act"] == "enrol":
            self._enrol(file, options)
            return
        try:
            memory = json.loads(file.read_text())
        except (OSError, ValueError) as error:
            raise CommandError(f"{file} holds no enrolled button: begin with enrol.") from error
        act = options["act"]
        for _attempt in range(ATTEMPTS):
            body = self._body(memory, act, options)
            status, answer = _send(memory, act, body)
            memory["counter"] = max(memory["counter"], int(answer.get("counter", 0)))
            _keep(file, memory)
            self.stdout.write(f"{status} {json.dumps(answer)}")
            if status != 409 or options["replay"]:
                break
            options |= {"counter": None, "again": act == "press"}  # take the next number, the press stays the same
        if status != 200:
            raise CommandError("Not taken.")

    def _enrol(self, file: Path, options: dict[str, Any]) -> None:
        try:
            fits = len(bytes.fromhex(options["key"])) == KEY_BYTES
        except ValueError:
            fits = False
        if not fits:
            raise CommandError(f"A key has {2 * KEY_BYTES} hexadecimal digits.")
        memory = {"server": options["server"], "device": str(options["device"]), "key": options["key"], "counter": 0}
        _keep(file, memory)
        self.stdout.write(f"Enrolled in {file}.")

    def _body(self, memory: dict[str, Any], act: str, options: dict[str, Any]) -> bytes:
        if options["replay"]:
            if act not in memory.get("sent", {}):
                raise CommandError("Nothing was sent yet.")
            return str(memory["sent"][act]).encode()
        counter = options["counter"] if options["counter"] is not None else memory["counter"] + 1
        now = time.time() + options["skew"]
        said: dict[str, Any] = {"device": memory["device"], "counter": counter, "sent_at": round(now, 3)}
        if options["battery"] is not None:
            said["battery"] = options["battery"]
        if act == "press":
            memory["press"] = memory.get("press") if options["again"] and memory.get("press") else str(uuid4())
            said |= {"press": memory["press"], "pressed_at": round(now - options["waited"], 3)}
            said |= {"real": True} if options["real"] else {}
        body = json.dumps(said)
        memory["counter"] = max(memory["counter"], counter)
        memory.setdefault("sent", {})[act] = body
        return body.encode()


def _send(memory: dict[str, Any], act: str, body: bytes) -> tuple[int, dict[str, Any]]:
    """The status and the answer, its signature checked. Raises CommandError where nobody or somebody else answers."""
    key, path, server = bytes.fromhex(memory["key"]), PATHS[act], urlsplit(memory["server"])
    signed = signature(key, b"POST", path.encode(), body)
    kind = HTTPSConnection if server.scheme == "https" else HTTPConnection
    connection = kind(server.hostname or "", server.port, timeout=TIMEOUT_S)
    try:
        connection.request("POST", path, body, {"Content-Type": "application/json", HEADER: signed})
        answer = connection.getresponse()
        told = answer.read()
    except (OSError, HTTPException) as error:
        raise CommandError(f"The server does not answer: {error}") from error
    finally:
        connection.close()
    status = answer.status
    if status in (200, 409) and not is_signed(
        key, answer.getheader(HEADER, ""), b"ANSWER", str(status).encode(), signed.encode(), told
    ):
        raise CommandError("The answer is not signed by our server: the press counts as not taken.")
    try:
        said = json.loads(told)
    except ValueError:
        said = {}
    return status, said if isinstance(said, dict) else {}


def _keep(file: Path, memory: dict[str, Any]) -> None:
    file.touch(mode=0o600)
    file.write_text(json.dumps(memory, indent=1))
