"""A model is evaluated on labelled faces by one command, and its card keeps and shows the figures."""

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import IntegrityError, connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from analytics.management.evaluation_tables import report
from analytics.models import ModelCard, ModelEvaluation
from analytics.models.evaluations import LONGEST_NAME
from analytics.pipeline.errors import ModelMissing
from analytics.pipeline.evaluation import Evaluation
from analytics.services import packs
from analytics.services.evaluating import evaluate_model
from caseflow.audit.models import AuditEntry
from caseflow.directory.enums import Role
from tests.analytics.factories import lesson
from tests.analytics.labelled_faces import in_groups, smiles
from tests.directory.factories import actor, signed_in

pytestmark = pytest.mark.django_db

Output = pytest.CaptureFixture[str]
SLUG = "tirek-builtin-1-0"


@pytest.fixture
def faces(tmp_path: Path) -> Path:
    """Six smiles and two pictures of nobody as happy, a smile as sad; five with glasses, two with a scarf."""
    folder = smiles(smiles(tmp_path / "volunteers", "happy", 6, nobody=2), "sad", 1)
    glasses = ["sad/0.png", *(f"happy/{number}.png" for number in range(4))]
    rare = [f"happy/{number}.png" for number in range(3, 8)]
    return in_groups(folder, glasses=glasses, scarf=["happy/0.png", "happy/1.png"], rare=rare)


def evaluate(folder: Path, **options: Any) -> None:
    call_command("evaluate", folder, **options)


def page() -> str:
    principal = actor(Role.PRINCIPAL, school=lesson(pupils=1).school)
    answer = signed_in(principal).get(reverse("analytics:card", args=[SLUG]))
    assert answer.status_code == 200
    return answer.content.decode()


