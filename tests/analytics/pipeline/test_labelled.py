"""A folder of labelled faces: what is read, and the one sentence for what is wrong with it."""

from pathlib import Path

import pytest

from analytics.pipeline.labelled import (
    LONGEST_GROUP,
    MOST_GROUPS,
    LabelledSetError,
    Pooled,
    pooled_label,
    read_labelled_set,
)
from analytics.pipeline.packs import Expression


def lay(folder: Path, *names: str, groups: str | bytes | None = None) -> Path:
    for name in names:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.touch()
    if groups is not None:
        content = groups if isinstance(groups, bytes) else groups.encode()
        (folder / "groups.csv").write_bytes(content)
    return folder


def labels(folder: Path) -> dict[str, tuple[Expression | None, Pooled]]:
    return {file.name: (file.label, file.pooled_label) for file in read_labelled_set(folder).files}


def test_each_folder_is_a_label(tmp_path: Path) -> None:
    lay(tmp_path, "happiness/b.png", "happiness/a.JPG", "surprise/c.jpeg", "anger/d.mp4", "anger/e.mkv", "anger/f.MOV")
    assert labels(tmp_path) == {
        "anger/d.mp4": (Expression.ANGER, Pooled.NEGATIVE),
        "anger/e.mkv": (Expression.ANGER, Pooled.NEGATIVE),
        "anger/f.MOV": (Expression.ANGER, Pooled.NEGATIVE),
        "happiness/a.JPG": (Expression.HAPPINESS, Pooled.POSITIVE),
        "happiness/b.png": (Expression.HAPPINESS, Pooled.POSITIVE),
        "surprise/c.jpeg": (Expression.SURPRISE, Pooled.NEUTRAL),
    }
    assert [file.is_clip for file in read_labelled_set(tmp_path).files] == [True] * 3 + [False] * 3


def test_every_expression_has_a_place_among_the_pooled() -> None:
    assert {each: pooled_label(each) for each in Expression} == {
        **dict.fromkeys(Expression, Pooled.NEGATIVE),
        Expression.HAPPINESS: Pooled.POSITIVE,
        Expression.NEUTRAL: Pooled.NEUTRAL,
        Expression.SURPRISE: Pooled.NEUTRAL,
    }
    assert [pooled_label(each) for each in Pooled] == list(Pooled)


def test_the_names_of_known_sets_are_understood_whatever_their_case(tmp_path: Path) -> None:
    lay(tmp_path, "Angry/a.png", "HAPPY/b.png", "sad/c.png", "fearful/d.png", "disgusted/e.png", "surprised/f.png")
    assert {label for label, _pooled in labels(tmp_path).values()} == set(Expression) - {
        Expression.NEUTRAL,
        Expression.CONTEMPT,
    }


def test_neutral_beside_pooled_labels_alone_is_pooled(tmp_path: Path) -> None:
    lay(tmp_path, "negative/a.png", "neutral/b.png", "positive/c.png")
    assert labels(tmp_path) == {
        "negative/a.png": (None, Pooled.NEGATIVE),
        "neutral/b.png": (None, Pooled.NEUTRAL),
        "positive/c.png": (None, Pooled.POSITIVE),
    }


@pytest.mark.parametrize("beside", ["happiness", None])
def test_neutral_beside_another_expression_or_alone_is_one_itself(tmp_path: Path, beside: str | None) -> None:
    lay(tmp_path, "neutral/b.png", *([f"{beside}/a.png", "negative/c.png"] if beside else []))
    assert labels(tmp_path)["neutral/b.png"] == (Expression.NEUTRAL, Pooled.NEUTRAL)


def test_folders_inside_are_read_and_what_is_hidden_is_not(tmp_path: Path) -> None:
    lay(tmp_path, "anger/first/a.png", "anger/.thumbs/a.png", "anger/.DS_Store", ".git/config", "readme.txt")
    assert list(labels(tmp_path)) == ["anger/first/a.png"]


def test_files_of_another_kind_are_told_apart(tmp_path: Path) -> None:
    found = read_labelled_set(lay(tmp_path, "anger/a.png", "anger/notes.txt", "anger/b.gif"))
    assert ([file.name for file in found.files], found.others) == (["anger/a.png"], ("anger/b.gif", "anger/notes.txt"))


@pytest.mark.parametrize(
    ("names", "says"),
    [
        (["a.png"], "holds no folder that is named after an expression: anger, contempt,"),
        (["bored/a.png", "anger/a.png", "tired/b.png"], r"^No expression is called bored, tired. Known are: anger,"),
        (["anger/a.png", "sadness/notes.txt"], r"^There is no picture and no clip \(jpeg, .* png\) in sadness/.$"),
    ],
)
def test_a_folder_that_is_no_such_set_is_refused(tmp_path: Path, names: list[str], says: str) -> None:
    with pytest.raises(LabelledSetError, match=says):
        read_labelled_set(lay(tmp_path, *names))


@pytest.mark.parametrize("name", ["none", "file"])
def test_what_is_no_folder_is_refused(tmp_path: Path, name: str) -> None:
    lay(tmp_path, "file")
    with pytest.raises(LabelledSetError, match=f"{name} is not a folder"):
        read_labelled_set(tmp_path / name)


class TestGroups:
    @pytest.mark.parametrize(
        "table",
        [
            "file,group\nanger/a.png,glasses\nanger/a.png,girls\nanger/a.png,glasses\n",
            "\ufeffFile;Group\r\nanger/a.png;glasses\r\n;\r\nanger/a.png;girls\r\n",
            'note,group,file\nx,glasses,anger\\a.png\n,"girls",anger/a.png\n',
        ],
    )
    def test_a_file_is_in_all_of_its_groups_once(self, tmp_path: Path, table: str) -> None:
        lay(tmp_path, "anger/a.png", "anger/b.png", groups=table)
        assert [file.groups for file in read_labelled_set(tmp_path).files] == [("glasses", "girls"), ()]

    def test_a_name_that_another_system_wrote_in_other_code_points_is_the_same(self, tmp_path: Path) -> None:
        lay(tmp_path, "anger/кі\u0438\u0306.png", groups="file,group\nanger/кі\u0439.png,glasses\n")
        assert [file.groups for file in read_labelled_set(tmp_path).files] == [("glasses",)]

    @pytest.mark.parametrize(
        ("table", "says"),
        [
            ("", "needs the columns file and group"),
            ("name,group\nanger/a.png,x\n", "needs the columns file and group"),
            ("file,group\nanger/z.png,x\n", r"names what is not there: anger/z.png.$"),
            ("file,group\nanger/z.png,x\n../x.png,y\n", r"not there: ../x.png and 1 more.$"),
            ("file,group\nanger/a.png,x\nanger/a.png\n", "line 3: a group has 1 to 60 letters"),
            (f"file,group\nanger/a.png,{'x' * (LONGEST_GROUP + 1)}\n", "line 2: a group has"),
            (f"file,group\nanger/a.png,{'x' * 200_000}\n", "is not a table: field larger"),
            (b"file,group\nanger/a.png,\xe9\n", "not in UTF-8"),
            (
                "file,group\n" + "".join(f"anger/a.png,{number}\n" for number in range(MOST_GROUPS + 1)),
                f"has {MOST_GROUPS + 1} groups, at most {MOST_GROUPS}",
            ),
        ],
    )
    def test_a_list_that_does_not_fit_is_refused(self, tmp_path: Path, table: str | bytes, says: str) -> None:
        with pytest.raises(LabelledSetError, match=says):
            read_labelled_set(lay(tmp_path, "anger/a.png", groups=table))
