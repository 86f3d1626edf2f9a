"""Which file is meant, what its card says from the beginning, and what it must say before the pack may be used."""

from datetime import date, timedelta

import pytest
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from analytics.models import ModelCard
from analytics.pipeline.catalogue import BY_NAME, CATALOGUE, CatalogueFile
from analytics.pipeline.layouts import Role
from analytics.rules.builtin_card import CARD
from analytics.rules.cards import is_builtin, is_overdue, missing_of
from analytics.rules.pack_cards import LIMITS, PUBLISHED, content_version, draft_card, in_order
from analytics.rules.pack_sources import Said, wanted_file
from analytics.rules.refusals import TEXTS, RefusedError

PIN = "ab" * 32
YUNET, FACE_API = BY_NAME["yunet-2026may"], BY_NAME["face-api"]


class TestWhichFile:
    def test_a_name_of_the_catalogue_is_fetched_from_its_address(self) -> None:
        found = wanted_file("yunet-2026may", Said())
        assert found.file is YUNET
        assert found.where == YUNET.url

    def test_a_name_with_a_place_is_taken_from_there(self) -> None:
        found = wanted_file("face-api=/srv/models/a=b.onnx", Said())
        assert (found.file, found.where) == (FACE_API, "/srv/models/a=b.onnx")

    @pytest.mark.parametrize(
        "argument", ["/srv/faceapi_expression.onnx", "https://example.org/x/faceapi_expression.onnx?raw=true"]
    )
    def test_a_file_name_of_the_catalogue_has_its_pin(self, argument: str) -> None:
        found = wanted_file(argument, Said())
        assert (found.file, found.where) == (FACE_API, argument)

    def test_the_pin_of_a_known_file_says_what_it_is_whatever_its_name(self) -> None:
        assert wanted_file("renamed.onnx", Said(sha256=FACE_API.sha256.upper())).file is FACE_API

    def test_what_comes_with_the_product_lies_nowhere_else(self) -> None:
        assert wanted_file("blazeface", Said()).where == ""

    def test_where_the_catalogue_has_no_pin_it_is_given(self) -> None:
        found = wanted_file("enet-b2-7", Said(sha256=PIN.upper()))
        assert (found.file.sha256, found.file.layout, found.where) == (PIN, "emotieff-7-260", BY_NAME["enet-b2-7"].url)

    def test_an_unknown_file_is_what_is_said_of_it(self) -> None:
        said = Said(PIN, "emotieff-8-224", "BSD-3-Clause", "trained here")
        file = wanted_file("models/yunet-2026may.onnx", said).file
        assert file == CatalogueFile(
            "own-yunet-2026may", "yunet-2026may.onnx", "emotieff-8-224", "BSD-3-Clause", "trained here", PIN
        )

    def test_an_unknown_source_is_where_it_was_fetched_from(self) -> None:
        said = Said(PIN, "yunet")
        assert wanted_file("https://example.org/x.onnx", said).file.source == "https://example.org/x.onnx"
        assert wanted_file("/srv/x.onnx", said).file.source == "x.onnx"
        assert wanted_file("/srv/---.onnx", said).file.name == "own-file"

    @pytest.mark.parametrize(
        ("argument", "said", "code"),
        [
            ("enet-b2-7", Said(), "needs_sha256"),
            ("enet-b2-7", Said(sha256="abc"), "bad_sha256"),
            ("yunet-2026may", Said(sha256=PIN), "pin_contradicts"),
            ("face-api", Said(), "no_address"),
            ("other.onnx", Said(), "needs_sha256"),
            ("other.onnx", Said(sha256=PIN), "needs_layout"),
            ("other.onnx", Said(PIN, "blazeface"), "needs_layout"),
            ("other.onnx", Said("g" * 64, "yunet"), "bad_sha256"),
        ],
    )
    def test_what_is_missing_is_said(self, argument: str, said: Said, code: str) -> None:
        with pytest.raises(RefusedError) as refused:
            wanted_file(argument, said)
        assert refused.value.code == code
        assert code in TEXTS

    @given(st.text(max_size=40), st.sampled_from(["", PIN]), st.sampled_from(["", "yunet", "face-api"]))
    def test_nothing_is_ever_wanted_without_a_pin(self, argument: str, sha256: str, layout: str) -> None:
        try:
            found = wanted_file(argument, Said(sha256, layout))
        except RefusedError:
            return
        assert len(found.file.sha256) == 64
        assert len(found.file.name) <= 24