class TestCommand:
    def test_it_prints_tables_with_intervals(self, faces: Path, capsys: Output) -> None:
        evaluate(faces)
        printed = capsys.readouterr().out
        lines = [" ".join(line.split()) for line in printed.splitlines()]
        assert lines[:3] == [
            "tirek-builtin 1.0 on volunteers",
            "Files read: 9, used: 7.",
            "Not used: no face 2.",
        ]
        assert "Single expressions: 86 % (49–97 %) right, n = 7" in lines
        assert "happiness 6 0 6 100 % (61–100 %) 86 % (49–97 %)" in lines
        assert "sadness 1 0 1 0 % (0–79 %) –" in lines
        assert "Negative, neutral, positive: 86 % (49–97 %) right, n = 7" in lines
        assert "neutral 0 0 0 0 – –" in lines
        assert "confidence n mean right" in lines
        assert any(line.startswith("0.9–1.0 7 ") and line.endswith(" 86 % (49–97 %)") for line in lines)
        assert any(line.startswith("glasses 5 100 % (57–100 %) 80 % (38–96 %) 0 % (0–79 %) 100 %") for line in lines)
        assert "rare 5 60 % (23–88 %) too few" in lines
        assert "scarf too few" in lines
        assert lines[-1] == f"Kept on the card {SLUG}."

    def test_pooled_labels_alone_have_no_table_of_single_ones(self, tmp_path: Path, capsys: Output) -> None:
        evaluate(smiles(tmp_path, "positive", 1))
        printed = capsys.readouterr().out
        assert "Negative, neutral, positive: 100 % (21–100 %) right, n = 1" in printed
        assert "Single" not in printed
        assert "By group" not in printed

    def test_unreadable_files_are_named_and_passed_over(self, tmp_path: Path, capsys: Output) -> None:
        folder = smiles(tmp_path, "happy", 1)
        (folder / "happy" / "x.jpg").write_bytes(b"no picture")
        (folder / "happy" / "film\udcff.mp4").write_bytes(b"no film")
        evaluate(folder)
        assert (
            r"Unreadable: happy/film\udcff.mp4 (not a video), happy/x.jpg (not a picture)." in capsys.readouterr().out
        )

    def test_where_nothing_was_used_there_are_no_tables(self) -> None:
        nothing = Evaluation(files=1, used=0, not_used={"no_window": 1}, unreadable=(), figures=None, groups=())
        assert report(nothing) == "Files read: 1, used: 0.\nNot used: no 10 s with 5 usable frames 1."

    def test_as_json_it_is_one_object(self, faces: Path, capsys: Output) -> None:
        (faces / "sad" / "notes.txt").touch()
        evaluate(faces, json=True, name="Volunteers, spring")
        told = json.loads(capsys.readouterr().out)
        kept = ModelEvaluation.objects.get()
        assert (told["card"], told["model"], told["version"]) == (SLUG, "tirek-builtin", "1.0")
        assert (told["name"], told["evaluated_at"]) == ("Volunteers, spring", kept.evaluated_at.isoformat())
        assert told["unreadable_files"] == [{"file": "sad/notes.txt", "reason": "other_kind"}]
        assert {name: told[name] for name in kept.figures} == kept.figures
        assert told["figures"]["single"]["counts"] == [[6, 0], [1, 0]]

    @pytest.mark.parametrize(
        ("options", "says"),
        [
            ({"pack": "none"}, f"^No card is called none. There are: {SLUG}.$"),
            ({"name": " "}, "Give the set a name of 1 to 120 letters"),
            ({"name": "a\nb"}, "Give the set a name"),
            ({"name": "x" * (LONGEST_NAME + 1)}, "Give the set a name"),
        ],
    )
    def test_what_does_not_fit_is_said_in_one_line(self, faces: Path, options: dict[str, str], says: str) -> None:
        with pytest.raises(CommandError, match=says):
            evaluate(faces, **options)

    def test_a_folder_that_is_none_and_one_that_may_not_be_read(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        with pytest.raises(CommandError, match="nothing is not a folder"):
            evaluate(tmp_path / "nothing")

        def refused(_path: Path) -> None:
            raise PermissionError(13, "Permission denied")

        monkeypatch.setattr(Path, "iterdir", refused)
        with pytest.raises(CommandError, match="Permission denied"):
            evaluate(tmp_path)

    def test_without_any_usable_face_it_says_why_and_keeps_nothing(self, tmp_path: Path) -> None:
        folder = smiles(tmp_path, "happy", 0, nobody=2)
        (folder / "happy" / "x.mp4").write_bytes(b"no film")
        with pytest.raises(CommandError, match=r"^No face could be used: no face 2; happy/x.mp4 \(not a video\).$"):
            evaluate(folder)
        assert not ModelEvaluation.objects.exists()

    def test_a_card_of_other_models_than_are_installed(self, faces: Path) -> None:
        ModelCard.objects.update(version="0.9")
        with pytest.raises(
            CommandError,
            match=r"models of tirek-builtin 0\.9 cannot be used: tirek-builtin 0\.9: the pack of another version",
        ):
            evaluate(faces)

    def test_a_missing_model_file(self, faces: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        def missing() -> None:
            raise ModelMissing("fer/data/x")

        monkeypatch.setattr(packs, "load_builtin_pack", missing)
        with pytest.raises(CommandError, match="cannot be used: fer/data/x"):
            evaluate(faces)


class TestKeeping:
    def test_the_card_keeps_figures_and_nothing_of_a_file(self, faces: Path) -> None:
        before = timezone.now()
        kept = evaluate_model(ModelCard.objects.get(pack="tirek-builtin"), faces, name="volunteers").kept
        kept.refresh_from_db()
        assert before <= kept.evaluated_at <= timezone.now()
        assert (str(kept), kept.files, kept.used) == (f"{kept.card_id} volunteers", 9, 7)
        assert kept.figures["not_used"] == {"no_face": 2}
        assert ".png" not in json.dumps(kept.figures)

    def test_the_same_set_again_is_another_row_and_each_is_logged(self, faces: Path) -> None:
        evaluate(faces)
        evaluate(faces)
        rows = ModelEvaluation.objects.all()
        assert [row.name for row in rows] == ["volunteers", "volunteers"]
        assert rows[0].evaluated_at > rows[1].evaluated_at
        entries = AuditEntry.objects.filter(action="card.evaluated").order_by("pk")
        assert [(entry.actor_id, entry.obj) for entry in entries] == [(None, f"card:{SLUG}")] * 2
        assert entries[1].detail == {"evaluation": str(rows[0].pk), "files": 9, "used": 7}

    def test_the_thresholds_are_those_of_the_card(self, faces: Path) -> None:
        card = ModelCard.objects.get(pack="tirek-builtin")
        card.thresholds["min_face_height_px"] = 200
        card.save()
        with pytest.raises(CommandError, match="too small 7, no face 2"):
            evaluate(faces)

    def test_more_used_than_read_is_refused_by_the_database(self) -> None:
        with pytest.raises(IntegrityError):
            ModelEvaluation.objects.create(
                card=ModelCard.objects.get(pack="tirek-builtin"),
                evaluated_at=timezone.now(),
                name="x",
                files=1,
                used=2,
                figures={},
            )


class TestPage:
    def test_before_the_first_one_the_card_says_so(self) -> None:
        assert "Not evaluated on labelled faces yet." in page()

    def test_the_newest_comes_first_with_its_groups(self, faces: Path) -> None:
        evaluate(faces, name="First")
        evaluate(smiles(faces.parent / "more", "happy", 1), name="<b>Second</b>")
        shown = " ".join(page().split())
        assert "Not evaluated" not in shown
        assert shown.index("&lt;b&gt;Second") < shown.index("First")
        assert ">7 of 9</td>" in shown
        assert '86 % <span class="sec">(49–97 %)</span>' in shown
        few = '<td class="text-end sec" colspan="3">too few faces</td>'
        assert f'<th scope="row" class="an-group">scarf</th> {few}' in shown
        assert '3 of 5</td> <td class="text-end sec" colspan="2">too few faces</td>' in shown
        assert '80 % <span class="sec">(38–96 %)</span>' in shown

    def test_many_ask_no_more_of_the_database_than_one(
        self, faces: Path, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        evaluate(faces)
        client = signed_in(actor(Role.PRINCIPAL, school=lesson(pupils=1).school))
        url = reverse("analytics:card", args=[SLUG])
        client.get(url)
        with CaptureQueriesContext(connection) as one:
            client.get(url)
        row = ModelEvaluation.objects.get()
        ModelEvaluation.objects.bulk_create(
            ModelEvaluation(
                card=row.card, evaluated_at=row.evaluated_at, name="x", files=9, used=7, figures=row.figures
            )
            for _ in range(29)
        )
        with django_assert_num_queries(len(one)):
            client.get(url)

    def test_the_api_tells_the_same(self, faces: Path) -> None:
        evaluate(faces)
        principal = signed_in(actor(Role.PRINCIPAL, school=lesson(pupils=1).school))
        (told,) = principal.get(reverse("api:card-detail", args=[SLUG])).json()["evaluations"]
        assert (told["name"], told["files"], told["used"]) == ("volunteers", 9, 7)
        assert told["figures"]["right_percent"] == 86
        assert told["figures"]["calibration_error"] == pytest.approx(0.14, abs=0.02)
        glasses, rare, scarf = told["groups"]
        assert (glasses["name"], glasses["used"], glasses["figures"]["low_percent"]) == ("glasses", 5, 38)
        assert rare == {"name": "rare", "files": 5, "used": 3, "figures": None}
        assert scarf == {"name": "scarf", "files": None, "used": None, "figures": None}
