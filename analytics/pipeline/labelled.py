"""A folder of faces whose expression is known: one sub-folder for each label, and who of them is in which group."""

import csv
from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from io import StringIO
from pathlib import Path
from typing import Final, TypeAlias
from unicodedata import normalize

from analytics.pipeline.packs import Expression
from analytics.pipeline.windows import NEGATIVE, POSITIVE

PICTURES: Final = frozenset({".jpg", ".jpeg", ".png"})
CLIPS: Final = frozenset({".mp4", ".mkv", ".mov"})
GROUPS_FILE: Final = "groups.csv"
COLUMNS: Final = ("file", "group")
MOST_GROUPS: Final = 30
LONGEST_GROUP: Final = 60
# How data sets that are in use name their folders.
ALSO_CALLED: Final = {
    "angry": Expression.ANGER,
    "disgusted": Expression.DISGUST,
    "fearful": Expression.FEAR,
    "happy": Expression.HAPPINESS,
    "sad": Expression.SADNESS,
    "surprised": Expression.SURPRISE,
}


class Pooled(StrEnum):
    """What expressions are summed into. Neutral takes in surprise, as the windows do."""

    NEGATIVE = "negative"
    NEUTRAL = "neutral"
    POSITIVE = "positive"


class LabelledSetError(ValueError):
    """The folder is not what is expected; the message is one sentence for whoever made it."""


@dataclass(frozen=True)
class LabelledFile:
    """A picture or a clip. `name` is its path inside the folder; `label` is None where only the pooled one is known."""

    path: Path
    name: str
    label: Expression | None
    pooled_label: Pooled
    groups: tuple[str, ...] = ()

    @property
    def is_clip(self) -> bool:
        return self.path.suffix.lower() in CLIPS


@dataclass(frozen=True)
class LabelledSet:
    """`others` are the names of files that are neither pictures nor clips by their ending."""

    files: tuple[LabelledFile, ...]
    others: tuple[str, ...]


Label: TypeAlias = Expression | Pooled
GroupsOf: TypeAlias = Mapping[str, tuple[str, ...]]
LABELS: Final[Mapping[str, Label]] = {**{str(label): label for label in (*Pooled, *Expression)}, **ALSO_CALLED}


def pooled_label(label: Label) -> Pooled:
    if isinstance(label, Pooled):
        return label
    if label in NEGATIVE:
        return Pooled.NEGATIVE
    return Pooled.POSITIVE if label in POSITIVE else Pooled.NEUTRAL


def read_labelled_set(folder: Path) -> LabelledSet:
    """What lies in the folder, by name, without opening anything but `groups.csv`. Raises LabelledSetError."""
    if not folder.is_dir():
        raise LabelledSetError(f"{folder} is not a folder.")
    labels = _labels_in(folder)
    found = [(path, labels[path.relative_to(folder).parts[0]]) for path in _visible_files(folder, labels)]
    files = [(path, label) for path, label in found if path.suffix.lower() in PICTURES | CLIPS]
    _refuse_empty_folders(labels, {path.relative_to(folder).parts[0] for path, _label in files})
    groups = _read_groups(folder / GROUPS_FILE, {_name(path, folder) for path, _label in files})
    return LabelledSet(
        tuple(_labelled(path, _name(path, folder), label, groups) for path, label in files),
        tuple(_name(path, folder) for path, _label in found if path.suffix.lower() not in PICTURES | CLIPS),
    )


def _labelled(path: Path, name: str, label: Label, groups: GroupsOf) -> LabelledFile:
    single = label if isinstance(label, Expression) else None
    return LabelledFile(path, name, single, pooled_label(label), groups.get(name, ()))


def _labels_in(folder: Path) -> dict[str, Label]:
    """Folder name → its label. Beside `negative` and `positive` alone, `neutral` is a pooled label as they are."""
    names = sorted(path.name for path in folder.iterdir() if path.is_dir() and not path.name.startswith("."))
    if not names:
        raise LabelledSetError(f"{folder} holds no folder that is named after an expression: {_known()}.")
    unknown = [name for name in names if name.lower() not in LABELS]
    if unknown:
        raise LabelledSetError(f"No expression is called {', '.join(unknown)}. Known are: {_known()}.")
    labels = {name: LABELS[name.lower()] for name in names}
    singles = {label for label in labels.values() if isinstance(label, Expression)}
    if singles == {Expression.NEUTRAL} and len(set(labels.values())) > 1:
        return {name: pooled_label(label) for name, label in labels.items()}
    return labels


def _known() -> str:
    return ", ".join([*Expression, Pooled.NEGATIVE, Pooled.POSITIVE])


def _visible_files(folder: Path, labels: Mapping[str, Label]) -> Iterator[Path]:
    for name in labels:
        for path in sorted((folder / name).rglob("*")):
            hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
            if path.is_file() and not hidden:
                yield path


def _refuse_empty_folders(labels: Mapping[str, Label], filled: set[str]) -> None:
    empty = [f"{name}/" for name in labels if name not in filled]
    if empty:
        kinds = ", ".join(sorted(kind[1:] for kind in PICTURES | CLIPS))
        raise LabelledSetError(f"There is no picture and no clip ({kinds}) in {', '.join(empty)}.")


def _name(path: Path, folder: Path) -> str:
    return normalize("NFC", path.relative_to(folder).as_posix())


def _read_groups(path: Path, names: set[str]) -> GroupsOf:
    """File → its groups, in the order of the list; none where there is no list."""
    if not path.is_file():
        return {}
    groups: dict[str, dict[str, None]] = defaultdict(dict)
    for line, file, group in _rows(path):
        if not 0 < len(group) <= LONGEST_GROUP:
            raise LabelledSetError(f"{GROUPS_FILE} line {line}: a group has 1 to {LONGEST_GROUP} letters.")
        groups[file][group] = None
    missing = sorted(groups.keys() - names)
    if missing:
        more = f" and {len(missing) - 1} more" if missing[1:] else ""
        raise LabelledSetError(f"{GROUPS_FILE} names what is not there: {missing[0]}{more}.")
    count = len({group for of_file in groups.values() for group in of_file})
    if count > MOST_GROUPS:
        raise LabelledSetError(f"{GROUPS_FILE} has {count} groups, at most {MOST_GROUPS} are compared.")
    return {file: tuple(of_file) for file, of_file in groups.items()}


def _rows(path: Path) -> Iterator[tuple[int, str, str]]:
    """(line, file, group), separated by comma, or by semicolon as spreadsheets in Russian and Kazakh write it."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise LabelledSetError(f"{GROUPS_FILE} is not in UTF-8.") from error
    reader = csv.DictReader(StringIO(text), delimiter=";" if ";" in text.partition("\n")[0] else ",", restval="")
    reader.fieldnames = [name.strip().lower() for name in reader.fieldnames or ()]
    if not set(COLUMNS) <= set(reader.fieldnames):
        raise LabelledSetError(f"{GROUPS_FILE} needs the columns {' and '.join(COLUMNS)} in its first line.")
    try:
        rows = [(reader.line_num, row["file"].strip(), row["group"].strip()) for row in reader]
    except csv.Error as error:
        raise LabelledSetError(f"{GROUPS_FILE} is not a table: {error}.") from error
    for line, file, group in rows:
        if file or group:
            yield line, normalize("NFC", file.replace("\\", "/")), group
