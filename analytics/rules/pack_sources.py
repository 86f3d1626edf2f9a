"""Which file somebody means who wants to install it, and what its content must be."""

import re
from dataclasses import dataclass, replace
from pathlib import PurePosixPath
from typing import Final
from urllib.parse import urlsplit

from django.utils.text import slugify

from analytics.pipeline.catalogue import BY_NAME, BY_SUM, CATALOGUE, CatalogueFile
from analytics.pipeline.fetching import is_address
from analytics.pipeline.layouts import INSTALLABLE
from analytics.rules.refusals import RefusedError

SUM: Final = re.compile(r"[0-9a-f]{64}")
BY_FILE_NAME: Final = {file.file_name: file for file in CATALOGUE if not file.package}
OWN: Final = "own-"  # so that no name of the catalogue, nor what is said of its files, is taken
LONGEST_NAME: Final = 20


@dataclass(frozen=True, slots=True)
class Said:
    """What is said of a file that no catalogue knows: its sha256, its layout, SPDX licence and source."""

    sha256: str = ""
    layout: str = ""
    licence: str = ""
    source: str = ""


@dataclass(frozen=True, slots=True)
class WantedFile:
    """A file with its pin, and where it lies: a path, an https address, or nothing where it came with the product."""

    file: CatalogueFile
    where: str


def wanted_file(argument: str, said: Said) -> WantedFile:
    """A NAME of the catalogue, a path or address, or NAME=path or address.

    Raises RefusedError: bad_sha256, pin_contradicts, needs_sha256, needs_layout, no_address.
    """
    name, _, where = argument.partition("=")
    if name in BY_NAME:
        return _of_catalogue(BY_NAME[name], where, said)
    file_name = _file_name(argument)
    known = BY_FILE_NAME.get(file_name) or BY_SUM.get(said.sha256.lower())
    if known and not said.layout:
        return _of_catalogue(known, argument, said)
    pin = _pin(said)
    if said.layout not in INSTALLABLE:
        raise RefusedError("needs_layout")
    named = OWN + (slugify(PurePosixPath(file_name).stem)[:LONGEST_NAME].strip("-") or "file")
    source = said.source or (argument if is_address(argument) else file_name)
    return WantedFile(CatalogueFile(named, file_name[:120], said.layout, said.licence, source, pin), argument)


def _of_catalogue(file: CatalogueFile, where: str, said: Said) -> WantedFile:
    if file.package:
        return WantedFile(file, "")
    if file.sha256 and said.sha256 and said.sha256.lower() != file.sha256:
        raise RefusedError("pin_contradicts")
    if not (where or file.url):
        raise RefusedError("no_address")
    return WantedFile(file if file.sha256 else replace(file, sha256=_pin(said)), where or file.url)


def _pin(said: Said) -> str:
    if not said.sha256:
        raise RefusedError("needs_sha256")
    if not SUM.fullmatch(said.sha256.lower()):
        raise RefusedError("bad_sha256")
    return said.sha256.lower()


def _file_name(argument: str) -> str:
    path = urlsplit(argument).path if is_address(argument) else argument
    return PurePosixPath(path).name
