"""The figures of an evaluation, held against counting by hand."""

from math import sqrt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analytics.pipeline.figures import Confusion, Share, Verdict, calibration, confusion, figures_of
from analytics.pipeline.labelled import Pooled, pooled_label
from analytics.pipeline.packs import Expression

ANGER, HAPPINESS, NEUTRAL, SADNESS, SURPRISE = (
    Expression.ANGER,
    Expression.HAPPINESS,
    Expression.NEUTRAL,
    Expression.SADNESS,
    Expression.SURPRISE,
)


def verdict(label: Expression | Pooled, **shares: float) -> Verdict:
    single = label if isinstance(label, Expression) else None
    return Verdict(single, pooled_label(label), {Expression(name): share for name, share in shares.items()})


@st.composite
def verdicts(draw: st.DrawFn) -> Verdict:
    label: Expression | Pooled = draw(st.sampled_from([*Expression, *Pooled]))
    weights = draw(st.lists(st.integers(0, 100), min_size=8, max_size=8).filter(any))
    return verdict(
        label, **{str(each): weight / sum(weights) for each, weight in zip(Expression, weights, strict=True)}
    )


class TestShare:
    @pytest.mark.parametrize(
        ("count", "n", "low", "high"),
        [(0, 10, 0.0, 0.2775), (5, 10, 0.2366, 0.7634), (10, 10, 0.7225, 1.0), (81, 263, 0.2553, 0.3662)],
    )
    def test_intervals_are_those_of_the_published_tables(self, count: int, n: int, low: float, high: float) -> None:
        """Newcombe, Statistics in Medicine 17 (1998), table I, method 3, for 81 of 263."""
        assert Share(count, n).interval == pytest.approx((low, high), abs=6e-5)

    def test_of_nobody_there_is_none(self) -> None:
        assert (Share(0, 0).value, Share(0, 0).interval) == (None, None)

    @given(st.integers(1, 2000).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
    def test_at_the_ends_of_the_interval_the_score_test_turns(self, of: tuple[int, int]) -> None:
        count, n = of
        share = Share(count, n)
        assert share.interval is not None
        low, high = share.interval
        assert 0 <= low <= count / n <= high <= 1
        for end in (low, high):
            if 0 < end < 1:
                assert abs(count / n - end) / sqrt(end * (1 - end) / n) == pytest.approx(1.959964, rel=1e-5)

    @given(st.integers(1, 500).flatmap(lambda n: st.tuples(st.integers(0, n), st.just(n))))
    def test_the_interval_of_the_others_is_the_mirror_image(self, of: tuple[int, int]) -> None:
        count, n = of
        low, high = Share(count, n).interval or (0.0, 0.0)
        assert Share(n - count, n).interval == pytest.approx((1 - high, 1 - low))


class TestVerdict:
    def test_surprise_is_pooled_as_neutral(self) -> None:
        startled = verdict(SURPRISE, surprise=0.6, happiness=0.3, fear=0.1)
        assert startled.said == SURPRISE
        assert startled.pooled_shares == pytest.approx(
            {Pooled.NEGATIVE: 0.1, Pooled.NEUTRAL: 0.6, Pooled.POSITIVE: 0.3}
        )
        assert (startled.pooled_label, startled.pooled_said) == (Pooled.NEUTRAL, Pooled.NEUTRAL)
        assert startled.confidence == pytest.approx(0.6)

    def test_several_weak_negative_shares_outweigh_one_stronger(self) -> None:
        mixed = verdict(SADNESS, happiness=0.4, anger=0.2, sadness=0.2, fear=0.2)
        assert (mixed.said, mixed.pooled_said) == (HAPPINESS, Pooled.NEGATIVE)

    @given(verdicts())
    def test_the_pooled_shares_add_up(self, told: Verdict) -> None:
        assert sum(told.pooled_shares.values()) == pytest.approx(1.0)
        assert 1 / 3 - 1e-9 <= told.confidence == max(told.pooled_shares.values()) <= 1 + 1e-9


class TestConfusion:
    def test_rows_are_what_is_and_columns_what_was_said(self) -> None:
        pairs = [("a", "a"), ("a", "a"), ("a", "b"), ("b", "b"), ("c", "b")]
        table = confusion(pairs, ["a", "b", "c"])
        assert table == Confusion(("a", "b", "c"), ((2, 1, 0), (0, 1, 0), (0, 1, 0)))
        assert table.accuracy == Share(3, 5)
        assert table.recalls == (Share(2, 3), Share(1, 1), Share(0, 1))
        assert table.precisions == (Share(2, 2), Share(1, 3), Share(0, 0))

    @given(st.lists(st.tuples(st.sampled_from("abcd"), st.sampled_from("abcd"))))
    def test_it_counts_as_one_counts_by_hand(self, pairs: list[tuple[str, str]]) -> None:
        table = confusion(pairs, list("abcd"))
        assert table.accuracy == Share(sum(known == said for known, said in pairs), len(pairs))
        for name, recall, precision in zip("abcd", table.recalls, table.precisions, strict=True):
            assert recall == Share(pairs.count((name, name)), sum(known == name for known, _said in pairs))
            assert precision == Share(pairs.count((name, name)), sum(said == name for _known, said in pairs))


class TestCalibration:
    def test_a_model_that_is_always_sure_and_right_is_perfect(self) -> None:
        found = calibration([verdict(HAPPINESS, happiness=1.0), verdict(ANGER, anger=1.0)])
        assert (found.n, found.expected_error, found.brier) == (2, 0.0, 0.0)
        assert [one.right.n for one in found.bins] == [0] * 9 + [2]

    def test_one_that_is_always_sure_and_wrong_is_as_bad_as_can_be(self) -> None:
        found = calibration([verdict(ANGER, happiness=1.0)])
        assert (found.expected_error, found.brier) == (1.0, 2.0)

    def test_by_hand(self) -> None:
        said = [
            verdict(HAPPINESS, happiness=0.9, neutral=0.1),
            verdict(NEUTRAL, happiness=0.9, neutral=0.1),
            verdict(ANGER, anger=0.6, neutral=0.4),
        ]
        found = calibration(said)
        assert [(one.low, one.high, one.right) for one in found.bins if one.right.n] == [
            (0.6, 0.7, Share(1, 1)),
            (0.9, 1.0, Share(1, 2)),
        ]
        assert found.expected_error == pytest.approx((abs(0.9 - 0.5) * 2 + abs(0.6 - 1) * 1) / 3)
        assert found.brier == pytest.approx((0.02 + 1.62 + 0.32) / 3)

    @given(st.lists(verdicts(), min_size=1, max_size=40))
    def test_against_brute_force(self, said: list[Verdict]) -> None:
        found = calibration(said)
        error = 0.0
        for number in range(10):
            low, high = number / 10, (number + 1) / 10
            inside = [one for one in said if low <= one.confidence and (one.confidence < high or number == 9)]
            right = sum(one.pooled_said == one.pooled_label for one in inside)
            assert (found.bins[number].low, found.bins[number].high) == (low, high)
            assert found.bins[number].right == Share(right, len(inside))
            if inside:
                mean = sum(one.confidence for one in inside) / len(inside)
                assert found.bins[number].mean_confidence == pytest.approx(mean)
                error += len(inside) / len(said) * abs(mean - right / len(inside))
            else:
                assert found.bins[number].mean_confidence is None
        squares = [
            sum((one.pooled_shares[kind] - (1.0 if kind is one.pooled_label else 0.0)) ** 2 for kind in Pooled)
            for one in said
        ]
        assert found.expected_error == pytest.approx(error)
        assert found.brier == pytest.approx(sum(squares) / len(said))


class TestFigures:
    @given(st.lists(verdicts(), min_size=1, max_size=40))
    def test_single_expressions_are_counted_where_they_are_known(self, said: list[Verdict]) -> None:
        figures = figures_of(said)
        single = [one for one in said if one.label is not None]
        assert figures.n == figures.pooled.accuracy.n == figures.calibration.n == len(said)
        assert figures.pooled.classes == ("negative", "neutral", "positive")
        assert (figures.single is None) == (not single)
        if figures.single:
            assert figures.single.accuracy == Share(sum(one.label == one.said for one in single), len(single))
            met = {name for one in single for name in (one.label, one.said)}
            assert figures.single.classes == tuple(each for each in Expression if each in met)

    def test_without_a_face_there_are_none(self) -> None:
        with pytest.raises(ValueError, match="no verdict"):
            figures_of([])
