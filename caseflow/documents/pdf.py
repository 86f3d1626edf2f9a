"""PDF from Typst templates: no system library, no system font, the same bytes for the same data."""

import json
import re
from pathlib import Path
from typing import Any

import typst
from django.conf import settings

LONG_WORD = re.compile(r"(\S{30})(?=\S)")  # would run out of the paper: it may break after so many characters


def render_pdf(template: str, data: dict[str, Any], *, made_at_epoch_s: int) -> bytes:
    """The PDF of `templates/<template>`, which reads `data` as JSON from `sys.inputs.data`; text is never source.

    `made_at_epoch_s` (seconds since 1970, UTC) is written into the file, so that a second print has the same bytes.
    Raises FileNotFoundError for an unknown template.
    """
    made: bytes = typst.compile(
        **_source(template, data),
        pdf_standards=["a-2a", "ua-1"],  # ISO 19005-2 for keeping, ISO 14289-1 for reading aloud
        timestamp=made_at_epoch_s,
        format="pdf",
    )
    return made


def count_pages(template: str, data: dict[str, Any]) -> int:
    """How many pages `render_pdf` would make of the same; for templates that put `<pages>` on that number.

    Raises FileNotFoundError for an unknown template.
    """
    return int(json.loads(typst.query(**_source(template, data), selector="<pages>", field="value", one=True)))


def breakable(node: Any) -> Any:
    """The same texts with places at which words too long for the paper may break."""
    if isinstance(node, str):
        return LONG_WORD.sub("\\1\u200b", node)
    if isinstance(node, dict):
        return {name: breakable(value) for name, value in node.items()}
    return [breakable(value) for value in node] if isinstance(node, list) else node


def _source(template: str, data: dict[str, Any]) -> dict[str, Any]:
    root = Path(settings.BASE_DIR) / "templates"
    source = root / template
    if not source.is_file():
        raise FileNotFoundError(source)
    return {
        "input": source,
        "root": root,
        "font_paths": [Path(settings.BASE_DIR) / "static" / "kit" / "fonts"],
        "ignore_system_fonts": True,
        "sys_inputs": {"data": json.dumps(data, ensure_ascii=False)},
    }
