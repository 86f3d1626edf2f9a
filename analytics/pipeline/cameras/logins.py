"""Name and password for a camera that asks for them: Digest with MD5 (RFC 2617, what cameras have), else Basic."""

import base64
import re
import secrets
from hashlib import md5

_PARTS = re.compile(r'(\w+)\s*=\s*(?:"([^"]*)"|([^\s,]+))')


class Login:
    """Proves who asks, once the camera has said how it wants that."""

    def __init__(self, user: str, password: str) -> None:
        self._user, self._password = user, password
        self._wanted: dict[str, str] = {}
        self._scheme = ""
        self._count = 0

    def learn(self, challenge: str) -> bool:
        """Take what the camera asks for; False where nobody can be named, or what was given was wrong already."""
        scheme, _, rest = challenge.strip().partition(" ")
        wanted = {name.lower(): quoted or plain for name, quoted, plain in _PARTS.findall(rest)}
        known = self._scheme and wanted.get("stale", "").lower() != "true"
        if not self._user or known or scheme.lower() not in ("digest", "basic"):
            return False
        self._scheme, self._wanted, self._count = scheme.lower(), wanted, 0
        return True

    def proof(self, method: str, url: str) -> str:
        """The value of the field Authorization; empty while nothing was asked for."""
        if self._scheme == "basic":
            return "Basic " + base64.b64encode(f"{self._user}:{self._password}".encode()).decode()
        return self._digest(method, url) if self._scheme else ""

    def _digest(self, method: str, url: str) -> str:
        realm, nonce = self._wanted.get("realm", ""), self._wanted.get("nonce", "")
        secret, asked = _md5(f"{self._user}:{realm}:{self._password}"), _md5(f"{method}:{url}")
        said = {"username": self._user, "realm": realm, "nonce": nonce, "uri": url}
        if "auth" in re.split(r"[\s,]+", self._wanted.get("qop", "")):
            self._count += 1
            count, own = f"{self._count:08x}", secrets.token_hex(8)
            said |= {"cnonce": own, "response": _md5(f"{secret}:{nonce}:{count}:{own}:auth:{asked}")}
            tail = f", qop=auth, nc={count}"
        else:
            said["response"], tail = _md5(f"{secret}:{nonce}:{asked}"), ""
        if "opaque" in self._wanted:
            said["opaque"] = self._wanted["opaque"]
        return "Digest " + ", ".join(f'{name}="{value}"' for name, value in said.items()) + tail


def _md5(text: str) -> str:
    return md5(
        text.encode(), usedforsecurity=False
    ).hexdigest()  # what the protocol names; the line is the school's own
