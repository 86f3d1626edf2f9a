"""PDF from Typst templates: no system library, no system font, the same bytes for the same data."""

import json
from pathlib import Path
from typing import Any

import typst
from django.conf import settings


def render_pdf(template: str, data: dict[str, Any], *, made_at_epoch_s: int) -> bytes:
    """The PDF of `templates/<template>`, which reads `data` as JSON from `sys.inputs.data`; text is never source.

    `made_at_epoch_s` (seconds since 1970, UTC) is written into the file, so that a second print has the same bytes.
    Raises FileNotFoundError for an unknown template.
    """
    root = Path(settings.BASE_DIR) / "templates"
    source = root / template
    if not source.is_file():
        raise FileNotFoundError(source)
    return typst.compile(
        source,
        root=root,
        font_paths=[Path(settings.BASE_DIR) / "static" / "kit" / "fonts"],
        ignore_system_fonts=True,
        sys_inputs={"data": json.dumps(data, ensure_ascii=False)},
        pdf_standards=["a-2a", "ua-1"],  # ISO 19005-2 for keeping, ISO 14289-1 for reading aloud
        timestamp=made_at_epoch_s,
        format="pdf",
    )
