"""How a key is written on its cap."""

import re

WRITTEN = {
    "ArrowUp": "↑",
    "ArrowDown": "↓",
    "ArrowLeft": "←",
    "ArrowRight": "→",
    "Control": "Ctrl",
    "Delete": "Del",
    "Digit*": "1…9",
    "Escape": "Esc",
    "NumpadEnter": "Enter",
    "PageDown": "PgDn",
    "PageUp": "PgUp",
    "Slash": "/",
}
QUESTION = "Shift+Slash"


def caps(code: str) -> list[str]:
    """The caps that are pressed together: "Control+KeyZ" → Ctrl, Z."""
    if code == QUESTION:
        return ["?"]
    return [WRITTEN.get(part) or re.sub(r"^(Key|Digit)", "", part) for part in code.split("+")]