class TestDraft:
    def test_it_says_what_the_makers_say_and_no_more(self) -> None:
        card = draft_card([YUNET, BY_NAME["mobilefacenet"]])
        assert card["licence"] == "MIT AND Apache-2.0"
        assert [row["role"] for row in card["accuracy"]] == [Role.EXPRESSION]
        assert card["limits"][: len(CARD["limits"])] == CARD["limits"]
        assert card["limits"][len(CARD["limits"]) :] == list(LIMITS["mobilefacenet"])
        assert (card["owner"], card["review_on"], card["impact_assessment_on"]) == ("", None, None)

    def test_figures_of_the_catalogue_belong_to_its_files_alone(self) -> None:
        assert set(PUBLISHED) | set(LIMITS) <= set(BY_NAME)
        own = CatalogueFile("own-x", "x.onnx", "face-api", "", "x", PIN)
        assert draft_card([YUNET, own])["accuracy"] == []
        assert draft_card([YUNET, own])["licence"] == "MIT"

    @pytest.mark.parametrize("expression", [file for file in CATALOGUE if file.role is Role.EXPRESSION])
    def test_it_fits_the_table(self, expression: CatalogueFile) -> None:
        longest = CatalogueFile("own-" + "x" * 20, "x.onnx", "yunet", "", "x", PIN)
        card = draft_card([longest, expression])
        for name, most in (("slug", 60), ("pack", 60), ("version", 20)):
            assert len(card[name]) <= most

    def test_the_version_is_that_of_bytes_and_of_how_they_are_read(self) -> None:
        versions = {
            content_version([YUNET, each])
            for each in (
                FACE_API,
                CatalogueFile("other name", "x", "face-api", "", "", FACE_API.sha256),
                CatalogueFile("", "", "mobilefacenet-7", "", "", FACE_API.sha256),
                CatalogueFile("", "", "face-api", "", "", PIN),
            )
        }
        assert len(versions) == 3

    def test_the_detector_comes_first(self) -> None:
        assert in_order([FACE_API, YUNET]) == [YUNET, FACE_API]
        assert in_order([FACE_API]) is None


class TestWhatACardMustSay:
    @pytest.fixture
    def card(self) -> ModelCard:
        fields = draft_card([YUNET, BY_NAME["mobilefacenet"]])
        day = date(2027, 1, 1)
        return ModelCard(**{**fields, "owner": "The district", "review_on": day, "impact_assessment_on": day})

    def test_a_whole_one_lacks_nothing(self, card: ModelCard) -> None:
        assert missing_of(card) == []

    @pytest.mark.parametrize(
        ("field", "value", "words"),
        [
            ("risk_class", "", "the risk class"),
            ("autonomy", "", "the degree of autonomy"),
            ("owner", "  ", "the owner"),
            ("purpose", "", "the purpose"),
            ("limits", [], "the known limits"),
            ("accuracy", [], "the published accuracy of its expression network, with its source"),
            (
                "accuracy",
                [{"what": "faces", "value": "88 %", "source": "x", "role": "face detector"}],
                "the published accuracy of its expression network, with its source",
            ),
            (
                "accuracy",
                [{"what": "faces", "value": "88 %", "source": ""}],
                "the published accuracy of its expression network, with its source",
            ),
            ("licence", "", "the licence of every file"),
            ("files", [{"licence": "", "sha256": PIN}], "the licence of every file"),
            ("files", [{"licence": "MIT", "sha256": "?"}], "the sha256 of every file"),
            ("review_on", None, "the day until which it must be reviewed"),
            ("impact_assessment_on", None, "the day of the impact assessment"),
        ],
    )
    def test_each_thing_is_missed(self, card: ModelCard, field: str, value: object, words: str) -> None:
        setattr(card, field, value)
        assert [str(each) for each in missing_of(card)] == [words]

    def test_the_built_in_pack_is_whole(self) -> None:
        card = ModelCard(**CARD)
        assert is_builtin(card)
        assert missing_of(card) == []

    def test_a_review_is_due_from_its_day_on(self, card: ModelCard) -> None:
        today = timezone.localdate()
        for day, due in ((today, True), (today + timedelta(days=1), False), (None, True)):
            card.review_on = day
            assert is_overdue(card) is due
